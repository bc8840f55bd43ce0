/** Whether rules may go out: their form, their own examples, the limits, duplicates, and false alarms against the live rules. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FeedError } from '../../feed/error.ts';
import { readPart, writePart, type FeedFile, type RolePart } from '../../feed/format.ts';
import { canonicalJson } from '../../feed/json.ts';
import { mergeParts } from '../../feed/merge.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import { checkPack } from '../../language/check.ts';
import type { Pack } from '../../language/model.ts';
import { LanguageError } from '../../language/problem.ts';
import { issuesOf } from '../../language/schema.ts';
import { disprove } from '../prove.ts';
import { corpusChanges, recordLine, ruleChanges, type CorpusChanges, type RuleChanges } from './compare.ts';
import type { TestsById } from './content.ts';
import { findDuplicates } from './duplicates.ts';
import { readJson, sha256, writeJson } from './files.ts';
import type { Work } from './work.ts';

export interface AcceptedAlarm {
  /** Of the record in the travelling corpus. */
  id: string;
  reason: string;
}

export interface CheckInput {
  parts: Record<FeedRole, RolePart>;
  tests: Record<FeedRole, TestsById>;
  /** Ids that `feed.json` switches off. */
  killed: readonly string[];
  live: Pack;
  accepted: readonly AcceptedAlarm[];
  fileOf?: (id: string) => string;
}

export interface CheckResult {
  /** What forbids to sign, as lines for people. */
  faults: string[];
  /** What an editor may want to know. */
  notes: string[];
  /** Undefined when the rules cannot even be compiled. */
  pack?: Pack;
  rules?: RuleChanges;
  corpus?: CorpusChanges;
}

/** Looks at everything that forbids to sign. The same for the editor's `check`, for `build` and for each signer. */
export function checkParts({ parts, tests, killed, live, accepted, fileOf }: CheckInput): CheckResult {
  const read = readBack(parts);
  if (read.faults.length > 0) return { faults: read.faults, notes: [] };
  let pack: Pack;
  try {
    // What is switched off is held to its examples all the same: it may come back.
    pack = mergeParts({ ...parts, 'vi-urgent': { ...parts['vi-urgent'], kills: [] } }, [], 1);
  } catch (error) {
    return { faults: [lineOf(error)], notes: [] };
  }
  const nameOf = fileOf ?? ((id) => `“${pack.rules.find((rule) => rule.id === id)?.title ?? id}”`);
  const issues = checkPack(pack);
  if (issues.length > 0)
    return {
      faults: issues.map(({ path: [kind, name, ...field], what, cure }) => {
        const place =
          kind === 'rules' && typeof name === 'string' ? nameOf(name) : `${kind ?? 'the rules'} ${name ?? ''}`;
        return `${place}${field.length === 0 ? '' : ` ${field.join('.')}`}: ${what}. Mend: ${cure}.`;
      }),
      notes: [],
    };
  const off = new Set([...killed, ...parts['vi-urgent'].kills]);
  const running = { ...pack, rules: pack.rules.filter(({ id }) => !off.has(id)) };
  try {
    const rules = ruleChanges(live, running);
    const changed = new Set([...rules.added, ...rules.changed].map(({ id }) => id));
    const duplicates = findDuplicates(pack.rules, nameOf, (id) => changed.has(id));
    const corpus = corpusChanges(live, running);
    return {
      faults: [...duplicates.faults, ...disproofs(pack, tests, nameOf), ...alarmFaults(corpus, accepted)],
      notes: [...duplicates.notes, ...killNotes(pack, off)],
      pack: running,
      rules,
      corpus,
    };
  } catch (error) {
    return { faults: [lineOf(error)], notes: [] };
  }
}

/** Results by the hash of all that was looked at, for signing several roles of one release in one go. */
const checkedBefore = new Map<string, CheckResult>();

/** The hard part again, on the very bytes that are to go out. @throws FeedError that lists every fault. */
export function requireGood(
  { parts, tests, feed }: { parts: CheckInput['parts']; tests: CheckInput['tests']; feed: FeedFile | undefined },
  live: Pack,
  accepted: readonly AcceptedAlarm[],
  where: string,
): CheckResult {
  const input = { parts, tests, killed: feed?.killed ?? [], live, accepted };
  const key = sha256(canonicalJson(input));
  const result = checkedBefore.get(key) ?? checkParts(input);
  checkedBefore.set(key, result);
  if (result.faults.length > 0)
    throw new FeedError(
      where,
      `these rules must not go out:\n${result.faults.map((fault) => `  ${fault}`).join('\n')}\n`,
      'mend them, then: npm run feed -- check, and build again',
    );
  return result;
}

