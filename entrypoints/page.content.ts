import { defineContentScript } from 'wxt/utils/define-content-script';
import { Sentinel } from '../utils/pages/sentinel.ts';
import { SITE_MATCHES } from '../utils/pages/sites.ts';

const STARTED = Symbol.for('beside.started');

export default defineContentScript({
  matches: [...SITE_MATCHES],
  allFrames: true,
  matchOriginAsFallback: true,
  runAt: 'document_idle',
  // WXT would otherwise tell every page our name, and let any page end us.
  noScriptStartedPostMessage: true,
  main() {
    // A site may be on the list and asked for as well; the second start in the same world does nothing.
    const world = globalThis as { [STARTED]?: true };
    if (world[STARTED] === true) return;
    world[STARTED] = true;
    void new Sentinel().start();
  },
});
