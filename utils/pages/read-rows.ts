/** Carries out an adapter's table on a page. */
import type { Piece } from '../../rules/engine/conversation.ts';
import { keyOf } from '../../rules/engine/key.ts';
import type { Adapter, DirectionSignal, Root } from './adapter.ts';
import { extract } from './extract.ts';
import { readLabel } from './label.ts';
import { MAX_ROW, MIN_ROW, type PageReader, type Row } from './reader.ts';
import { readText } from './text.ts';

/** How many rows back the beginning of a run is looked for. */
const LONGEST_RUN = 60;

/** Who wrote a row, as far as it says so. */
interface Author {
  sender: string | undefined;
  from: Piece['from'];
}

/** A reader for one adapter. */
export function adapterReader(adapter: Adapter, url: URL): PageReader {
  const drop = [...adapter.drop, ...adapter.composer].join(',');
  const composer = adapter.composer.join(',');
  const { not = '', select } = adapter.row;
  const isRow = (element: Element): boolean =>
    (not === '' || !element.matches(not)) && (composer === '' || element.closest(composer) === null);
  const conversation = (document: Document, address: URL): string | undefined =>
    extract(adapter.conversation, { element: document.documentElement, url: address, drop });

  /** The open conversation, when any row is of it: an address may name it in another way than rows do. */
  const openAmong = (document: Document, rows: () => readonly Element[]): string | undefined => {
    const open = conversation(document, url);
    return rows().some((element) => extract(adapter.row.conversation ?? [], { element, url, drop }) === open)
      ? open
      : undefined;
  };

  const senderOf = (element: Element): string | undefined => {
    if (adapter.sender === undefined) return undefined;
    const id = extract(adapter.row.id, { element, url, drop });
    return extract(adapter.sender, { element, url, drop, ...(id === undefined ? {} : { key: id }) });
  };

  /** Whose words an element is: of the row itself, else of the run that it is part of. */
  const authorOf = (element: Element, rows: () => readonly Element[]): Author => {
    let sender = senderOf(element);
    let from = sideOf(adapter.direction, element, sender, url);
    const runs = adapter.direction.some(({ op }) => op === 'run');
    if ((sender !== undefined || adapter.carriesSender !== true) && (from !== 'unknown' || !runs))
      return { sender, from };
    const all = rows();
    const at = all.indexOf(element);
    for (let index = at - 1; index >= Math.max(0, at - LONGEST_RUN); index -= 1) {
      const before = all[index] as Element;
      const named = senderOf(before);
      const side = sideOf(adapter.direction, before, named, url);
      // A carried sender never crosses a change of side.
      if (from !== 'unknown' && side !== 'unknown' && side !== from) break;
      if (sender !== undefined && named !== undefined && named !== sender) break;
      if (runs && from === 'unknown' && side !== 'unknown') from = side;
      if (named !== undefined) {
        if (adapter.carriesSender === true) sender ??= named;
        break;
      }
      if (from !== 'unknown' && sender !== undefined) break;
    }
    if (from === 'unknown') from = sideOf(adapter.direction, element, sender, url);
    return { sender, from };
  };

  return {
    id: adapter.id,
    surface: adapter.surface,
    watch: adapter.row.watch,
    drop,
    findRoot: (document) => findRoot(adapter.roots, document),
    conversation: (document, address) => conversation(document, address) ?? address.pathname,
    rows: (root, touched) => {
      let known: readonly Element[] | undefined;
      const all = (): readonly Element[] => (known ??= [...root.querySelectorAll(select)].filter(isRow));
      const open = adapter.row.conversation === undefined ? undefined : openAmong(root.ownerDocument, all);
      return rowElements(root, select, touched).flatMap((element): Row[] => {
        if (!isRow(element)) return [];
        const source = { element, url, drop, passesDropped: true };
        const own = extract(adapter.row.conversation ?? [], source);
        if (own !== undefined && open !== undefined && own !== open) return [];
        const id = extract(adapter.row.id, source);
        const text = textOf(adapter, id === undefined ? source : { ...source, key: id })?.normalize('NFC');
        if (text === undefined || text.length < MIN_ROW) return [];
        if (adapter.surface !== 'chat') {
          const sender = senderOf(element);
          return [
            {
              key: id ?? `${keyOf(text)}:${text.length}`,
              text,
              from: 'page',
              element,
              ...(sender === undefined ? {} : { sender }),
            },
          ];
        }
        const { sender, from } = authorOf(element, all);
        const key = id ?? `${keyOf(`${from} ${sender ?? ''} ${text}`)}:${text.length}`;
        return [{ key, text, from, element, ...(sender === undefined ? {} : { sender }) }];
      });
    },
  };
}

function findRoot(roots: readonly Root[], document: Document): Element | undefined {
  for (const root of roots) {
    const found =
      typeof root === 'string'
        ? document.querySelector(root)
        : [...document.querySelectorAll(root.host)]
            .map(({ shadowRoot }) => shadowRoot?.querySelector(root.select))
            .find((element) => element != null);
    if (found != null) return found;
  }
  return undefined;
}

function textOf(adapter: Adapter, source: Parameters<typeof extract>[1]): string | undefined {
  if (adapter.all === undefined) return extract(adapter.text, source);
  const parts = [...source.element.querySelectorAll(adapter.all.join(','))]
    .map((element) => readText(element, source.drop, MAX_ROW).text)
    .filter((text) => text !== '');
  return parts.length === 0 ? extract(adapter.text, source) : parts.join('\n');
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

/** Whose words a row is by its own signs. */
function sideOf(
  signals: readonly DirectionSignal[],
  element: Element,
  sender: string | undefined,
  url: URL,
): Piece['from'] {
  for (const signal of signals) {
    switch (signal.op) {
      case 'label-name': {
        const name = readLabel(element.getAttribute('aria-label') ?? '')?.name;
        if (name !== undefined) return signal.out.includes(name) ? 'me' : 'them';
        break;
      }
      case 'begins': {
        const text = (element.querySelector(signal.select)?.textContent ?? '').trim();
        if (text !== '' && signal.out.some((beginning) => text.startsWith(beginning))) return 'me';
        break;
      }
      case 'own-name':
      case 'peer-name': {
        const named = signal.op === 'own-name' ? signal.own : signal.peer;
        const whose = extract(named, { element: element.ownerDocument.documentElement, url, drop: '' });
        if (whose !== undefined && sender !== undefined)
          return (handleOf(sender) === handleOf(whose)) === (signal.op === 'own-name') ? 'me' : 'them';
        break;
      }
      case 'run':
        break;
      default: {
        const fits = (selector: string): boolean =>
          signal.op === 'inside'
            ? element.closest(selector) !== null
            : element.matches(selector) || element.querySelector(selector) !== null;
        if (signal.out.some(fits)) return 'me';
        if (signal.in.some(fits)) return 'them';
      }
    }
  }
  return 'unknown';
}

/** A name without the sign that some places write before it. */
function handleOf(name: string): string {
  return name.replace(/^@/, '').trim();
}
