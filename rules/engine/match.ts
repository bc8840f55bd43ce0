/**
 * Finds the signals of one text.
 *
 * Each token, and each pair of tokens, is one test of a bit filter; the few that pass lead through a table to the patterns
 * that have them as their anchor. A pattern is then tried from there in both directions. The words that it has reached are
 * kept as bits of one number: alternatives are unions, a gap is a shift, and nothing is ever tried twice.
 */
import { EXACT, HEAD, LAST, OP, type CompiledIndex } from './compiled.ts';
import { readTokens, Tokens } from './fold.ts';
import { hasBit, otherSqueezedKey, PAIR, pairKey, SINGLE, singleKey, squeezedKey } from './key.ts';
import { MAX_PLACES, MAX_SPAN, MAX_TRIES_PER_TOKEN, MIN_TRIES } from './limits.ts';
import { readAgain } from './second.ts';
import { unmask } from './signs.ts';
import { joinedTokens, joinSpaced, SPACED_RUN } from './spaced.ts';
import { compares, findSlots, placeSlots, slotKey, type PlacedSlot } from './slots.ts';
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
  /** Room for what is read again. */
  readonly #again = new Tokens(256);
  /** The tokens that passed the filters. */
  #found = new Int32Array(256);
  #tokens: Tokens = readTokens('');
  #slots: PlacedSlot[] | undefined;
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
  /** Where the program that ran last ended. */
  #end = 0;

  constructor({ scan }: { scan: CompiledIndex }) {
    this.#index = scan;
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
    this.#tokens = tokens;
    this.#slots = undefined;
    if (this.#suspects.length > 0) this.#suspects = [];
    if (this.#found.length < tokens.count) this.#found = new Int32Array(tokens.hash.length);
    const found = this.#found;
    const passed = filter(tokens, this.#index.singles, this.#index.pairs, found);
    const count = passed & COUNT;
    for (let index = 0; index < count; index += 1) this.#look(found[index] as number);
    if (passed > COUNT) this.#isSpaced = true;
    if (this.#index.hasSlotAnchors && (this.#maySlots || (tokens.traits & (DIGIT | SIGN)) !== 0)) {
      for (const { slot, at } of this.#slotsHere()) this.#lookUp(singleKey(slotKey(slot)), at);
    }
  }

  /** Tries what is anchored at a token or at the pair that it ends, and notes it when it may be several words. */
  #look(found: number): void {
    const at = found & PLACE;
    if ((found & IS_MIXED) !== 0) this.#suspect(at);
    const { hash: hashes } = this.#tokens;
    const hash = hashes[at] as number;
    if ((found & PAIR_PASSED) !== 0) this.#lookUp(pairKey(at === 0 ? 0 : (hashes[at - 1] as number), hash), at);
    if ((found & SINGLE_PASSED) === 0) return;
    this.#lookUp(singleKey(hash), at);
    const { squeezed } = this.#index;
    if (hasBit(squeezed, squeezedKey(hash)) && hasBit(squeezed, otherSqueezedKey(hash))) this.#suspect(at);
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
      const after = this.#run(program, -1, 1, start, 1);
      if (after === 0) continue;
      const words = 31 - Math.clz32(after & -after);
      let before = 1;
      if ((head & HEAD.hasBefore) !== 0) before = this.#run(this.#end, -1, 1, start - 1, -1);
      if (words === 0 || before === 0) continue;
      const tokens = this.#tokens;
      this.#add(signal, tokens.startOf(start - (31 - Math.clz32(before & -before))), tokens.endOf(start + words - 1));
    }
  }

  /** Tries a pattern of words alone. Letters are compared first: marks are worked out only where all letters are equal. */
  #tryWords(signal: number, head: number, program: number, at: number): void {
    if ((this.#tries -= 1) < 0) return;
    const { code, wordHash, wordMarks } = this.#index;
    const tokens = this.#tokens;
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
      if (!fits(tokens.marksOf(index), wordMarks[word] as number)) return;
    }
    for (let index = start; index < at; index += 1) {
      const word = (code[next - 1 - (index - start)] as number) & ~LAST;
      if (!fits(tokens.marksOf(index), wordMarks[word] as number)) return;
    }
    this.#add(signal, tokens.startOf(start), tokens.endOf(end - 1));
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

  /**
   * Runs units from a set of reached words to the next set: bit n stands for n words from `base` on, in the direction of
   * `step`. With `end` below 0, up to the step that is marked as the last.
   */
  #run(begin: number, end: number, reached: number, base: number, step: 1 | -1): number {
    const { code } = this.#index;
    let at = begin;
    let set = reached;
    while (at !== end) {
      const unit = code[at] as number;
      const word = unit & ~LAST;
      if (word < OP.any) {
        let next = 0;
        for (let rest = set; rest !== 0; rest &= rest - 1) {
          const reach = 31 - Math.clz32(rest & -rest);
          if (reach < MAX_SPAN && this.#isWord(word, base + step * reach)) next |= 1 << (reach + 1);
        }
        set = next;
        at += 1;
      } else {
        const low = word & 0xff;
        switch (word & 0xff00) {
          case OP.set: {
            set = this.#oneOf(at + 2, code[at + 1] as number, set, base, step);
            at += 2 + (code[at + 1] as number);
            break;
          }
          case OP.gap: {
            for (let more = 0; more < low; more += 1) set |= set << 1;
            set &= this.#roomFrom(base, step);
            at += 1;
            break;
          }
          case OP.slot: {
            set = this.#slot(at, low, set, base, step);
            at += 4;
            break;
          }
          case OP.call: {
            const place = ((code[at + 1] as number) << 16) | (code[at + 2] as number);
            set = this.#run(place, place + (code[at + 3] as number), set, base, step);
            at += 4;
            break;
          }
          default: {
            let next = (word & 0xff00) === OP.maybe ? set : 0;
            let branches = code[at + 1] as number;
            at += 2;
            for (; branches > 0; branches -= 1) {
              const length = code[at] as number;
              next |= this.#run(at + 1, at + 1 + length, set, base, step);
              at += 1 + length;
            }
            set = next;
          }
        }
      }
      if (set === 0) return 0;
      if ((unit & LAST) !== 0) break;
    }
    this.#end = at;
    return set;
  }

  /** Bits of the words that the text still has, its end included. */
  #roomFrom(base: number, step: 1 | -1): number {
    const left = step === 1 ? this.#tokens.count - base : base + 1;
    return left >= MAX_SPAN ? -1 : (1 << (left + 1)) - 1;
  }

  /** Whether the token at `at` is a word of the rules: letters equal, no mark that the word lacks. */
  #isWord(word: number, at: number): boolean {
    const tokens = this.#tokens;
    if (at < 0 || at >= tokens.count || tokens.hash[at] !== this.#index.wordHash[word]) return false;
    return fits(tokens.marksOf(at), this.#index.wordMarks[word] as number);
  }

  /** The words that are reached over any one of `count` words whose numbers stand from `from` on, ascending by hash. */
  #oneOf(from: number, count: number, set: number, base: number, step: 1 | -1): number {
    const { code, wordHash, wordMarks } = this.#index;
    const tokens = this.#tokens;
    let next = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const reach = 31 - Math.clz32(rest & -rest);
      const at = base + step * reach;
      if (reach >= MAX_SPAN || at < 0 || at >= tokens.count) continue;
      const hash = tokens.hash[at] as number;
      let low = from;
      let high = from + count;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((wordHash[code[middle] as number] as number) < hash) low = middle + 1;
        else high = middle;
      }
      for (; low < from + count; low += 1) {
        const word = code[low] as number;
        if (wordHash[word] !== hash) break;
        if (fits(tokens.marksOf(at), wordMarks[word] as number)) {
          next |= 1 << (reach + 1);
          break;
        }
      }
    }
    return next;
  }

  #slot(at: number, low: number, set: number, base: number, step: 1 | -1): number {
    const { code } = this.#index;
    const wanted = ((code[at + 1] as number) << 16) | (code[at + 2] as number);
    const period = code[at + 3] as number;
    let next = 0;
    for (const { slot, value, perMonth, at: first, after } of this.#slotsHere()) {
      if (slot !== (low & 15)) continue;
      const near = step === 1 ? first - base : base + 1 - after;
      const far = near + after - first;
      if (near < 0 || far > MAX_SPAN || (set & (1 << near)) === 0) continue;
      if (compares(value, perMonth, low >>> 4, wanted, period)) next |= 1 << far;
    }
    return next;
  }

  #slotsHere(): PlacedSlot[] {
    return (this.#slots ??= placeSlots(findSlots(this.#tokens.text), this.#tokens));
  }
}

