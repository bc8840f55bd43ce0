/** The files that the feed carries: one rule, signal, list or text a line, and `feed.json`. */
import * as z from 'zod/mini';
import {
  LANGUAGES,
  type Aliases,
  type Language,
  type Rule,
  type SharedSignal,
  type Texts,
  type WordList,
} from '../language/model.ts';
import { issuesOf } from '../language/schema.ts';
import { FeedError } from './error.ts';
import { canonicalJson, isLonger } from './json.ts';
import {
  MAX_FEED_FILE,
  MAX_INTERVAL,
  MAX_KILLED,
  MAX_LINE,
  MAX_MIRRORS,
  MAX_RULE_FILE,
  MAX_URGENT_FILE,
  MAX_URGENT_KILLS,
  MAX_URGENT_RULES,
  MIN_INTERVAL,
} from './limits.ts';
import { FEED_PATH, type FeedRole } from './path.ts';

export { FeedError } from './error.ts';
export { FEED_PATH, FEED_ROLES, patchPath, readTargetPath, ruleFilePath, type FeedRole } from './path.ts';

/** What one role's rule file says. */
export interface RolePart {
  rules: Rule[];
  signals: SharedSignal[];
  lists: WordList[];
  aliases: Aliases;
  texts: Record<Language, Texts>;
  /** Ids of rules to leave out, of whatever role; empty but for the urgent role. */
  kills: string[];
}

/** What holds for the whole feed. */
export interface FeedFile {
  format: 1;
  /** When it was made, ISO 8601 in UTC. */
  issued: string;
  /** Hours between two checks. */
  interval: number;
  /** Other base addresses with the same content. */
  mirrors: string[];
  /** Ids of rules to leave out. */
  killed: string[];
}

/** A part without anything in it. */
export function emptyPart(): RolePart {
  return {
    rules: [],
    signals: [],
    lists: [],
    aliases: {},
    texts: { vi: { tricks: {}, counterfacts: {} }, en: { tricks: {}, counterfacts: {} } },
    kills: [],
  };
}

/** Writes a part: the same content gives the same bytes, whatever order it comes in. */
export function writePart(part: RolePart): string {
  const lines = [
    ...part.rules.map((rule) => ({ rule })),
    ...part.signals.map((signal) => ({ signal })),
    ...part.lists.map((list) => ({ list })),
    ...Object.entries(part.aliases).map(([word, ways]) => ({ alias: { word, ways: [...new Set(ways)].toSorted() } })),
    ...LANGUAGES.flatMap((language) => [
      ...Object.entries(part.texts[language].tricks).map(([id, text]) => ({ trick: { language, id, ...text } })),
      ...Object.entries(part.texts[language].counterfacts).map(([id, text]) => ({
        counterfact: { language, id, ...text },
      })),
    ]),
    ...part.kills.map((kill) => ({ kill })),
  ];
  return [...new Set(lines.map(canonicalJson))]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Rules as they stand in the files that they were read from. */
const written = new WeakMap<object, string>();

/** A rule as JSON: as it stands in its file, else written anew. */
export function writtenOf(rule: Rule): string {
  return written.get(rule) ?? JSON.stringify(rule);
}

/**
 * Reads a role's rule file.
 *
 * Sees to the form of the file and to the role's bounds. What a rule or a text has to be in itself is for `checkPack` to
 * say, once the parts are merged.
 *
 * @throws FeedError that names the role, the line, what is wrong and the cure.
 */
export function readPart(role: FeedRole, text: string): RolePart {
  const most = role === 'vi-urgent' ? MAX_URGENT_FILE : MAX_RULE_FILE;
  if (isLonger(text, most))
    throw new FeedError(
      role,
      `the rule file is longer than ${most} bytes`,
      'leave rules out, or move them to another role',
    );
  const part = emptyPart();
  if (text === '') return part;
  if (!text.endsWith('\n')) throw new FeedError(role, 'the last line has no end', 'end every line with a line feed');
  const known = new Map<string, Set<string>>();
  let previous = '';
  let begin = 0;
  for (let number = 1; begin < text.length; number += 1) {
    const end = text.indexOf('\n', begin);
    const line = text.slice(begin, end);
    begin = end + 1;
    const fail = (what: string, cure: string): never => {
      throw new FeedError(`${role} line ${number}`, what, cure);
    };
    if (line.length > MAX_LINE) fail(`has more than ${MAX_LINE} characters`, 'split what it says');
    if (line <= previous)
      fail(
        'does not come after the line before it',
        'sort the lines by code units and give each once; npm run feed -- build does',
      );
    previous = line;
    const entry = readLine(line, fail);
    if (entry[0] === 'rule' && isObject(entry[1])) written.set(entry[1], line.slice('{"rule":'.length, -1));
    takeLine(part, role, entry, known, fail);
  }
  if (role === 'vi-urgent') checkUrgent(part);
  return part;
}

type Fail = (what: string, cure: string) => never;

function readLine(line: string, fail: Fail): [kind: string, value: unknown] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    fail('is not JSON', 'write one JSON object a line');
  }
  const [entry, ...others] = isObject(value) ? Object.entries(value) : [];
  if (entry === undefined || others.length > 0)
    return fail('is not an object with one key', 'write {"rule":{…}} or the like');
  // Two spellings of one content would be two hashes, and a key given twice could be read in two ways.
  if (!isSorted(value) || JSON.stringify(value) !== line)
    fail(
      'is not written in the one way',
      'no spaces, keys in code-unit order, no needless escapes; npm run feed -- build does',
    );
  return entry;
}

