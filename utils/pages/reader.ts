/** What every way of reading a page offers to `watch.ts`. */
import type { Piece } from '../../rules/engine/conversation.ts';
import type { Surface } from '../../rules/language/model.ts';

/** One message, post, advertisement or part of a page. */
export interface Row {
  /** The same for the same message wherever its element goes; another text under a known key is an edit. */
  key: string;
  text: string;
  from: Piece['from'];
  /** Who wrote it, in the site's own terms, where it says so. */
  sender?: string;
  /** Where its words stand, for highlighting. */
  element: Element;
}

export interface PageReader {
  /** An adapter's id, or `generic`. */
  id: string;
  surface: Surface;
  /** Attributes whose change means that a row has become another. */
  watch: readonly string[];
  /** Parts of a row that are not its text, as one selector; may be empty. */
  drop: string;
  /** The element under which rows appear; undefined while the site has not drawn it. */
  findRoot(document: Document): Element | undefined;
  /** Names the conversation that is open, in the site's own terms; the worker stores it only as a salted hash. */
  conversation(document: Document, url: URL): string;
  /** The rows under the root, in order of reading; with `touched`, only those that these nodes belong to or hold. */
  rows(root: Element, touched: ReadonlySet<Node> | undefined): Row[];
}

/** Longest text of one row, in UTF-16 units: a long job advertisement or article. */
export const MAX_ROW = 60_000;
/** Shortest text worth judging. */
export const MIN_ROW = 2;
