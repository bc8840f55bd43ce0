/**
 * The ratchet: what the rules reached on the corpus that travels with the project may be bettered, never lost.
 *
 * It keeps floors (lures caught, and in time) for each language and group of categories, ceilings (benign records warned
 * of) for each language and column, and what came of each record, so that a fall can name the records behind it. Records
 * that are new to the corpus, or gone from it, are held against nobody: figures are compared over those known to both.
 */
import type { Category } from '../language/model.ts';
import { columnOf } from './columns.ts';
import type { Judge } from './judge.ts';
import type { LabelledRecord } from './records.ts';

/** What came of a record: `caught` is a lure that does not say when the harm is demanded. */
type Outcome = 'in time' | 'late' | 'caught' | 'missed' | 'quiet' | 'alarm';

/** Counts of lures. */
interface Floor {
  lures: number;
  caught: number;
  /** Lures that say when the harm is demanded. */
  timed: number;
  inTime: number;
}

/** Counts of benign records. */
interface Ceiling {
  records: number;
  alarms: number;
}

/** As it stands in `tests/corpus/ratchet.json`. */
export interface Ratchet {
  /** By language, then by group of categories. */
  floors: Record<string, Record<string, Floor>>;
  /** By language, then by column of the report. */
  ceilings: Record<string, Record<string, Ceiling>>;
  /** By language, group or column, and id. */
  records: Record<string, Record<string, Record<string, Outcome>>>;
}

/** A record that was judged. */
export interface Measured {
  id: string;
  language: string;
  /** The group of categories of a lure, the column of a benign record. */
  group: string;
  /** Whether it says when the harm is demanded. */
  isTimed: boolean;
  outcome: Outcome;
}

/** How a measurement stands against the ratchet; each line is a sentence for people. */
export interface Comparison {
  worse: string[];
  better: string[];
  /** Records that the ratchet does not know yet. */
  added: string[];
  /** Records that the corpus has no more. */
  gone: string[];
}

/** Categories are ratcheted in groups: with a few lures each, every category alone would pin single records. */
const GROUP_OF: Record<Category, string> = {
  'fake-authority': 'authority',
  'isolation-ransom': 'authority',
  'fake-emergency': 'authority',
  'fake-app': 'authority',
  'recovery-scam': 'authority',
  'task-scam': 'work and study',
  'trafficking-job': 'work and study',
  'job-deposit': 'work and study',
  'fake-casting': 'work and study',
  'fake-scholarship': 'work and study',
  'money-mule': 'work and study',
  'drug-courier': 'work and study',
  'romance-gift': 'closeness',
  grooming: 'closeness',
  sextortion: 'closeness',
  runaway: 'closeness',
  'hacked-friend': 'money and goods',
  'game-item': 'money and goods',
  'loan-trap': 'money and goods',
  'fake-shipper': 'money and goods',
  'fake-shop': 'money and goods',
  prize: 'money and goods',
  investment: 'money and goods',
  ticket: 'money and goods',
};

/**
 * Judges every record of the corpus; ambiguous ones are left out.
 *
 * @throws RangeError when two records have the same id.
 */
export function measure(judge: Judge, records: readonly LabelledRecord[]): Measured[] {
  const seen = new Set<string>();
  return records
    .filter(({ scope }) => scope !== 'ambiguous')
    .map((record) => {
      if (seen.has(record.id)) throw new RangeError(`two records of the corpus have the id ${record.id}`);
      seen.add(record.id);
      const turns = judge.judge(record).map(({ turn }) => turn);
      return {
        id: record.id,
        language: record.lang,
        group:
          record.label === 'benign'
            ? columnOf(record)
            : ((GROUP_OF as Partial<Record<string, string>>)[record.category] ?? 'other'),
        isTimed: record.harmTurn !== undefined,
        outcome: outcomeOf(record, turns),
      };
    });
}

function outcomeOf({ label, harmTurn }: LabelledRecord, turns: readonly number[]): Outcome {
  if (label === 'benign') return turns.length === 0 ? 'quiet' : 'alarm';
  if (turns.length === 0) return 'missed';
  if (harmTurn === undefined) return 'caught';
  return Math.min(...turns) <= harmTurn ? 'in time' : 'late';
}

