/** Writes patterns as the units that the scanner runs. */
import { LanguageError } from '../../language/problem.ts';
import { LAST, OP } from '../compiled.ts';
import { setBitOf } from '../key.ts';
import { choicesOf, flatten, type Choice } from './choices.ts';
import type { Step, Word, WordStep } from './steps.ts';

/** Alternatives of at least so many units are written once; elsewhere a call of four units stands for them. */
const SHORTEST_SHARED = 6;
/** Longer ones are hardly written twice, and too long to be a call's arguments. */
const LONGEST_SHARED = 8192;

type Branches = Extract<Step, { kind: 'branches' }>;

/** Writes programs one behind the other. */
export class ProgramWriter {
  #code = new Uint16Array(1024);
  #length = 0;
  readonly #shared = new Map<string, { place: number; length: number }>();
  /** Where alternatives stand that were written already, by their units. */
  readonly #written = new Map<string, number>();
  readonly #words: readonly Word[];

  /** @param words The words by their numbers. */
  constructor(words: readonly Word[]) {
    this.#words = words;
  }

  /** Units written so far, which is where the next one will stand. */
  get length(): number {
    return this.#length;
  }

  /** Everything written. */
  finish(): Uint16Array {
    return this.#code.slice(0, this.#length);
  }

  /** @throws LanguageError when a unit does not fit. */
  push(...units: number[]): void {
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
  program(steps: readonly Step[], direction: 1 | -1): void {
    if (steps.length === 0) return;
    const last = this.#steps(steps, direction);
    this.#code[last] = (this.#code[last] as number) | LAST;
  }

  /** Writes the program of words alone, from one of them on and then back from it. */
  words(steps: readonly WordStep[], from: number): void {
    for (let at = from; at < steps.length; at += 1)
      this.push((steps[at] as WordStep).word.number | (at === steps.length - 1 ? LAST : 0));
    for (let at = from - 1; at >= 0; at -= 1) this.push((steps[at] as WordStep).word.number | (at === 0 ? LAST : 0));
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
        this.push(step.word.number);
        return;
      case 'gap':
        this.push(OP.gap | step.most);
        return;
      case 'slot':
        this.push(OP.slot | step.slot | (step.operator << 4), step.value >>> 16, step.value & 0xffff, step.period);
        return;
      case 'branches': {
        const shared = step.shared === undefined ? undefined : this.#shared.get(`${direction} ${step.shared}`);
        if (shared === undefined) this.#branches(step, direction);
        else this.#call(shared.place, shared.length);
      }
    }
  }

  #call(place: number, length: number): void {
    this.push(OP.call, place >>> 16, place & 0xffff, length);
  }

  /** Writes the word lists and shared signals that steps call and that do not stand anywhere yet. */
  prepare(steps: readonly Step[], direction: 1 | -1): void {
    for (const step of steps) {
      if (step.kind !== 'branches') continue;
      const key = step.shared === undefined ? undefined : `${direction} ${step.shared}`;
      if (key !== undefined && this.#shared.has(key)) continue;
      for (const branch of step.branches) this.prepare(branch, direction);
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
      this.push(step.optional ? OP.maybe : OP.any, parts);
      for (const one of write) this.#branch(one);
    }
    const length = this.#length - begin;
    if (length < SHORTEST_SHARED || length > LONGEST_SHARED) return;
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
    this.push(0);
    write();
    this.#code[place] = this.#fitting(this.#length - place - 1);
  }

  /** Writes alternatives that are chosen by their first word in this direction. */
  #choices(choices: readonly Choice[], direction: 1 | -1): void {
    const pairs = choices.flatMap(({ first, rest }) => first.map((word) => ({ word, rest })));
    pairs.sort((one, other) => one.word - other.word);
    const begin = this.#length;
    const words = pairs.map(({ word }) => word);
    this.push(OP.choose, pairs.length, 0, this.#bitsOf(words), ...words);
    const offsets = this.#length;
    for (let index = 0; index < pairs.length; index += 1) this.push(0);
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
    if (words.length === 1) this.push(words[0] as number);
    else this.push(OP.set, words.length, this.#bitsOf(words), ...words);
  }

  #bitsOf(words: readonly number[]): number {
    return words.reduce((bits, word) => bits | setBitOf(this.#words[word]?.hash ?? 0), 0);
  }
}
