/**
 * Folding: from raw text to tokens in one pass, so that case, accents, NFC and NFD, look-alike letters, zero-width signs,
 * repeated letters and mathematical letters make no difference, while the marks that a writer did use are kept apart.
 *
 * A token is one run of letters and digits: in Vietnamese a syllable, in English a word. It has a 32-bit hash of its
 * letters and the marks of its letters, position by position, as bits: 5 for the tone (which belongs to the syllable, so
 * that hoà equals hòa), then 2 per letter. A text word fits a rule word if the hashes are equal and every mark that the
 * text has is also in the rule: `viec` and `viêc` fit `việc`, `viếc` does not.
 */
import { FOLD_RUNS } from './fold-table.ts';
import { MAX_TEXT, MAX_TOKENS } from './limits.ts';
import { FIRST_DIGIT, IGNORED, LAST_DIGIT, SEPARATOR, SURROGATE, TABLE_SIZE } from './symbols.ts';

/** Letters of a token that have marks of their own in its signature: 5 + 2 × 13 = 31 bits. */
const MARKED_LETTERS = 13;
/** Shortest run of single letters that is read as one spaced-out word. */
const SPACED_RUN = 4;

/** The tokens of one text, as parallel arrays; offsets are UTF-16 units of the original text. */
export interface Tokens {
  count: number;
  hash: Int32Array;
  marks: Int32Array;
  start: Int32Array;
  end: Int32Array;
  /** Bit 0: has a letter; bit 1: has a digit. */
  kind: Uint8Array;
  /** Letters and digits in the token, after repeats are joined. */
  size: Uint8Array;
  /** The text was longer than is read. */
  truncated: boolean;
}

const table = readTable(FOLD_RUNS);

function readTable(runs: string): Uint16Array {
  const entries = new Uint16Array(TABLE_SIZE);
  let at = 0;
  for (const run of runs.split(',')) {
    const [skip = 0, length = 0, first = 0, step = 0] = run.split(' ').map((number) => Number.parseInt(number, 36));
    at += skip;
    for (let index = 0; index < length; index += 1) entries[at + index] = first + step * index;
    at += length;
  }
  return entries;
}

/** The entry of a unit above the table: full width, typographic apostrophes, zero-width signs; all else separates. */
function entryAbove(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return SURROGATE;
  if (unit >= 0xff01 && unit <= 0xff5e) return table[unit - 0xfee0] ?? SEPARATOR;
  if (unit === 0x2018 || unit === 0x2019 || unit === 0x201b) return IGNORED;
  if ((unit >= 0x200b && unit <= 0x200f) || (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2060 && unit <= 0x206f))
    return IGNORED;
  if (unit === 0xfeff || (unit >= 0xfe00 && unit <= 0xfe0f)) return IGNORED;
  return SEPARATOR;
}

/** The entry of a surrogate pair: mathematical and enclosed letters read as plain ones, emoji separate. */
function entryOfPair(codePoint: number): number {
  const isLetterLike = (codePoint >= 0x1d400 && codePoint <= 0x1d7ff) || (codePoint >= 0x1f130 && codePoint <= 0x1f189);
  if (!isLetterLike) return SEPARATOR;
  if (codePoint >= 0x1f150) {
    const letter = (codePoint - 0x1f150) % 32;
    return letter < 26 ? 1 + letter : SEPARATOR;
  }
  const plain = String.fromCodePoint(codePoint).normalize('NFKC');
  return plain.length === 1 ? (table[plain.charCodeAt(0)] ?? SEPARATOR) : SEPARATOR;
}

/** Room for the tokens of one text; reused from text to text by whoever scans many. */
export function makeTokens(room = 256): Tokens {
  return {
    count: 0,
    hash: new Int32Array(room),
    marks: new Int32Array(room),
    start: new Int32Array(room),
    end: new Int32Array(room),
    kind: new Uint8Array(room),
    size: new Uint8Array(room),
    truncated: false,
  };
}

function grow(tokens: Tokens): void {
  const { hash, marks, start, end, kind, size } = tokens;
  const larger = makeTokens(Math.min(MAX_TOKENS, hash.length * 2));
  larger.hash.set(hash);
  larger.marks.set(marks);
  larger.start.set(start);
  larger.end.set(end);
  larger.kind.set(kind);
  larger.size.set(size);
  Object.assign(tokens, { ...larger, count: tokens.count, truncated: tokens.truncated });
}

