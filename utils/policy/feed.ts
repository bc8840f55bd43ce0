/** What a school or a company has set for the feed, by managed policy. It may say where to ask, never what to trust. */
import { browser } from '../browser.ts';

/** The policy as it was set; what is missing or cannot be understood is left out. */
export interface FeedPolicy {
  /** Base address of a mirror in the own network, asked first. */
  mirror?: string;
  /** Base address instead of the built-in one. */
  address?: string;
  /** Whether every rule file is taken as soon as it is listed, whatever share of devices it is meant for. */
  isCanary: boolean;
}

/**
 * Reads the policy. Nothing at all is what a browser says without one, and also in the first seconds after it installed
 * the extension by policy: listen for changes as well. Source: design/feasibility.md, catch 3.
 */
export async function readFeedPolicy(): Promise<FeedPolicy> {
  let values: Record<string, unknown> = {};
  try {
    values = await browser.storage.managed.get(['feedMirror', 'feedAddress', 'feedChannel']);
  } catch {
    // Firefox throws when there is no policy.
  }
  const [mirror, address] = [baseFrom(values['feedMirror']), baseFrom(values['feedAddress'])];
  return {
    ...(mirror === undefined ? {} : { mirror }),
    ...(address === undefined ? {} : { address }),
    isCanary: values['feedChannel'] === 'canary',
  };
}

/** Calls back whenever the policy changes. */
export function onFeedPolicyChanged(callBack: () => void): void {
  browser.storage.onChanged.addListener((_: unknown, area: string) => {
    if (area === 'managed') callBack();
  });
}

/** A base address with a slash at its end; undefined when it is none. Plain http is good: content is trusted by signatures alone. */
function baseFrom(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol, origin, pathname, username, password } = new URL(value);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
  return `${origin}${pathname.endsWith('/') ? pathname : `${pathname}/`}`;
}