/** The ratchet that holds just what was measured. */
export function ratchetOf(measured: readonly Measured[]): Ratchet {
  const ratchet: Ratchet = { floors: {}, ceilings: {}, records: {} };
  const ordered = measured.toSorted(
    (one, other) =>
      one.language.localeCompare(other.language) ||
      one.group.localeCompare(other.group) ||
      one.id.localeCompare(other.id),
  );
  for (const { id, language, group, isTimed, outcome } of ordered) {
    ((ratchet.records[language] ??= {})[group] ??= {})[id] = outcome;
    if (outcome === 'quiet' || outcome === 'alarm') {
      const ceiling = ((ratchet.ceilings[language] ??= {})[group] ??= { records: 0, alarms: 0 });
      ceiling.records += 1;
      ceiling.alarms += outcome === 'alarm' ? 1 : 0;
    } else {
      const floor = ((ratchet.floors[language] ??= {})[group] ??= { lures: 0, caught: 0, timed: 0, inTime: 0 });
      floor.lures += 1;
      floor.caught += outcome === 'missed' ? 0 : 1;
      floor.timed += isTimed ? 1 : 0;
      floor.inTime += outcome === 'in time' ? 1 : 0;
    }
  }
  return ratchet;
}

/** Compares what was measured with what the ratchet holds. */
export function compare(ratchet: Ratchet, measured: readonly Measured[]): Comparison {
  const comparison: Comparison = { worse: [], better: [], added: [], gone: [] };
  const now = Map.groupBy(measured, ({ language, group }) => `${language}, ${group}`);
  for (const { language, group, id } of measured) {
    if (ratchet.records[language]?.[group]?.[id] === undefined) comparison.added.push(id);
  }
  for (const [language, groups] of Object.entries(ratchet.records)) {
    for (const [group, before] of Object.entries(groups)) {
      const name = `${language}, ${group}`;
      const after = new Map(now.get(name)?.map(({ id, outcome }) => [id, outcome]));
      comparison.gone.push(...Object.keys(before).filter((id) => !after.has(id)));
      const floor = ratchet.floors[language]?.[group];
      const ceiling = ratchet.ceilings[language]?.[group];
      const figures: Held[] = [
        ...(floor === undefined
          ? []
          : [
              { name: `${name}: lures caught`, held: floor.caught, sign: 1 as const, counts: CAUGHT },
              { name: `${name}: lures warned of in time`, held: floor.inTime, sign: 1 as const, counts: IN_TIME },
            ]),
        ...(ceiling === undefined
          ? []
          : [{ name: `${name}: false alarms`, held: ceiling.alarms, sign: -1 as const, counts: ALARM }]),
      ];
      for (const figure of figures) weigh(comparison, figure, new Map(Object.entries(before)), after);
    }
  }
  return comparison;
}

const CAUGHT: readonly Outcome[] = ['in time', 'late', 'caught'];
const IN_TIME: readonly Outcome[] = ['in time'];
const ALARM: readonly Outcome[] = ['alarm'];

/** A figure that the ratchet holds: how many records had one of the outcomes that it counts. */
interface Held {
  name: string;
  held: number;
  /** 1 for what should be many, -1 for what should be few. */
  sign: 1 | -1;
  counts: readonly Outcome[];
}

function weigh(
  comparison: Comparison,
  { name, held, sign, counts }: Held,
  before: ReadonlyMap<string, Outcome>,
  after: ReadonlyMap<string, Outcome>,
): void {
  const is = (outcome: Outcome | undefined): boolean => outcome !== undefined && counts.includes(outcome);
  const ids = [...before.keys()];
  const known = ids.filter((id) => after.has(id));
  const bound = held - ids.filter((id) => !after.has(id) && is(before.get(id))).length;
  const reached = known.filter((id) => is(after.get(id))).length;
  if (reached === bound) return;
  const changed = known.filter((id) => is(after.get(id)) !== is(before.get(id)));
  const causes = changed.map((id) => `${id} (was ${before.get(id)}, is ${after.get(id)})`).join(', ');
  const line = `${name}: ${reached}, the ratchet holds ${bound}. Changed: ${causes || 'no record, but the figure in the file'}`;
  (reached * sign > bound * sign ? comparison.better : comparison.worse).push(line);
}

/** What a fall, a gain or a changed corpus asks of whoever works on the rules; empty when nothing is to be said. */
export function describeComparison({ worse, better, added, gone }: Comparison): string {
  const write = 'write it into tests/corpus/ratchet.json with: npm run rules -- ratchet';
  return [
    ...(worse.length === 0 ? [] : ['Worse than the ratchet; mend the rules:', ...worse.map((line) => `  ${line}`)]),
    ...(better.length === 0
      ? []
      : [
          `Better than the ratchet; ${worse.length === 0 ? write : 'once nothing is worse, it can be written'}`,
          ...better.map((line) => `  ${line}`),
        ]),
    ...(added.length === 0 ? [] : [`New in the corpus, not in the ratchet: ${added.join(', ')}; ${write}`]),
    ...(gone.length === 0 ? [] : [`In the ratchet, no more in the corpus: ${gone.join(', ')}; ${write}`]),
  ].join('\n');
}