/** Whether every object within has its keys in code-unit order, and none that means something to JavaScript. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && !isSorted(item)) return false;
    return true;
  }
  let previous = '';
  for (const key of Object.keys(value)) {
    if (key < previous || key === '__proto__') return false;
    previous = key;
    const field = (value as Record<string, unknown>)[key];
    if (typeof field === 'object' && !isSorted(field)) return false;
  }
  return true;
}

function takeLine(
  part: RolePart,
  role: FeedRole,
  [kind, value]: [string, unknown],
  known: Map<string, Set<string>>,
  fail: Fail,
): void {
  const once = (name: string): void => {
    const names = known.get(kind) ?? new Set();
    if (names.has(name)) fail(`says ${kind} ${name} a second time`, 'give each name and id once');
    if (names.size === 0) known.set(kind, names);
    names.add(name);
  };
  if (kind === 'kill') {
    if (role !== 'vi-urgent')
      fail('switches a rule off, which is for vi-urgent alone', 'leave the rule out of its file instead');
    if (typeof value !== 'string' || !UUID.test(value))
      return fail('names no rule to switch off', 'write {"kill":"the rule’s id"}');
    part.kills.push(value);
    return;
  }
  if (!isObject(value)) return fail(`has no fields for “${kind}”`, 'write {"rule":{…}} or the like');
  switch (kind) {
    case 'rule':
      once(textOf(value, 'id', fail));
      part.rules.push(value as unknown as Rule);
      return;
    case 'signal':
      once(textOf(value, 'name', fail));
      part.signals.push(value as unknown as SharedSignal);
      return;
    case 'list':
      once(textOf(value, 'name', fail));
      part.lists.push(value as unknown as WordList);
      return;
    case 'alias': {
      const { word: _, ways, ...others } = value;
      const word = textOf(value, 'word', fail);
      if (word === '__proto__' || !Array.isArray(ways) || Object.keys(others).length > 0)
        return fail('is no other way to write a word', 'write {"alias":{"ways":["ko","k"],"word":"không"}}');
      once(word);
      part.aliases[word] = ways as string[];
      return;
    }
    case 'trick':
    case 'counterfact': {
      const { language, id: _, ...fields } = value;
      const id = textOf(value, 'id', fail);
      const texts = LANGUAGES.find((one) => one === language);
      if (texts === undefined || id === '__proto__')
        return fail(`has a text without its language`, `write "language" as one of: ${LANGUAGES.join(', ')}`);
      once(`${texts} ${id}`);
      (part.texts[texts][`${kind}s`] as Record<string, unknown>)[id] = fields;
      return;
    }
    default:
      fail(
        `the key “${kind}” is unknown`,
        'write rule, signal, list, alias, trick, counterfact or, in vi-urgent, kill',
      );
  }
}

function checkUrgent({ rules, kills }: RolePart): void {
  if (rules.length > MAX_URGENT_RULES)
    throw new FeedError(
      'vi-urgent',
      `has ${rules.length} rules, more than ${MAX_URGENT_RULES}`,
      'move the older ones to vi-core',
    );
  if (kills.length > MAX_URGENT_KILLS)
    throw new FeedError(
      'vi-urgent',
      `switches ${kills.length} rules off, more than ${MAX_URGENT_KILLS}`,
      'name them in feed.json, or publish their role without them',
    );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: Record<string, unknown>, name: string, fail: Fail): string {
  const text = value[name];
  return typeof text === 'string' && text !== '' ? text : fail(`has no text in “${name}”`, `add "${name}"`);
}

const feedSchema = z.strictObject({
  format: z.literal(1),
  issued: z.string().check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'must be a time in UTC such as 2026-11-25T10:00:00Z'),
    z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time that exists'),
  ),
  interval: z.int().check(z.minimum(MIN_INTERVAL), z.maximum(MAX_INTERVAL)),
  mirrors: z
    .array(
      z.string().check(
        z.maxLength(400),
        // Content is trusted by its signatures alone; plain http is for drills on one machine.
        z.regex(
          /^(?:https:\/\/[^\s/?#@]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?)\/(?:[^\s?#]*\/)?$/,
          'must be an https address that ends in /',
        ),
      ),
    )
    .check(z.maxLength(MAX_MIRRORS)),
  killed: z.array(z.string().check(z.regex(UUID, 'must be the id of a rule'))).check(z.maxLength(MAX_KILLED)),
});

/** Writes `feed.json`: the same content gives the same bytes. */
export function writeFeedFile(file: FeedFile): string {
  return `${canonicalJson(file)}\n`;
}

/** Reads `feed.json`. @throws FeedError that names the field and the cure. */
export function readFeedFile(text: string): FeedFile {
  if (isLonger(text, MAX_FEED_FILE))
    throw new FeedError(FEED_PATH, `is longer than ${MAX_FEED_FILE} bytes`, 'name fewer mirrors or killed rules');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FeedError(FEED_PATH, 'is not JSON', 'write it with npm run feed -- build');
  }
  const [issue] = issuesOf(feedSchema, value);
  if (issue !== undefined) throw new FeedError([FEED_PATH, ...issue.path].join(' '), issue.what, issue.cure);
  return value as FeedFile;
}
