import type { Adapter } from '../adapter.ts';

/** Discord. Facts: design/adapters.md 1.6 (July to October 2026); ids are the same since 2021 at least. */
export const discord: Adapter = {
  id: 'discord',
  name: 'Discord',
  hosts: ['discord.com'],
  paths: ['/channels/'],
  surface: 'chat',
  roots: ['ol[data-list-id="chat-messages"]'],
  row: {
    select: 'li[id^="chat-messages-"]',
    watch: ['id'],
    id: [{ op: 'attribute', name: 'id', afterLast: '-' }],
    // The channel that was open before stays in the list for a while.
    conversation: [{ op: 'attribute', name: 'id', after: 'chat-messages-', before: '-' }],
  },
  // By the exact id: the preview of a reply holds another message's text under that message's id.
  text: [
    { op: 'text-by-id', prefix: 'message-content-' },
    { op: 'text', select: '[id^="message-accessories-"] [class^="embedDescription"]' },
  ],
  drop: ['[id^="message-reply-context-"]', '[class*="timestamp"]', '[class*="edited"]'],
  composer: ['[class*="channelTextArea"]', 'form'],
  sender: [{ op: 'text-by-id', prefix: 'message-username-' }],
  carriesSender: true,
  direction: [{ op: 'own-name', own: [{ op: 'text', select: 'section [class*="nameTag"]', before: '\n' }] }],
  conversation: [{ op: 'url-path', index: 2 }],
  examples: ['https://discord.com/channels/@me/8001', 'https://discord.com/channels/70/8001'],
};
