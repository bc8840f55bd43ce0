/** From the files of a publication to a rule set that can be used: merged, checked, compiled, tried. Nothing is stored here. */
import type { CompiledBuffers } from '../../rules/engine/compiled.ts';
import { keyOf } from '../../rules/engine/key.ts';
import { compilePack } from '../../rules/engine/compile.ts';
import {
  FEED_PATH,
  FEED_ROLES,
  FeedError,
  readFeedFile,
  readPart,
  ruleFilePath,
  writtenOf,
  type FeedRole,
  type RolePart,
} from '../../rules/feed/format.ts';
import { mergeParts } from '../../rules/feed/merge.ts';
import { smokeTest } from '../../rules/feed/smoke.ts';
import { checkPack } from '../../rules/language/check.ts';
import type { Pack } from '../../rules/language/model.ts';
import { LanguageError } from '../../rules/language/problem.ts';
import type { RefusalKind } from '../settings/model.ts';
import { sha256Of } from './hash.ts';

/** A role's rule file as it is signed. */
export interface RuleFile {
  number: number;
  sha256: string;
  text: string;
}

/** What a generation is made of. */
export interface Publication {
  files: Partial<Record<FeedRole, RuleFile>>;
  /** The text of `feed.json`. */
  feed: string;
  /** The version of the snapshot, shown to people. */
  version: number;
}

/** What people are shown of rules, apart from what is matched: a warning reads no more than this. */
export type RuleWords = Pick<Pack, 'version' | 'texts'> & {
  rules: Pick<Pack['rules'][number], 'id' | 'title' | 'level' | 'category' | 'date' | 'references' | 'explain'>[];
};

/** A rule set that can be used. */
export interface ReadyRuleSet {
  version: number;
  date: string;
  rules: number;
  compiled: CompiledBuffers;
  /** JSON of `RuleWords`. */
  words: string;
  /** Key of each rule's id and key of everything in it, by which another rule set knows what is new in it. */
  lines: ArrayBuffer;
  stamp: string;
}

/** A publication that is well signed and yet no good. */
export class BadPublication extends Error {
  readonly kind: RefusalKind;
  /** The file to blame, as the repository names it; empty when it is all of them together. */
  readonly file: string;

  constructor(kind: RefusalKind, file: string, what: string) {
    super(what);
    this.name = 'BadPublication';
    this.kind = kind;
    this.file = file;
  }
}

/** Makes a rule set of a publication. @throws BadPublication that says what is wrong with it. */
export async function makeGeneration(publication: Publication): Promise<ReadyRuleSet> {
  return prepareRuleSet(packOf(publication), true);
}

/** Merges the files of a publication; what comes out is not checked yet. @throws BadPublication that says what is wrong with it. */
export function packOf({ files, feed, version }: Publication): Pack {
  const parts: Partial<Record<FeedRole, RolePart>> = {};
  const { killed } = attempt('bad-format', FEED_PATH, () => readFeedFile(feed));
  for (const role of FEED_ROLES) {
    const file = files[role];
    if (file !== undefined)
      parts[role] = attempt('bad-format', ruleFilePath(role, file.number), () => readPart(role, file.text));
  }
  return attempt('bad-rules', '', () => mergeParts(parts, killed, version));
}

/**
 * Checks and compiles a rule set.
 *
 * @param isTried whether the trial texts have to pass as well. Not for the package's own: with nothing to fall back on,
 *   a rule set that does a little is better than none, and the build has tried it.
 * @throws BadPublication that says what is wrong with it.
 */
export async function prepareRuleSet(value: unknown, isTried = false): Promise<ReadyRuleSet> {
  const pack = attempt('bad-rules', '', () => {
    const [issue] = checkPack(value);
    if (issue !== undefined) throw new BadPublication('bad-rules', '', `${issue.path.join('.')} ${issue.what}`);
    return value as Pack;
  });
  const compiled = attempt('bad-rules', '', () => compilePack(pack));
  const fault = isTried ? attempt('bad-rules', '', () => smokeTest(compiled)) : undefined;
  if (fault?.what === 'silent') throw new BadPublication('bad-rules', '', 'no rule warns of any of the built-in lures');
  if (fault !== undefined)
    throw new BadPublication('bad-rules', '', `rule ${fault.rule} warns of ordinary talk: “${fault.text}”`);
  const { index, rules } = compiled;
  return {
    version: pack.version,
    date: pack.date,
    rules: pack.rules.length,
    compiled: { index, rules },
    words: JSON.stringify(wordsOf(pack)),
    lines: linesOf(pack),
    stamp: await stampOf({ index, rules }),
  };
}

/** The same for the same compiled rules. */
async function stampOf({ index, rules }: CompiledBuffers): Promise<string> {
  return (await sha256Of(`${await sha256Of(index)}${await sha256Of(rules)}`)).slice(0, 32);
}

function wordsOf({ version, texts, rules }: Pack): RuleWords {
  return {
    version,
    texts,
    rules: rules.map(({ id, title, level, category, date, references, explain }) => {
      return { id, title, level, category, date, references, explain };
    }),
  };
}

function linesOf({ rules }: Pack): ArrayBuffer {
  const lines = new Int32Array(rules.length * 2);
  for (const [index, rule] of rules.entries()) {
    lines[index * 2] = keyOf(rule.id);
    lines[index * 2 + 1] = keyOf(writtenOf(rule));
  }
  return lines.buffer;
}

/** The keys of the ids of rules that are new, or other than they were, since an earlier rule set; both as `lines` has them. */
export function newRules(lines: ArrayBuffer, before: ArrayBuffer): number[] {
  const [now, then] = [new Int32Array(lines), new Int32Array(before)];
  const known = new Map<number, number>();
  for (let at = 0; at < then.length; at += 2) known.set(then[at] as number, then[at + 1] as number);
  const fresh: number[] = [];
  for (let at = 0; at < now.length; at += 2)
    if (known.get(now[at] as number) !== now[at + 1]) fresh.push(now[at] as number);
  return fresh;
}

/** Whatever goes wrong with signed content is a reason to refuse it: the last good rules stay. */
function attempt<Value>(kind: RefusalKind, file: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof BadPublication) throw error;
    const cure = error instanceof FeedError || error instanceof LanguageError ? `; ${error.cure}` : '';
    const where = error instanceof LanguageError && error.path.length > 0 ? `${error.path.join('.')} ` : '';
    throw new BadPublication(kind, file, `${where}${error instanceof Error ? error.message : String(error)}${cure}`);
  }
}