/** Reads every part as a device will, which sees to the limits. */
function readBack(parts: Record<FeedRole, RolePart>): { faults: string[] } {
  const faults: string[] = [];
  for (const role of FEED_ROLES) {
    try {
      readPart(role, writePart(parts[role]));
    } catch (error) {
      faults.push(lineOf(error));
    }
  }
  return { faults };
}

function lineOf(error: unknown): string {
  if (error instanceof FeedError || error instanceof LanguageError)
    return `${error instanceof LanguageError ? `${error.path.join(' ')}: ` : ''}${error.message}. Mend: ${error.cure}.`;
  throw error;
}

/** Examples that do not go as their rule says, among all rules, for a rule may spoil what another one promises. */
function disproofs(pack: Pack, tests: Record<FeedRole, TestsById>, nameOf: (id: string) => string): string[] {
  const all = Object.assign({}, ...FEED_ROLES.map((role) => tests[role])) as TestsById;
  const bare = pack.rules.filter(({ id }) => (all[id]?.match.length ?? 0) === 0 || all[id]?.ignore.length === 0);
  const proven = pack.rules.flatMap((rule) => {
    const own = all[rule.id];
    return own === undefined ? [] : [{ file: nameOf(rule.id), rule, tests: own }];
  });
  return [
    ...bare.map(({ id }) => `${nameOf(id)}: has no examples. Mend: give at least 5 to match and 5 to ignore.`),
    ...disprove(pack, proven).map(({ file, expected, example, said }) => {
      const text = example.turns.map(({ from, text: words }) => `${from}: ${words}`).join(' / ');
      return expected === 'match'
        ? `${file}: stays quiet at its own example: ${text}. Mend: widen its patterns, or correct the example.`
        : `${file}: “${said.join('”, “')}” speaks at an example to ignore: ${text}. Mend: narrow the rule that speaks.`;
    }),
  ];
}

function alarmFaults({ newAlarms }: CorpusChanges, accepted: readonly AcceptedAlarm[]): string[] {
  const known = new Set(accepted.map(({ id }) => id));
  return newAlarms
    .filter(({ record }) => !known.has(record.id))
    .map(
      ({ record, why }) =>
        `NEW FALSE ALARM at ${recordLine(record)}\n    ${why}\n    Mend: narrow the rule; or, if it must be: check --accept-alarms ${record.id} --reason "…".`,
    );
}

function killNotes(pack: Pack, off: ReadonlySet<string>): string[] {
  const known = new Set(pack.rules.map(({ id }) => id));
  return [...off].map((id) =>
    known.has(id)
      ? `“${pack.rules.find((rule) => rule.id === id)?.title ?? id}” is switched off (${id})`
      : `the switched-off rule ${id} is in no part any more; build --unkill ${id} forgets it`,
  );
}

/** What a check found good. */
export interface Approval {
  /** Of the rules and their examples, by `hashOf`. */
  content: string;
  /** ISO 8601. */
  at: string;
  against: string;
  alarms: AcceptedAlarm[];
}

const approvalSchema = z.strictObject({
  content: z.string(),
  at: z.string(),
  against: z.string(),
  alarms: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
});

const approvalFile = ({ folder }: Work): string => join(folder, 'approval.json');

/** What the last good check said; undefined when there was none, or the last one found faults. */
export function readApproval(work: Work): Approval | undefined {
  const file = approvalFile(work);
  if (!existsSync(file)) return undefined;
  const value = readJson(file);
  const [issue] = issuesOf(approvalSchema, value);
  if (issue !== undefined) throw new FeedError(file, issue.what, 'run: npm run feed -- check');
  return value as Approval;
}

/** Keeps what a check found good; undefined takes back what an earlier one said. */
export function writeApproval(work: Work, approval: Approval | undefined): void {
  if (approval === undefined) rmSync(approvalFile(work), { force: true });
  else writeJson(approvalFile(work), approval);
}