/** Reads the tokens of a text into `tokens`, over whatever it held. */
export function readTokens(text: string, tokens: Tokens): void {
  const entries = table;
  const length = Math.min(text.length, MAX_TEXT);
  tokens.truncated = text.length > MAX_TEXT;
  tokens.count = 0;
  let hash = 0;
  let marks = 0;
  let kind = 0;
  let start = -1;
  let end = 0;
  let letters = 0;
  let previous = 0;
  for (let at = 0; at <= length; at += 1) {
    let next = at + 1;
    let entry: number = SEPARATOR;
    if (at < length) {
      const unit = text.charCodeAt(at);
      entry = unit < TABLE_SIZE ? (entries[unit] ?? SEPARATOR) : entryAbove(unit);
      if (entry === SURROGATE) {
        entry = entryOfPair(text.codePointAt(at) ?? 0);
        next = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
      }
    }
    const symbol = entry & 63;
    if (symbol === SEPARATOR) {
      if (start >= 0 && letters > 0) {
        if (tokens.count === tokens.hash.length) {
          if (tokens.count >= MAX_TOKENS) {
            tokens.truncated = true;
            return;
          }
          grow(tokens);
        }
        const index = tokens.count;
        tokens.hash[index] = hash;
        tokens.marks[index] = marks;
        tokens.start[index] = start;
        tokens.end[index] = end;
        tokens.kind[index] = kind;
        tokens.size[index] = Math.min(letters, 255);
        tokens.count += 1;
      }
      hash = 0;
      marks = 0;
      kind = 0;
      start = -1;
      letters = 0;
      previous = 0;
    } else if (symbol === IGNORED) {
      // A combining mark belongs to the letter before it; anything else that is ignored has no marks.
      if (letters > 0) {
        marks |= marksAt(entry, letters - 1);
        // A quotation mark or an unseen sign after the last letter is no part of the word.
        if (entry !== IGNORED) end = next;
      }
    } else {
      if (start < 0) start = at;
      end = next;
      const isDigit = symbol >= FIRST_DIGIT && symbol <= LAST_DIGIT;
      // Repeated letters are one (“đừngggg”); repeated digits are a number and stay.
      if (symbol !== previous || isDigit) {
        hash = (Math.imul(hash, 37) + symbol) | 0;
        letters += 1;
      }
      kind |= isDigit ? 2 : 1;
      marks |= marksAt(entry, letters - 1);
      previous = symbol;
    }
    at = next - 1;
  }
}

function marksAt(entry: number, letter: number): number {
  const tone = (entry >> 6) & 31;
  return letter < MARKED_LETTERS ? tone | (((entry >> 11) & 3) << (5 + 2 * letter)) : tone;
}

/** Digits and signs that stand for letters inside a word. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
};

/**
 * Reads a text a second way when it looks disguised: s p a c e d letters joined, digits inside words as the letters that
 * they stand for.
 *
 * @returns whether there is a second way; `other` then holds its tokens, with offsets into the same text.
 */
export function readDisguised(text: string, tokens: Tokens, other: Tokens): boolean {
  let found = false;
  other.count = 0;
  other.truncated = tokens.truncated;
  const single = makeTokens(4);
  for (let index = 0; index < tokens.count; index += 1) {
    const run = spacedRun(text, tokens, index);
    const mixed = tokens.kind[index] === 3;
    const start = tokens.start[index] ?? 0;
    let last = index;
    let written = '';
    if (run > 1) {
      last = index + run - 1;
      for (let part = index; part <= last; part += 1) written += text.slice(tokens.start[part], tokens.end[part]);
    } else {
      while (hasSignBetween(text, tokens, last)) last += 1;
      if (last > index || mixed) written = text.slice(start, tokens.end[last]);
    }
    if (other.count === other.hash.length) grow(other);
    const target = other.count;
    other.count += 1;
    if (written === '') {
      copyToken(tokens, index, other, target);
      continue;
    }
    found = true;
    readTokens(
      written.replace(/[013457@$8]/g, (sign) => LEET[sign] ?? sign),
      single,
    );
    copyToken(single, 0, other, target);
    other.start[target] = start;
    other.end[target] = tokens.end[last] ?? 0;
    index = last;
  }
  return found;
}

/** Length of the run of single letters, one sign apart, that begins at a token; 1 when it is too short to be a disguise. */
function spacedRun(text: string, tokens: Tokens, index: number): number {
  let last = index;
  while (
    last < tokens.count &&
    tokens.size[last] === 1 &&
    tokens.kind[last] === 1 &&
    (last === index || isOneSign(text, tokens.end[last - 1] ?? 0, tokens.start[last] ?? 0))
  ) {
    last += 1;
  }
  return last - index >= SPACED_RUN ? last - index : 1;
}

/** Whether one sign stands between two offsets: one unit, or an emoji, which may be several. */
function isOneSign(text: string, from: number, to: number): boolean {
  return (
    to - from === 1 ||
    (to - from <= 5 && /^\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?$/u.test(text.slice(from, to)))
  );
}

/** Whether a token and the next are one word with a sign for a letter between them, as in “l@m”. */
function hasSignBetween(text: string, tokens: Tokens, index: number): boolean {
  if (index + 1 >= tokens.count) return false;
  const from = tokens.end[index] ?? 0;
  const sign = text[from];
  return (tokens.start[index + 1] ?? 0) - from === 1 && (sign === '@' || sign === '$');
}

function copyToken(from: Tokens, index: number, to: Tokens, target: number): void {
  to.hash[target] = from.hash[index] ?? 0;
  to.marks[target] = from.marks[index] ?? 0;
  to.start[target] = from.start[index] ?? 0;
  to.end[target] = from.end[index] ?? 0;
  to.kind[target] = from.kind[index] ?? 0;
  to.size[target] = from.size[index] ?? 0;
}
