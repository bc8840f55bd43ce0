import type { Adapter } from '../adapter.ts';

/** Instagram's messages, both structures. Facts: design/adapters.md 1.7 (August 2025, April 2026). */
export const instagram: Adapter = {
  id: 'instagram',
  name: 'Instagram',
  hosts: ['www.instagram.com'],
  paths: ['/direct/'],
  surface: 'chat',
  roots: ['[data-pagelet="IGDOpenMessageList"]', '[data-pagelet="IGDMessagesList"]'],
  row: {
    select:
      '[role="gridcell"][data-scope="messages_table"], [data-pagelet="IGDMessagesList"] [role="group"][tabindex="-1"]',
    watch: [],
    id: [{ op: 'attribute', name: 'id', select: '[id^="mid.$"]' }],
  },
  text: [
    { op: 'text', select: '[role="presentation"] [dir="auto"]' },
    { op: 'text', select: 'div[dir="auto"]' },
    { op: 'text', select: '[dir="auto"]' },
  ],
  drop: ['h6', '[role="toolbar"]', '[role="button"]', 'a[role="link"][href^="/"]'],
  composer: ['[data-pagelet^="IGDComposer"]'],
  sender: [
    { op: 'attribute', name: 'aria-label', select: 'a[aria-label^="Open the profile page of "]', after: 'page of ' },
    { op: 'attribute', name: 'href', select: 'a[role="link"][href^="/"]', after: '/', before: '/' },
  ],
  direction: [
    { op: 'begins', select: 'h6', out: ['You sent', 'You replied', 'Bạn đã gửi', 'Bạn đã trả lời'] },
    {
      op: 'holds',
      out: ['[style*="flex-end"]'],
      in: ['a[aria-label^="Open the profile page"]', 'a[role="link"][href^="/"] img'],
    },
    // In the older structure a message without a link to a profile is the reader's own.
    { op: 'inside', out: ['[role="gridcell"][data-scope="messages_table"]'], in: [] },
  ],
  conversation: [{ op: 'url-segment', after: '/direct/t/' }],
  examples: ['https://www.instagram.com/direct/t/340282/', 'https://www.instagram.com/direct/inbox/'],
};
