/**
 * The second reading of a text that looks disguised: signs and digits inside words as the letters that they stand for,
 * mathematical letters as plain ones, s p a c e d letters joined, words without spaces between them taken apart.
 *
 * A sign that goes away becomes an unseen one, so that every offset stays that of the text as it was written.
 */
import type { CompiledIndex } from './compiled.ts';
import { addSymbol, entryOf, marksBetween, Tokens } from './fold.ts';
import { hasBit, pairKey } from './key.ts';
import { DIGIT, FIRST_DIGIT, HALF_GONE, LEET_SIGNS, MIXED, SEPARATOR, SIGN, SURROGATE } from './symbols.ts';

/** Letters that a digit or sign may stand for, likeliest first. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'li',
  '+': 't',
};
const EXCLAMATION = 0x21;
const SIGNS = `!${LEET_SIGNS}`;
const UNSEEN = '\u2060';
/** Shortest run of single letters that is read as one spaced-out word. */
export const SPACED_RUN = 4;
/** Widest gap, in units, between two words of spaced-out letters. */
const WIDEST_GAP = 6;
/** Longest token that is taken apart: a long hashtag. */
const LONGEST_SQUEEZED = 40;
/** Longest word that it may hold: “nghiêng” has 7 letters, English words have more. */
const LONGEST_PIECE = 12;

/** The number of the first word with this hash; -1 when the rules have none. */
function findWord(index: CompiledIndex, hash: number): number {
  const { wordHash } = index;
  let low = 0;
  let high = wordHash.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((wordHash[middle] as number) < hash) low = middle + 1;
    else high = middle;
  }
  return wordHash[low] === hash ? low : -1;
}

/** A text with its signs and mathematical letters read as plain letters, of the same length; undefined when nothing changes. */
export function unmask(text: string, traits: number, index: CompiledIndex): string | undefined {
  if ((traits & (MIXED | SIGN)) === 0) return undefined;
  let plain = '';
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (!isMask(unit) || !(unit > 0x7f || isLetterAt(text, at - 1) || isLetterAt(text, at + 1))) continue;
    let begin = at;
    while (begin > done && at - begin < LONGEST_SQUEEZED && isPart(text.charCodeAt(begin - 1))) begin -= 1;
    let end = at + 1;
    while (end < text.length && end - at < LONGEST_SQUEEZED && isPart(text.charCodeAt(end))) end += 1;
    // At the end of a word a sign is only what it is.
    while (end > at + 1 && SIGNS.includes(text[end - 1] ?? '')) end -= 1;
    const word = isAmount(text, begin, end) ? undefined : unmaskRun(text.slice(begin, end), index);
    if (word !== undefined) {
      plain += text.slice(done, begin) + word;
      done = end;
    }
    at = end - 1;
  }
  return done === 0 ? undefined : plain + text.slice(done);
}

/** Whether a unit is a digit, a sign that may stand for a letter, or the first half of a mathematical or enclosed letter. */
function isMask(unit: number): boolean {
  if (unit < 0x80) {
    return (unit >= 0x30 && unit <= 0x39) || unit === 0x40 || unit === 0x24 || unit === 0x7c || unit === 0x2b;
  }
  return unit === 0xd835 || unit === 0xd83c;
}

function isLetterAt(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const entry = entryOf(text.charCodeAt(at));
  return (entry & 63) !== SEPARATOR && (entry & (DIGIT | SIGN)) === 0;
}

function isPart(unit: number): boolean {
  const entry = entryOf(unit);
  return (entry & 63) !== SEPARATOR || (entry & SIGN) !== 0 || unit === EXCLAMATION;
}

/** What may stand behind a number as its unit. */
const UNITS = new Set(
  'k tr m h g p s x l t u d đ th c am pm kg km cm mm gb mb tb vnd vnđ ty tỷ cu củ st nd rd'.split(' '),
);

