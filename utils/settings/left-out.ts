/** Hosts that a school's policy leaves out. In `storage.local`, so that every frame learns of it without waking the worker. */
import { browser } from '../browser.ts';

const KEY = 'leftOut';

/** The hosts that are not read; none when storage cannot be read. */
export async function readLeftOut(): Promise<string[]> {
  try {
    return hostsIn((await browser.storage.local.get(KEY))[KEY]);
  } catch {
    return [];
  }
}

/** Says which hosts are not read from now on; open tabs hear of it when they are others than before. */
export async function saveLeftOut(hosts: readonly string[]): Promise<void> {
  if (hosts.length > 0) await browser.storage.local.set({ [KEY]: hosts });
  else await browser.storage.local.remove(KEY);
}

/** Calls back whenever other hosts are left out. */
export function onLeftOutChanged(callBack: (hosts: string[]) => void, signal: AbortSignal): void {
  const listen = (changes: Record<string, { newValue?: unknown }>, area: string): void => {
    const change = changes[KEY];
    if (area === 'local' && change !== undefined) callBack(hostsIn(change.newValue));
  };
  browser.storage.onChanged.addListener(listen);
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(listen));
}

function hostsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((host) => typeof host === 'string') : [];
}
