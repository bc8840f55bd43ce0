/** Carries out the operations by which an adapter names values of a row, of the document or of the address. */
import type { Extract } from './adapter.ts';
import { readLabel } from './label.ts';
import { MAX_ROW } from './reader.ts';
import { readText } from './text.ts';

/** What operations work on. */
export interface Source {
  element: Element;
  url: URL;
  /** Selector of what is not text; may be empty. */
  drop: string;
  /** The message's id, once it is known. */
  key?: string;
  /** Elements in parts that are left out are passed over: a quoted message looks like the message itself. */
  passesDropped?: boolean;
}

/** The first of these that yields something. */
export function extract(ways: readonly Extract[], source: Source): string | undefined {
  for (const way of ways) {
    const value = extractOne(way, source)?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function extractOne(way: Extract, source: Source): string | undefined {
  const { element, url, drop, key } = source;
  switch (way.op) {
    case 'text': {
      const holder = holderOf(source, way.select);
      return holder === undefined ? undefined : cut(readText(holder, drop, MAX_ROW).text, way);
    }
    case 'attribute': {
      const value = holderOf(source, way.select)?.getAttribute(way.name);
      return value == null ? undefined : cut(value, way);
    }
    case 'text-by-id': {
      const holder = [...element.querySelectorAll('[id]')].find(({ id }) => id === `${way.prefix}${key ?? ''}`);
      return holder === undefined ? undefined : readText(holder, drop, MAX_ROW).text;
    }
    case 'label':
      return readLabel(element.getAttribute('aria-label') ?? '')?.[way.part];
    case 'url-segment': {
      const at = url.pathname.indexOf(way.after);
      return at < 0 ? undefined : url.pathname.slice(at + way.after.length).split('/')[0];
    }
    case 'url-path':
      return url.pathname.split('/')[way.index + 1];
    case 'url-hash':
      return decodeURIComponentOrLeave(url.hash.slice(1)).split('?')[0];
    case 'url-query':
      return url.searchParams.get(way.name) ?? undefined;
  }
}

/** The row itself counts too where a selector fits it. */
function holderOf({ element, drop, passesDropped = false }: Source, select: string | undefined): Element | undefined {
  if (select === undefined || element.matches(select)) return element;
  if (!passesDropped || drop === '') return element.querySelector(select) ?? undefined;
  return [...element.querySelectorAll(select)].find((found) => {
    const left = found.closest(drop);
    return left === null || !element.contains(left) || left === element;
  });
}

function cut(
  value: string,
  { after, afterLast, before }: { after?: string; afterLast?: string; before?: string },
): string | undefined {
  let rest = value;
  if (after !== undefined) {
    const at = rest.indexOf(after);
    if (at < 0) return undefined;
    rest = rest.slice(at + after.length);
  }
  if (afterLast !== undefined) rest = rest.slice(rest.lastIndexOf(afterLast) + afterLast.length);
  if (before === undefined) return rest;
  const at = rest.indexOf(before);
  return at < 0 ? rest : rest.slice(0, at);
}

function decodeURIComponentOrLeave(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
