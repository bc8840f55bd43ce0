/** What becomes other than it was: rules, lures caught, harmless records warned of. */
import { compilePack } from '../../engine/compile.ts';
import { canonicalJson } from '../../feed/json.ts';
import type { Pack, Rule } from '../../language/model.ts';
import { Judge } from '../judge.ts';
import { OWN_CORPUS, readCorpus } from '../ratchet-files.ts';
import type { LabelledRecord } from '../records.ts';
import { sha256 } from './files.ts';

export interface RuleChanges {
  added: Rule[];
  /** As they are to be. */
  changed: Rule[];
  removed: Rule[];
  /** Shared signals, lists, aliases and texts that are not as they were, by kind and name. */
  shared: string[];
}

/** How one rule set differs from another. */
export function ruleChanges(from: Pack, to: Pack): RuleChanges {
  const before = new Map(from.rules.map((rule) => [rule.id, rule]));
  const after = new Set(to.rules.map(({ id }) => id));
  const isOther = (rule: Rule): boolean => canonicalJson(before.get(rule.id)) !== canonicalJson(rule);
  return {
    added: to.rules.filter(({ id }) => !before.has(id)),
    changed: to.rules.filter((rule) => before.has(rule.id) && isOther(rule)),
    removed: from.rules.filter(({ id }) => !after.has(id)),
    shared: sharedChanges(from, to),
  };
}

function sharedChanges(from: Pack, to: Pack): string[] {
  const namedOf = ({ signals, lists, aliases, texts }: Pack): Map<string, string> =>
    new Map([
      ...signals.map((one): [string, string] => [`signal ${one.name}`, canonicalJson(one)]),
      ...lists.map((one): [string, string] => [`list ${one.name}`, canonicalJson(one)]),
      ...Object.entries(aliases).map(([word, ways]): [string, string] => [
        `alias ${word}`,
        canonicalJson([...new Set(ways)].sort()),
      ]),
      ...Object.entries(texts).flatMap(([language, { tricks, counterfacts }]) =>
        Object.entries({ ...tricks, ...counterfacts }).map(([id, text]): [string, string] => [
          `text ${id} (${language})`,
          canonicalJson(text),
        ]),
      ),
    ]);
  const [before, after] = [namedOf(from), namedOf(to)];
  // What is gone was named by no rule: else the rules would have changed, or could not be compiled.
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name)).sort();
}

/** What the travelling corpus says of two rule sets. */
export interface CorpusChanges {
  lures: number;
  caught: [before: number, after: number];
  harmless: number;
  alarms: [before: number, after: number];
  newlyCaught: LabelledRecord[];
  lost: LabelledRecord[];
  newAlarms: { record: LabelledRecord; why: string }[];
  goneAlarms: LabelledRecord[];
}

/** Judges every record of the travelling corpus with both; ambiguous ones are left out. */
export function corpusChanges(from: Pack, to: Pack, corpus = OWN_CORPUS): CorpusChanges {
  const [before, after] = [warningsOf(from, corpus), warningsOf(to, corpus)];
  const changes: CorpusChanges = {
    lures: 0,
    caught: [0, 0],
    harmless: 0,
    alarms: [0, 0],
    newlyCaught: [],
    lost: [],
    newAlarms: [],
    goneAlarms: [],
  };
  for (const record of readCorpus(corpus)) {
    if (record.scope === 'ambiguous') continue;
    const spoke = before.has(record.id);
    const why = after.get(record.id);
    const speaks = why !== undefined;
    const isLure = record.label === 'lure';
    if (isLure) changes.lures += 1;
    else changes.harmless += 1;
    const counts = isLure ? changes.caught : changes.alarms;
    counts[0] += Number(spoke);
    counts[1] += Number(speaks);
    if (spoke && !speaks) (isLure ? changes.lost : changes.goneAlarms).push(record);
    else if (!spoke && speaks && isLure) changes.newlyCaught.push(record);
    else if (!spoke && speaks) changes.newAlarms.push({ record, why });
  }
  return changes;
}

/** What was judged in this process already: build and each signer's look are at the same rules. */
const judged = new Map<string, ReadonlyMap<string, string>>();

/** The records that a rule set warns of, by id, with the first reason. */
function warningsOf(pack: Pack, corpus: string): ReadonlyMap<string, string> {
  const key = `${corpus}\n${sha256(canonicalJson({ ...pack, version: 1, date: '' }))}`;
  const known = judged.get(key);
  if (known !== undefined) return known;
  const judge = new Judge(compilePack(pack));
  const found = new Map<string, string>();
  for (const record of readCorpus(corpus)) {
    const [warning] = judge.judge(record);
    if (warning !== undefined) found.set(record.id, warning.why);
  }
  judged.set(key, found);
  return found;
}

/** A record in one line, as people know it again. */
export function recordLine({ id, category, turns }: LabelledRecord): string {
  const words = turns.map(({ text }) => text.replace(/\s+/g, ' ')).join(' / ');
  return `${id} ${category}: ${words.length > 110 ? `${words.slice(0, 110)}…` : words}`;
}