/** What `filter` says of a token that passed: its place, which of the filters it passed, and whether it is mixed. */
const PLACE = 0x0fff_ffff;
const IS_MIXED = 0x1000_0000;
const PAIR_PASSED = 0x2000_0000;
const SINGLE_PASSED = 0x4000_0000;
/** What `filter` returns holds the number of tokens that passed, and above it whether letters may be spaced out. */
const COUNT = 0x3fff_ffff;

/**
 * Tests every token, and every pair of neighbours, against the bit filters; writes the places of those that pass to `found`.
 *
 * Every message of every page goes through this loop: it has no branch, no call and no imported name in it.
 */
function filter(tokens: Tokens, singles: Int32Array, pairs: Int32Array, found: Int32Array): number {
  const { hash: hashes, end: ends, count } = tokens;
  const singleShift = Math.clz32(singles.length * 32) + 1;
  const pairShift = Math.clz32(pairs.length * 32) + 1;
  const { salt, factor } = SINGLE;
  const { inner, factor: outer } = PAIR;
  let passed = 0;
  let previous = 0;
  let run = 0;
  let longest = 0;
  for (let at = 0; at < count; at += 1) {
    const hash = hashes[at] as number;
    const single = Math.imul(hash ^ salt, factor) >>> singleShift;
    const pair = Math.imul(Math.imul(previous, inner) ^ hash, outer) >>> pairShift;
    const isSingle = ((singles[single >>> 5] as number) >>> single) & 1;
    const isPair = ((pairs[pair >>> 5] as number) >>> pair) & 1;
    const isMixed = (ends[at] as number) >>> 31;
    found[passed] = at | (isSingle << 30) | (isPair << 29) | (isMixed << 28);
    passed += isSingle | isPair | isMixed;
    previous = hash;
    // A run of single letters: their hashes are below 32.
    run = (run + 1) & (((hash >>> 5) - 1) >> 31);
    longest |= run;
  }
  return longest >= SPACED_RUN ? passed | (COUNT + 1) : passed;
}

/** Whether a word with these marks may stand for a rule's word: no mark that the rule lacks; all of them where it is exact. */
function fits(marks: number, rule: number): boolean {
  return (rule & EXACT) === 0 ? (marks & ~rule) === 0 : marks === (rule & ~EXACT);
}
