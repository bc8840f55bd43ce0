/**
 * Watches one frame: finds the root of a chat or page, reads what appears in it, and hands each text over once.
 *
 * The observers only note which nodes changed; reading happens later, in slices, and never asks for layout. An element is
 * not a message: lists recycle elements, so a message is known by its key and the hash of its text.
 */
import { keyOf } from '../../rules/engine/key.ts';
import { findReader } from './find-reader.ts';
import type { PageReader, Row } from './reader.ts';

/** How long a slice of our work may hold the page's thread, in ms. Source: design/engine.md section 5, goal 14. */
const SLICE = 4;
/** How long changes are gathered before they are read, in ms; a burst of mutations is one reading. */
const GATHER = 60;
/** First and longest pause between two looks for a root that is not there yet, in ms. Source: design/adapters.md 4.3. */
const FIRST_LOOK = 500;
const LAST_LOOK = 8000;
/** More changed nodes than this are read as one pass over the root. */
const MANY = 1000;
/** Most texts remembered as seen; the oldest are forgotten first. */
const MAX_SEEN = 4000;

/** A text that has not been handed over before, in the conversation that was open when it was read. */
export interface NewText {
  row: Row;
  conversation: string;
  reader: PageReader;
}

/** What a watcher knows of its frame, for the popup. */
export interface WatchState {
  reader: string;
  rootFound: boolean;
  texts: number;
}

/** Longest key of a conversation; `messaging/validate.ts` takes no longer one. */
const LONGEST_KEY = 1000;

/** Watches a frame until the signal aborts. `onTexts` gets new texts in order and is awaited before the next ones. */
export class Watcher {
  readonly #document: Document;
  readonly #onTexts: (texts: NewText[]) => Promise<void>;
  readonly #signal: AbortSignal;
  readonly #seen = new Map<string, number>();
  #reader: PageReader;
  #root: Element | undefined;
  #url: string;
  #pause = FIRST_LOOK;
  #touched = new Set<Node>();
  #everything = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #texts = 0;
  readonly #observer = new MutationObserver((records) => this.#note(records));

  constructor(document: Document, signal: AbortSignal, onTexts: (texts: NewText[]) => Promise<void>) {
    this.#document = document;
    this.#signal = signal;
    this.#onTexts = onTexts;
    this.#url = document.location.href;
    this.#reader = findReader(new URL(this.#url));
    signal.addEventListener('abort', () => this.#stop());
    document.addEventListener('visibilitychange', () => this.#resume(), { signal });
    this.#look();
  }

  get state(): WatchState {
    return { reader: this.#reader.id, rootFound: this.#root?.isConnected === true, texts: this.#texts };
  }

  /** Every row that is on the page now, in order of reading. */
  rows(): Row[] {
    return this.#root?.isConnected === true ? this.#reader.rows(this.#root, undefined) : [];
  }

  #look(): void {
    if (this.#signal.aborted || this.#document.hidden) return;
    this.#root = this.#reader.findRoot(this.#document);
    if (this.#root === undefined) {
      this.#after(this.#pause, () => this.#look());
      this.#pause = Math.min(LAST_LOOK, this.#pause * 1.5);
      return;
    }
    this.#pause = FIRST_LOOK;
    const attributes = this.#reader.watch;
    this.#observer.disconnect();
    this.#observer.observe(this.#root, {
      childList: true,
      subtree: true,
      characterData: true,
      ...(attributes.length > 0 ? { attributes: true, attributeFilter: [...attributes] } : {}),
    });
    this.#everything = true;
    this.#schedule();
  }

  #note(records: readonly MutationRecord[]): void {
    for (const record of records) {
      if (record.type !== 'childList') this.#touched.add(record.target);
      else {
        for (const node of record.addedNodes) this.#touched.add(node);
        if (record.addedNodes.length === 0) this.#touched.add(record.target);
      }
    }
    if (this.#touched.size > MANY) this.#everything = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer === undefined && !this.#busy) this.#after(GATHER, () => void this.#flush());
  }

  async #flush(): Promise<void> {
    if (this.#document.hidden) return;
    if (this.#document.location.href !== this.#url) this.#move();
    const root = this.#root;
    if (root === undefined || !root.isConnected) {
      this.#look();
      return;
    }
    const touched = this.#everything ? undefined : this.#touched;
    this.#everything = false;
    this.#touched = new Set();
    this.#busy = true;
    try {
      await this.#read(root, touched);
    } finally {
      this.#busy = false;
    }
    if (this.#touched.size > 0 || this.#everything) this.#schedule();
  }

  async #read(root: Element, touched: ReadonlySet<Node> | undefined): Promise<void> {
    const reader = this.#reader;
    const conversation = shortened(reader.conversation(this.#document, new URL(this.#url)));
    let texts: NewText[] = [];
    let until = performance.now() + SLICE;
    for (const row of reader.rows(root, touched)) {
      if (!this.#isNew(row)) continue;
      texts.push({ row, conversation, reader });
      if (performance.now() < until) continue;
      await this.#onTexts(texts);
      texts = [];
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#signal.aborted) return;
      until = performance.now() + SLICE;
    }
    if (texts.length > 0) await this.#onTexts(texts);
  }

  #isNew(row: Row): boolean {
    const hash = keyOf(row.text);
    const before = this.#seen.get(row.key);
    if (before === hash) return false;
    this.#seen.delete(row.key);
    this.#seen.set(row.key, hash);
    if (this.#seen.size > MAX_SEEN) {
      const [oldest] = this.#seen.keys();
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    this.#texts += 1;
    return true;
  }

  /** The address has changed under the same document, as single-page sites do. */
  #move(): void {
    this.#url = this.#document.location.href;
    const next = findReader(new URL(this.#url));
    if (next.surface === 'page' || next.surface === 'post' || next.surface === 'job') this.#seen.clear();
    if (next.id !== this.#reader.id || next.surface !== this.#reader.surface) {
      this.#observer.disconnect();
      this.#root = undefined;
    }
    this.#reader = next;
    this.#everything = true;
  }

  #resume(): void {
    if (this.#document.hidden) {
      this.#observer.disconnect();
      return;
    }
    this.#root = undefined;
    this.#look();
  }

  #after(milliseconds: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#signal.aborted) act();
    }, milliseconds);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#observer.disconnect();
  }
}

/** A key as long as the worker takes one; of a longer one the beginning, with a hash of the whole. */
function shortened(key: string): string {
  return key.length <= LONGEST_KEY ? key : `${key.slice(0, LONGEST_KEY - 12)}#${keyOf(key)}`;
}