/** Whether a run is a number with its unit, which is no disguised word: “100k”, “7h”, “20tr”, “1tr5”. */
function isAmount(text: string, begin: number, end: number): boolean {
  let at = begin;
  while (at < end && text.charCodeAt(at) <= 0x39) at += 1;
  if (at === begin || text.charCodeAt(at - 1) < 0x30) return false;
  const letters = at;
  while (at < end && isLetterAt(text, at)) at += 1;
  return end - at <= 1 && at - letters <= 3 && UNITS.has(text.slice(letters, at).toLowerCase());
}

/** One run of letters, digits and signs as a word of the rules, or with its mathematical letters made plain. */
function unmaskRun(run: string, index: CompiledIndex): string | undefined {
  const letters = run.includes('\ud835') || run.includes('\ud83c') ? plainLetters(run) : run;
  for (const choice of [0, 1]) {
    if (findWord(index, hashOf(letters, choice)) < 0) continue;
    const word = letters.replace(/[01345789@$!|+]/g, (sign) => letterFor(sign, choice));
    if (word !== letters) return word;
  }
  return letters === run ? undefined : letters;
}

function letterFor(sign: string, choice: number): string {
  const letters = LEET[sign] ?? sign;
  return letters[choice] ?? letters[0] ?? sign;
}

function plainLetters(run: string): string {
  return run.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, (pair) => {
    const letter = letterOfPair(pair.codePointAt(0) ?? 0);
    return letter === undefined ? pair : letter + String.fromCharCode(HALF_GONE);
  });
}

/** The plain letter or digit that a mathematical or enclosed one looks like. */
function letterOfPair(codePoint: number): string | undefined {
  const isLetterLike = (codePoint >= 0x1d400 && codePoint <= 0x1d7ff) || (codePoint >= 0x1f130 && codePoint <= 0x1f189);
  if (!isLetterLike) return undefined;
  if (codePoint >= 0x1f150) {
    const letter = (codePoint - 0x1f150) % 32;
    return letter < 26 ? String.fromCharCode(97 + letter) : undefined;
  }
  const plain = String.fromCodePoint(codePoint).normalize('NFKC');
  return plain.length === 1 ? plain : undefined;
}

/** Symbols of ASCII units as letters: digits and signs as the first or second letter that they may stand for. */
const LEET_SYMBOLS = [0, 1].map((choice) =>
  Uint8Array.from(
    { length: 0x80 },
    (_, unit) => entryOf(letterFor(String.fromCharCode(unit), choice).charCodeAt(0)) & 63,
  ),
);

/** The hash of a word; with a `choice`, of what its digits and signs stand for. */
function hashOf(word: string, choice?: number): number {
  const leet = choice === undefined ? undefined : LEET_SYMBOLS[choice];
  let hash = 0;
  let previous = 0;
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    const symbol = leet !== undefined && unit < 0x80 ? (leet[unit] as number) : entryOf(unit) & 63;
    if (symbol === SEPARATOR || symbol >= SURROGATE) continue;
    if (symbol !== previous || symbol >= FIRST_DIGIT) hash = addSymbol(hash, symbol);
    previous = symbol;
  }
  return hash;
}

/**
 * A text with the signs between single letters made unseen, where at least SPACED_RUN of them stand together; a wider
 * gap stays a gap between words. Undefined when there is no such run.
 */
export function joinSpaced(text: string, tokens: Tokens): string | undefined {
  let joined = '';
  let done = 0;
  for (let index = 0; index < tokens.count; index += 1) {
    let last = index;
    while (last < tokens.count && isSingle(tokens, last) && (last === index || gapBefore(tokens, last) <= WIDEST_GAP))
      last += 1;
    if (last - index >= SPACED_RUN) {
      for (let part = index + 1; part < last; part += 1) {
        const from = tokens.endOf(part - 1);
        const to = tokens.startOf(part);
        if (!isOneSign(text, from, to)) continue;
        joined += text.slice(done, from) + UNSEEN.repeat(to - from);
        done = to;
      }
    }
    index = Math.max(index, last - 1);
  }
  return done === 0 ? undefined : joined + text.slice(done);
}

