/**
 * Finds the signals of one text.
 *
 * A token leads through a bit filter and a table to the patterns that have it as their anchor; each is then tried at the
 * few places where it could begin. The words that a pattern has reached are kept as bits of one number, counted from its
 * first word: alternatives are unions, a gap is a shift, and nothing is ever tried twice.
 */
import { FILTER_BITS, OP, PATTERN, PATTERN_SIZE, placeOf, type CompiledRules } from './compiled.ts';
import { makeTokens, readDisguised, readTokens, type Tokens } from './fold.ts';
import { MAX_PLACES, MAX_SPAN } from './limits.ts';
import { compares, findSlots, mayHaveSlots, placeSlots, slotKey, type PlacedSlot, type SlotPlace } from './slots.ts';

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

/** A scanner with its own room for tokens, so that a text without a finding allocates next to nothing. */
export class Scanner {
  readonly #rules: CompiledRules;
  readonly #tokens = makeTokens();
  readonly #disguised = makeTokens();
  #slots: SlotPlace[] = [];
  #placed = new Map<number, PlacedSlot[]>();
  #hits = new Map<number, SignalHit>();
  #reading: Tokens = this.#tokens;

  constructor(rules: CompiledRules) {
    this.#rules = rules;
  }

  /** Finds the signals of a text, whoever says it and wherever it stands. */
  scan(text: string): Scan {
    this.#hits = new Map();
    readTokens(text, this.#tokens);
    this.#slots = mayHaveSlots(text) ? findSlots(text) : [];
    this.#read(this.#tokens);
    if (readDisguised(text, this.#tokens, this.#disguised)) this.#read(this.#disguised);
    return { hits: [...this.#hits.values()], truncated: this.#tokens.truncated };
  }

  #read(tokens: Tokens): void {
    this.#reading = tokens;
    this.#placed = placeSlots(this.#slots, tokens);
    const { filter } = this.#rules;
    for (let at = 0; at < tokens.count; at += 1) {
      const key = tokens.hash[at] ?? 0;
      const bit = placeOf(key, 1 << FILTER_BITS);
      if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0) this.#try(key, at);
    }
    for (const [at, slots] of this.#placed) for (const { slot } of slots) this.#try(slotKey(slot), at);
  }

  /** Tries the patterns that are anchored at a key, with the anchor at token `at`. */
  #try(key: number, at: number): void {
    const { anchors, postings } = this.#rules;
    const places = anchors.length / 3;
    let place = placeOf(key, places);
    for (; anchors[place * 3 + 2] !== 0; place = (place + 1) & (places - 1)) {
      if (anchors[place * 3] === key) break;
    }
    const begin = anchors[place * 3 + 1] ?? 0;
    const count = anchors[place * 3 + 2] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const posting = begin + index * 3;
      const pattern = postings[posting] ?? 0;
      const first = Math.max(0, at - (postings[posting + 2] ?? 0));
      const last = at - (postings[posting + 1] ?? 0);
      for (let start = first; start <= last; start += 1) this.#matchAt(pattern, start);
    }
  }

  #matchAt(pattern: number, start: number): void {
    const { patterns, code } = this.#rules;
    const begin = patterns[pattern * PATTERN_SIZE + PATTERN.begin] ?? 0;
    const length = patterns[pattern * PATTERN_SIZE + PATTERN.length] ?? 0;
    // The first instruction is checked before all else: most starts fail there.
    if (code[begin] === OP.word && this.#word(begin, start) === false) return;
    const reached = this.#run(begin, begin + length, 1, start);
    if (reached === 0) return;
    const words = 31 - Math.clz32(reached & -reached);
    const tokens = this.#reading;
    if (words === 0) return;
    this.#add(
      patterns[pattern * PATTERN_SIZE + PATTERN.signal] ?? 0,
      tokens.start[start] ?? 0,
      tokens.end[start + words - 1] ?? 0,
    );
  }

  #add(signal: number, start: number, end: number): void {
    const hit = this.#hits.get(signal);
    if (hit === undefined) {
      this.#hits.set(signal, { signal, places: [{ start, end }] });
      return;
    }
    for (const place of hit.places) {
      if (start < place.end && place.start < end) {
        // Overlapping finds of one signal are one place, the wider of both.
        place.start = Math.min(place.start, start);
        place.end = Math.max(place.end, end);
        return;
      }
    }
    if (hit.places.length < MAX_PLACES) hit.places.push({ start, end });
  }

  /** Runs instructions from a set of reached words (bits, counted from `start`) to the next set. */
  #run(begin: number, end: number, reached: number, start: number): number {
    const { code } = this.#rules;
    let at = begin;
    let set = reached;
    while (at < end && set !== 0) {
      switch (code[at]) {
        case OP.word: {
          let next = 0;
          for (let rest = set; rest !== 0; rest &= rest - 1) {
            const word = 31 - Math.clz32(rest & -rest);
            if (word < MAX_SPAN && this.#word(at, start + word)) next |= 1 << (word + 1);
          }
          set = next;
          at += 3;
          break;
        }
        case OP.gap: {
          const most = code[at + 1] ?? 0;
          for (let word = 0; word < most; word += 1) set |= set << 1;
          set &= this.#roomFrom(start);
          at += 2;
          break;
        }
        case OP.slot: {
          set = this.#slot(code[at + 1] ?? 0, code[at + 2] ?? 0, code[at + 3] ?? 0, set, start);
          at += 4;
          break;
        }
        case OP.call: {
          const place = code[at + 1] ?? 0;
          set = this.#run(place, place + (code[at + 2] ?? 0), set, start);
          at += 3;
          break;
        }
        default: {
          const optional = code[at] === OP.maybe;
          let branches = code[at + 1] ?? 0;
          let next = optional ? set : 0;
          at += 2;
          for (; branches > 0; branches -= 1) {
            const length = code[at] ?? 0;
            next |= this.#run(at + 1, at + 1 + length, set, start);
            at += 1 + length;
          }
          set = next;
        }
      }
    }
    return set;
  }

  /** Bits of the words that the text still has from `start` on, its end included. */
  #roomFrom(start: number): number {
    const left = this.#reading.count - start;
    return left >= MAX_SPAN ? -1 : (1 << (left + 1)) - 1;
  }

  /** Whether the token at `at` is the word that the instruction wants: letters equal, no mark that the word lacks. */
  #word(instruction: number, at: number): boolean {
    const { code } = this.#rules;
    const tokens = this.#reading;
    return (
      at < tokens.count &&
      tokens.hash[at] === code[instruction + 1] &&
      ((tokens.marks[at] ?? 0) & ~(code[instruction + 2] ?? 0)) === 0
    );
  }

  #slot(slot: number, operator: number, value: number, set: number, start: number): number {
    let next = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const word = 31 - Math.clz32(rest & -rest);
      for (const place of this.#placed.get(start + word) ?? []) {
        const reached = place.after - start;
        if (place.slot === slot && reached <= MAX_SPAN && compares(place.value, operator, value)) next |= 1 << reached;
      }
    }
    return next;
  }
}
