/** Reads a folder of rule packs: `<language>/<category>/*.yml`, `<language>/signals/*.yml`, `<language>/words/*.yml`, `<language>/texts.yml`, `pack.json`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPack } from '../language/check.ts';
import type { SchemaIssue } from '../language/schema.ts';
import { dayOfRules, LANGUAGES, type Aliases, type Language, type Pack, type Texts } from '../language/model.ts';
import type { LanguageError, Problem } from '../language/problem.ts';
import {
  placeOfField,
  readAliases,
  readList,
  readRule,
  readSignal,
  readTexts,
  type ProvenRule,
} from '../language/source.ts';

/** The packs that come with the project. */
export const OWN_PACKS = fileURLToPath(new URL('../packs', import.meta.url));

export interface LoadedPack {
  pack: Pack;
  /** The rules with their examples, in the order of the pack. */
  proven: ProvenRule[];
  problems: Problem[];
  /** Names the place of what the compiler refused. */
  problemOf: (error: LanguageError) => Problem;
}

/** Reads every file of a folder; what is wrong stands in `problems`, and the pack holds all that could be read. */
export function loadPack(folder: string): LoadedPack {
  const problems: Problem[] = [];
  if (!existsSync(folder)) {
    problems.push({
      file: folder,
      line: 0,
      field: '',
      what: 'the folder is not there',
      cure: 'name a folder of rule files',
    });
  }
  const proven: ProvenRule[] = [];
  const signalFiles: NamedFile[] = [];
  const listFiles: NamedFile[] = [];
  const aliases: Aliases = {};
  const pack: Pack = {
    format: 1,
    version: 1,
    date: dayOfRules([]),
    rules: [],
    signals: [],
    lists: [],
    aliases,
    texts: { vi: noTexts(), en: noTexts() },
  };
  const take = <T>(
    result: { ok: true; value: T } | { ok: false; problems: Problem[] },
    keep: (value: T) => void,
  ): void => {
    if (result.ok) keep(result.value);
    else problems.push(...result.problems);
  };

  take(readVersion(folder), (version) => (pack.version = version));
  for (const path of existsSync(folder) ? yamlFiles(folder) : []) {
    const yaml = readFileSync(path, 'utf8');
    const file = relative(folder, path).split(sep).join('/');
    const parts = file.split('/');
    const kind = parts.at(-2);
    if (parts.at(-1) === 'texts.yml') {
      const language = LANGUAGES.find((name) => name === kind);
      if (language === undefined)
        problems.push({
          file,
          line: 0,
          field: '',
          what: 'texts stand outside of a language folder',
          cure: `move it to ${LANGUAGES.join('/ or ')}/`,
        });
      else take(readTexts(file, yaml), (texts) => (pack.texts[language] = texts));
    } else if (kind === 'signals') {
      take(readSignal(file, yaml), (signal) => {
        pack.signals.push(signal);
        signalFiles.push({ name: signal.name, file });
      });
    } else if (kind === 'words' && /^aliases:/m.test(yaml)) {
      take(readAliases(file, yaml), (more) => Object.assign(aliases, more));
    } else if (kind === 'words') {
      take(readList(file, yaml), (list) => {
        pack.lists.push(list);
        listFiles.push({ name: list.name, file });
      });
    } else {
      take(readRule(file, yaml), (rule) => proven.push(rule));
    }
  }
  pack.rules = proven.map(({ rule }) => rule);
  pack.date = dayOfRules(pack.rules);
  const ruleFiles = proven.map(({ file, rule }): NamedFile => ({ name: rule.id, file }));
  const locate = (issue: SchemaIssue): Problem =>
    problemAt(folder, { rules: ruleFiles, signals: signalFiles, lists: listFiles }, issue);
  if (problems.length === 0) problems.push(...checkPack(pack).map(locate));
  return {
    pack,
    proven,
    problems,
    problemOf: ({ path, message, cure }) => locate({ path, what: message, cure }),
  };
}

/** Whether a problem is about texts for people only: such a pack can still judge. */
export function isAboutTexts(problem: Problem): boolean {
  return problem.field.startsWith('explain');
}

interface NamedFile {
  name: string;
  file: string;
}

/** Turns a place in the rule set (`rules`, id, …; `signals`, name, index) into one in a file. */
function problemAt(folder: string, files: Record<string, NamedFile[]>, { path, what, cure }: SchemaIssue): Problem {
  const [kind = '', name, ...rest] = path;
  const named = (files[String(kind)] ?? []).filter((candidate) => candidate.name === name);
  // Of two files with one name, the later is the one to change.
  const file = named.at(-1)?.file;
  if (file === undefined) return { file: 'pack', line: 0, field: path.join('.'), what, cure };
  const field = kind === 'signals' && rest.length > 0 ? ['patterns', ...rest] : rest;
  const others =
    named.length > 1
      ? ` (also in ${named
          .slice(0, -1)
          .map((other) => other.file)
          .join(', ')})`
      : '';
  return { file, ...placeOfField(readFileSync(join(folder, file), 'utf8'), field), what: `${what}${others}`, cure };
}

/** The version in `pack.json`; 1 when there is no such file. */
function readVersion(folder: string): { ok: true; value: number } | { ok: false; problems: Problem[] } {
  const path = join(folder, 'pack.json');
  if (!existsSync(path)) return { ok: true, value: 1 };
  try {
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
    if (typeof version === 'number' && Number.isInteger(version) && version > 0) return { ok: true, value: version };
  } catch {
    // Said below: that it is no JSON is no other fault for an editor.
  }
  const what = 'the version cannot be read';
  return {
    ok: false,
    problems: [{ file: 'pack.json', line: 1, field: 'version', what, cure: 'write { "version": 1 }, counting up' }],
  };
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

function noTexts(): Pack['texts'][Language] {
  return { tricks: {}, counterfacts: {} } satisfies Texts;
}
