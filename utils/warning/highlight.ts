/** Marks words with the CSS Custom Highlight API: the page's DOM is not changed. */
import type { Row } from '../pages/reader.ts';
import { MAX_ROW } from '../pages/reader.ts';
import { rangeOf, readText } from '../pages/text.ts';

/** Most marked places of one page: more would be paint, not help. */
const MOST = 60;

export class Highlighter {
  #ranges: Range[] = [];
  readonly #names = new Set<string>();

  /** Marks places of a row's text under a highlight name; places that the page no longer shows are left out. */
  mark(name: string, row: Row, places: readonly { start: number; end: number }[], drop: string): void {
    if (!('highlights' in CSS) || typeof Highlight === 'undefined' || !row.element.isConnected) return;
    const read = readText(row.element, drop, MAX_ROW);
    for (const { start, end } of places) {
      const words = row.text.slice(start, end);
      // A row's text may come from a label or from structured data; its words then stand elsewhere in the element.
      const at = read.text.startsWith(words, start) ? start : read.text.indexOf(words);
      const range = at < 0 ? undefined : rangeOf(read, at, at + words.length);
      if (range !== undefined) this.#ranges.push(range);
    }
    this.#ranges = this.#ranges.filter(({ startContainer }) => startContainer.isConnected).slice(-MOST);
    this.#names.add(name);
    CSS.highlights.set(name, new Highlight(...this.#ranges));
  }
  /** Takes all marks away. */
  clear(): void {
    this.#ranges = [];
    for (const name of this.#names) CSS.highlights.delete(name);
  }
}
