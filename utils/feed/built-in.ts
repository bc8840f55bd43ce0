/** What the build put into the package of the feed: where it is, and the publication that is the floor. */
import type { FeedRole } from '../../rules/feed/path.ts';
import { browser } from '../browser.ts';
import type { StoredFile } from '../store/database.ts';
import type { Bundle } from './rule-set.ts';

/** What `wxt.config.ts` works out of a published repository. */
export interface BuiltIn {
  /** When this Beside was built, in ms since 1970. */
  builtAt: number;
  /** Hash of `rules.json`. */
  rules: string;
  /** Base address of the feed; undefined when only a policy may give one. */
  address?: string;
  /** Undefined when the package has no publication, and so nothing to check a feed by. */
  publication?: {
    files: Partial<Record<FeedRole, StoredFile>>;
    /** Hash of `feed.json`. */
    feed: string;
    interval: number;
    mirrors: string[];
    /** When its timestamp expires, and its newest time of issue, in ms since 1970. */
    expires: number;
    issued: number;
  };
}

declare global {
  interface ImportMetaEnv {
    /** Put in by `wxt.config.ts`; absent in tests. */
    readonly BESIDE_BUILT_IN?: BuiltIn;
  }
}

/** What this package was built with. */
export const BUILT_IN: BuiltIn = import.meta.env.BESIDE_BUILT_IN ?? { builtAt: 0, rules: '' };

/** Where a role's metadata lies in the package. Names of roles are any text. */
export function metadataPath(role: string): string {
  return `feed/metadata/${encodeURIComponent(role)}.json`;
}

/** Where a file of the feed lies in the package. */
export function targetPath(path: string): string {
  return `feed/targets/${path}`;
}

/** A file of the package; undefined when it is not there. */
export async function readPackaged(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const answer = await fetch(browser.runtime.getURL(`/${path}` as '/rules.json'));
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

/** The package's own rule set. */
export function packagedRules({ rules, publication }: BuiltIn = BUILT_IN): Bundle {
  return {
    sha256: rules === '' ? undefined : rules,
    files: publication?.files ?? {},
    feed: publication?.feed,
    readRules: async () => (await fetch(browser.runtime.getURL('/rules.json'))).text(),
  };
}
