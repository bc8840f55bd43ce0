/** Writes patterns as the units that the scanner runs, and the index that leads to them. */
import { LanguageError } from '../../language/problem.ts';
import { HEAD, LAST, OP, type CompiledIndex } from '../compiled.ts';
import { setBitOf, singleKey, squeezedMask, squeezedPlace } from '../key.ts';
import { MAX_CODE, MAX_WORDS } from '../limits.ts';
import { SLOT_NAMES, SLOT_WORDS, slotKey } from '../slots.ts';
import type { Anchor, Pivot } from './anchor.ts';
import type { CompiledSignal } from './rules.ts';
import { hashOfLetters, type Step, type Word } from './steps.ts';

/** A pattern that is ready to be written. */
export interface Readied {
  signal: number;
  steps: readonly Step[];
  pivot: Pivot;
  squeezed: readonly number[];
}

/** Bits of a filter for each key: of the tokens that no key has, fewer than one in a dozen pass. */
const BITS_PER_KEY = 12;
/** As above, for the second filter: of the tokens that are no run of words, one in fifty passes. */
const BITS_PER_SQUEEZED = 10;
/** Most keys that a bucket holds on average; each has to be looked at for a key of the bucket that is met. */
const KEYS_PER_BUCKET = 8;
/** Alternatives of at least so many units are written once; elsewhere a call of four units stands for them. */
const SHORTEST_SHARED = 6;
/** Most words by which one alternative is chosen: each is written out, where a call of a word list is four units. */
const MAX_FIRST_WORDS = 24;

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
  const writer = new Writer(sorted, new Set(made.map((pair) => pair >>> 16)));
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

class Writer {
  #code = new Uint16Array(1024);
  #length = 0;
  readonly #singles: number[] = [];
  readonly #pairs: number[] = [];
  readonly #squeezed: number[] = [];
  /** Key and place of a head, one after the other. */
  readonly #entries: number[] = [];
  readonly #shared = new Map<string, { place: number; length: number }>();
  /** Where alternatives stand that were written already, by their units. */
  readonly #written = new Map<string, number>();
  readonly #words: readonly Word[];
  readonly #makers: ReadonlySet<number>;

  /**
   * @param words The words by their numbers.
   * @param makers The signals that make others.
   */
  constructor(words: readonly Word[], makers: ReadonlySet<number>) {
    this.#words = words;
    this.#makers = makers;
  }

