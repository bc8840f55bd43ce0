/**
 * The compiled form: buffers whose regions are viewed, never parsed.
 *
 * `index` is what every frame needs to find signals; `rules` is read when a first signal was found. What rules are called
 * is kept beside them where they were compiled and stays out of pages. Header of each (Int32): magic, format, checksum, then begin and length in bytes of every
 * region. A buffer of another format, of another length or with a flipped bit is refused; whoever holds the rule set
 * compiles it again.
 */

/** Counts up whenever the meaning of a region changes, so that a stored buffer of an older build is compiled anew. */
const COMPILED_FORMAT = 5;
const MAGIC = { index: 0x42455349, rules: 0x42455352 } as const;
type Part = keyof typeof MAGIC;
const REGIONS = {
  index: [
    'sizes',
    'singles',
    'pairs',
    'squeezed',
    'heads',
    'entries',
    'made',
    'wordHash',
    'wordMarks',
    'marks',
    'code',
  ],
  rules: ['signals', 'records', 'entries', 'anchored', 'ids', 'conditions'],
} as const satisfies Record<Part, readonly string[]>;

/**
 * Units of compiled patterns. A unit below `OP.any` is the number of a word; an instruction's low byte may carry a
 * number. `LAST` is set on the last step of a program.
 */
export const OP = {
  /** branches; for each: length, units */
  any: 0x7000,
  /** as `any`; may be left out */
  maybe: 0x7100,
  /** words, their bits, then their numbers, ascending: any one of them */
  set: 0x7200,
  /** + most words */
  gap: 0x7300,
  /** + slot | operator << 4; high and low half of the value, period */
  slot: 0x7400,
  /** high and low half of the place of a shared program, length */
  call: 0x7500,
  /** words, units behind the fourth, bits of the words; the words, with which alternatives begin, ascending; for each where in what follows its rest stands: length, units */
  choose: 0x7600,
} as const;
export const LAST = 0x8000;

/** What stands before a pattern's program: its signal, then these bits. */
export const HEAD = {
  /** Fewest and most words between the start of the pivot and the anchor. */
  fewest: 0x1f,
  most: 0x3e0,
  mostShift: 5,
  /** A program for the words before the pivot follows the one for those from it on. */
  hasBefore: 0x400,
  /** The programs stand elsewhere: high and low half of their place. */
  elsewhere: 0x800,
  /** No pattern: the text may hold a slot. */
  mayHaveSlot: 0x1000,
  /** Both programs are words alone, and the anchor begins the first. */
  plain: 0x2000,
  /** Where the signal stands, others do too: see `made`. */
  makes: 0x4000,
} as const;

/** Bit of a word's marks: the text has to carry them exactly. */
export const EXACT = 0x8000_0000 | 0;

/** Fields of a rule's record. Reaches are in messages and seconds. */
export const RULE = {
  key: 0,
  /** level (2 bits), surfaces (5), correlation (2), its count (6), length of its order (5), length of the condition (12) */
  flags: 1,
  withinMessages: 2,
  withinSeconds: 3,
  entriesBegin: 4,
  conditionBegin: 5,
  orderBegin: 6,
  /** entries that the condition asks for (24 bits), number of entries (5) */
  wanted: 7,
  /** what the signs of the conversation have to weigh together; 0 for no matter */
  evidence: 8,
} as const;
export const RULE_SIZE = 9;

/**
 * Fields of a signal: a key that stays the same from rule set to rule set, the rules that it is the anchor of, and what it
 * weighs in their words (low byte) and in mine (the next).
 */
export const SIGNAL = { key: 0, anchoredBegin: 1, anchoredCount: 2, weights: 3 } as const;
export const SIGNAL_SIZE = 4;
/** Numbers from here on in a rule's entries are facts about the conversation, not signals. */
export const FIRST_FACT = 0xff00;

/** Bytes of a condition, in postfix order; below 24 the number of an entry, else one of these and a number. */
export const TEST = {
  not: 0x1f,
  and: 0x20,
  or: 0x40,
  /** + least; then the mask of entries in three bytes */
  of: 0x80,
} as const;

/** What a rule is called. In pages only `id` is known, the rest is empty. */
export interface RuleNames {
  id: string;
  category: string;
  title: string;
  trick: string;
  counterfact: string;
  date: string;
  references: string[];
  entries: string[];
  condition: string;
}

/** The buffers of a compiled rule set, as they are stored and sent. */
export interface CompiledBuffers {
  index: ArrayBuffer;
  rules: ArrayBuffer;
}

/** What finding signals needs. */
export interface CompiledIndex {
  signalCount: number;
  /** Whether any pattern is found by a slot, so that slots have to be looked for. */
  hasSlotAnchors: boolean;
  /** Bit filters of the keys of single tokens and of pairs; a power of two of bits each. */
  singles: Int32Array;
  pairs: Int32Array;
  /** A second filter of tokens that may be several words, for those that passed the first. */
  squeezed: Int32Array;
  /** Per bucket of a key, where its entries begin; one more at the end. */
  heads: Uint32Array;
  /** Place of a pattern's head in `code` << 8 | low byte of the key. */
  entries: Uint32Array;
  /** A signal << 16, with each that is to be reported where it stands; ascending. Those that stand for themselves alone are not here. */
  made: Uint32Array;
  /** Words of the rules, ascending by hash; their marks as numbers of `marks`. */
  wordHash: Int32Array;
  wordMarks: Uint16Array;
  marks: Int32Array;
  code: Uint16Array;
}

