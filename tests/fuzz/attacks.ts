/** What is tried against the engine and the language, each with one random input; it throws when something is wrong. */
import * as fc from 'fast-check';
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import { compilePack } from '../../rules/engine/compile.ts';
import { viewRules, type CompiledBuffers, type CompiledRules } from '../../rules/engine/compiled.ts';
import { Conversation, type Piece } from '../../rules/engine/conversation.ts';
import { type ConversationMemory } from '../../rules/engine/memory.ts';
import { Scanner } from '../../rules/engine/match.ts';
import { checkPack } from '../../rules/language/check.ts';
import { parseCondition } from '../../rules/language/condition.ts';
import { SURFACES, type Pack } from '../../rules/language/model.ts';
import { parsePattern } from '../../rules/language/pattern.ts';
import { LanguageError } from '../../rules/language/problem.ts';
import { readRule } from '../../rules/language/source.ts';
import { parseReach } from '../../rules/language/span.ts';
import { talks } from '../fixtures/arbitrary.ts';
import { ruleFile } from '../fixtures/rules.ts';
import { longTexts, wildTexts } from './texts.ts';

/** One kind of attack. */
export interface Attack {
  name: string;
  /** Its part of all runs. */
  share: number;
  property: fc.IProperty<unknown>;
}

/** The text that took longest to be read, by kind of attack. */
export const slowest = new Map<string, { milliseconds: number; text: string }>();

const own = loadPack(OWN_PACKS).pack;
const ownRules = compilePack(own);
const ownScanner = new Scanner(ownRules);

const piece = fc.record({
  from: fc.constantFrom('them' as const, 'me' as const, 'unknown' as const, 'page' as const),
  surface: fc.constantFrom(...SURFACES),
  at: fc.oneof(fc.integer({ min: 0, max: 2_000_000_000_000 }), fc.constantFrom(0, 1, 86_400_000)),
  source: fc.oneof(fc.constant(0), fc.integer()),
  stranger: fc.boolean(),
});

/** Reads texts as one conversation; every place has to lie within the text that it is of. */
function read(attack: string, conversation: Conversation, scanner: Scanner, said: readonly Piece[]): void {
  for (const message of said) {
    const { text } = message;
    const from = performance.now();
    const { hits } = scanner.scan(text);
    const milliseconds = performance.now() - from;
    if (milliseconds > (slowest.get(attack)?.milliseconds ?? 0)) slowest.set(attack, { milliseconds, text });
    const verdicts = conversation.judge(message, hits);
    for (const { places } of [...hits, ...verdicts.flatMap(({ evidence }) => evidence)])
      for (const { start, end } of places)
        if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length))
          throw new Error(`the place ${start}–${end} does not lie within a text of ${text.length} units`);
  }
}

const anyNumber = fc.oneof(fc.integer(), fc.nat(20), fc.double());
const memory: fc.Arbitrary<ConversationMemory> = fc.record({
  messages: fc.nat(1000),
  hits: fc.array(fc.tuple(anyNumber, anyNumber, anyNumber, fc.nat(3), anyNumber), { maxLength: 5 }),
  spoke: fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 3 }),
});

/** Does something whose faults are to be told as such, and by nothing else. */
function orLanguageError(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    if (error.message === '' || error.cure === '') throw new Error('a fault without words or cure', { cause: error });
  }
}

function compiledOf(pack: Pack): CompiledRules | undefined {
  let rules: CompiledRules | undefined;
  orLanguageError(() => (rules = compilePack(pack)));
  return rules;
}

/** A small rule set compiled once, for damage. */
const small = compilePack({ ...own, rules: own.rules.slice(0, 4) });

/** Changes to one of the buffers: bytes turned over, cut short or made longer. */
const damage = fc.record({
  part: fc.constantFrom('index' as const, 'rules' as const),
  flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
  cut: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.integer({ min: -64, max: 4096 })),
});

function damaged(
  { index, rules }: CompiledBuffers,
  { part, flips, cut }: { part: keyof CompiledBuffers; flips: [number, number][]; cut: number },
): CompiledBuffers {
  const before = new Uint8Array(part === 'index' ? index : rules);
  const bytes = new Uint8Array(Math.max(0, before.length - cut));
  bytes.set(before.subarray(0, bytes.length));
  for (const [at, bits] of flips)
    if (bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ bits;
  return { index, rules, [part]: bytes.buffer };
}

/** Puts a value somewhere into a copy of a JSON value; the numbers choose the way. */
function mutated(value: unknown, way: readonly number[], put: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== 'object' || value === null) return put;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = mutated(copy[key], rest, put);
  return copy;
}

const jsonValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('__proto__', '', [], {}, null, -1, 1e308, '(a|', 'a and'),
);
const languageSigns = fc.constantFrom(...'()[]|~{}<>=,0123456789aáđ \t\n:-_"\'#&*!%'.split(''));
const languageWords = fc.constantFrom(
  ' and ', ' or ', ' not ', '2 of (', 'a', 'đừng', '{money', '{money>=10tr/day}', '<x>', '~3', ' messages', '3d', '30m',
); // prettier-ignore
const source = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(languageSigns, languageWords), { maxLength: 40 }).map((signs) => signs.join('')),
);

/** A whole rule file with one line changed to anything. */
const ruleSources = fc.tuple(fc.nat(30), source, fc.boolean()).map(([line, text, keeps]) =>
  ruleFile()
    .split('\n')
    .map((old, at) => (at === line ? (keeps ? `${old.split(':')[0]}: ${text}` : text) : old))
    .join('\n'),
);

export const ATTACKS: readonly Attack[] = [
  {
    name: 'wild texts against the project’s own rules',
    share: 0.55,
    property: fc.property(
      fc.array(fc.tuple(wildTexts, piece), { minLength: 1, maxLength: 3 }),
      memory,
      (said, before) => {
        const conversation = new Conversation(ownRules, ownScanner, before);
        read(
          'wild texts against the project’s own rules',
          conversation,
          ownScanner,
          said.map(([text, one]) => ({ ...one, text })),
        );
      },
    ),
  },
  {
    name: 'very long texts',
    share: 0.0005,
    property: fc.property(longTexts, piece, (text, one) => {
      read('very long texts', new Conversation(ownRules, ownScanner), ownScanner, [{ ...one, text }]);
    }),
  },
  {
    name: 'random rule sets, on their own words and on wild texts',
    share: 0.1,
    property: fc.property(talks(true), wildTexts, ([pack, said], text) => {
      const rules = compilePack(pack);
      const viewed = viewRules(structuredClone({ index: rules.index, rules: rules.rules }));
      if (viewed === undefined) throw new Error('a compiled form is refused that nothing happened to');
      const scanner = new Scanner(viewed);
      const wild = { text, from: 'them' as const, surface: 'chat' as const, at: 0 };
      read('random rule sets, on their own words and on wild texts', new Conversation(viewed, scanner), scanner, [
        ...said,
        wild,
      ]);
    }),
  },
  {
    name: 'damaged compiled forms',
    share: 0.1,
    property: fc.property(damage, wildTexts, (how, text) => {
      const buffers = damaged(small, how);
      const viewed = viewRules(buffers);
      if (viewed === undefined) return;
      // Two changes may undo each other, or meet the same checksum.
      const scanner = new Scanner(viewed);
      new Conversation(viewed, scanner).read({ text, from: 'them', surface: 'chat', at: 0 });
    }),
  },
  {
    name: 'anything as a compiled form',
    share: 0.02,
    property: fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (one, other) => {
      const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
      if (viewRules({ index: bufferOf(one), rules: bufferOf(other) }) !== undefined)
        throw new Error('noise is taken for rules');
    }),
  },
  {
    name: 'anything as a rule set',
    share: 0.06,
    property: fc.property(jsonValue, (value) => {
      if (checkPack(value).length === 0) compiledOf(value as Pack);
    }),
  },
  {
    name: 'rule sets with something else in one place',
    share: 0.08,
    property: fc.property(
      fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
      fc.oneof(jsonValue, source),
      (way, put) => {
        const pack = mutated({ ...own, rules: own.rules.slice(0, 3) }, way, put);
        if (checkPack(pack).length > 0) return;
        const rules = compiledOf(pack as Pack);
        if (rules !== undefined) new Scanner(rules).scan('đừng nói với ai, keep it secret');
      },
    ),
  },
  {
    name: 'patterns, conditions and reaches',
    share: 0.08,
    property: fc.property(source, (text) => {
      orLanguageError(() => parsePattern(text));
      orLanguageError(() => parsePattern({ exact: text }));
      orLanguageError(() => parseCondition(text));
      orLanguageError(() => parseReach(text));
    }),
  },
  {
    name: 'rule files',
    share: 0.01,
    property: fc.property(ruleSources, (yaml) => {
      const result = readRule('vi/a/b.yml', yaml);
      if (!result.ok && result.problems.some(({ what, cure }) => what === '' || cure === ''))
        throw new Error('a problem without words or cure');
    }),
  },
];
