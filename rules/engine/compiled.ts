/**
 * The compiled form: one buffer whose regions are viewed, never parsed.
 *
 * Header (Int32 each): magic, format, checksum, then begin and length of every region. A buffer of another format, of
 * another length or with a flipped bit is refused; whoever holds the rule set compiles it again.
 */

/** Counts up whenever the meaning of a region changes, so that a stored buffer of an older build is compiled anew. */
export const COMPILED_FORMAT = 1;
const MAGIC = 0x42455331;
/** The hash filter: one bit per possible anchor, so that most tokens cost one test. 2^16 bits are 8 KB. */
export const FILTER_BITS = 16;

const REGIONS = ['filter', 'anchors', 'postings', 'patterns', 'code', 'signals', 'rules', 'ruleCode', 'names'] as const;
type Region = (typeof REGIONS)[number];
const HEADER = 3 + REGIONS.length * 2;

/** Instructions of a pattern; the numbers after each are its operands. */
export const OP = {
  /** hash, marks */
  word: 1,
  /** branches, then for each: length, instructions */
  any: 2,
  /** as `any`; may be left out */
  maybe: 3,
  /** most words */
  gap: 4,
  /** slot, operator, value */
  slot: 5,
  /** begin, length in `code` */
  call: 6,
} as const;

/** Instructions of a condition, in postfix order. */
export const TEST = {
  /** entry */
  entry: 1,
  /** operands */
  and: 2,
  or: 3,
  not: 4,
  /** least, mask of entries */
  of: 5,
} as const;

/** Fields of a pattern, PATTERN_SIZE numbers each. */
export const PATTERN = { begin: 0, length: 1, signal: 2 } as const;
export const PATTERN_SIZE = 3;
/** Fields of a signal: a key that stays the same from rule set to rule set, and its rules in `ruleCode`. */
export const SIGNAL = { key: 0, rulesBegin: 1, rulesCount: 2 } as const;
export const SIGNAL_SIZE = 3;
/** Fields of a rule. Reaches are in messages and seconds; `entriesBegin` lists signal and speaker mask of each entry. */
export const RULE = {
  key: 0,
  level: 1,
  surfaces: 2,
  entriesBegin: 3,
  entriesCount: 4,
  conditionBegin: 5,
  conditionLength: 6,
  withinMessages: 7,
  withinSeconds: 8,
  correlation: 9,
  correlationCount: 10,
  orderBegin: 11,
  orderLength: 12,
  wanted: 13,
} as const;
export const RULE_SIZE = 14;

/** The regions of a compiled rule set, as views on its buffer. */
export interface CompiledRules {
  buffer: ArrayBuffer;
  filter: Int32Array;
  /** Open addressing by hash: key, begin in `postings`, count; an empty place has count 0. */
  anchors: Int32Array;
  /** Per posting: pattern, fewest and most words before the anchor. */
  postings: Int32Array;
  patterns: Int32Array;
  code: Int32Array;
  signals: Int32Array;
  rules: Int32Array;
  ruleCode: Int32Array;
  /** Names for people, as the UTF-16 units of a JSON text, read only when a rule speaks. */
  names: Uint16Array;
}

/** What a rule is called, for verdicts. */
export interface RuleNames {
  id: string;
  category: string;
  title: string;
  trick: string;
  counterfact: string;
  date: string;
  references: string[];
  entries: string[];
}

/** Puts regions into one buffer with header and checksum. */
export function encodeRules(
  regions: Record<Exclude<Region, 'names'>, ArrayLike<number>>,
  names: readonly RuleNames[],
): CompiledRules {
  const text = JSON.stringify(names);
  const lengths = REGIONS.map((region) => (region === 'names' ? text.length * 2 : regions[region].length * 4));
  const buffer = new ArrayBuffer(lengths.reduce((sum, length) => sum + align(length), HEADER * 4));
  const header = new Int32Array(buffer, 0, HEADER);
  let begin = HEADER * 4;
  for (const [index, region] of REGIONS.entries()) {
    const length = lengths[index] ?? 0;
    header[3 + index * 2] = begin;
    header[4 + index * 2] = length;
    if (region === 'names') {
      const units = new Uint16Array(buffer, begin, text.length);
      for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at);
    } else new Int32Array(buffer, begin, length / 4).set(regions[region]);
    begin += align(length);
  }
  header[0] = MAGIC;
  header[1] = COMPILED_FORMAT;
  header[2] = checksum(buffer);
  return viewRules(buffer) as CompiledRules;
}

/** Views a compiled rule set; undefined when the buffer is of another format, cut short or damaged. */
export function viewRules(buffer: ArrayBuffer): CompiledRules | undefined {
  if (buffer.byteLength < HEADER * 4 || buffer.byteLength % 4 !== 0) return undefined;
  const header = new Int32Array(buffer, 0, HEADER);
  if (header[0] !== MAGIC || header[1] !== COMPILED_FORMAT || header[2] !== checksum(buffer)) return undefined;
  const view = (region: Region): Int32Array => {
    const index = REGIONS.indexOf(region);
    return new Int32Array(buffer, header[3 + index * 2] ?? 0, (header[4 + index * 2] ?? 0) / 4);
  };
  const names = REGIONS.indexOf('names');
  return {
    buffer,
    filter: view('filter'),
    anchors: view('anchors'),
    postings: view('postings'),
    patterns: view('patterns'),
    code: view('code'),
    signals: view('signals'),
    rules: view('rules'),
    ruleCode: view('ruleCode'),
    names: new Uint16Array(buffer, header[3 + names * 2] ?? 0, (header[4 + names * 2] ?? 0) / 2),
  };
}

/** The names of all rules, in the order of their numbers. */
export function namesOf(rules: CompiledRules): RuleNames[] {
  let text = '';
  // In slices, since a call takes only so many arguments.
  for (let at = 0; at < rules.names.length; at += 8192)
    text += String.fromCharCode(...rules.names.subarray(at, at + 8192));
  return JSON.parse(text) as RuleNames[];
}

/** Where the search for a key begins in a table of `places` places (a power of two). */
export function placeOf(key: number, places: number): number {
  return (Math.imul(key, 0x9e3779b1) >>> 7) & (places - 1);
}

/** FNV-1a over everything behind the checksum's own field, word by word. */
function checksum(buffer: ArrayBuffer): number {
  const words = new Int32Array(buffer);
  let sum = 0x811c9dc5;
  for (let index = 0; index < words.length; index += 1) {
    if (index !== 2) sum = Math.imul(sum ^ (words[index] ?? 0), 0x01000193);
  }
  return sum | 0;
}

function align(length: number): number {
  return (length + 3) & ~3;
}