/** A compiled rule set, viewed. */
export interface CompiledRules extends CompiledBuffers {
  scan: CompiledIndex;
  /** Of every rule, by its number; only where the rules were compiled. */
  names?: readonly RuleNames[];
  signals: Int32Array;
  records: Int32Array;
  /** Per entry of a rule: signal | speakers << 16; then the numbers of entries in a correlation's order. */
  entries: Int32Array;
  /** Rules by the signal that is their anchor. */
  anchored: Int32Array;
  /** Four numbers each. */
  ids: Int32Array;
  conditions: Uint8Array;
}

type Regions<P extends Part> = Record<(typeof REGIONS)[P][number], ArrayBufferView>;

/** Puts regions into one buffer with header and checksum. */
export function encodePart<P extends Part>(part: P, regions: Regions<P>): ArrayBuffer {
  const views = REGIONS[part].map((name) => (regions as Record<string, ArrayBufferView>)[name] as ArrayBufferView);
  const header = 3 + views.length * 2;
  const buffer = new ArrayBuffer(views.reduce((sum, { byteLength }) => sum + align(byteLength), header * 4));
  const words = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer);
  let begin = header * 4;
  for (const [index, view] of views.entries()) {
    words[3 + index * 2] = begin;
    words[4 + index * 2] = view.byteLength;
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), begin);
    begin += align(view.byteLength);
  }
  words[0] = MAGIC[part];
  words[1] = COMPILED_FORMAT;
  words[2] = checksum(words);
  return buffer;
}

/** Where the regions of a buffer stand; undefined when it is of another format, cut short or damaged. */
function openPart(part: Part, buffer: ArrayBuffer): ((name: string) => [number, number]) | undefined {
  const names: readonly string[] = REGIONS[part];
  const header = 3 + names.length * 2;
  if (buffer.byteLength < header * 4 || buffer.byteLength % 4 !== 0) return undefined;
  const words = new Int32Array(buffer);
  if (words[0] !== MAGIC[part] || words[1] !== COMPILED_FORMAT || words[2] !== checksum(words)) return undefined;
  const regions = names.map((_, index): [number, number] => [words[3 + index * 2] ?? 0, words[4 + index * 2] ?? 0]);
  const isInside = regions.every(
    ([begin, length]) => begin >= header * 4 && length >= 0 && begin % 4 === 0 && begin + length <= buffer.byteLength,
  );
  return isInside ? (name) => regions[names.indexOf(name)] ?? [header * 4, 0] : undefined;
}

/** Views what finding signals needs; undefined when the buffer is of another format, cut short or damaged. */
export function viewIndex(buffer: ArrayBuffer): CompiledIndex | undefined {
  const region = openPart('index', buffer);
  if (region === undefined) return undefined;
  const ints = (name: string): Int32Array => int32(buffer, region(name));
  const unsigned = (name: string): Uint32Array => {
    const [begin, length] = region(name);
    return new Uint32Array(buffer, begin, length / 4);
  };
  const halves = (name: string): Uint16Array => {
    const [begin, length] = region(name);
    return new Uint16Array(buffer, begin, length / 2);
  };
  return {
    signalCount: ints('sizes')[0] ?? 0,
    hasSlotAnchors: ints('sizes')[1] === 1,
    singles: ints('singles'),
    pairs: ints('pairs'),
    squeezed: ints('squeezed'),
    heads: unsigned('heads'),
    entries: unsigned('entries'),
    made: unsigned('made'),
    wordHash: ints('wordHash'),
    wordMarks: halves('wordMarks'),
    marks: ints('marks'),
    code: halves('code'),
  };
}

/** Views a compiled rule set; undefined when a buffer is of another format, cut short or damaged. */
export function viewRules({ index, rules }: CompiledBuffers): CompiledRules | undefined {
  const scan = viewIndex(index);
  const region = openPart('rules', rules);
  if (scan === undefined || region === undefined) return undefined;
  const bytes = (name: string): Uint8Array => new Uint8Array(rules, ...region(name));
  return {
    index,
    rules,
    scan,
    signals: int32(rules, region('signals')),
    records: int32(rules, region('records')),
    entries: int32(rules, region('entries')),
    anchored: int32(rules, region('anchored')),
    ids: int32(rules, region('ids')),
    conditions: bytes('conditions'),
  };
}

function int32(buffer: ArrayBuffer, [begin, length]: [number, number]): Int32Array {
  return new Int32Array(buffer, begin, length / 4);
}

/** The id of a rule, from its four numbers. */
export function idOf(rules: CompiledRules, rule: number): string {
  let hex = '';
  for (const part of rules.ids.subarray(rule * 4, rule * 4 + 4)) hex += (part >>> 0).toString(16).padStart(8, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What a rule is called; its id alone where the names are not known. */
export function namesOf(rules: CompiledRules, rule: number): RuleNames {
  return (
    rules.names?.[rule] ?? {
      id: idOf(rules, rule),
      category: '',
      title: '',
      trick: '',
      counterfact: '',
      date: '',
      references: [],
      entries: [],
      condition: '',
    }
  );
}

/** FNV-1a over everything but the checksum's own field, word by word. */
function checksum(words: Int32Array): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < words.length; index += 1) {
    if (index === 2) continue;
    sum = Math.imul(sum ^ (words[index] as number), 0x01000193);
    // High bits reach the low ones, or two changes could cancel each other.
    sum ^= sum >>> 15;
  }
  return sum | 0;
}

function align(length: number): number {
  return (length + 3) & ~3;
}
