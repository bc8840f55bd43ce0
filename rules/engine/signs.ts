/**
 * Signs and digits inside words as the letters that they stand for, and mathematical letters as plain ones. What is read
 * instead has the length of what was written, so that every offset stays that of the text.
 */
import { MONEY_UNITS } from './amounts.ts';
import type { CompiledIndex } from './compiled.ts';
import { addSymbol, entryOf, marksBetween, type Tokens } from './fold.ts';
import type { Piece } from './second.ts';
import { DIGIT, HALF_GONE, LEET_SIGNS, SEPARATOR, SIGN } from './symbols.ts';
import { findWord, hashOf } from './word.ts';

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
/** Longest run of letters and signs that is looked at, in units. */
const LONGEST_RUN = 40;

/** A text with its signs and mathematical letters read as plain letters, of the same length; undefined when nothing changes. */
export function unmask(text: string, index: CompiledIndex): string | undefined {
  let plain = '';
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (!isMask(unit) || !(unit > 0x7f || isLetterAt(text, at - 1) || isLetterAt(text, at + 1))) continue;
    let begin = at;
    while (begin > done && at - begin < LONGEST_RUN && isPart(text.charCodeAt(begin - 1))) begin -= 1;
    let end = at + 1;
    while (end < text.length && end - at < LONGEST_RUN && isPart(text.charCodeAt(end))) end += 1;
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

/** Whether a run is a number with its unit, which is no disguised word: “100k”, “7h”, “20tr”, “1tr5”. */
function isAmount(text: string, begin: number, end: number): boolean {
  let at = begin;
  while (at < end && text.charCodeAt(at) <= 0x39) at += 1;
  // No amount begins with a nought: “0k” is a word.
  if (at === begin || text.charCodeAt(at - 1) < 0x30 || text.charCodeAt(begin) === 0x30) return false;
  const letters = at;
  let unit = 0;
  while (at < end && isLetterAt(text, at)) {
    unit = addSymbol(unit, entryOf(text.charCodeAt(at)) & 63);
    at += 1;
  }
  return end - at <= 1 && at - letters <= 3 && UNITS.has(unit);
}

/** One run of letters, digits and signs as a word of the rules, or with its mathematical letters made plain. */
function unmaskRun(run: string, index: CompiledIndex): string | undefined {
  const letters = run.includes('\ud835') || run.includes('\ud83c') ? plainLetters(run) : run;
  for (const choice of [0, 1]) {
    if (findWord(index, hashOf(letters, LEET_SYMBOLS[choice])) < 0) continue;
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

/** What may stand behind a number as its unit, as hashes. */
const UNITS = new Set(
  ['h', 'g', 'p', 'th', 'kg', 'km', 'cm', 'mm', 'gb', 'mb', ...MONEY_UNITS].map((unit) => hashOf(unit)),
);

/** Symbols of ASCII units as letters: digits and signs as the first or second letter that they may stand for. */
const LEET_SYMBOLS = [0, 1].map((choice) =>
  Uint8Array.from(
    { length: 0x80 },
    (_, unit) => entryOf(letterFor(String.fromCharCode(unit), choice).charCodeAt(0)) & 63,
  ),
);

/** A token of letters and digits as the word of the rules that it may be; undefined when it is none, or an amount. */
export function leetWord(tokens: Tokens, token: number, index: CompiledIndex): Piece | undefined {
  const { text } = tokens;
  const start = tokens.startOf(token);
  const end = tokens.endOf(token);
  if (end - start > LONGEST_RUN || isAmount(text, start, end)) return undefined;
  const word = text.slice(start, end);
  for (const choice of [0, 1]) {
    const hash = hashOf(word, LEET_SYMBOLS[choice]);
    if (findWord(index, hash) >= 0) return { hash, start, end, marks: marksBetween(text, start, end) };
  }
  return undefined;
}
