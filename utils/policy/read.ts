/** Reading what a school or a company has set; nowhere else is `storage.managed` read. */
import { browser } from '../browser.ts';
import { readPolicyValues, type PolicyReading } from './schema.ts';

/**
 * Reads the policy. Nothing at all is what a browser says without one, and also in the first seconds after it installed
 * the extension by policy: listen for changes as well. Source: design/feasibility.md, catch 3.
 */
export async function readPolicy(): Promise<PolicyReading> {
  try {
    return readPolicyValues(await browser.storage.managed.get(null));
  } catch {
    // Firefox throws when there is no policy.
    return { policy: {}, problems: [] };
  }
}

/** Calls back whenever the policy comes late or changes. */
export function onPolicyChanged(callBack: () => void): void {
  browser.storage.onChanged.addListener((_: unknown, area: string) => {
    if (area === 'managed') callBack();
  });
}
