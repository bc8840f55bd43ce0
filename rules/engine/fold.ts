/**
 * Folding: from raw text to tokens in one pass, so that case, accents, NFC and NFD, look-alike letters, zero-width signs
 * and repeated letters make no difference, while the marks that a writer did use can still be asked for.
 *
 * A token is one run of letters and digits: in Vietnamese a syllable, in English a word. The pass gives each token a
 * 32-bit hash of its letters (up to six letters without collision) and the offset of its end. Its start and its marks are
 * worked out only when somebody asks, since few tokens are ever compared with a rule.
 *
 * Marks are bits by position: two for the modifier of each letter (circumflex or stroke, breve or horn), and five for the
 * tone, which belongs to the syllable, so that hoà equals hòa. A text word fits a rule word if the hashes are equal and
 * every mark that the text has is also in the rule: `viec` and `viêc` fit `việc`, `viếc` does not.
 */
import { FOLD_RUNS } from './fold-table.ts';
import { MAX_TEXT } from './limits.ts';
import {
  DIGIT,
  FIRST_DIGIT,
  HALF_GONE,
  IGNORED,
  LEET_SIGNS,
  MARKED,
  SEPARATOR,
  SIGN,
  SURROGATE,
  TABLE_SIZE,
} from './symbols.ts';

/** Bits of the marks that are modifiers, two for each of the last 13 letters; the tone is above them. */
const MODIFIERS = 0x3ff_ffff;
const TONE_SHIFT = 26;

/** Bit of a token's end: digits and letters stand beside each other in it. */
const MIXED = 0x8000_0000 | 0;

const table = readTable(FOLD_RUNS);

function readTable(runs: string): Uint16Array {
  const entries = new Uint16Array(TABLE_SIZE);
  let at = 0;
  for (const run of runs.split(',')) {
    const [first = 0, skip = 0, length = 1, step = 0] = run.split(' ').map((number) => Number.parseInt(number, 36));
    at += skip;
    for (let index = 0; index < length; index += 1) {
      const entry = first + step * index;
      entries[at + index] = (entry & 63) >= FIRST_DIGIT && (entry & 63) < SURROGATE ? entry | DIGIT : entry;
    }
    at += length;
  }
  entries[HALF_GONE] = IGNORED | SIGN;
  for (const sign of LEET_SIGNS) entries[sign.charCodeAt(0)] = SEPARATOR | SIGN;
  return entries;
}

/** The entry of a unit above the table: letters in circles, full width, selectors of variants; all else separates. */
function entryAbove(unit: number): number {
  // Only these two blocks have letters that look like plain ones.
  if (unit === 0xd835 || unit === 0xd83c) return SURROGATE | SIGN;
  if (unit >= 0xd800 && unit <= 0xdfff) return SURROGATE;
  if (unit >= 0x24b6 && unit <= 0x24e9) return 1 + ((unit - 0x24b6) % 26);
  if (unit >= 0xff01 && unit <= 0xff5e) return table[unit - 0xfee0] ?? SEPARATOR;
  if (unit === 0xfeff || (unit >= 0xfe00 && unit <= 0xfe0f)) return IGNORED;
  return SEPARATOR;
}

/** What one UTF-16 unit means, as `symbols.ts` describes it. */
export function entryOf(unit: number): number {
  return unit < TABLE_SIZE ? (table[unit] ?? SEPARATOR) : entryAbove(unit);
}

/** The tokens of one text. */
export class Tokens {
  text = '';
  count = 0;
  /** Hash of the letters of each token. */
  hash: Int32Array;
  /** Offset at which each token was found to end (`endOf` leaves out unseen signs), and MIXED. */
  end: Int32Array;
  /** All entries of the text, joined by OR: whether it has marks, digits or signs at all. */
  traits = 0;
  /** The text was longer than is read. */
  truncated = false;
  #start: Int32Array;
  #marks: Int32Array;
  /** Which text start and marks of a token were worked out for last. */
  #known: Int32Array;
  #texts = 0;

  constructor(room: number, hash = new Int32Array(room), end = new Int32Array(room)) {
    this.hash = hash;
    this.end = end;
    this.#start = new Int32Array(room);
    this.#marks = new Int32Array(room);
    this.#known = new Int32Array(room);
  }

  /** Makes room for so many tokens; what it held is lost when that takes more than there was. */
  reserve(room: number): void {
    if (room <= this.hash.length) return;
    this.hash = new Int32Array(room * 2);
    this.end = new Int32Array(room * 2);
    this.#start = new Int32Array(room * 2);
    this.#marks = new Int32Array(room * 2);
    this.#known = new Int32Array(room * 2);
    this.#texts = 0;
  }

  /** Turns to another text; what was known of the tokens of the one before is old. */
  begin(text: string, traits: number): void {
    this.text = text;
    this.count = 0;
    this.traits = traits;
    this.truncated = text.length > MAX_TEXT;
    this.#texts += 1;
  }

  /** Puts a token whose place and marks are known behind the others; there has to be room. */
  push(hash: number, start: number, end: number, marks: number): void {
    const index = this.count;
    this.count += 1;
    this.hash[index] = hash;
    this.end[index] = end;
    this.#start[index] = start;
    this.#marks[index] = marks;
    this.#known[index] = this.#texts;
  }

  /** Offset of a token's first letter. */
  startOf(index: number): number {
    this.#resolve(index);
    return this.#start[index] ?? 0;
  }

  /** Offset behind a token's last letter or mark. */
  endOf(index: number): number {
    let end = (this.end[index] ?? 0) & ~MIXED;
    while (end > 0 && entryOf(this.text.charCodeAt(end - 1)) === IGNORED) end -= 1;
    return end;
  }

