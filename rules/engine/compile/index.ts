/** Writes the index that leads from the words of a text to the programs of patterns. */
import { LanguageError } from '../../language/problem.ts';
import { HEAD, type CompiledIndex } from '../compiled.ts';
import { singleKey, squeezedMask, squeezedPlace } from '../key.ts';
import { MAX_CODE, MAX_WORDS } from '../limits.ts';
import { SLOT_NAMES, SLOT_WORDS, slotKey } from '../slots.ts';
import { keyAt, pivotOfWords, type Anchor, type Pivot } from './anchor.ts';
import { ProgramWriter } from './program.ts';
import type { CompiledSignal } from './rules.ts';
import { squeezedHash } from './squeezed.ts';
import { hashOfLetters, type Step, type Word, type WordStep } from './steps.ts';

/** A pattern that is ready to be written. */
export type Readied = ReadiedSteps | ReadiedWords;

interface ReadiedSteps {
  signal: number;
  steps: readonly Step[];
  pivot: Pivot;
  squeezed: readonly number[];
}

/** One of words alone, which needs less: where it is taken up is worked out from the words. */
interface ReadiedWords {
  signal: number;
  words: readonly WordStep[];
}

/** Bits of a filter for each key: of the tokens that no key has, fewer than one in a dozen pass. */
const BITS_PER_KEY = 12;
/** As above, for the second filter: of the tokens that are no run of words, one in fifty passes. */
const BITS_PER_SQUEEZED = 10;
/** Most keys that a bucket holds on average; each has to be looked at for a key of the bucket that is met. */
const KEYS_PER_BUCKET = 8;

/** Writes all patterns of a rule set. @throws LanguageError when there are more words or units than can be numbered. */
export function writeIndex(
  patterns: readonly Readied[],
  words: readonly Word[],
  signals: readonly CompiledSignal[],
): CompiledIndex {
  const sorted = words.toSorted((one, other) => one.hash - other.hash || one.marks - other.marks);
  if (sorted.length > MAX_WORDS)
    throw new LanguageError(
      `the rules have ${sorted.length} different words, more than ${MAX_WORDS}`,
      'use fewer rules',
    );
  for (const [number, word] of sorted.entries()) word.number = number;
  const made = madeBy(signals);
  const writer = new IndexWriter(sorted, new Set(made.map((pair) => pair >>> 16)));
  for (const pattern of patterns) writer.add(pattern);
  const marks = [...new Set(sorted.map((word) => word.marks))];
  const numbers = new Map(marks.map((value, index) => [value, index]));
  return {
    signalCount: signals.length,
    made: Uint32Array.from(made),
    wordHash: Int32Array.from(sorted, ({ hash }) => hash),
    wordMarks: Uint16Array.from(sorted, (word) => numbers.get(word.marks) ?? 0),
    marks: Int32Array.from(marks),
    ...writer.finish(),
  };
}

/** For every signal that makes others: itself << 16 with each signal that is to be reported where it stands, ascending. */
function madeBy(signals: readonly CompiledSignal[]): number[] {
  const made: number[] = [];
  for (const [signal, { makes }] of signals.entries()) {
    if (makes.length === 0) continue;
    const reported = new Set([signal]);
    for (const one of reported) for (const other of signals[one]?.makes ?? []) reported.add(other);
    for (const one of [...reported].toSorted((first, second) => first - second))
      if (signals[one]?.isAsked === true) made.push(((signal << 16) | one) >>> 0);
  }
  return made;
}

class IndexWriter {
  readonly #programs: ProgramWriter;
  readonly #singles: number[] = [];
  readonly #pairs: number[] = [];
  readonly #squeezed: number[] = [];
  /** Key and place of a head, one after the other. */
  readonly #entries: number[] = [];
  readonly #makers: ReadonlySet<number>;

  /**
   * @param words The words by their numbers.
   * @param makers The signals that make others.
   */
  constructor(words: readonly Word[], makers: ReadonlySet<number>) {
    this.#programs = new ProgramWriter(words);
    this.#makers = makers;
  }

  add(pattern: Readied): void {
    if ('words' in pattern) this.#addWords(pattern);
    else this.#addSteps(pattern);
  }

