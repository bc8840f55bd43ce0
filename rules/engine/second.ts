/**
 * The second reading of the tokens that may be something else than they look like: a word with digits for letters, several
 * words without spaces between them. Only their neighbourhood is read again, so that one of them in a long text costs little.
 */
import type { CompiledIndex } from './compiled.ts';
import { addSymbol, entryOf, marksBetween, type Tokens } from './fold.ts';
import { hasBit, pairKey } from './key.ts';
import { MAX_SPAN } from './limits.ts';
import { marksOfWord } from './run.ts';
import { leetWord } from './signs.ts';
import { FIRST_DIGIT, SEPARATOR, SURROGATE } from './symbols.ts';
import { findWord, hashOf } from './word.ts';

/** A word as it is to be read. */
export interface Piece {
  hash: number;
  start: number;
  end: number;
  marks: number;
}

/** Shortest token that is taken apart. */
const SHORTEST_GLUED = 4;
/** Longest token that is taken apart: a long hashtag. */
const LONGEST_GLUED = 40;
/** Longest word that it may hold: “nghiêng” has 7 letters, English words have more. */
const LONGEST_PIECE = 12;

/**
 * Reads suspects, ascending, as what they may be, with what stands around them, into `again`.
 *
 * @returns whether any is anything else; `again` is only then written.
 */
export function readAgain(from: Tokens, suspects: readonly number[], index: CompiledIndex, again: Tokens): boolean {
  let changes: Map<number, Piece[]> | undefined;
  let pieces = 0;
  for (const token of suspects) {
    const read = readSuspect(from, token, index);
    if (read === undefined) continue;
    changes ??= new Map();
    changes.set(token, read);
    pieces += read.length + 1;
  }
  if (changes === undefined) return false;
  again.reserve(pieces + Math.min(from.count, 2 * MAX_SPAN * changes.size));
  again.begin(from.text, from.traits);
  let done = 0;
  for (const [token, read] of changes) {
    const first = Math.max(done, token - MAX_SPAN);
    // What lies between two neighbourhoods must not be jumped over by a pattern.
    if (first > done && done > 0) again.push(0, from.startOf(done), from.startOf(done), 0);
    for (let at = first; at < token; at += 1) copy(from, at, again);
    for (const { hash, start, end, marks } of read) again.push(hash, start, end, marks);
    done = token + 1;
    const last = Math.min(from.count, token + 1 + MAX_SPAN);
    while (done < last && !changes.has(done)) {
      copy(from, done, again);
      done += 1;
    }
  }
  return true;
}

function copy(from: Tokens, token: number, to: Tokens): void {
  to.push(from.hash[token] as number, from.startOf(token), from.endOf(token), from.marksOf(token));
}

function readSuspect(tokens: Tokens, token: number, index: CompiledIndex): Piece[] | undefined {
  const leet = leetWord(tokens, token, index);
  if (leet !== undefined) return [leet];
  const { text } = tokens;
  const end = tokens.endOf(token);
  const cuts = cutsOf(text, tokens.startOf(token), end, index);
  let start = tokens.startOf(token);
  return cuts.length === 0
    ? undefined
    : [...cuts, end].map((cut) => {
        const piece = { hash: hashOf(text.slice(start, cut)), start, end: cut, marks: marksBetween(text, start, cut) };
        start = cut;
        return piece;
      });
}

/** Whether a stretch of a text is a word of the rules, with no mark that the word lacks. */
function isWordHere(text: string, start: number, end: number, hash: number, index: CompiledIndex): boolean {
  let word = findWord(index, hash);
  if (word < 0) return false;
  const marks = marksBetween(text, start, end);
  for (; index.wordHash[word] === hash; word += 1) {
    if ((marks & ~marksOfWord(index, word)) === 0) return true;
  }
  return false;
}

/** Room for `cutsOf`: offsets and symbols of the letters; for each the cost of the cheapest way to it, where its last piece begins, and the hash of that. */
const offsets = new Int32Array(LONGEST_GLUED + 1);
const symbols = new Uint8Array(LONGEST_GLUED);
const costs = new Uint16Array(LONGEST_GLUED + 1);
const lastHash = new Int32Array(LONGEST_GLUED + 1);
const begins = new Uint8Array(LONGEST_GLUED + 1);
const NEVER = 0xffff;
const PIECE_COST = 10;

/** Where a token is to be cut so that every piece is a word of the rules, in as few pieces as can be; empty when it cannot. */
function cutsOf(text: string, start: number, end: number, index: CompiledIndex): number[] {
  let letters = 0;
  for (let at = start; at < end; at += 1) {
    const symbol = entryOf(text.charCodeAt(at)) & 63;
    if (symbol === SEPARATOR || symbol >= SURROGATE) continue;
    // A number with its unit (“200k”) is no run of words.
    if (letters === LONGEST_GLUED || symbol >= FIRST_DIGIT) return [];
    offsets[letters] = at;
    symbols[letters] = symbol;
    letters += 1;
  }
  if (letters < SHORTEST_GLUED) return [];
  costs.fill(NEVER);
  costs[0] = 0;
  for (let at = 0; at < letters; at += 1) {
    const reached = costs[at] as number;
    if (reached === NEVER) continue;
    let hash = 0;
    let previous = 0;
    for (let to = at; to < letters && to < at + LONGEST_PIECE; to += 1) {
      const symbol = symbols[to] as number;
      if (symbol !== previous || symbol >= FIRST_DIGIT) hash = addSymbol(hash, symbol);
      previous = symbol;
      if (!isWordHere(text, offsets[at] as number, to + 1 < letters ? (offsets[to + 1] as number) : end, hash, index))
        continue;
      // A pair that begins a pattern is worth more than fewer pieces: of two ways to cut, the rules' own is meant.
      const isPair = at > 0 && hasBit(index.pairs, pairKey(lastHash[at] as number, hash));
      const cost = reached + (isPair ? 1 : PIECE_COST);
      if (cost >= (costs[to + 1] as number)) continue;
      costs[to + 1] = cost;
      begins[to + 1] = at;
      lastHash[to + 1] = hash;
    }
  }
  const cuts: number[] = [];
  if ((costs[letters] as number) === NEVER) return cuts;
  for (let at = begins[letters] as number; at > 0; at = begins[at] as number) cuts.unshift(offsets[at] as number);
  return cuts;
}
