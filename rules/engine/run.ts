/**
 * Runs the programs of patterns over the tokens of a text. The words that a pattern has reached are kept as bits of one
 * number: alternatives are unions, a gap is a shift, and nothing is ever tried twice.
 */
import { compares } from './amounts.ts';
import { EXACT, LAST, OP, type CompiledIndex } from './compiled.ts';
import { readTokens, type Tokens } from './fold.ts';
import { setBitOf } from './key.ts';
import { MAX_SPAN } from './limits.ts';
import { findSlots, mayHoldSlot, placeSlots, type PlacedSlot } from './slots.ts';

/** Runs programs over one text at a time. */
export class ProgramRunner {
  readonly #index: CompiledIndex;
  #slots: PlacedSlot[] | undefined;
  /** The tokens that programs run over. */
  tokens: Tokens = readTokens('');
  /** Where the program that ran last ended. */
  end = 0;

  constructor(index: CompiledIndex) {
    this.#index = index;
  }

  /** Turns to the tokens of another text. */
  begin(tokens: Tokens): void {
    this.tokens = tokens;
    this.#slots = undefined;
  }

  /**
   * Runs units from a set of reached words to the next set: bit n stands for n words from `base` on, in the direction of
   * `step`. With `end` below 0, up to the step that is marked as the last.
   */
  run(begin: number, end: number, reached: number, base: number, step: 1 | -1): number {
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
            set = this.#oneOf(at + 3, code[at + 1] as number, false, set, base, step);
            at += 3 + (code[at + 1] as number);
            break;
          }
          case OP.choose: {
            set = this.#oneOf(at + 4, code[at + 1] as number, true, set, base, step);
            at += 4 + (code[at + 2] as number);
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
            set = this.run(place, place + (code[at + 3] as number), set, base, step);
            at += 4;
            break;
          }
          default: {
            let next = (word & 0xff00) === OP.maybe ? set : 0;
            let branches = code[at + 1] as number;
            at += 2;
            for (; branches > 0; branches -= 1) {
              const length = code[at] as number;
              next |= this.run(at + 1, at + 1 + length, set, base, step);
              at += 1 + length;
            }
            set = next;
          }
        }
      }
      if (set === 0) return 0;
      if ((unit & LAST) !== 0) break;
    }
    this.end = at;
    return set;
  }

  /** Bits of the words that the text still has, its end included. */
  #roomFrom(base: number, step: 1 | -1): number {
    const left = step === 1 ? this.tokens.count - base : base + 1;
    return left >= MAX_SPAN ? -1 : (1 << (left + 1)) - 1;
  }

  /** Whether the token at `at` is a word of the rules: letters equal, no mark that the word lacks. */
  #isWord(word: number, at: number): boolean {
    const tokens = this.tokens;
    if (at < 0 || at >= tokens.count || tokens.hash[at] !== this.#index.wordHash[word]) return false;
    return fits(tokens.marksOf(at), marksOfWord(this.#index, word));
  }

  /**
   * The words that are reached over any one of `count` words whose numbers stand from `from` on, behind their bits; with
   * `hasRest`, over the rest of the alternatives that these words begin.
   */
  #oneOf(from: number, count: number, hasRest: boolean, set: number, base: number, step: 1 | -1): number {
    const { code, wordHash } = this.#index;
    const tokens = this.tokens;
    const bits = code[from - 1] as number;
    let next = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const reach = 31 - Math.clz32(rest & -rest);
      const at = base + step * reach;
      if (reach >= MAX_SPAN || at < 0 || at >= tokens.count) continue;
      const hash = tokens.hash[at] as number;
      if ((bits & setBitOf(hash)) === 0) continue;
      const over = 1 << (reach + 1);
      for (let index = this.#firstWord(from, count, hash); index < from + count; index += 1) {
        const word = code[index] as number;
        if (wordHash[word] !== hash) break;
        if (!fits(tokens.marksOf(at), marksOfWord(this.#index, word))) continue;
        if (!hasRest) {
          next |= over;
          break;
        }
        const body = from + 2 * count + (code[index + count] as number);
        next |= this.run(body + 1, body + 1 + (code[body] as number), over, base, step);
      }
    }
    return next;
  }

  /** Index of the first of `count` words from `from` on, ascending by hash, whose hash is not below `hash`. */
  #firstWord(from: number, count: number, hash: number): number {
    const { code, wordHash } = this.#index;
    let low = from;
    let high = from + count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((wordHash[code[middle] as number] as number) < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #slot(at: number, low: number, set: number, base: number, step: 1 | -1): number {
    const { code } = this.#index;
    const wanted = ((code[at + 1] as number) << 16) | (code[at + 2] as number);
    const period = code[at + 3] as number;
    let next = 0;
    const slots = this.slots();
    const last = step === 1 ? base + MAX_SPAN : base;
    for (let index = firstFrom(slots, last - 2 * MAX_SPAN); index < slots.length; index += 1) {
      const { slot, value, perMonth, at: first, after } = slots[index] as PlacedSlot;
      if (first > last) break;
      if (slot !== (low & 15)) continue;
      const near = step === 1 ? first - base : base + 1 - after;
      const far = near + after - first;
      if (near < 0 || far > MAX_SPAN || (set & (1 << near)) === 0) continue;
      if (compares(value, perMonth, low >>> 4, wanted, period)) next |= 1 << far;
    }
    return next;
  }

  /** The slots of the text that is read; looked for when a pattern first asks. */
  slots(): PlacedSlot[] {
    return (this.#slots ??= mayHoldSlot(this.tokens) ? placeSlots(findSlots(this.tokens.text), this.tokens) : []);
  }
}

/** Index of the first slot that begins at a token from `least` on. */
function firstFrom(slots: readonly PlacedSlot[], least: number): number {
  let low = 0;
  let high = slots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((slots[middle] as PlacedSlot).at < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a word with these marks may stand for a rule's word: no mark that the rule lacks; all of them where it is exact. */
export function fits(marks: number, rule: number): boolean {
  return (rule & EXACT) === 0 ? (marks & ~rule) === 0 : marks === (rule & ~EXACT);
}

/** The marks of a word of the rules, with EXACT. */
export function marksOfWord({ marks, wordMarks }: CompiledIndex, word: number): number {
  return marks[wordMarks[word] as number] as number;
}