  add({ signal, steps, pivot, squeezed }: Readied): void {
    for (const hash of squeezed) this.#squeezed.push(hash);
    const after = steps.slice(pivot.step);
    const before = steps.slice(0, pivot.step);
    this.#prepare(after, 1);
    this.#prepare(before, -1);
    const flags = (before.length > 0 ? HEAD.hasBefore : 0) | (this.#makers.has(signal) ? HEAD.makes : 0);
    const [only] = pivot.anchors;
    const isPlain = pivot.anchors.length === 1 && only?.most === 0 && steps.every(({ kind }) => kind === 'word');
    // One head for each distance between pivot and anchor; the first stands before the program itself.
    const heads = new Map<number, number>();
    let program = -1;
    for (const anchor of pivot.anchors) {
      const distance = anchor.fewest | (anchor.most << HEAD.mostShift);
      let place = heads.get(distance);
      if (place === undefined) {
        place = this.#length;
        heads.set(distance, place);
        if (program < 0) {
          program = place + 2;
          this.#push(signal, distance | flags | (isPlain ? HEAD.plain : 0));
          this.#program(after, 1);
          this.#program(before, -1);
        } else this.#push(signal, distance | flags | HEAD.elsewhere, program >>> 16, program & 0xffff);
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
    if (this.#length > MAX_CODE)
      throw new LanguageError(`the rules need ${this.#length} units, more than ${MAX_CODE}`, 'use fewer rules');
    return {
      hasSlotAnchors,
      singles: filterOf([...this.#singles, ...this.#squeezed.map((hash) => singleKey(hash))]),
      pairs: filterOf(this.#pairs),
      squeezed: squeezedFilter(this.#squeezed),
      ...this.#layOutEntries(),
      code: this.#code.slice(0, this.#length),
    };
  }

  #addSlotWords(): void {
    const place = this.#length;
    this.#push(0, HEAD.mayHaveSlot);
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

  #push(...units: number[]): void {
    if (this.#length + units.length > this.#code.length) {
      const larger = new Uint16Array(Math.max(this.#code.length * 2, this.#length + units.length));
      larger.set(this.#code);
      this.#code = larger;
    }
    for (const unit of units) {
      if (unit > 0xffff)
        throw new LanguageError('a shared signal or word list is too long to be compiled', 'split it into two');
      this.#code[this.#length] = unit;
      this.#length += 1;
    }
  }

  /** Writes steps as a program: its last step is marked. */
  #program(steps: readonly Step[], direction: 1 | -1): void {
    if (steps.length === 0) return;
    const last = this.#steps(steps, direction);
    this.#code[last] = (this.#code[last] as number) | LAST;
  }

  /** Writes steps in one direction; returns where the last of them begins. */
  #steps(steps: readonly Step[], direction: 1 | -1): number {
    let last = this.#length;
    for (let at = 0; at < steps.length; at += 1) {
      last = this.#length;
      this.#step(steps[direction === 1 ? at : steps.length - 1 - at] as Step, direction);
    }
    return last;
  }

  #step(step: Step, direction: 1 | -1): void {
    switch (step.kind) {
      case 'word':
        this.#push(step.word.number);
        return;
      case 'gap':
        this.#push(OP.gap | step.most);
        return;
      case 'slot':
        this.#push(OP.slot | step.slot | (step.operator << 4), step.value >>> 16, step.value & 0xffff, step.period);
        return;
      case 'branches': {
        const shared = step.shared === undefined ? undefined : this.#shared.get(`${direction} ${step.shared}`);
        if (shared === undefined) this.#branches(step, direction);
        else this.#call(shared.place, shared.length);
      }
    }
  }

  #call(place: number, length: number): void {
    this.#push(OP.call, place >>> 16, place & 0xffff, length);
  }

  /** Writes the word lists and shared signals that steps call and that do not stand anywhere yet. */
  #prepare(steps: readonly Step[], direction: 1 | -1): void {
    for (const step of steps) {
      if (step.kind !== 'branches') continue;
      const key = step.shared === undefined ? undefined : `${direction} ${step.shared}`;
      if (key !== undefined && this.#shared.has(key)) continue;
      for (const branch of step.branches) this.#prepare(branch, direction);
      if (key === undefined) continue;
      const place = this.#length;
      this.#branches(step, direction);
      this.#shared.set(key, { place, length: this.#length - place });
    }
  }

  /** Writes alternatives; what stands somewhere already is called there. */
  #branches(step: Branches, direction: 1 | -1): void {
    const begin = this.#length;
    const singles = new Set<number>();
    const longer: (readonly Step[])[] = [];
    flatten(step.branches, singles, longer);
    const set = [...singles].toSorted((one, other) => one - other);
    const { choices, others } = choicesOf(longer, direction);
    const parts = others.length + (set.length > 0 ? 1 : 0) + (choices.length > 0 ? 1 : 0);
    const write = [
      ...(set.length > 0 ? [() => this.#set(set)] : []),
      ...(choices.length > 0 ? [() => this.#choices(choices, direction)] : []),
      ...others.map((branch) => () => void this.#steps(branch, direction)),
    ];
    if (parts === 1 && others.length === 0 && !step.optional) write[0]?.();
    else {
      this.#push(step.optional ? OP.maybe : OP.any, parts);
      for (const one of write) this.#branch(one);
    }
    const length = this.#length - begin;
    if (length < SHORTEST_SHARED) return;
    const units = String.fromCharCode(...this.#code.subarray(begin, this.#length));
    const place = this.#written.get(units);
    if (place === undefined) this.#written.set(units, begin);
    else {
      this.#length = begin;
      this.#call(place, length);
    }
  }

  /** Writes one alternative behind its length. */
  #branch(write: () => void): void {
    const place = this.#length;
    this.#push(0);
    write();
    this.#code[place] = this.#fitting(this.#length - place - 1);
  }

  /** Writes alternatives that are chosen by their first word in this direction. */
  #choices(choices: readonly Choice[], direction: 1 | -1): void {
    const pairs = choices.flatMap(({ first, rest }) => first.map((word) => ({ word, rest })));
    pairs.sort((one, other) => one.word - other.word);
    const begin = this.#length;
    const words = pairs.map(({ word }) => word);
    this.#push(OP.choose, pairs.length, 0, this.#bitsOf(words), ...words);
    const offsets = this.#length;
    for (let index = 0; index < pairs.length; index += 1) this.#push(0);
    const bodies = this.#length;
    const places = new Map<readonly Step[], number>();
    for (const [index, { rest }] of pairs.entries()) {
      let place = places.get(rest);
      if (place === undefined) {
        place = this.#length - bodies;
        places.set(rest, place);
        this.#branch(() => this.#steps(rest, direction));
      }
      this.#code[offsets + index] = this.#fitting(place);
    }
    this.#code[begin + 2] = this.#fitting(this.#length - begin - 4);
  }

  #fitting(length: number): number {
    if (length > 0xffff)
      throw new LanguageError('a shared signal or word list is too long to be compiled', 'split it into two');
    return length;
  }

  /** Writes “any one of these words”. */
  #set(words: readonly number[]): void {
    if (words.length === 1) this.#push(words[0] as number);
    else this.#push(OP.set, words.length, this.#bitsOf(words), ...words);
  }

  #bitsOf(words: readonly number[]): number {
    return words.reduce((bits, word) => bits | setBitOf(this.#words[word]?.hash ?? 0), 0);
  }
}

/** Parts alternatives into single words and all others; alternatives within alternatives are as many more. */
function flatten(branches: readonly (readonly Step[])[], singles: Set<number>, longer: (readonly Step[])[]): void {
  for (const branch of branches) {
    const [first] = branch;
    if (branch.length === 1 && first?.kind === 'word') singles.add(first.word.number);
    else if (branch.length === 1 && first?.kind === 'branches' && !first.optional && first.shared === undefined)
      flatten(first.branches, singles, longer);
    else longer.push(branch);
  }
}

type Branches = Extract<Step, { kind: 'branches' }>;

/** An alternative: the words that it may begin with, and what comes after them. */
interface Choice {
  first: number[];
  rest: readonly Step[];
}

/** Parts alternatives into those that begin with a word, in this direction, and the others. */
function choicesOf(
  branches: readonly (readonly Step[])[],
  direction: 1 | -1,
): { choices: Choice[]; others: (readonly Step[])[] } {
  const choices: Choice[] = [];
  const others: (readonly Step[])[] = [];
  for (const branch of branches) {
    const edge = branch.at(direction === 1 ? 0 : -1);
    const first = edge === undefined ? [] : firstWords(edge);
    if (first.length === 0) others.push(branch);
    else choices.push({ first, rest: direction === 1 ? branch.slice(1) : branch.slice(0, -1) });
  }
  return { choices, others };
}

/** The words that a step is, one or the other; empty when it may be anything else. */
function firstWords(step: Step): number[] {
  if (step.kind === 'word') return [step.word.number];
  if (step.kind !== 'branches' || step.optional) return [];
  const singles = new Set<number>();
  const longer: (readonly Step[])[] = [];
  flatten(step.branches, singles, longer);
  return longer.length > 0 || singles.size > MAX_FIRST_WORDS ? [] : [...singles];
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
