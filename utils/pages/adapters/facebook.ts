import type { Adapter } from '../adapter.ts';
import { messenger } from './messenger.ts';

/** Posts and comments on Facebook. Facts: design/adapters.md 1.2. */
export const facebook: Adapter = {
  id: 'facebook',
  name: 'Facebook',
  hosts: ['www.facebook.com', 'web.facebook.com'],
  paths: ['/'],
  exceptPaths: messenger.paths,
  surface: 'post',
  roots: ['div[role="feed"]', '[role="main"]', 'body'],
  row: {
    select: 'div[aria-posinset], [role="article"]',
    // The article of a post stands within the place that the feed gives it.
    not: '[aria-posinset] [role="article"]:not([aria-label])',
    watch: ['aria-posinset', 'aria-label'],
    id: [],
  },
  text: [
    { op: 'text', select: '[data-ad-rendering-role="story_message"]' },
    { op: 'text', select: '[data-ad-comet-preview="message"]' },
    { op: 'text', select: '[data-ad-preview="message"]' },
    { op: 'text', select: 'div[dir="auto"]' },
  ],
  drop: ['[role="button"]', '[role="toolbar"]', '[role="article"][aria-label]'],
  composer: ['[role="textbox"]', 'form'],
  sender: [{ op: 'text', select: '[data-ad-rendering-role="profile_name"]' }],
  direction: [],
  conversation: [],
  examples: ['https://www.facebook.com/', 'https://www.facebook.com/groups/55'],
};
