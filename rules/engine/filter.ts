/** The one test that every word of every text goes through. */
import type { Tokens } from './fold.ts';
import { PAIR, SINGLE } from './key.ts';
import { SPACED_RUN } from './spaced.ts';

/** What `filter` says of a token that passed: its place, which of the filters it passed, and whether it is mixed. */
export const PLACE = 0x0fff_ffff;
export const IS_MIXED = 0x1000_0000;
export const PAIR_PASSED = 0x2000_0000;
export const SINGLE_PASSED = 0x4000_0000;
/** What `filter` returns holds the number of tokens that passed, and above it whether letters may be spaced out. */
export const COUNT = 0x3fff_ffff;

/**
 * Tests every token, and every pair of neighbours, against the bit filters; writes the places of those that pass to `found`.
 *
 * Every message of every page goes through this loop: it has no branch, no call and no imported name in it.
 */
export function filter(tokens: Tokens, singles: Int32Array, pairs: Int32Array, found: Int32Array): number {
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