  /** The marks of a token's letters. */
  marksOf(index: number): number {
    if ((this.traits & MARKED) === 0) return 0;
    this.#resolve(index);
    return this.#marks[index] ?? 0;
  }

  #resolve(index: number): void {
    if (this.#known[index] === this.#texts) return;
    const { text } = this;
    const end = (this.end[index] ?? 0) & ~MIXED;
    let at = index === 0 ? 0 : (this.end[index - 1] ?? 0) & ~MIXED;
    while (at < end && !isLetter(entryOf(text.charCodeAt(at)))) at += 1;
    this.#start[index] = at;
    this.#marks[index] = marksBetween(text, at, end);
    this.#known[index] = this.#texts;
  }
}

function isLetter(entry: number): boolean {
  const symbol = entry & 63;
  return symbol !== SEPARATOR && symbol < SURROGATE;
}

/** The marks of the letters between two offsets. */
export function marksBetween(text: string, start: number, end: number): number {
  const entries = table;
  const size = TABLE_SIZE;
  const surrogate = SURROGATE;
  const firstDigit = FIRST_DIGIT;
  let modifiers = 0;
  let tone = 0;
  let previous = 0;
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    const entry = unit < size ? (entries[unit] as number) : entryAbove(unit);
    const symbol = entry & 63;
    if (symbol > 0 && symbol < surrogate) {
      if (symbol !== previous || symbol >= firstDigit) modifiers <<= 2;
      previous = symbol;
    }
    // A combining mark belongs to the letter before it; a repeated letter is the one before it.
    modifiers |= (entry >> 11) & 3;
    tone |= (entry >> 6) & 31;
  }
  return (modifiers & MODIFIERS) | (tone << TONE_SHIFT);
}

/** Adds one letter to the hash of a token. */
export function addSymbol(hash: number, symbol: number): number {
  return (Math.imul(hash, 37) + symbol) | 0;
}

/** How much of a text is folded at once. */
const PIECE = 4096;
const ROOM = PIECE / 2 + 2;
/**
 * Where a piece is folded to. Fixed arrays of the module, not of an object: the compiler then knows their place and
 * length, which saves a quarter of the time. [measured, V8 14]
 */
const pieceHash = new Int32Array(ROOM);
const pieceEnd = new Int32Array(ROOM);
/** What goes on from piece to piece: hash of the word that is open, symbol before, traits so far, whether the word is mixed. */
const open = new Int32Array(4);
const short = new Tokens(ROOM, pieceHash, pieceEnd);

/** Reads the tokens of a text. What is returned is valid until the next text is read: ordinary messages share one room. */
export function readTokens(text: string): Tokens {
  open[0] = 0;
  open[1] = 0;
  open[2] = 0;
  open[3] = 0;
  if (text.length > PIECE) return readLong(text);
  const count = foldPiece(text, 0, text.length);
  short.begin(text, open[2] as number);
  short.count = closeLast(pieceHash, pieceEnd, count, text.length);
  return short;
}

/** Reads a text piece by piece, into room of its own. */
function readLong(text: string): Tokens {
  const length = Math.min(text.length, MAX_TEXT);
  const tokens = new Tokens((length >> 1) + 2);
  let count = 0;
  for (let from = 0; from < length; from += PIECE) {
    const found = foldPiece(text, from, Math.min(from + PIECE, length));
    tokens.hash.set(pieceHash.subarray(0, found), count);
    tokens.end.set(pieceEnd.subarray(0, found), count);
    count += found;
  }
  tokens.begin(text, open[2] as number);
  tokens.count = closeLast(tokens.hash, tokens.end, count, length);
  return tokens;
}

/** Stores the word that goes to the end of the text, if any; returns the number of tokens. */
function closeLast(hash: Int32Array, end: Int32Array, count: number, length: number): number {
  if (open[1] === 0) return count;
  hash[count] = open[0] as number;
  end[count] = length | ((open[3] as number) & MIXED);
  return count + 1;
}

/**
 * Folds one piece of a text; returns how many words end in it.
 *
 * Written without branches on where words end, which no processor can foresee: hash and end are stored at every unit, and
 * the next word begins to be stored elsewhere when a separator follows a letter. What is named like a claim is a mask.
 * Numbers are written out (0x2070 TABLE_SIZE, 62 SURROGATE, 63 IGNORED, 26 the last letter), since imported names are not
 * known to the compiler.
 */
function foldPiece(text: string, from: number, to: number): number {
  const entries = table;
  const hashes = pieceHash;
  const ends = pieceEnd;
  let count = 0;
  let hash = open[0] as number;
  let previous = open[1] as number;
  let traits = open[2] as number;
  let wasDigit = (26 - previous) >> 31;
  let mixed = open[3] as number;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    const entry = unit < 0x2070 ? (entries[unit] as number) : entryAbove(unit);
    let symbol = entry & 63;
    traits |= entry;
    if (symbol >= 62) {
      if (symbol === 63) continue;
      symbol = 0;
    }
    const word = -symbol >> 31;
    hashes[count] = hash;
    ends[count] = at | (mixed & MIXED);
    const wasWord = -previous >> 31;
    count -= ~word & wasWord;
    const change = symbol ^ previous;
    const isDigit = (26 - symbol) >> 31;
    // Repeated letters are one (“đừngggg”); repeated digits are a number and stay.
    const isNew = ((-change | change) >> 31) | isDigit;
    hash = (Math.imul(hash, 1 + (36 & isNew)) + (symbol & isNew)) & word;
    mixed = (mixed | ((isDigit ^ wasDigit) & wasWord)) & word;
    wasDigit = isDigit;
    previous = symbol;
  }
  open[0] = hash;
  open[1] = previous;
  open[2] = traits;
  open[3] = mixed;
  return count;
}
