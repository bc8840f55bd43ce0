/**
 * `npm run --silent read -- --url URL [FILE.html]`: what Beside reads of a saved page, from standard input without a file, as
 * one line of JSON: `{"adapter", "conversation", "messages": [{"id", "dir", "sender", "text"}]}`. Nothing in the page runs.
 */
import { readFileSync } from 'node:fs';
import { Window } from 'happy-dom';
import type { Row } from '../utils/pages/reader.ts';

const USAGE = 'usage: npm run --silent read -- --url URL [FILE.html]';
/** Looks that the reader gets before it takes the site to have changed, as on a page that is open for some seconds. */
const LOOKS = 6;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--url');
  const address = at < 0 ? undefined : args[at + 1];
  const files = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  if (address === undefined || files.length > 1) return refuse(USAGE);
  if (!URL.canParse(address)) return refuse(`“${address}” is no address. Give a whole one: https://chat.zalo.me/`);
  let html: string;
  try {
    html = readFileSync(files[0] ?? 0, 'utf8');
  } catch (error) {
    return refuse(`${files[0] ?? 'standard input'} cannot be read: ${(error as Error).message}`);
  }
  process.stdout.write(`${JSON.stringify(await readPage(html, new URL(address)))}\n`);
  return 0;
}

async function readPage(html: string, url: URL) {
  const window = new Window({ url: url.href, settings: { disableJavaScriptEvaluation: true } });
  // Readers name them as a page's scripts do.
  Object.assign(globalThis, { Node: window.Node, DOMParser: window.DOMParser });
  const document = new window.DOMParser().parseFromString(html, 'text/html') as unknown as Document;
  openShadowRoots(document);
  const { findReader } = await import('../utils/pages/find-reader.ts');
  const reader = findReader(url);
  let root: Element | undefined;
  for (let look = 0; look < LOOKS && root === undefined; look += 1) root = reader.findRoot(document);
  let rows: Row[] = [];
  for (let look = 0; look < LOOKS && rows.length === 0; look += 1)
    rows = root === undefined ? [] : reader.rows(root, undefined);
  const side = { me: 'out', them: 'in', unknown: 'unknown', page: 'page' } as const;
  return {
    adapter: reader.id,
    conversation: reader.conversation(document, url),
    messages: rows.map(({ key, from, sender, text }) => ({ id: key, dir: side[from], sender: sender ?? null, text })),
  };
}

/** Saved pages hold open shadow roots as `<template shadowrootmode="open">`. */
function openShadowRoots(scope: Document | ShadowRoot): void {
  for (const template of scope.querySelectorAll<HTMLTemplateElement>('template[shadowrootmode="open"]')) {
    const host = template.parentElement;
    if (host === null || host.shadowRoot !== null) continue;
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.append(template.content.cloneNode(true));
    template.remove();
    openShadowRoots(shadow);
  }
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
