/**
 * The closed schema of rules, signals, word lists, texts and packs: any other field is an error.
 * `zod/mini`, because full Zod trips the add-on linters' search for `eval` and weighs 64 kB more in the worker.
 */
import * as z from 'zod/mini';
import { CATEGORIES, FACTS, LANGUAGES, LEVELS, SPEAKERS, STATUSES, SURFACES } from './model.ts';
import { lookOf, type Look } from './quick.ts';

// Zod otherwise probes `new Function`, which the extension's content security policy reports as a violation.
z.config({ jitless: true });

const line = (most: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(most),
    z.refine((text) => !/[\n\r]/.test(text), 'must be one line'),
  );
const slug = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,60}$/, 'must be lower-case words joined by hyphens'));
const listName = z.string().check(z.regex(/^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?$/, 'must look like place:border'));
const entryName = z.string().check(z.regex(/^[a-z][a-z0-9_-]{0,40}$/, 'must be a lower-case name such as secrecy'));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-11-24'));
const link = z.string().check(z.regex(/^https?:\/\/[^\s]+$/, 'must be a web address'), z.maxLength(400));
const uuid = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'must be a UUID (version 4)'),
  );
const phrase = z.string().check(z.minLength(1), z.maxLength(600));
const pattern = z.union(
  [phrase, z.strictObject({ exact: phrase }), z.strictObject({ loose: phrase })],
  'must be a pattern, or exact: with a pattern',
);
const patterns = z.array(pattern).check(z.minLength(1), z.maxLength(60));

const entry = z.strictObject({
  patterns: z.optional(patterns),
  signal: z.optional(slug),
  fact: z.optional(z.enum(FACTS)),
  from: z.optional(z.enum(SPEAKERS)),
});

/** Weights are small whole numbers, kept in one byte each. */
const weightNumber = z.int().check(z.minimum(-100), z.maximum(100));
const weight = z.strictObject({ them: z.optional(weightNumber), me: z.optional(weightNumber) });

const correlation = z.strictObject({
  type: z.enum(['event_count', 'temporal', 'temporal_ordered']),
  timespan: line(20),
  signals: z.optional(z.array(entryName).check(z.minLength(1), z.maxLength(16))),
  count: z.optional(z.int().check(z.minimum(2), z.maximum(50))),
});

/** What a rule says of itself in both forms, the editor's and the published one. */
const ruleHead = {
  id: uuid,
  title: line(120),
  status: z.enum(STATUSES),
  level: z.enum(LEVELS),
  category: z.enum(CATEGORIES),
  languages: z.array(z.enum(LANGUAGES)).check(z.minLength(1), z.maxLength(LANGUAGES.length)),
  surfaces: z.array(z.enum(SURFACES)).check(z.minLength(1), z.maxLength(SURFACES.length)),
  date: day,
  references: z.array(link).check(z.minLength(1), z.maxLength(12)),
  correlation: z.optional(correlation),
  evidence: z.optional(z.int().check(z.minimum(1), z.maximum(1000))),
  explain: z.strictObject({ trick: slug, counterfact: slug }),
};

/** A rule in its published form. */
const ruleSchema = z.strictObject({
  ...ruleHead,
  detection: z.record(entryName, entry),
  condition: line(1000),
  within: line(20),
  from: z.enum(SPEAKERS),
});

const text = z.string().check(z.minLength(1), z.maxLength(6000));
const turn = z.union(
  [z.strictObject({ them: text }), z.strictObject({ me: text })],
  'must be a turn such as “them: …” or “me: …”',
);
const exampleSchema = z.union(
  [text, z.array(turn).check(z.minLength(1)), z.strictObject({ on: z.enum(SURFACES), text })],
  'must be a text, a list of turns (them: … / me: …), or on: job with text: …',
);
const examples = z.array(exampleSchema).check(z.minLength(5, 'must hold at least 5 examples'), z.maxLength(80));

/** An editor's rule file. */
export const ruleSourceSchema = z.strictObject({
  ...ruleHead,
  falsepositives: z.array(line(200)).check(z.minLength(1)),
  detection: z.catchall(
    z.object({ condition: line(1000), within: z.optional(line(20)), from: z.optional(z.enum(SPEAKERS)) }),
    z.union([pattern, patterns, entry], 'must be a pattern, a list of patterns, or signal: name'),
  ),
  tests: z.strictObject({ match: examples, ignore: examples }),
});