  #addWords({ signal, words }: ReadiedWords): void {
    const squeezed = squeezedHash(words);
    if (squeezed !== undefined) this.#squeezed.push(squeezed);
    const { step, isPair } = pivotOfWords(words);
    const flags = (step > 0 ? HEAD.hasBefore : 0) | (this.#makers.has(signal) ? HEAD.makes : 0);
    const place = this.#programs.length;
    this.#programs.push(signal, flags | HEAD.plain);
    this.#programs.words(words, step);
    this.#entries.push(keyAt(words, step, isPair), place);
    (isPair ? this.#pairs : this.#singles).push(keyAt(words, step, isPair));
  }

  #addSteps({ signal, steps, pivot, squeezed }: ReadiedSteps): void {
    for (const hash of squeezed) this.#squeezed.push(hash);
    const after = steps.slice(pivot.step);
    const before = steps.slice(0, pivot.step);
    this.#programs.prepare(after, 1);
    this.#programs.prepare(before, -1);
    const flags = (before.length > 0 ? HEAD.hasBefore : 0) | (this.#makers.has(signal) ? HEAD.makes : 0);
    // One head for each distance between pivot and anchor; the first stands before the program itself.
    const heads = new Map<number, number>();
    let program = -1;
    for (const anchor of pivot.anchors) {
      const distance = anchor.fewest | (anchor.most << HEAD.mostShift);
      let place = heads.get(distance);
      if (place === undefined) {
        place = this.#programs.length;
        heads.set(distance, place);
        if (program < 0) {
          program = place + 2;
          this.#programs.push(signal, distance | flags);
          this.#programs.program(after, 1);
          this.#programs.program(before, -1);
        } else this.#programs.push(signal, distance | flags | HEAD.elsewhere, program >>> 16, program & 0xffff);
      }
      this.#enter(anchor, place);
    }
  }

  #enter({ key, isPair }: Anchor, place: number): void {
    this.#entries.push(key, place);
    (isPair ? this.#pairs : this.#singles).push(key);
  }

  finish(): Omit<CompiledIndex, 'signalCount' | 'made' | 'wordHash' | 'wordMarks' | 'marks'> {
    const singles = new Set(this.#singles);
    const hasSlotAnchors = SLOT_NAMES.some((_, slot) => singles.has(singleKey(slotKey(slot))));
    if (hasSlotAnchors) this.#addSlotWords();
    if (this.#programs.length > MAX_CODE)
      throw new LanguageError(
        `the rules need ${this.#programs.length} units, more than ${MAX_CODE}`,
        'use fewer rules',
      );
    return {
      hasSlotAnchors,
      singles: filterOf([...this.#singles, ...this.#squeezed.map((hash) => singleKey(hash))]),
      pairs: filterOf(this.#pairs),
      squeezed: squeezedFilter(this.#squeezed),
      ...this.#layOutEntries(),
      code: this.#programs.finish(),
    };
  }

  #addSlotWords(): void {
    const place = this.#programs.length;
    this.#programs.push(0, HEAD.mayHaveSlot);
    const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');
    for (const key of new Set(SLOT_WORDS.map((word) => singleKey(hashOfLetters(plain(word)))))) {
      this.#entries.push(key, place);
      this.#singles.push(key);
    }
  }

  #layOutEntries(): { heads: Uint32Array; entries: Uint32Array } {
    const count = this.#entries.length / 2;
    let buckets = 16;
    while (buckets * KEYS_PER_BUCKET <= count) buckets *= 2;
    const heads = new Uint32Array(buckets + 1);
    for (let at = 0; at < this.#entries.length; at += 2) {
      const bucket = ((this.#entries[at] as number) >>> 8) & (buckets - 1);
      heads[bucket + 1] = (heads[bucket + 1] as number) + 1;
    }
    for (let bucket = 0; bucket < buckets; bucket += 1)
      heads[bucket + 1] = (heads[bucket + 1] as number) + (heads[bucket] as number);
    const next = heads.slice();
    const entries = new Uint32Array(count);
    for (let at = 0; at < this.#entries.length; at += 2) {
      const key = this.#entries[at] as number;
      const bucket = (key >>> 8) & (buckets - 1);
      const entry = next[bucket] as number;
      next[bucket] = entry + 1;
      entries[entry] = ((this.#entries[at + 1] as number) << 8) | (key & 0xff);
    }
    return { heads, entries };
  }
}

/** A bit filter of these keys. */
function filterOf(keys: readonly number[]): Int32Array {
  let bits = 1024;
  while (bits < keys.length * BITS_PER_KEY) bits *= 2;
  const filter = new Int32Array(bits / 32);
  const shift = Math.clz32(bits) + 1;
  for (const key of keys) {
    const bit = key >>> shift;
    filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
  }
  return filter;
}

/** The second filter, of the hashes of tokens that are several words. */
function squeezedFilter(hashes: readonly number[]): Int32Array {
  const filter = new Int32Array(Math.min(0xffff, Math.max(32, Math.ceil((hashes.length * BITS_PER_SQUEEZED) / 32))));
  for (const hash of hashes) {
    const place = squeezedPlace(hash, filter.length);
    filter[place] = (filter[place] as number) | squeezedMask(hash);
  }
  return filter;
}
