/** The text that is measured on: real messages where the corpus is at hand, else generated ones. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { disguiseSome } from './disguise.ts';
import { generateMessages } from './word-model.ts';
import { randomFrom, shuffled } from './random.ts';

const CORPUS = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus', 'dev');
/** Chats, comments, reviews and text messages: somewhat more Vietnamese than English. */
const FILES = [
  'vn_vihsd',
  'vn_vispamreviews',
  'vn_vsfc',
  'vn_chat_polymind',
  'vn_sms_ie403',
  'en_sms_uci',
  'en_sms_mendeley',
  'en_chat_dailydialog',
];
/** UTF-16 units of generated text. */
const GENERATED = 2_000_000;
/** One message in this many is held out: phrases are taken from it, nothing is measured on it. */
const HELD_OUT = 10;

/** Messages to measure on, and others of the same kind. */
export interface Text {
  source: 'corpus' | 'generated';
  /** As people wrote them. */
  plain: string[];
  /** The same, some of them disguised. */
  messages: string[];
  heldOut: string[];
}

/** Reads or makes the text; the same text on every call. */
export function readText(): Text {
  const source = existsSync(join(CORPUS, `${FILES[0]}.jsonl`)) ? 'corpus' : 'generated';
  const all = source === 'corpus' ? readCorpus() : generateMessages(GENERATED);
  const order = shuffled(randomFrom(0x7e87), all);
  const plain = flat(order.filter((_, index) => index % HELD_OUT !== 0));
  const heldOut = flat(order.filter((_, index) => index % HELD_OUT === 0));
  return { source, plain, messages: flat(disguiseSome(plain)), heldOut };
}

function readCorpus(): string[] {
  return FILES.map((name) => join(CORPUS, `${name}.jsonl`))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as { turns?: { text: string }[] }).turns ?? [])
    .map(({ text }) => text)
    .filter((text) => text.trim() !== '');
}

/** The same strings as the engine gets them from a page: in one piece, one byte a unit where that is enough. */
export function flat(messages: readonly string[]): string[] {
  return JSON.parse(JSON.stringify(messages)) as string[];
}

/** UTF-16 units in all. */
export function unitsOf(messages: readonly string[]): number {
  return messages.reduce((sum, { length }) => sum + length, 0);
}

/** Cuts messages into slices of about so many UTF-16 units, at most so many slices. */
export function slicesOf(messages: readonly string[], units = 45_000, most = Number.POSITIVE_INFINITY): string[][] {
  const slices: string[][] = [];
  let slice: string[] = [];
  let length = 0;
  for (const message of messages) {
    slice.push(message);
    length += message.length;
    if (length < units) continue;
    slices.push(slice);
    if (slices.length >= most) return slices;
    slice = [];
    length = 0;
  }
  if (slices.length === 0) slices.push(slice);
  return slices;
}
