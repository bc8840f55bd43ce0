/** Puts a piece of a page into the document and reads it as Beside would at an address. */
import { findReader } from '../../../utils/pages/find-reader.ts';
import type { PageReader, Row } from '../../../utils/pages/reader.ts';

export interface Reading {
  reader: PageReader;
  root: Element | undefined;
  rows: Row[];
  conversation: string;
}

export function read(address: string, html: string): Reading {
  document.body.innerHTML = html;
  const url = new URL(address);
  const reader = findReader(url);
  const root = reader.findRoot(document);
  return {
    reader,
    root,
    rows: root === undefined ? [] : reader.rows(root, undefined),
    conversation: reader.conversation(document, url),
  };
}

export const saidIn = (rows: readonly Row[]): [string, string][] => rows.map(({ from, text }) => [from, text]);
