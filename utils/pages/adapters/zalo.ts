import type { Adapter } from '../adapter.ts';

/** Zalo Web. Facts: design/adapters.md 1.3 (surveys of 2026-09-28 and 2026-10-04); the QA `data-id`s are stable since 2022. */
export const zalo: Adapter = {
  id: 'zalo',
  name: 'Zalo',
  hosts: ['chat.zalo.me'],
  paths: ['/'],
  surface: 'chat',
  roots: ['#messageViewScroll', '#messageView'],
  row: {
    select: '[id^="bb_msg_id_"]',
    watch: ['id', 'data-id'],
    id: [{ op: 'attribute', name: 'id', after: 'bb_msg_id_' }],
  },
  text: [
    { op: 'text', select: '[data-component="message-text-content"]' },
    { op: 'text', select: '[data-id$="Msg_Text"]' },
    { op: 'text', select: 'span.text' },
  ],
  drop: [
    '.message-quote-fragment__container',
    '[data-id$="Msg_React"]',
    '.card-send-time',
    '.message-sender-name-content',
  ],
  composer: ['#chatInput', '#richInput'],
  sender: [{ op: 'text', select: '.message-sender-name-content .truncate' }],
  carriesSender: true,
  direction: [
    {
      op: 'holds',
      out: ['[data-id^="div_SentMsg"]', '[data-id^="div_LastSentMsg"]'],
      in: ['[data-id^="div_ReceivedMsg"]', '[data-id^="div_LastReceivedMsg"]'],
    },
    { op: 'inside', out: ['.chat-item.me'], in: [] },
  ],
  // `data-qid` is <message>@<client>_<sender>_<thread>: its last part names the conversation without a name.
  conversation: [
    { op: 'attribute', name: 'anim-data-id', select: '.msg-item.selected' },
    { op: 'attribute', name: 'data-qid', select: '[data-qid]', afterLast: '_' },
  ],
  examples: ['https://chat.zalo.me/', 'https://chat.zalo.me/?phone=1'],
};
