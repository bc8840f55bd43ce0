import type { Adapter } from '../adapter.ts';

/** WhatsApp Web, new and older builds. Facts: design/adapters.md 1.4 (May to September 2026). */
export const whatsapp: Adapter = {
  id: 'whatsapp',
  name: 'WhatsApp',
  hosts: ['web.whatsapp.com'],
  paths: ['/'],
  surface: 'chat',
  roots: ['#main [data-testid="conversation-panel-messages"]', '#main'],
  row: {
    select: '[data-testid^="conv-msg-"][data-id], #main [role="row"] [data-id]',
    not: '[data-id] [data-id]',
    watch: ['data-id'],
    id: [{ op: 'attribute', name: 'data-id' }],
  },
  text: [
    { op: 'text', select: '[data-testid="selectable-text"]' },
    { op: 'text', select: 'span.selectable-text' },
    { op: 'text', select: '[data-pre-plain-text] span[dir]' },
  ],
  drop: [
    '[aria-label="Quoted message"]',
    '[aria-label="Mensagem citada"]',
    '[aria-label="Tin nhắn được trích dẫn"]',
    '[aria-label="Tin nhắn trích dẫn"]',
    '[data-testid="quoted-message"]',
    '.quoted-mention',
    '[data-testid="msg-meta"]',
  ],
  composer: ['#main footer'],
  sender: [
    { op: 'attribute', name: 'data-pre-plain-text', select: '[data-pre-plain-text]', after: '] ', before: ': ' },
  ],
  carriesSender: true,
  direction: [
    {
      op: 'holds',
      out: [
        '.message-out',
        '[data-icon="tail-out"]',
        '[data-testid="tail-out"]',
        '[data-icon^="msg-check"]',
        '[data-icon^="msg-dblcheck"]',
        '[data-icon^="msg-time"]',
        '[data-testid^="msg-check"]',
        '[data-testid^="msg-dblcheck"]',
        '[data-testid^="msg-time"]',
        '[aria-label="You:"]',
        '[aria-label="Bạn:"]',
        '[aria-label="Você:"]',
      ],
      in: ['.message-in', '[data-icon="tail-in"]', '[data-testid="tail-in"]'],
    },
    { op: 'inside', out: ['.message-out'], in: ['.message-in'] },
    // Only the first bubble of a run has a tail.
    { op: 'run' },
  ],
  conversation: [
    { op: 'text', select: '[data-testid="conversation-info-header-chat-title"]' },
    { op: 'attribute', name: 'title', select: '#main header span[title]' },
  ],
  examples: ['https://web.whatsapp.com/'],
};
