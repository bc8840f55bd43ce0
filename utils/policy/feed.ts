/** What a school or a company has set for the feed, by managed policy. It may say where to ask, never what to trust. */
import { readPolicy } from './read.ts';

/** The policy as it was set; what is missing or cannot be understood is left out. */
export interface FeedPolicy {
  /** Base addresses of mirrors in the own network, asked first and in this order. */
  mirrors: string[];
  /** Base address instead of the built-in one. */
  address?: string;
  /** Whether every rule file is taken as soon as it is listed, whatever share of devices it is meant for. */
  isCanary: boolean;
}

/** Reads the policy for the feed; see `readPolicy`. */
export async function readFeedPolicy(): Promise<FeedPolicy> {
  const { feedMirror, feedAddress, feedChannel } = (await readPolicy()).policy;
  return {
    mirrors: feedMirror?.split(/\s+/).map(baseOf) ?? [],
    ...(feedAddress === undefined ? {} : { address: baseOf(feedAddress) }),
    isCanary: feedChannel === 'canary',
  };
}

/** A base address with a slash at its end. */
function baseOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.endsWith('/') ? pathname : `${pathname}/`}`;
}
