/**
 * Page adapters are tables: fixed fields, a closed list of operations, CSS selectors; no regular expression, no script.
 * `read-rows.ts` carries them out. A site without a table is read by `generic.ts`.
 */
import type { Surface } from '../../rules/language/model.ts';

/** One way to get a value from a row or from the address; the first that yields something counts. */
export type Extract =
  /** Text of the first element that the selector finds in the row, or of the row itself. */
  | { op: 'text'; select?: string }
  /** An attribute of the first element found; without its literal beginning, or only what stands between two signs. */
  | { op: 'attribute'; name: string; select?: string; after?: string; afterLast?: string }
  /** A part of an accessible label in a known grammar, see `label.ts`. */
  | { op: 'label'; name: string; part: 'name' | 'text' }
  /** The path segment that follows a literal. */
  | { op: 'url-segment'; after: string };

/** One hint at who wrote a row; the first that decides counts. */
export type DirectionSignal =
  /** The row is inside of, is, or holds an element that only own (`out`) or only foreign (`in`) rows have. */
  | { op: 'inside' | 'holds'; out: readonly string[]; in: readonly string[] }
  /** The name in the row's label is one of the words for “you”. */
  | { op: 'label-name'; name: string; out: readonly string[] };

export interface Adapter {
  id: string;
  /** What the popup calls it. */
  name: string;
  hosts: readonly string[];
  /** Path prefixes that it reads. */
  paths: readonly string[];
  surface: Surface;
  /** Where rows stand; the first selector that finds something counts. */
  roots: readonly string[];
  row: {
    select: string;
    /** Attributes that change when a row is recycled for another message. */
    watch: readonly string[];
    id: readonly Extract[];
  };
  text: readonly Extract[];
  /** Parts of a row that are not the message: quotes, times, reactions. */
  drop: readonly string[];
  /** Where the reader's own draft stands; never read, wherever it is. */
  composer: readonly string[];
  direction: readonly DirectionSignal[];
  /** Names the open conversation; looked for in the whole document. */
  conversation: readonly Extract[];
  /** Addresses that it owns, as proof; every other adapter must refuse them. */
  examples: readonly string[];
}

/** Whether an adapter reads the page at an address. */
export function owns(adapter: Adapter, url: URL): boolean {
  return adapter.hosts.includes(url.hostname) && adapter.paths.some((prefix) => url.pathname.startsWith(prefix));
}