/** An editor's file of a shared signal. */
export const signalSourceSchema = z.strictObject({
  title: line(120),
  patterns: z.array(pattern).check(z.minLength(1), z.maxLength(200)),
  weight: z.optional(weight),
});

/** An editor's file of a named word list. */
export const listSourceSchema = z.strictObject({
  title: line(120),
  list: listName,
  words: z.array(line(60)).check(z.minLength(1), z.maxLength(400)),
});

/** An editor's file of other ways to write a word. */
export const aliasSourceSchema = z.strictObject({
  title: line(120),
  aliases: z.record(z.string().check(z.maxLength(40)), z.array(line(20)).check(z.minLength(1))),
});

const sentences = z.array(line(240)).check(z.minLength(1), z.maxLength(8));

/** What people are told about tricks, in one language. */
export const textsSchema = z.strictObject({
  tricks: z.record(
    slug,
    z.strictObject({
      name: line(60),
      headline: line(90),
      explanation: line(240),
      checks: sentences,
      now: sentences,
      happened: sentences,
    }),
  ),
  counterfacts: z.record(slug, z.strictObject({ text: line(240), source: line(120), url: link, date: day })),
});

/** More rules than any device could keep. */
const MAX_RULES = 20_000;

/** A complete rule set, as the package and the feed carry it. */
export const packSchema = z.strictObject({
  format: z.literal(1),
  version: z.int().check(z.minimum(1)),
  date: day,
  rules: z.array(ruleSchema).check(z.maxLength(MAX_RULES)),
  signals: z
    .array(z.strictObject({ name: slug, title: line(120), patterns: z.array(pattern), weight: z.optional(weight) }))
    .check(z.maxLength(2000)),
  lists: z.array(z.strictObject({ name: listName, words: z.array(line(60)) })).check(z.maxLength(200)),
  aliases: z.record(z.string(), z.array(z.string())),
  texts: z.strictObject({ vi: textsSchema, en: textsSchema }),
});

let lookAtRules: Look | undefined;

/** Says in plain words what the form of a rule set lacks; an empty list means that it is as `packSchema` wants it. */
export function formIssues(value: unknown): SchemaIssue[] {
  lookAtRules ??= lookOf(packSchema.shape.rules);
  const isSure = typeof value === 'object' && value !== null && 'rules' in value && lookAtRules(value.rules);
  return issuesOf(packSchema, isSure ? { ...value, rules: [] } : value);
}

/** One thing that a schema has against a value. */
export interface SchemaIssue {
  path: (string | number)[];
  what: string;
  cure: string;
}

/** Says in plain words what a value lacks; an empty list means that it is as the schema wants it. */
export function issuesOf(schema: z.ZodMiniType, value: unknown): SchemaIssue[] {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => describeIssue(issue));
}

/** A type of Zod as an editor knows it. */
function inWords(type: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    array: 'a list',
    object: 'fields with values',
    record: 'fields with values',
    int: 'a whole number',
    number: 'a number',
  };
  return words[type] ?? type;
}

function describeIssue(issue: z.core.$ZodIssue): SchemaIssue[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        what: `the field “${key}” is unknown`,
        cure: 'delete it or correct its spelling; rules/README.md lists the fields',
      }));
    case 'invalid_type':
      return [
        issue.input === undefined
          ? { path, what: 'the field is missing', cure: `add ${inWords(issue.expected)}` }
          : { path, what: `is not ${inWords(issue.expected)}`, cure: `write ${inWords(issue.expected)}` },
      ];
    case 'invalid_value':
      return [
        {
          path,
          what: issue.input === undefined ? 'the field is missing' : 'has a value that is not allowed',
          cure: `write one of: ${issue.values.map(String).join(', ')}`,
        },
      ];
    case 'too_small':
      return [
        {
          path,
          what: issue.message.startsWith('must')
            ? issue.message
            : `is too short or too small (at least ${issue.minimum})`,
          cure: `give at least ${issue.minimum}`,
        },
      ];
    case 'too_big':
      return [{ path, what: `is too long or too large (at most ${issue.maximum})`, cure: 'shorten or split it' }];
    default:
      return [{ path, what: issue.message, cure: 'see the examples in rules/README.md' }];
  }
}
