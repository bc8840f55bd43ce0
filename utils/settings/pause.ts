/** A break: until when nothing is read. In `storage.local`, so that every frame learns of it without waking the worker. */
import { browser } from '../browser.ts';

const KEY = 'pausedUntil';

/** Until when reading is paused, in milliseconds since 1970; 0 when it is not, and when storage cannot be read. */
export async function readPause(): Promise<number> {
  try {
    const { [KEY]: until } = await browser.storage.local.get(KEY);
    return typeof until === 'number' ? until : 0;
  } catch {
    return 0;
  }
}

/** Starts a break, or ends it with 0. */
export async function savePause(until: number): Promise<void> {
  await browser.storage.local.set({ [KEY]: until });
}

/** Calls back whenever a break is started or ended. */
export function onPauseChanged(callBack: (until: number) => void, signal: AbortSignal): void {
  const listen = (changes: Record<string, { newValue?: unknown }>, area: string): void => {
    const change = changes[KEY];
    if (area === 'local' && change !== undefined) callBack(typeof change.newValue === 'number' ? change.newValue : 0);
  };
  browser.storage.onChanged.addListener(listen);
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(listen));
}
