/**
 * The second reading of a text that looks disguised: signs and digits inside words as the letters that they stand for,
 * mathematical letters as plain ones, s p a c e d letters joined, words without spaces between them taken apart.
 *
 * A sign that goes away becomes an unseen one, so that every offset stays that of the text as it was written.
 */
import type { CompiledIndex } from './compiled.ts';
import { addSymbol, entryOf, marksBetween, type Tokens } from './fold.ts';
import { DIGIT, FIRST_DIGIT, SEPARATOR, SIGN, SURROGATE } from './symbols.ts';

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
  '|': 'l',
  '+': 't',
};
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
export function findWord(index: CompiledIndex, hash: number): number {
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
  if ((traits & (DIGIT | SIGN)) === 0) return undefined;
  let plain = '';
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    if ((entryOf(text.charCodeAt(at)) & (DIGIT | SIGN)) === 0) continue;
    const begin = runBegin(text, at);
    const end = runEnd(text, at);
    const word = end - begin > 1 ? unmaskRun(text.slice(begin, end), index) : undefined;
    if (word !== undefined) {
      plain += text.slice(done, begin) + word;
      done = end;
    }
    at = Math.max(at, end - 1);
  }
  return done === 0 ? undefined : plain + text.slice(done);
}

function isPart(unit: number): boolean {
  const entry = entryOf(unit);
  return (entry & 63) !== SEPARATOR || (entry & SIGN) !== 0 || unit === 0x21;
}

function runBegin(text: string, at: number): number {
  let begin = at;
  while (begin > 0 && at - begin < LONGEST_SQUEEZED && isPart(text.charCodeAt(begin - 1))) begin -= 1;
  return begin;
}

function runEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && end - at < LONGEST_SQUEEZED && isPart(text.charCodeAt(end))) end += 1;
  return end;
}

/** One run of letters, digits and signs as a word of the rules, or with its mathematical letters made plain. */
function unmaskRun(run: string, index: CompiledIndex): string | undefined {
  const letters = /[\uD800-\uDFFF]/.test(run) ? plainLetters(run) : run;
  const signs = /[013457890@$!|+]/;
  if (signs.test(letters) && /\p{L}/u.test(letters)) {
    for (const choice of [0, 1]) {
      const word = letters.replace(/[01345789@$!|+]/g, (sign) => LEET[sign]?.[choice] ?? LEET[sign]?.[0] ?? sign);
      if (findWord(index, hashOf(word)) >= 0) return word;
    }
  }
  return letters === run ? undefined : letters;
}

function plainLetters(run: string): string {
  return run.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, (pair) => {
    const letter = letterOfPair(pair.codePointAt(0) ?? 0);
    return letter === undefined ? pair : letter + UNSEEN;
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

function hashOf(word: string): number {
  let hash = 0;
  let previous = 0;
  for (let at = 0; at < word.length; at += 1) {
    const symbol = entryOf(word.charCodeAt(at)) & 63;
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
 * Reads the tokens of `from` into `other` with some of them taken apart into words of the rules.
 *
 * @param isCandidate Which tokens may be several words.
 * @returns whether any was taken apart.
 */
export function takeApart(
  from: Tokens,
  other: Tokens,
  index: CompiledIndex,
  isCandidate: (token: number) => boolean,
): boolean {
  let found = false;
  const { text } = from;
  other.begin(text, text.length * 2);
  other.count = 0;
  other.traits = from.traits;
  for (let token = 0; token < from.count; token += 1) {
    const start = from.startOf(token);
    const end = from.endOf(token);
    const cuts = isCandidate(token) ? cutsOf(text, start, end, index) : [];
    if (cuts.length > 0) found = true;
    let begin = start;
    for (const cut of [...cuts, end]) {
      const piece = text.slice(begin, cut);
      other.push(cuts.length > 0 ? hashOf(piece) : (from.hash[token] ?? 0), begin, cut, marksBetween(text, begin, cut));
      begin = cut;
    }
  }
  return found;
}

/** Where a token is to be cut so that every piece is a word of the rules, in as few pieces as can be; empty when it cannot. */
function cutsOf(text: string, start: number, end: number, index: CompiledIndex): number[] {
  const places: number[] = [];
  for (let at = start; at < end; at += 1) {
    const symbol = entryOf(text.charCodeAt(at)) & 63;
    if (symbol !== SEPARATOR && symbol < SURROGATE) places.push(at);
  }
  const letters = places.length;
  if (letters < SPACED_RUN || letters > LONGEST_SQUEEZED) return [];
  places.push(end);
  const pieces = Array.from({ length: letters + 1 }, (_, at) => (at === 0 ? 0 : Number.POSITIVE_INFINITY));
  const from: number[] = [];
  for (let at = 0; at < letters; at += 1) {
    const reached = pieces[at] ?? Number.POSITIVE_INFINITY;
    let hash = 0;
    let previous = 0;
    for (let to = at; reached < letters && to < Math.min(letters, at + LONGEST_PIECE); to += 1) {
      const symbol = entryOf(text.charCodeAt(places[to] ?? 0)) & 63;
      if (symbol !== previous || symbol >= FIRST_DIGIT) hash = addSymbol(hash, symbol);
      previous = symbol;
      if (reached + 1 < (pieces[to + 1] ?? 0) && findWord(index, hash) >= 0) {
        pieces[to + 1] = reached + 1;
        from[to + 1] = at;
      }
    }
  }
  if (!Number.isFinite(pieces[letters] ?? Number.POSITIVE_INFINITY) || pieces[letters] === 1) return [];
  const cuts: number[] = [];
  for (let at = from[letters] ?? 0; at > 0; at = from[at] ?? 0) cuts.unshift(places[at] ?? 0);
  return cuts;
}

