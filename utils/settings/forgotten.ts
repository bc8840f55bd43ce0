/** Tells every open tab that all conversations were forgotten: what a tab has in mind would else be stored again. */
import { browser } from '../browser.ts';

const KEY = 'forgottenAt';

/** Says that everything from before a time (milliseconds since 1970) is to be forgotten. */
export async function sayForgotten(at: number): Promise<void> {
  await browser.storage.local.set({ [KEY]: at });
}

/** Calls back whenever everything is to be forgotten. */
export function onForgotten(callBack: () => void, signal: AbortSignal): void {
  const listen = (changes: Record<string, unknown>, area: string): void => {
    if (area === 'local' && KEY in changes) callBack();
  };
  browser.storage.onChanged.addListener(listen);
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(listen));
}
