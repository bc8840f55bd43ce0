/**
 * Finds the signals of one text.
 *
 * Each token, and each pair of tokens, is one test of a bit filter; the few that pass lead through a table to the patterns
 * that have them as their anchor. A pattern is then tried from there in both directions. The words that it has reached are
 * kept as bits of one number: alternatives are unions, a gap is a shift, and nothing is ever tried twice.
 */
import { HEAD, LAST, type CompiledIndex } from './compiled.ts';
import { COUNT, filter, IS_MIXED, PAIR_PASSED, PLACE, SINGLE_PASSED } from './filter.ts';
import { readTokens, Tokens } from './fold.ts';
import { maySqueeze, pairKey, singleKey } from './key.ts';
import { MAX_PLACES, MAX_TRIES_PER_TOKEN, MIN_TRIES } from './limits.ts';
import { fits, marksOfWord, ProgramRunner } from './run.ts';
import { readAgain } from './second.ts';
import { unmask } from './signs.ts';
import { joinedTokens, joinSpaced } from './spaced.ts';
import { slotKey } from './slots.ts';
import { DIGIT, SIGN } from './symbols.ts';

/** A signal and where it stands; offsets are UTF-16 units of the text. */
export interface SignalHit {
  signal: number;
  places: { start: number; end: number }[];
}

export interface Scan {
  hits: SignalHit[];
  /** A bound of `limits.ts` was reached: there may be more than was found. */
  truncated: boolean;
}

/** The same for every text without a finding, so that such a text allocates nothing. */
const NOTHING: Scan = Object.freeze({ hits: [], truncated: false });

/** A scanner with its own room for findings, so that a text without a finding allocates next to nothing. */
export class Scanner {
  readonly #index: CompiledIndex;
  readonly #runner: ProgramRunner;
  /** Room for what is read again. */
  readonly #again = new Tokens(256);
  /** The tokens that passed the filters. */
  #found = new Int32Array(256);
  #maySlots = false;
  /** Tokens that may be something else than they look like. */
  #suspects: number[] = [];
  #isSpaced = false;
  #hits: SignalHit[] = [];
  /** Per signal, its place in `#hits`, valid where `#seen` holds the current epoch. */
  readonly #hitOf: Int32Array;
  readonly #seen: Int32Array;
  #epoch = 0;
  #tries = 0;

  constructor({ scan }: { scan: CompiledIndex }) {
    this.#index = scan;
    this.#runner = new ProgramRunner(scan);
    this.#hitOf = new Int32Array(scan.signalCount);
    this.#seen = new Int32Array(scan.signalCount);
  }

