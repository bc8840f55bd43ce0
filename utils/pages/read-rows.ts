/** Carries out an adapter's table on a page. */
import type { Piece } from '../../rules/engine/conversation.ts';
import type { Adapter, DirectionSignal, Extract } from './adapter.ts';
import { readLabel } from './label.ts';
import { MAX_ROW, MIN_ROW, type PageReader, type Row } from './reader.ts';
import { readText } from './text.ts';

/** A reader for one adapter. */
export function adapterReader(adapter: Adapter, url: URL): PageReader {
  const drop = [...adapter.drop, ...adapter.composer].join(',');
  const composer = adapter.composer.join(',');
  return {
    id: adapter.id,
    surface: adapter.surface,
    watch: adapter.row.watch,
    drop,
    findRoot: (document) => first(adapter.roots, (selector) => document.querySelector(selector) ?? undefined),
    conversation: (document, address) =>
      first(adapter.conversation, (extract) => extractFrom(extract, document.documentElement, address, drop)) ??
      address.pathname,
    rows: (root, touched) =>
      rowElements(root, adapter.row.select, touched).flatMap((element): Row[] => {
        if (composer !== '' && element.closest(composer) !== null) return [];
        const key = first(adapter.row.id, (extract) => extractFrom(extract, element, url, drop));
        const text = first(adapter.text, (extract) => extractFrom(extract, element, url, drop))?.normalize('NFC');
        if (key === undefined || text === undefined || text.length < MIN_ROW) return [];
        return [
          { key, text, from: adapter.surface === 'chat' ? directionOf(adapter.direction, element) : 'page', element },
        ];
      }),
  };
}

/** The rows that a set of changed nodes belongs to or holds, in document order; all rows without such a set. */
function rowElements(root: Element, select: string, touched: ReadonlySet<Node> | undefined): Element[] {
  if (touched === undefined) return [...root.querySelectorAll(select)];
  const rows = new Set<Element>();
  for (const node of touched) {
    if (!node.isConnected) continue;
    const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
    const row = element?.closest(select);
    if (row !== null && row !== undefined && root.contains(row)) rows.add(row);
    else if (element !== null && root.contains(element))
      for (const inner of element.querySelectorAll(select)) rows.add(inner);
  }
  return [...rows].toSorted((one, other) =>
    (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 ? -1 : 1,
  );
}

function extractFrom(extract: Extract, element: Element, url: URL, drop: string): string | undefined {
  switch (extract.op) {
    case 'text': {
      const holder = extract.select === undefined ? element : (element.querySelector(extract.select) ?? undefined);
      return holder === undefined ? undefined : presence(readText(holder, drop, MAX_ROW).text);
    }
    case 'attribute': {
      const holder = extract.select === undefined ? element : element.querySelector(extract.select);
      const value = holder?.getAttribute(extract.name) ?? undefined;
      if (value === undefined) return undefined;
      if (extract.afterLast !== undefined)
        return presence(value.slice(value.lastIndexOf(extract.afterLast) + extract.afterLast.length));
      return presence(
        extract.after !== undefined && value.startsWith(extract.after) ? value.slice(extract.after.length) : value,
      );
    }
    case 'label':
      return readLabel(element.getAttribute('aria-label') ?? '')?.[extract.part];
    case 'url-segment': {
      const at = url.pathname.indexOf(extract.after);
      return at < 0 ? undefined : presence(url.pathname.slice(at + extract.after.length).split('/')[0] ?? '');
    }
  }
}

function directionOf(signals: readonly DirectionSignal[], element: Element): Piece['from'] {
  for (const signal of signals) {
    if (signal.op === 'label-name') {
      const name = readLabel(element.getAttribute('aria-label') ?? '')?.name;
      if (name !== undefined) return signal.out.includes(name) ? 'me' : 'them';
      continue;
    }
    const fits = (selector: string): boolean =>
      signal.op === 'inside' ? element.closest(selector) !== null : element.querySelector(selector) !== null;
    if (signal.out.some(fits)) return 'me';
    if (signal.in.some(fits)) return 'them';
  }
  return 'unknown';
}

/** The first answer that is none of undefined. */
function first<Item, Answer>(items: readonly Item[], ask: (item: Item) => Answer | undefined): Answer | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function presence(text: string): string | undefined {
  return text === '' ? undefined : text;
}
