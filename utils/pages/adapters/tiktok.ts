import type { Adapter } from '../adapter.ts';

/** TikTok's messages. Facts: design/adapters.md 1.8 (January to March 2026). */
export const tiktok: Adapter = {
  id: 'tiktok',
  name: 'TikTok',
  hosts: ['www.tiktok.com'],
  paths: ['/messages'],
  surface: 'chat',
  roots: ['main', '#main-content-messages', 'body'],
  row: {
    select: '[data-e2e="chat-item"], [class*="DivChatItemWrapper"]',
    not: '[data-e2e="chat-item"] [class*="DivChatItemWrapper"], [class*="DivChatItemWrapper"] [data-e2e="chat-item"]',
    watch: [],
    id: [],
  },
  text: [
    { op: 'text', select: 'p[class*="PText"]' },
    { op: 'text', select: '[class*="DivTextContainer"]' },
  ],
  drop: ['[class*="TimeContainer"]', '[data-e2e="chat-list-item"]'],
  composer: ['[data-e2e="message-input-area"]'],
  sender: [{ op: 'attribute', name: 'href', select: 'a[href*="/@"]', after: '/@', before: '?' }],
  direction: [
    { op: 'peer-name', peer: [{ op: 'text', select: '[data-e2e="chat-uniqueid"]' }] },
    { op: 'holds', out: ['[style*="flex-end"]'], in: ['[style*="flex-start"]'] },
  ],
  conversation: [{ op: 'text', select: '[data-e2e="chat-uniqueid"]' }],
  examples: ['https://www.tiktok.com/messages', 'https://www.tiktok.com/messages?lang=vi'],
};
