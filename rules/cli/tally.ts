/** Counting what the rules caught and what they caught wrongly, over labelled records. */
import { LEVELS } from '../language/model.ts';
import { figuresOf, type Figure } from './goals.ts';
import type { Warning } from './judge.ts';
import type { Lead } from './lead.ts';
import type { LabelledRecord } from './records.ts';
import { sumOf, type Share } from './shares.ts';
import {
  alarms,
  benignUnitOf,
  caught,
  joined,
  keyOfLure,
  leadOfUnits,
  lureUnitOf,
  type BenignUnit,
  type LureUnit,
} from './units.ts';

export interface CategoryRow {
  category: string;
  language: string;
  recall: Share;
  /** Of the lures that say when the harm is demanded, those warned of before or at that turn. */
  inTime: Share;
}

export interface AlarmRow {
  group: string;
  /** Per benign record. */
  records: Share;
  /** Per message of benign records. */
  messages: Share;
}

/** What the records of one value of a field came to: promised lures, and benign records with their messages. */
export interface FieldRow {
  value: string;
  recall: Share;
  inTime: Share;
  lead: Lead;
  records: Share;
  messages: Share;
}

/** The fields by which records are told apart. A record stands in the row of each of its styles, and in none without one. */
export const FIELDS = ['category', 'level', 'language', 'kind', 'style'] as const;
type Field = (typeof FIELDS)[number];

export interface Evaluation {
  records: number;
  skippedAmbiguous: number;
  /** The head of the report: each figure beside its goal. */
  figures: Figure[];
  lures: CategoryRow[];
  adjacent: CategoryRow[];
  total: { recall: Share; inTime: Share };
  /** How many turns before the harm the promised lures were warned of. */
  lead: Lead;
  alarms: AlarmRow[];
  /**
   * Rows by one field. Those of `level` count the strongest warning (for `inTime`, the strongest in time) among all lures,
   * records and messages, so they add up to the totals.
   */
  by: Record<Field, FieldRow[]>;
  warningsByRule: Record<string, { lures: number; benign: number }>;
}

/** Collects records one by one; `result` counts near-identical lures (a cluster) once. */
export class Tally {
  #records = 0;
  #ambiguous = 0;
  readonly #lures = new Map<string, LureUnit>();
  readonly #adjacent = new Map<string, LureUnit>();
  readonly #benign: BenignUnit[] = [];
  readonly #rules: Evaluation['warningsByRule'] = {};

  add(record: LabelledRecord, warnings: readonly Warning[]): void {
    this.#records += 1;
    if (record.scope === 'ambiguous') {
      this.#ambiguous += 1;
      return;
    }
    for (const rule of new Set(warnings.map((warning) => warning.rule))) {
      const counts = (this.#rules[rule] ??= { lures: 0, benign: 0 });
      counts[record.label === 'lure' ? 'lures' : 'benign'] += 1;
    }
    if (record.label === 'lure') this.#addLure(record, warnings);
    else this.#benign.push(benignUnitOf(record, warnings));
  }

  #addLure(record: LabelledRecord, warnings: readonly Warning[]): void {
    const group = record.scope === 'adjacent' ? this.#adjacent : this.#lures;
    const key = keyOfLure(record);
    const unit = lureUnitOf(record, warnings);
    const before = group.get(key);
    group.set(key, before === undefined ? unit : joined(before, unit));
  }

  result(): Evaluation {
    const lures = [...this.#lures.values()];
    const rows = categoryRows(lures);
    return {
      records: this.#records,
      skippedAmbiguous: this.#ambiguous,
      figures: figuresOf(lures, this.#benign),
      lures: rows,
      adjacent: categoryRows([...this.#adjacent.values()]),
      total: { recall: sumOf(rows.map(({ recall }) => recall)), inTime: sumOf(rows.map(({ inTime }) => inTime)) },
      lead: leadOfUnits(lures),
      alarms: alarmRows(this.#benign),
      by: {
        category: fieldRows(lures, this.#benign, ({ category }) => [category]),
        level: levelRows(lures, this.#benign),
        language: fieldRows(lures, this.#benign, ({ language }) => [language]),
        kind: fieldRows(lures, this.#benign, ({ kind }) => [kind]),
        style: fieldRows(lures, this.#benign, ({ style }) => style),
      },
      warningsByRule: this.#rules,
    };
  }
}

function categoryRows(units: readonly LureUnit[]): CategoryRow[] {
  return [...Map.groupBy(units, ({ language, category }) => `${language}\t${category}`).values()]
    .map((group) => ({
      category: group[0]?.category ?? '?',
      language: group[0]?.language ?? '?',
      ...caught(group),
    }))
    .toSorted((one, other) => one.language.localeCompare(other.language) || one.category.localeCompare(other.category));
}

function alarmRows(benign: readonly BenignUnit[]): AlarmRow[] {
  const groups = Map.groupBy(
    benign,
    ({ language, kind, hard }) => `${language} ${kind} ${hard ? 'hard negatives' : 'ordinary'}`,
  );
  return [...groups, ...(benign.length === 0 ? [] : [['all', benign] as const])]
    .map(([group, units]) => ({ group, ...alarms(units) }))
    .toSorted((one, other) => one.group.localeCompare(other.group));
}

function fieldRows(
  lures: readonly LureUnit[],
  benign: readonly BenignUnit[],
  valuesOf: (unit: LureUnit | BenignUnit) => Iterable<string>,
): FieldRow[] {
  const groups = new Map<string, { lures: LureUnit[]; benign: BenignUnit[] }>();
  const groupOf = (value: string): { lures: LureUnit[]; benign: BenignUnit[] } => {
    const group = groups.get(value) ?? { lures: [], benign: [] };
    groups.set(value, group);
    return group;
  };
  for (const unit of lures) for (const value of valuesOf(unit)) groupOf(value).lures.push(unit);
  for (const unit of benign) for (const value of valuesOf(unit)) groupOf(value).benign.push(unit);
  return [...groups]
    .map(([value, group]) => ({
      value,
      ...caught(group.lures),
      lead: leadOfUnits(group.lures),
      ...alarms(group.benign),
    }))
    .toSorted((one, other) => one.value.localeCompare(other.value));
}

function levelRows(lures: readonly LureUnit[], benign: readonly BenignUnit[]): FieldRow[] {
  return LEVELS.map((level) => ({
    value: level,
    ...caught(lures, level),
    lead: leadOfUnits(lures.filter((unit) => unit.level === level)),
    ...alarms(benign, level),
  }));
}
