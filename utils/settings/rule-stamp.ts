/** Tells every open tab that other rules are in use. In `storage.local`, so that frames learn of it without waking the worker. */
import { browser } from '../browser.ts';

const KEY = 'ruleStamp';

/** Says which rule set is in use now; open tabs hear of it when it is another one than before. */
export async function sayRules(stamp: string): Promise<void> {
  await browser.storage.local.set({ [KEY]: stamp });
}

/** Calls back whenever other rules are in use. */
export function onRulesChanged(callBack: () => void, signal: AbortSignal): void {
  const listen = (changes: Record<string, unknown>, area: string): void => {
    if (area === 'local' && KEY in changes) callBack();
  };
  browser.storage.onChanged.addListener(listen);
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(listen));
}
