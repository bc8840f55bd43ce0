import type { Adapter } from '../adapter.ts';

/** Telegram Web K. Facts: design/adapters.md 1.5 (2026). */
export const telegramK: Adapter = {
  id: 'telegram-k',
  name: 'Telegram',
  hosts: ['web.telegram.org'],
  paths: ['/k/'],
  surface: 'chat',
  roots: ['.bubbles', '#column-center'],
  row: {
    select: '.bubble[data-mid]',
    // What is still being sent gets another id when it has arrived.
    not: '.service, .is-date, .is-sending, .is-outgoing',
    watch: ['data-mid'],
    id: [{ op: 'attribute', name: 'data-mid' }],
    conversation: [{ op: 'attribute', name: 'data-peer-id' }],
  },
  text: [
    { op: 'text', select: '.translatable-message' },
    { op: 'text', select: '.message' },
  ],
  drop: [
    '.time',
    '.time-inner',
    '.reply',
    '.reactions',
    '.reactions-element',
    'reactions-element',
    '.name',
    '.replies-footer',
  ],
  composer: ['.input-message-input', '.chat-input'],
  sender: [
    { op: 'text', select: '.bubble-content > .name .peer-title' },
    { op: 'text', select: '.bubble-content > .name' },
  ],
  carriesSender: true,
  direction: [{ op: 'inside', out: ['.bubble.is-out'], in: ['.bubble.is-in'] }],
  conversation: [
    { op: 'attribute', name: 'data-peer-id', select: '.input-message-input[data-peer-id]' },
    { op: 'url-hash' },
  ],
  examples: ['https://web.telegram.org/k/', 'https://web.telegram.org/k/#@someone'],
};

/** Telegram Web A. Facts: design/adapters.md 1.5 (2026). */
export const telegramA: Adapter = {
  id: 'telegram-a',
  name: 'Telegram',
  hosts: ['web.telegram.org'],
  paths: ['/a/'],
  surface: 'chat',
  roots: ['.MessageList', '#MiddleColumn'],
  row: {
    select: '.Message.message-list-item[data-message-id]',
    not: '.ActionMessage',
    watch: ['data-message-id', 'id'],
    id: [{ op: 'attribute', name: 'data-message-id' }],
  },
  text: [{ op: 'text', select: '.text-content' }],
  drop: ['.MessageMeta', '.message-time', '.EmbeddedMessage', '.Reactions', '.message-title', '.WebPage'],
  composer: ['#editable-message-text', '.Composer'],
  sender: [
    { op: 'text', select: '.message-title-name' },
    { op: 'text', select: '.message-title' },
  ],
  carriesSender: true,
  direction: [{ op: 'inside', out: ['.Message.own'], in: ['.Message'] }],
  conversation: [{ op: 'url-hash' }],
  examples: ['https://web.telegram.org/a/', 'https://web.telegram.org/a/#777'],
};