/** The tokens of a joined text that were letters apart: they may be several words, of which no rule has exactly this run. */
export function joinedTokens(tokens: Tokens): number[] {
  const joined: number[] = [];
  for (let token = 0; token < tokens.count; token += 1) {
    if (tokens.text.slice(tokens.startOf(token), tokens.endOf(token)).includes(UNSEEN)) joined.push(token);
  }
  return joined;
}

function gapBefore(tokens: Tokens, index: number): number {
  return tokens.startOf(index) - tokens.endOf(index - 1);
}

function isSingle(tokens: Tokens, index: number): boolean {
  const hash = tokens.hash[index] ?? 0;
  return hash > 0 && hash < FIRST_DIGIT;
}

/** Whether one sign stands between two offsets: one unit, or an emoji, which may be several. */
function isOneSign(text: string, from: number, to: number): boolean {
  return (
    to - from === 1 ||
    (to - from <= 5 && /^\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?$/u.test(text.slice(from, to)))
  );
}

/**
 * The tokens of a text with some of them taken apart into words of the rules; undefined when none can be.
 *
 * @param candidates The tokens that may be several words, ascending.
 */
export function takeApart(from: Tokens, index: CompiledIndex, candidates: readonly number[]): Tokens | undefined {
  const { text } = from;
  let count = from.count;
  const cuts = new Map<number, number[]>();
  for (const token of candidates) {
    const own = cutsOf(text, from.startOf(token), from.endOf(token), index);
    if (own.length > 0) cuts.set(token, own);
    count += own.length;
  }
  if (cuts.size === 0) return undefined;
  const apart = new Tokens(count);
  apart.begin(text, from.traits);
  for (let token = 0; token < from.count; token += 1) {
    const own = cuts.get(token);
    let begin = from.startOf(token);
    for (const cut of [...(own ?? []), from.endOf(token)]) {
      const hash = own === undefined ? (from.hash[token] ?? 0) : hashOf(text.slice(begin, cut));
      apart.push(hash, begin, cut, marksBetween(text, begin, cut));
      begin = cut;
    }
  }
  return apart;
}

/** Whether a stretch of a text is a word of the rules, with no mark that the word lacks. */
function isWordHere(text: string, start: number, end: number, hash: number, index: CompiledIndex): boolean {
  let word = findWord(index, hash);
  if (word < 0) return false;
  const marks = marksBetween(text, start, end);
  for (; index.wordHash[word] === hash; word += 1) {
    if ((marks & ~(index.wordMarks[word] as number)) === 0) return true;
  }
  return false;
}

/** Room for `cutsOf`: offsets and symbols of the letters; for each the cost of the cheapest way to it, where its last piece begins, and the hash of that. */
const offsets = new Int32Array(LONGEST_SQUEEZED + 1);
const symbols = new Uint8Array(LONGEST_SQUEEZED);
const costs = new Uint16Array(LONGEST_SQUEEZED + 1);
const lastHash = new Int32Array(LONGEST_SQUEEZED + 1);
const begins = new Uint8Array(LONGEST_SQUEEZED + 1);
const NEVER = 0xffff;
const PIECE_COST = 10;

/** Where a token is to be cut so that every piece is a word of the rules, in as few pieces as can be; empty when it cannot. */
function cutsOf(text: string, start: number, end: number, index: CompiledIndex): number[] {
  let letters = 0;
  for (let at = start; at < end; at += 1) {
    const symbol = entryOf(text.charCodeAt(at)) & 63;
    if (symbol === SEPARATOR || symbol >= SURROGATE) continue;
    if (letters === LONGEST_SQUEEZED) return [];
    offsets[letters] = at;
    symbols[letters] = symbol;
    letters += 1;
  }
  if (letters < SPACED_RUN) return [];
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
