import type { Adapter } from '../adapter.ts';

/** Messenger on facebook.com/messages and messenger.com. Facts: design/adapters.md 1.1 (June to September 2026). */
export const messenger: Adapter = {
  id: 'messenger',
  name: 'Messenger',
  hosts: ['www.facebook.com', 'web.facebook.com', 'www.messenger.com'],
  paths: ['/messages', '/t/', '/e2ee/'],
  surface: 'chat',
  roots: ['div[role="log"]'],
  row: {
    select: '[data-message-id]',
    // Rows are recycled in place: another message, same element.
    watch: ['data-message-id', 'aria-label'],
    id: [{ op: 'attribute', name: 'data-message-id' }],
  },
  text: [
    { op: 'label', name: 'time-name-text', part: 'text' },
    { op: 'text', select: '[dir="auto"]' },
  ],
  drop: ['span[aria-hidden="true"]', '[role="toolbar"]', '[role="button"]'],
  composer: ['[role="textbox"][contenteditable]'],
  sender: [{ op: 'label', name: 'time-name-text', part: 'name' }],
  direction: [{ op: 'label-name', name: 'time-name-text', out: ['You', 'Bạn', 'Você', 'Tú', 'Vous'] }],
  conversation: [{ op: 'url-segment', after: '/t/' }],
  examples: [
    'https://www.facebook.com/messages/t/1001',
    'https://www.facebook.com/messages/e2ee/t/7',
    'https://www.messenger.com/t/1001',
  ],
};
