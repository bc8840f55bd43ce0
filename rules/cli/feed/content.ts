/** What is to be published: the rules of packs and of the urgent folder as parts of roles, with the examples that prove them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FeedError } from '../../feed/error.ts';
import { writePart, type RolePart } from '../../feed/format.ts';
import { canonicalJson } from '../../feed/json.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import { LANGUAGES, type Pack, type RuleTests } from '../../language/model.ts';
import { describeProblem, type Problem } from '../../language/problem.ts';
import { readAliases, readList, readRule, readSignal, readTexts, type ProvenRule } from '../../language/source.ts';
import { loadPack } from '../packs.ts';
import { filesBelow, sha256 } from './files.ts';
import { splitPack } from './split.ts';

/** The examples of rules, by the rule's id. */
export type TestsById = Record<string, RuleTests>;

export interface Content {
  parts: Record<FeedRole, RolePart>;
  tests: Record<FeedRole, TestsById>;
  /** The file of each rule, by its id, for what is said to people. */
  files: Map<string, string>;
}

/** Folders of a pack by the role that signs what is in them. */
const ROLE_OF_FOLDER: Partial<Record<string, FeedRole>> = { vi: 'vi-core', en: 'en', minority: 'minority' };

/**
 * Reads packs, and the urgent rules of a working folder. A rule's role is told by the folder that it lies in.
 *
 * @returns what could be read, and everything that is wrong as lines for people; then there is no content.
 */
export function readContent(packs: string, urgent: string): { content?: Content; faults: string[] } {
  const loaded = loadPack(packs);
  if (loaded.problems.length > 0) return { faults: loaded.problems.map(describeProblem) };
  const { pack, proven } = loaded;
  const faults: string[] = [];
  const roles = new Map<string, FeedRole>();
  for (const { file, rule } of proven) {
    const role = ROLE_OF_FOLDER[file.split('/')[0] ?? ''];
    if (role === undefined)
      faults.push(`${file}: no role signs rules of this folder. Mend: move it to vi/, en/ or minority/.`);
    else roles.set(rule.id, role);
  }
  const hot = readUrgent(urgent);
  faults.push(...hot.problems.map(describeProblem));
  for (const { rule, file } of hot.proven) {
    if (roles.has(rule.id))
      faults.push(`urgent/${file}: the id ${rule.id} is in the packs as well. Mend: give one of the two a new UUID.`);
    roles.set(rule.id, 'vi-urgent');
  }
  for (const kind of ['signals', 'lists'] as const) {
    const known = new Set(pack[kind].map(({ name }) => name));
    for (const { name } of hot[kind])
      if (known.has(name))
        faults.push(`urgent/: the name ${name} is in the packs as well. Mend: use that one, or take another name.`);
  }
  if (faults.length > 0) return { faults };
  const whole: Pack = {
    ...pack,
    rules: [...pack.rules, ...hot.proven.map(({ rule }) => rule)],
    signals: [...pack.signals, ...hot.signals],
    lists: [...pack.lists, ...hot.lists],
    aliases: { ...pack.aliases, ...hot.aliases },
    texts: withTexts(pack.texts, hot.texts),
  };
  const all = [...proven, ...hot.proven.map((one) => ({ ...one, file: `urgent/${one.file}` }))];
  const roleOf = (id: string): FeedRole => roles.get(id) ?? 'vi-core';
  return {
    faults,
    content: {
      parts: splitPack(whole, ({ id }) => roleOf(id)),
      tests: Object.fromEntries(
        FEED_ROLES.map((role) => [
          role,
          Object.fromEntries(
            all.filter(({ rule }) => roleOf(rule.id) === role).map(({ rule, tests }) => [rule.id, tests]),
          ),
        ]),
      ) as Content['tests'],
      files: new Map(all.map(({ rule, file }) => [rule.id, file])),
    },
  };
}

interface Urgent extends Pick<Pack, 'signals' | 'lists' | 'aliases' | 'texts'> {
  proven: ProvenRule[];
  problems: Problem[];
}

/** Reads the urgent folder; what its files name may stand in the packs, so nothing is said of that here. */
function readUrgent(folder: string): Urgent {
  const urgent: Urgent = {
    proven: [],
    problems: [],
    signals: [],
    lists: [],
    aliases: {},
    texts: { vi: { tricks: {}, counterfacts: {} }, en: { tricks: {}, counterfacts: {} } },
  };
  const take = <T>(
    result: { ok: true; value: T } | { ok: false; problems: Problem[] },
    keep: (value: T) => void,
  ): void => {
    if (result.ok) keep(result.value);
    else urgent.problems.push(...result.problems.map((one) => ({ ...one, file: `urgent/${one.file}` })));
  };
  if (!existsSync(folder)) return urgent;
  for (const file of filesBelow(folder).filter((name) => /\.ya?ml$/.test(name))) {
    const yaml = readFileSync(join(folder, file), 'utf8');
    const kind = file.split('/').at(-2);
    const language = LANGUAGES.find((one) => one === kind);
    if (file.endsWith('texts.yml') && language !== undefined)
      take(readTexts(file, yaml), (texts) => (urgent.texts[language] = texts));
    else if (kind === 'signals') take(readSignal(file, yaml), (signal) => urgent.signals.push(signal));
    else if (kind === 'words' && /^aliases:/m.test(yaml))
      take(readAliases(file, yaml), (more) => Object.assign(urgent.aliases, more));
    else if (kind === 'words') take(readList(file, yaml), (list) => urgent.lists.push(list));
    else take(readRule(file, yaml), (rule) => urgent.proven.push(rule));
  }
  return urgent;
}

function withTexts(texts: Pack['texts'], more: Pack['texts']): Pack['texts'] {
  return Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      {
        tricks: { ...texts[language].tricks, ...more[language].tricks },
        counterfacts: { ...texts[language].counterfacts, ...more[language].counterfacts },
      },
    ]),
  ) as Pack['texts'];
}

/** Tests as a file for the signers, deterministic. */
export function writeTests(tests: TestsById): string {
  return `${canonicalJson(tests)}\n`;
}

/** @throws FeedError when the file is damaged. */
export function readTests(file: string): TestsById {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestsById;
  } catch {
    throw new FeedError(file, 'is not JSON', 'build the release again');
  }
}

/**
 * One hash over all rules and their examples: what `check` approves and `build` and `sign` look for. Switched-off rules are
 * left out of it, for switching one off must not wait for anything and can warn nobody wrongly.
 */
export function hashOf({ parts, tests }: Pick<Content, 'parts' | 'tests'>): string {
  return sha256(
    FEED_ROLES.map((role) => `${role}\n${writePart({ ...parts[role], kills: [] })}\n${writeTests(tests[role])}`).join(
      '\n',
    ),
  );
}
