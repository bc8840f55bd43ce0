import type { Adapter } from '../adapter.ts';

/** X Chat, which lives in an open shadow root, and the messages before it. Facts: design/adapters.md 1.9 (October 2026). */
export const xChat: Adapter = {
  id: 'x-chat',
  name: 'X',
  hosts: ['x.com'],
  paths: ['/i/chat', '/messages'],
  surface: 'chat',
  roots: [
    { host: '[data-testid="xchatEmbedRoute"]', select: '[data-testid="dm-message-scroller"]' },
    { host: '[data-testid="xchatEmbedRoute"]', select: 'div' },
    '[data-testid="DmActivityViewport"]',
    'main',
  ],
  row: {
    select: '[data-dm-message-row], [data-testid="messageEntry"]',
    watch: ['data-dm-message-row'],
    id: [{ op: 'attribute', name: 'data-dm-message-row' }],
  },
  text: [
    { op: 'text', select: '[data-testid^="message-text-"] [dir="auto"]' },
    { op: 'text', select: '[data-testid^="message-text-"]' },
    { op: 'text', select: '[data-testid="tweetText"]' },
  ],
  drop: ['[id$="-time"]', '[id$="-sender"]'],
  composer: ['[data-testid="dm-composer-form"]', '[data-testid="dm-composer-textarea"]'],
  sender: [{ op: 'text', select: '[id$="-sender"]' }],
  carriesSender: true,
  direction: [
    {
      op: 'holds',
      out: ['.justify-end', '[data-side="end"]', '[data-side="right"]'],
      in: ['.justify-start', '[data-side="start"]', '[data-side="left"]'],
    },
  ],
  conversation: [
    { op: 'url-segment', after: '/i/chat/' },
    { op: 'url-segment', after: '/messages/' },
  ],
  examples: ['https://x.com/i/chat/11-22', 'https://x.com/messages/11-22'],
};

/** Posts on X. Facts: design/adapters.md 1.9. */
export const xPosts: Adapter = {
  id: 'x-posts',
  name: 'X',
  hosts: ['x.com'],
  paths: ['/'],
  exceptPaths: xChat.paths,
  surface: 'post',
  roots: ['main', 'body'],
  row: { select: 'article[data-testid="tweet"]', watch: [], id: [] },
  text: [{ op: 'text', select: '[data-testid="tweetText"]' }],
  drop: [],
  composer: ['[data-testid^="tweetTextarea_"]'],
  sender: [{ op: 'text', select: '[data-testid="User-Name"]', before: '\n' }],
  direction: [],
  conversation: [{ op: 'url-segment', after: '/status/' }],
  examples: ['https://x.com/home', 'https://x.com/someone/status/1'],
};
