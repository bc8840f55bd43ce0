/**
 * The evidence file: messages that the reader picked, in one HTML file that any browser shows without a script. Each
 * message carries a SHA-256 that also covers the one before it, so that a later change of any of them shows.
 */
import { sha256Of } from '../feed/hash.ts';
import { say, type Words } from '../words/words.ts';
import { authorOf, type EvidenceMessage } from './author.ts';

/** What is said of all of them. */
export interface EvidenceHead {
  host: string;
  /** When the messages were read from the page, ISO 8601. */
  readAt: string;
  /** Of this extension. */
  version: string;
}

export interface EvidenceFile {
  html: string;
  /** The last hash, 64 hexadecimal digits: who has it noted elsewhere can tell this file from any other. */
  fingerprint: string;
}

/** Makes the file of these messages, in their order. */
export async function writeEvidence(
  words: Words,
  head: EvidenceHead,
  messages: readonly EvidenceMessage[],
): Promise<EvidenceFile> {
  const facts = [head.host, head.readAt, head.version].map(cleaned);
  let hash = await link('', facts);
  const items: string[] = [];
  for (const message of messages) {
    const parts = [authorOf(words, message), message.text].map(cleaned);
    hash = await link(hash, parts);
    const [author = '', text = ''] = parts.map(escaped);
    items.push(
      `<li data-hash="${hash}"><b dir="auto">${author}</b><p dir="auto">${text}</p><code>${hash.slice(0, 16)}</code></li>`,
    );
  }
  const names = ['evidence_site', 'evidence_read_at', 'evidence_version'] as const;
  const list = facts.map((fact, at) => {
    const name = names[at];
    return `<dt>${name === undefined ? '' : escaped(say(words, name))}</dt><dd>${escaped(fact)}</dd>`;
  });
  return { html: page(words, list.join('\n'), items.join('\n'), hash), fingerprint: hash };
}

/** What became of a file since it was saved. */
export type EvidenceState =
  | { kind: 'whole'; messages: number; fingerprint: string }
  /** The number of the first message that is not as it was, from 1. */
  | { kind: 'changed'; first: number }
  | { kind: 'not-evidence' };

/** Says whether the messages and facts of a saved file are as they were, read from what the file shows. */
export async function checkEvidence(html: string): Promise<EvidenceState> {
  const saved = new DOMParser().parseFromString(html, 'text/html');
  const items = [...saved.querySelectorAll('main.beside-evidence > ol > li')];
  if (items.length === 0) return { kind: 'not-evidence' };
  let hash = await link('', textsOf(saved.querySelectorAll('main.beside-evidence > dl > dd')));
  for (const [at, item] of items.entries()) {
    hash = await link(hash, textsOf(item.querySelectorAll(':scope > b, :scope > p')));
    if (hash !== item.getAttribute('data-hash')) return { kind: 'changed', first: at + 1 };
  }
  const last = saved.querySelector('main.beside-evidence > .fingerprint code')?.textContent;
  return last === hash
    ? { kind: 'whole', messages: items.length, fingerprint: hash }
    : { kind: 'changed', first: items.length + 1 };
}

/** The name of the file: the day and nothing about anybody. */
export function evidenceName(readAt: string): string {
  return `beside-${readAt.slice(0, 10)}.html`;
}

function link(before: string, parts: readonly string[]): Promise<string> {
  return sha256Of(JSON.stringify(['beside-evidence-1', before, ...parts]));
}

function textsOf(elements: Iterable<Element>): string[] {
  return Array.from(elements, (element) => element.textContent ?? '');
}

/** A text as HTML gives it back: line ends of one kind, no control characters. */
function cleaned(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/gu, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:720px;padding:24px;color:#1e2a2b;background:#fffdf7}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px}dd{margin:0;overflow-wrap:anywhere}ol{padding-inline-start:28px}
li{margin:0 0 12px;padding:10px 14px;border:1px solid #d9d1bf;border-radius:12px}p{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}
code{font-size:12px;color:#414b4a;overflow-wrap:anywhere}.fingerprint code{font-size:14px}
@media print{li{break-inside:avoid}}`;

function page(words: Words, facts: string, items: string, fingerprint: string): string {
  const title = escaped(say(words, 'evidence_file_title'));
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main class="beside-evidence">
<h1>${title}</h1>
<dl>
${facts}
</dl>
<ol>
${items}
</ol>
<p class="fingerprint">${escaped(say(words, 'evidence_fingerprint'))} <code>${fingerprint}</code></p>
<p>${escaped(say(words, 'evidence_file_note'))}</p>
</main>
</body>
</html>
`;
}
