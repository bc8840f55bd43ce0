/** From an editor's YAML to the published form; every problem carries its file, line, field and cure. */
import { LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod/mini';
import { checkRule } from './check.ts';
import type {
  Aliases,
  DetectionEntry,
  Example,
  Rule,
  RuleTests,
  SharedSignal,
  Speaker,
  Texts,
  WordList,
} from './model.ts';
import { LanguageError, type Problem } from './problem.ts';
import {
  aliasSourceSchema,
  issuesOf,
  listSourceSchema,
  ruleSourceSchema,
  signalSourceSchema,
  textsSchema,
} from './schema.ts';
import { parsePattern } from './pattern.ts';

type Result<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

/** A rule with the examples that prove it. */
export interface ProvenRule {
  file: string;
  rule: Rule;
  tests: RuleTests;
}

/** Reads a rule file. */
export function readRule(file: string, yaml: string): Result<ProvenRule> {
  const opened = open<RuleSource>(file, yaml, ruleSourceSchema);
  if (!opened.ok) return opened;
  const { value: source, at } = opened;
  const { condition, within = 'message', from = 'them', ...entries } = source.detection;
  const rule: Rule = {
    id: source.id,
    title: source.title,
    status: source.status,
    level: source.level,
    category: source.category,
    languages: source.languages,
    surfaces: source.surfaces,
    date: source.date,
    references: source.references,
    detection: Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => [name, readEntry(entry as EntrySource)]),
    ),
    condition: condition as string,
    within: within as string,
    from: from as Speaker,
    ...(source.correlation === undefined ? {} : { correlation: source.correlation }),
    ...(source.evidence === undefined ? {} : { evidence: source.evidence }),
    explain: source.explain,
  };
  const problems = checkRule(rule).map(({ path, what, cure }) => at(path, what, cure));
  if (problems.length > 0) return { ok: false, problems };
  const surface = rule.surfaces[0] ?? 'chat';
  return {
    ok: true,
    value: {
      file,
      rule,
      tests: {
        match: source.tests.match.map((example) => readExample(example, surface)),
        ignore: source.tests.ignore.map((example) => readExample(example, surface)),
      },
    },
  };
}

/** Reads a file of a shared signal; its name is the file's. */
export function readSignal(file: string, yaml: string): Result<SharedSignal> {
  const opened = open<{ title: string; patterns: string[] }>(file, yaml, signalSourceSchema);
  if (!opened.ok) return opened;
  const problems = opened.value.patterns.flatMap((pattern, index) => {
    try {
      parsePattern(pattern);
      return [];
    } catch (error) {
      if (!(error instanceof LanguageError)) throw error;
      return [opened.at(['patterns', index], error.message, error.cure)];
    }
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { name: stem(file), ...opened.value } };
}

/** Reads a file of a named word list. */
export function readList(file: string, yaml: string): Result<WordList> {
  const opened = open<{ list: string; words: string[] }>(file, yaml, listSourceSchema);
  return opened.ok ? { ok: true, value: { name: opened.value.list, words: opened.value.words } } : opened;
}

/** Reads a file of other ways to write words. */
export function readAliases(file: string, yaml: string): Result<Aliases> {
  const opened = open<{ aliases: Aliases }>(file, yaml, aliasSourceSchema);
  return opened.ok ? { ok: true, value: opened.value.aliases } : opened;
}

/** Reads the file of what people are told about tricks, in one language. */
export function readTexts(file: string, yaml: string): Result<Texts> {
  const opened = open<Texts>(file, yaml, textsSchema);
  return opened.ok ? { ok: true, value: opened.value } : opened;
}

type EntrySource = string | string[] | DetectionEntry;
type ExampleSource = string | ({ them: string } | { me: string })[] | { on: Example['surface']; text: string };
interface RuleSource extends Omit<Rule, 'detection' | 'condition' | 'within' | 'from'> {
  detection: { condition: string; within?: string; from?: Speaker; [name: string]: EntrySource | undefined };
  tests: { match: ExampleSource[]; ignore: ExampleSource[] };
}

interface Opened<T> {
  ok: true;
  value: T;
  at: (path: (string | number)[], what: string, cure: string) => Problem;
}

function open<T>(file: string, yaml: string, schema: z.ZodMiniType): Opened<T> | { ok: false; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        file,
        line: error.linePos?.[0].line ?? 0,
        field: '',
        what: `the YAML cannot be read: ${(error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}`,
        cure: 'check the indentation, and put a text that holds “: ” or begins with a sign in single quotes',
      })),
    };
  }
  const at = (path: (string | number)[], what: string, cure: string): Problem => ({
    file,
    line: lineOf(document, lines, path),
    field: fieldOf(path),
    what,
    cure,
  });
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // A star begins a reference in YAML: one that names nothing, or that unfolds without end.
    if (!(error instanceof ReferenceError)) throw error;
    const what = `the YAML cannot be read: ${error.message}`;
    return { ok: false, problems: [at([], what, 'put a text that begins with “*” in single quotes')] };
  }
  const issues = issuesOf(schema, value);
  if (issues.length > 0) return { ok: false, problems: issues.map(({ path, what, cure }) => at(path, what, cure)) };
  return { ok: true, value: value as T, at };
}

/** Where a field of a file stands, for a problem that only the whole rule set shows. */
export function placeOfField(yaml: string, path: (string | number)[]): Pick<Problem, 'line' | 'field'> {
  const lines = new LineCounter();
  return { line: lineOf(parseDocument(yaml, { lineCounter: lines }), lines, path), field: fieldOf(path) };
}

function fieldOf(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** The line of the deepest node of a path that is there. */
function lineOf(document: Document, lines: LineCounter, path: (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range !== undefined) return lines.linePos(range[0]).line;
  }
  return 1;
}

function readEntry(entry: EntrySource): DetectionEntry {
  if (typeof entry === 'string') return { patterns: [entry] };
  return Array.isArray(entry) ? { patterns: entry } : entry;
}

function readExample(example: ExampleSource, surface: Example['surface']): Example {
  if (typeof example === 'string') return { surface, turns: [{ from: 'them', text: example }] };
  if (!Array.isArray(example)) return { surface: example.on, turns: [{ from: 'them', text: example.text }] };
  return {
    surface: 'chat',
    turns: example.map((turn) => ('them' in turn ? { from: 'them', text: turn.them } : { from: 'me', text: turn.me })),
  };
}

function stem(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '');
}
