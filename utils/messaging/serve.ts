/** Answering calls. Replies go through `sendResponse`: a promise from a listener is not answered in every browser. */
import { browser } from '../browser.ts';
import type { Call } from './protocol.ts';

/** Who is calling. */
export interface Caller {
  /** The tab and frame of a content script; undefined for the extension's own pages. */
  tab: number | undefined;
  frame: number;
  isPanel: boolean;
}

/**
 * Answers calls of this extension's own parts with `answer`; calls of anybody else stay unanswered.
 * Must be called in the first turn of the worker, or the message that woke it is lost.
 */
export function serveCalls(answer: (call: Call, caller: Caller) => Promise<unknown>): void {
  const own = browser.runtime.getURL('/');
  browser.runtime.onMessage.addListener((raw: unknown, sender, reply: (answer: unknown) => void) => {
    const call = readCall(raw);
    if (call === undefined || sender.id !== browser.runtime.id) return false;
    const caller = { tab: sender.tab?.id, frame: sender.frameId ?? 0, isPanel: sender.url?.startsWith(own) === true };
    answer(call, caller).then(reply, () => reply({ trouble: 'failed' }));
    return true;
  });
}

function readCall(raw: unknown): Call | undefined {
  if (typeof raw !== 'object' || raw === null || !('type' in raw) || typeof raw.type !== 'string') return undefined;
  return { type: raw.type, input: 'input' in raw ? raw.input : undefined };
}
