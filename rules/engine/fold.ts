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
import { MAX_TEXT, TOKENS_KEPT } from './limits.ts';
import { DIGIT, FIRST_DIGIT, IGNORED, LEET_SIGNS, MARKED, SEPARATOR, SIGN, SURROGATE, TABLE_SIZE } from './symbols.ts';

/** Bits of the marks that are modifiers, two for each of the last 13 letters; the tone is above them. */
const MODIFIERS = 0x3ff_ffff;
const TONE_SHIFT = 26;

const table = readTable(FOLD_RUNS);

function readTable(runs: string): Uint16Array {
  const entries = new Uint16Array(TABLE_SIZE);
  let at = 0;
  for (const run of runs.split(',')) {
    const [skip = 0, length = 0, first = 0, step = 0] = run.split(' ').map((number) => Number.parseInt(number, 36));
    at += skip;
    for (let index = 0; index < length; index += 1) {
      const entry = first + step * index;
      entries[at + index] = (entry & 63) >= FIRST_DIGIT && (entry & 63) < SURROGATE ? entry | DIGIT : entry;
    }
    at += length;
  }
  for (const sign of LEET_SIGNS) entries[sign.charCodeAt(0)] = SEPARATOR | SIGN;
  return entries;
}

/** The entry of a unit above the table: full width, typographic apostrophes, zero-width signs; all else separates. */
function entryAbove(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return SURROGATE | SIGN;
  if (unit >= 0xff01 && unit <= 0xff5e) return table[unit - 0xfee0] ?? SEPARATOR;
  if (unit === 0x2018 || unit === 0x2019 || unit === 0x201b) return IGNORED;
  if ((unit >= 0x200b && unit <= 0x200f) || (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2060 && unit <= 0x206f))
    return IGNORED;
  if (unit === 0xfeff || (unit >= 0xfe00 && unit <= 0xfe0f)) return IGNORED;
  return SEPARATOR;
}

/** What one UTF-16 unit means, as `symbols.ts` describes it. */
export function entryOf(unit: number): number {
  return unit < TABLE_SIZE ? (table[unit] ?? SEPARATOR) : entryAbove(unit);
}

/** The tokens of one text. Room is reused from text to text by whoever scans many. */
export class Tokens {
  text = '';
  count = 0;
  /** Hash of the letters of each token. */
  hash = new Int32Array(256);
  /** Offset at which each token was found to end; `endOf` leaves out unseen signs. */
  end = new Int32Array(256);
  /** All entries of the text, joined by OR: whether it has marks, digits or signs at all. */
  traits = 0;
  /** The text was longer than is read. */
  truncated = false;
  #start = new Int32Array(256);
  #marks = new Int32Array(256);
  /** Epoch in which start and marks of a token were worked out last. */
  #known = new Int32Array(256);
  #epoch = 0;

  /** Makes room for the tokens of a text and forgets those of the one before. */
  begin(text: string, length: number): void {
    const room = (length >> 1) + 2;
    if (room > this.hash.length) this.#resize(1 << (32 - Math.clz32(room)));
    else if (this.hash.length > TOKENS_KEPT && room <= TOKENS_KEPT) this.#resize(256);
    this.text = text;
    this.truncated = length < text.length;
    this.#epoch += 1;
  }

  #resize(room: number): void {
    this.hash = new Int32Array(room);
    this.end = new Int32Array(room);
    this.#start = new Int32Array(room);
    this.#marks = new Int32Array(room);
    this.#known = new Int32Array(room);
    this.#epoch = 0;
  }

  /** Puts a token whose place and marks are known behind the others; there has to be room. */
  push(hash: number, start: number, end: number, marks: number): void {
    const index = this.count;
    this.count += 1;
    this.hash[index] = hash;
    this.end[index] = end;
    this.#start[index] = start;
    this.#marks[index] = marks;
    this.#known[index] = this.#epoch;
  }

  /** Offset of a token's first letter. */
  startOf(index: number): number {
    this.#resolve(index);
    return this.#start[index] ?? 0;
  }

  /** Offset behind a token's last letter or mark. */
  endOf(index: number): number {
    let end = this.end[index] ?? 0;
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
    if (this.#known[index] === this.#epoch) return;
    const { text } = this;
    const end = this.end[index] ?? 0;
    let at = index === 0 ? 0 : (this.end[index - 1] ?? 0);
    while (at < end && !isLetter(entryOf(text.charCodeAt(at)))) at += 1;
    this.#start[index] = at;
    this.#marks[index] = marksBetween(text, at, end);
    this.#known[index] = this.#epoch;
  }
}

function isLetter(entry: number): boolean {
  const symbol = entry & 63;
  return symbol !== SEPARATOR && symbol < SURROGATE;
}

/** The marks of the letters between two offsets. */
export function marksBetween(text: string, start: number, end: number): number {
  let modifiers = 0;
  let tone = 0;
  let previous = 0;
  for (let at = start; at < end; at += 1) {
    const entry = entryOf(text.charCodeAt(at));
    const symbol = entry & 63;
    if (isLetter(entry)) {
      if (symbol !== previous || symbol >= FIRST_DIGIT) modifiers <<= 2;
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
  return ((hash << 5) | (hash >>> 27)) ^ symbol;
}

/**
 * Reads the tokens of a text into `tokens`, over whatever it held.
 *
 * Written without branches on where words end, which no processor can foresee: hash and end are stored at every unit, and
 * the next token begins to be stored elsewhere when a separator follows a letter. `repeated` and `word` are masks.
 */
export function readTokens(text: string, tokens: Tokens): void {
  const length = Math.min(text.length, MAX_TEXT);
  tokens.begin(text, length);
  const entries = table;
  const { hash: hashes, end: ends } = tokens;
  let count = 0;
  let hash = 0;
  let previous = 0;
  let traits = 0;
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    const entry = unit < TABLE_SIZE ? (entries[unit] as number) : entryAbove(unit);
    let symbol = entry & 63;
    traits |= entry;
    if (symbol >= SURROGATE) {
      if (symbol === IGNORED) continue;
      symbol = SEPARATOR;
    }
    const word = -symbol >> 31;
    hashes[count] = hash;
    ends[count] = at;
    count += ~word & (-previous >>> 31);
    const change = symbol ^ previous;
    // Repeated letters are one (“đừngggg”); repeated digits are a number and stay.
    const isNew = ((-change | change) >> 31) | ((FIRST_DIGIT - 1 - symbol) >> 31);
    const turn = 5 & isNew;
    hash = (((hash << turn) | (hash >>> (32 - turn))) ^ (symbol & isNew)) & word;
    previous = symbol;
  }
  hashes[count] = hash;
  ends[count] = length;
  tokens.count = count + (-previous >>> 31);
  tokens.traits = traits;
}
