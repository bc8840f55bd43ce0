/** Writes patterns as the units that the scanner runs, and the index that leads to them. */
import { LanguageError } from '../../language/problem.ts';
import { HEAD, LAST, OP, type CompiledIndex } from '../compiled.ts';
import { otherSqueezedKey, singleKey, squeezedKey } from '../key.ts';
import { MAX_CODE, MAX_WORDS } from '../limits.ts';
import { SLOT_NAMES, SLOT_WORDS, slotKey } from '../slots.ts';
import type { Anchor, Pivot } from './anchor.ts';
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
/** As above, for the second filter, which few tokens come to. */
const BITS_PER_SECOND_KEY = 5;

/** Writes all patterns of a rule set. @throws LanguageError when there are more words or units than can be numbered. */
export function writeIndex(patterns: readonly Readied[], words: readonly Word[], signalCount: number): CompiledIndex {
  const sorted = words.toSorted((one, other) => one.hash - other.hash || one.marks - other.marks);
  if (sorted.length > MAX_WORDS)
    throw new LanguageError(
      `the rules have ${sorted.length} different words, more than ${MAX_WORDS}`,
      'use fewer rules',
    );
  for (const [number, word] of sorted.entries()) word.number = number;
  const writer = new Writer();
  for (const pattern of patterns) writer.add(pattern);
  return {
    signalCount,
    wordHash: Int32Array.from(sorted, ({ hash }) => hash),
    wordMarks: Int32Array.from(sorted, ({ marks }) => marks),
    ...writer.finish(),
  };
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

  add({ signal, steps, pivot, squeezed }: Readied): void {
    for (const hash of squeezed) this.#squeezed.push(hash);
    const after = this.#units(steps.slice(pivot.step), 1, true);
    const before = pivot.step === 0 ? [] : this.#units(steps.slice(0, pivot.step), -1, true);
    const hasBefore = before.length > 0 ? HEAD.hasBefore : 0;
    const [only] = pivot.anchors;
    if (pivot.anchors.length === 1 && only !== undefined) {
      const plain = only.most === 0 && steps.every(({ kind }) => kind === 'word') ? HEAD.plain : 0;
      this.#enter(only, this.#length);
      this.#push([signal, only.fewest | (only.most << HEAD.mostShift) | hasBefore | plain]);
      this.#push(after);
      this.#push(before);
      return;
    }
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
          this.#push([signal, distance | hasBefore]);
          this.#push(after);
          this.#push(before);
        } else this.#push([signal, distance | hasBefore | HEAD.elsewhere, program >>> 16, program & 0xffff]);
      }
      this.#enter(anchor, place);
    }
  }

  #enter({ key, isPair }: Anchor, place: number): void {
    this.#entries.push(key, place);
    (isPair ? this.#pairs : this.#singles).push(key);
  }

  finish(): Omit<CompiledIndex, 'signalCount' | 'wordHash' | 'wordMarks'> {
    const singles = new Set(this.#singles);
    const hasSlotAnchors = SLOT_NAMES.some((_, slot) => singles.has(singleKey(slotKey(slot))));
    if (hasSlotAnchors) this.#addSlotWords();
    if (this.#length > MAX_CODE)
      throw new LanguageError(`the rules need ${this.#length} units, more than ${MAX_CODE}`, 'use fewer rules');
    return {
      hasSlotAnchors,
      singles: filterOf([...this.#singles, ...this.#squeezed.map((hash) => singleKey(hash))]),
      pairs: filterOf(this.#pairs),
      squeezed: filterOf(
        this.#squeezed.flatMap((hash) => [squeezedKey(hash), otherSqueezedKey(hash)]),
        BITS_PER_SECOND_KEY,
      ),
      ...this.#layOutEntries(),
      code: this.#code.slice(0, this.#length),
    };
  }

  #addSlotWords(): void {
    const place = this.#length;
    this.#push([0, HEAD.mayHaveSlot]);
    const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');
    for (const key of new Set(SLOT_WORDS.map((word) => singleKey(hashOfLetters(plain(word)))))) {
      this.#entries.push(key, place);
      this.#singles.push(key);
    }
  }

  #layOutEntries(): { heads: Uint32Array; entries: Uint32Array } {
    const count = this.#entries.length / 2;
    let buckets = 16;
    while (buckets * 4 <= count) buckets *= 2;
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

  #push(units: readonly number[]): void {
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

  /** The units of steps in one direction; `isProgram` marks the last. */
  #units(steps: readonly Step[], direction: 1 | -1, isProgram = false): number[] {
    const units: number[] = [];
    let last = 0;
    for (let at = 0; at < steps.length; at += 1) {
      last = units.length;
      this.#addStep(steps[direction === 1 ? at : steps.length - 1 - at] as Step, direction, units);
    }
    if (isProgram) units[last] = (units[last] as number) | LAST;
    return units;
  }

  #addStep(step: Step, direction: 1 | -1, units: number[]): void {
    switch (step.kind) {
      case 'word':
        units.push(step.word.number);
        return;
      case 'gap':
        units.push(OP.gap | step.most);
        return;
      case 'slot':
        units.push(OP.slot | step.slot | (step.operator << 4), step.value >>> 16, step.value & 0xffff, step.period);
        return;
      case 'branches': {
        if (step.shared === undefined) {
          units.push(...this.#branches(step, direction));
          return;
        }
        const { place, length } = this.#sharedProgram(step, step.shared, direction);
        units.push(OP.call, place >>> 16, place & 0xffff, length);
      }
    }
  }

  /** Where the program of a word list or shared signal stands; it is written on first use. */
  #sharedProgram(step: Branches, name: string, direction: 1 | -1): { place: number; length: number } {
    const key = `${direction} ${name}`;
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const units = this.#branches(step, direction);
    const written = { place: this.#length, length: units.length };
    this.#push(units);
    this.#shared.set(key, written);
    return written;
  }

  #branches({ branches, optional }: Branches, direction: 1 | -1): number[] {
    const singles = new Set<number>();
    const longer: number[][] = [];
    for (const branch of branches) {
      const [first] = branch;
      if (branch.length === 1 && first?.kind === 'word') singles.add(first.word.number);
      else longer.push(this.#units(branch, direction));
    }
    const set = [...singles].toSorted((one, other) => one - other);
    const own = set.length === 0 ? [] : set.length === 1 ? set : [OP.set, set.length, ...set];
    if (longer.length === 0 && !optional) return own;
    if (own.length > 0) longer.unshift(own);
    return [optional ? OP.maybe : OP.any, longer.length, ...longer.flatMap((units) => [units.length, ...units])];
  }
}

type Branches = Extract<Step, { kind: 'branches' }>;

/** A bit filter of these keys. */
function filterOf(keys: readonly number[], bitsPerKey = BITS_PER_KEY): Int32Array {
  let bits = 1024;
  while (bits < keys.length * bitsPerKey) bits *= 2;
  const filter = new Int32Array(bits / 32);
  const shift = Math.clz32(bits) + 1;
  for (const key of keys) {
    const bit = key >>> shift;
    filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
  }
  return filter;
}
