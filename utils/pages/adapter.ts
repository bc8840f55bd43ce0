/**
 * Page adapters are tables: fixed fields, a closed list of operations, CSS selectors; no regular expression, no script.
 * `read-rows.ts` carries them out. A site without a table is read by `generic.ts`.
 */
import type { Surface } from '../../rules/language/model.ts';
import { isAmong } from './sites.ts';

/** What is taken of a value: what follows a literal (the value is refused without it), then what stands before another. */
interface Cut {
  after?: string;
  afterLast?: string;
  before?: string;
}

/** One way to get a value from a row or from the address; the first that yields something counts. */
export type Extract =
  /** Text of the first element that the selector finds in the row, or of the row itself. */
  | ({ op: 'text'; select?: string } & Cut)
  /** An attribute of the first element found in the row, or of the row itself. */
  | ({ op: 'attribute'; name: string; select?: string } & Cut)
  /** Text of the element whose id is a literal and the message's id: what other messages are quoted by differs. */
  | { op: 'text-by-id'; prefix: string }
  /** A part of an accessible label in a known grammar, see `label.ts`. */
  | { op: 'label'; name: string; part: 'name' | 'text' }
  /** The path segment that follows a literal. */
  | { op: 'url-segment'; after: string }
  /** A segment of the path, counted from 0. */
  | { op: 'url-path'; index: number }
  /** What stands in the address after `#`, up to the next `?`. */
  | { op: 'url-hash' }
  | { op: 'url-query'; name: string };

/** One hint at who wrote a row; the first that decides counts. */
export type DirectionSignal =
  /** The row is inside of, is, or holds an element that only own (`out`) or only foreign (`in`) rows have. */
  | { op: 'inside' | 'holds'; out: readonly string[]; in: readonly string[] }
  /** The name in the row's label is one of the words for “you”. */
  | { op: 'label-name'; name: string; out: readonly string[] }
  /** A text in the row begins with one of these, in the interface's language. */
  | { op: 'begins'; select: string; out: readonly string[] }
  /** The row's sender is who the page says the reader is. */
  | { op: 'own-name'; own: readonly Extract[] }
  /** The row's sender is who the page says the other side is; anybody else is the reader. */
  | { op: 'peer-name'; peer: readonly Extract[] }
  /** The row before has the same sender and a known side. */
  | { op: 'run' };

/** Where rows stand: a selector, or one within the open shadow root of a host. */
export type Root = string | { host: string; select: string };

export interface Adapter {
  id: string;
  /** What the popup calls it. */
  name: string;
  hosts: readonly string[];
  /** Path prefixes that it reads. */
  paths: readonly string[];
  /** Those among them that another adapter reads. */
  exceptPaths?: readonly string[];
  surface: Surface;
  /** The first that finds something counts. */
  roots: readonly Root[];
  row: {
    select: string;
    /** Rows that are no message: system lines, dates, what is still being sent. */
    not?: string;
    /** Attributes that change when a row is recycled for another message. */
    watch: readonly string[];
    /** Without any, a row is known by its text, side and sender. */
    id: readonly Extract[];
    /** What a row says of its conversation; rows of another one linger after a switch. */
    conversation?: readonly Extract[];
  };
  text: readonly Extract[];
  /** The text is that of every element found, one line each. */
  all?: readonly string[];
  /** Parts of a row that are not the message: quotes, times, reactions. */
  drop: readonly string[];
  /** Where the reader's own draft stands; never read, wherever it is. */
  composer: readonly string[];
  /** Who wrote a row, in the site's own terms. */
  sender?: readonly Extract[];
  /** Only the first of several rows by one person names the sender. */
  carriesSender?: boolean;
  direction: readonly DirectionSignal[];
  /** Names the open conversation; looked for in the whole document. */
  conversation: readonly Extract[];
  /** Addresses that it owns, as proof; every other adapter must refuse them. */
  examples: readonly string[];
}

/** Whether an adapter reads the page at an address. */
export function owns({ hosts, paths, exceptPaths = [] }: Adapter, { hostname, pathname }: URL): boolean {
  const begins = (prefix: string): boolean => pathname.startsWith(prefix);
  return isAmong(hostname, hosts) && paths.some(begins) && !exceptPaths.some(begins);
}