  /** Finds the signals of a text, whoever says it and wherever it stands. */
  scan(text: string): Scan {
    if (this.#hits.length > 0) this.#hits = [];
    this.#epoch += 1;
    this.#maySlots = false;
    this.#isSpaced = false;
    const tokens = readTokens(text);
    const { truncated } = tokens;
    this.#tries = Math.max(MIN_TRIES, tokens.count * MAX_TRIES_PER_TOKEN);
    this.#read(tokens);
    this.#readDisguised(tokens);
    if (this.#hits.length === 0 && !truncated && this.#tries >= 0) return NOTHING;
    return { hits: this.#hits, truncated: truncated || this.#tries < 0 };
  }

  /** Reads a text once more the way that a disguise hides, if it has one. */
  #readDisguised(tokens: Tokens): void {
    const { text, traits } = tokens;
    let reading = tokens;
    let plain = (traits & SIGN) === 0 ? undefined : unmask(text, this.#index);
    if (plain !== undefined) reading = readTokens(plain);
    const joined = this.#isSpaced ? joinSpaced(plain ?? text, reading) : undefined;
    if (joined !== undefined) reading = readTokens((plain = joined));
    if (plain !== undefined) this.#read(reading);
    let suspects = this.#suspects;
    if (joined !== undefined) {
      suspects = [...new Set([...suspects, ...joinedTokens(reading)])].sort((one, other) => one - other);
    }
    if (suspects.length === 0) return;
    if (readAgain(reading, suspects, this.#index, this.#again)) this.#read(this.#again);
  }

  #read(tokens: Tokens): void {
    this.#runner.begin(tokens);
    if (this.#suspects.length > 0) this.#suspects = [];
    if (this.#found.length < tokens.count) this.#found = new Int32Array(tokens.hash.length);
    const found = this.#found;
    const passed = filter(tokens, this.#index.singles, this.#index.pairs, found);
    const count = passed & COUNT;
    for (let index = 0; index < count; index += 1) this.#look(found[index] as number);
    if (passed > COUNT) this.#isSpaced = true;
    if (this.#index.hasSlotAnchors && (this.#maySlots || (tokens.traits & (DIGIT | SIGN)) !== 0)) {
      for (const { slot, at } of this.#runner.slots()) this.#lookUp(singleKey(slotKey(slot)), at);
    }
  }

  /** Tries what is anchored at a token or at the pair that it ends, and notes it when it may be several words. */
  #look(found: number): void {
    const at = found & PLACE;
    if ((found & IS_MIXED) !== 0) this.#suspect(at);
    const { hash: hashes } = this.#runner.tokens;
    const hash = hashes[at] as number;
    if ((found & PAIR_PASSED) !== 0) this.#lookUp(pairKey(at === 0 ? 0 : (hashes[at - 1] as number), hash), at);
    if ((found & SINGLE_PASSED) === 0) return;
    this.#lookUp(singleKey(hash), at);
    if (maySqueeze(this.#index.squeezed, hash)) this.#suspect(at);
  }

  /** Notes a token that may be something else than it looks like; tokens come in order. */
  #suspect(at: number): void {
    const suspects = this.#suspects;
    if (suspects.length === 0 || suspects[suspects.length - 1] !== at) suspects.push(at);
  }

  #lookUp(key: number, at: number): void {
    const { heads, entries } = this.#index;
    const bucket = (key >>> 8) & (heads.length - 2);
    const end = heads[bucket + 1] as number;
    for (let entry = heads[bucket] as number; entry < end; entry += 1) {
      const place = entries[entry] as number;
      if (((place ^ key) & 0xff) === 0) this.#try(place >>> 8, at);
    }
  }

  #try(place: number, at: number): void {
    const { code } = this.#index;
    const signal = code[place] as number;
    const head = code[place + 1] as number;
    if ((head & HEAD.plain) !== 0) {
      this.#tryWords(signal, head, place + 2, at);
      return;
    }
    if ((head & HEAD.mayHaveSlot) !== 0) {
      this.#maySlots = true;
      return;
    }
    const program =
      (head & HEAD.elsewhere) === 0 ? place + 2 : ((code[place + 2] as number) << 16) | (code[place + 3] as number);
    const first = Math.max(0, at - ((head & HEAD.most) >>> HEAD.mostShift));
    for (let start = at - (head & HEAD.fewest); start >= first; start -= 1) {
      if ((this.#tries -= 1) < 0) return;
      const after = this.#runner.run(program, -1, 1, start, 1);
      if (after === 0) continue;
      const words = 31 - Math.clz32(after & -after);
      let before = 1;
      if ((head & HEAD.hasBefore) !== 0) before = this.#runner.run(this.#runner.end, -1, 1, start - 1, -1);
      if (words === 0 || before === 0) continue;
      const tokens = this.#runner.tokens;
      const begin = tokens.startOf(start - (31 - Math.clz32(before & -before)));
      this.#report(signal, head, begin, tokens.endOf(start + words - 1));
    }
  }

  /** Tries a pattern of words alone. Letters are compared first: marks are worked out only where all letters are equal. */
  #tryWords(signal: number, head: number, program: number, at: number): void {
    if ((this.#tries -= 1) < 0) return;
    const { code, wordHash } = this.#index;
    const tokens = this.#runner.tokens;
    const { hash, count } = tokens;
    let unit = 0;
    let next = program;
    let end = at;
    do {
      unit = code[next] as number;
      if (end >= count || hash[end] !== wordHash[unit & ~LAST]) return;
      next += 1;
      end += 1;
    } while ((unit & LAST) === 0);
    let start = at;
    if ((head & HEAD.hasBefore) !== 0) {
      do {
        unit = code[next] as number;
        start -= 1;
        if (start < 0 || hash[start] !== wordHash[unit & ~LAST]) return;
        next += 1;
      } while ((unit & LAST) === 0);
    }
    for (let index = at; index < end; index += 1) {
      const word = (code[program + index - at] as number) & ~LAST;
      if (!fits(tokens.marksOf(index), marksOfWord(this.#index, word))) return;
    }
    for (let index = start; index < at; index += 1) {
      const word = (code[next - 1 - (index - start)] as number) & ~LAST;
      if (!fits(tokens.marksOf(index), marksOfWord(this.#index, word))) return;
    }
    this.#report(signal, head, tokens.startOf(start), tokens.endOf(end - 1));
  }

  /** Adds a signal that was found, or what stands for it. */
  #report(signal: number, head: number, start: number, end: number): void {
    if ((head & HEAD.makes) === 0) {
      this.#add(signal, start, end);
      return;
    }
    const { made } = this.#index;
    for (let index = firstFrom(made, signal * 0x1_0000); index < made.length; index += 1) {
      const pair = made[index] as number;
      if (pair >>> 16 !== signal) return;
      this.#add(pair & 0xffff, start, end);
    }
  }

  #add(signal: number, start: number, end: number): void {
    if (this.#seen[signal] !== this.#epoch) {
      this.#seen[signal] = this.#epoch;
      this.#hitOf[signal] = this.#hits.length;
      this.#hits.push({ signal, places: [{ start, end }] });
      return;
    }
    const { places } = this.#hits[this.#hitOf[signal] as number] as SignalHit;
    const place = { start, end };
    // Overlapping finds of one signal are one place, as wide as all of them.
    for (let index = places.length - 1; index >= 0; index -= 1) {
      const other = places[index] as (typeof places)[number];
      if (other.start >= place.end || place.start >= other.end) continue;
      place.start = Math.min(place.start, other.start);
      place.end = Math.max(place.end, other.end);
      places.splice(index, 1);
      index = places.length;
    }
    if (places.length < MAX_PLACES) places.push(place);
  }
}

/** Index of the first of ascending numbers that is not below `least`. */
function firstFrom(numbers: Uint32Array, least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
