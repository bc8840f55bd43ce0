/** What is counted: lures and benign records, each with what came of it. */
import { LEVELS, type Level } from '../language/model.ts';
import { columnOf, type Column } from './columns.ts';
import type { Warning } from './judge.ts';
import { leadOf, type Lead } from './lead.ts';
import type { LabelledRecord } from './records.ts';
import { shareOf, shareWhere, type Share } from './shares.ts';

interface Unit {
  language: string;
  category: string;
  kind: string;
  style: ReadonlySet<string>;
}

/** A lure, or a cluster of near-identical ones: the best that any of them came to. */
export interface LureUnit extends Unit {
  /** The strongest warning; none when it was missed. */
  level: Level | undefined;
  /** Whether it says when the harm is demanded. */
  timed: boolean;
  /** The strongest warning before or at that turn. */
  levelInTime: Level | undefined;
  /** Turns from the first warning to the harm. */
  lead: number | undefined;
}

/** A benign record. */
export interface BenignUnit extends Unit {
  column: Column;
  hard: boolean;
  messages: number;
  /** The strongest level of each message that was warned of. */
  warned: Level[];
}

/** What counts as one lure: the record, or its cluster within its language and category. */
export function keyOfLure({
  lang,
  category,
  cluster,
  id,
}: Pick<LabelledRecord, 'lang' | 'category' | 'cluster' | 'id'>): string {
  return `${lang}\t${category}\t${cluster ?? id}`;
}

/** A lure with its warnings. */
export function lureUnitOf(record: LabelledRecord, warnings: readonly Warning[]): LureUnit {
  const { harmTurn } = record;
  const inTime = harmTurn === undefined ? [] : warnings.filter(({ turn }) => turn <= harmTurn);
  return {
    ...fieldsOf(record),
    level: strongest(warnings.map(({ level }) => level)),
    timed: harmTurn !== undefined,
    levelInTime: strongest(inTime.map(({ level }) => level)),
    lead:
      harmTurn === undefined || warnings.length === 0
        ? undefined
        : harmTurn - Math.min(...warnings.map(({ turn }) => turn)),
  };
}

/** Two lures of one cluster as one. */
export function joined(one: LureUnit, other: LureUnit): LureUnit {
  const leads = [one.lead, other.lead].filter((lead) => lead !== undefined);
  return {
    ...one,
    style: new Set([...one.style, ...other.style]),
    level: strongest([one.level, other.level]),
    timed: one.timed || other.timed,
    levelInTime: strongest([one.levelInTime, other.levelInTime]),
    lead: leads.length === 0 ? undefined : Math.max(...leads),
  };
}

/** A benign record with its warnings. */
export function benignUnitOf(record: LabelledRecord, warnings: readonly Warning[]): BenignUnit {
  const byTurn = new Map<number, Level>();
  for (const { turn, level } of warnings) byTurn.set(turn, strongest([byTurn.get(turn), level]) ?? level);
  return {
    ...fieldsOf(record),
    column: columnOf(record),
    hard: record.scope === 'hard_neg',
    messages: record.turns.length,
    warned: [...byTurn.values()],
  };
}

function fieldsOf({ lang, category, kind, style }: LabelledRecord): Unit {
  return { language: lang, category, kind, style: new Set(style) };
}

/** The strongest of some levels; undefined when there is none. */
function strongest(levels: readonly (Level | undefined)[]): Level | undefined {
  return LEVELS.findLast((level) => levels.includes(level));
}

/** Recall and in time of lures; with a level, only those whose strongest warning (for `inTime`, in time) has it. */
export function caught(units: readonly LureUnit[], level?: Level): { recall: Share; inTime: Share } {
  const is = (reached: Level | undefined): boolean => reached !== undefined && reached === (level ?? reached);
  return {
    recall: shareWhere(units, (unit) => is(unit.level)),
    inTime: shareWhere(
      units.filter(({ timed }) => timed),
      ({ levelInTime }) => is(levelInTime),
    ),
  };
}

/** False alarms per benign record and per message; with a level, only those whose strongest warning has it. */
export function alarms(units: readonly BenignUnit[], level?: Level): { records: Share; messages: Share } {
  const warned = units.reduce((sum, unit) => sum + unit.warned.filter((had) => had === (level ?? had)).length, 0);
  const messages = units.reduce((sum, unit) => sum + unit.messages, 0);
  return {
    records: shareWhere(
      units,
      (unit) => unit.warned.length > 0 && strongest(unit.warned) === (level ?? strongest(unit.warned)),
    ),
    messages: shareOf(warned, messages),
  };
}

/** How early the caught ones of some lures were warned of. */
export function leadOfUnits(units: readonly LureUnit[]): Lead {
  return leadOf(units.flatMap(({ lead }) => lead ?? []));
}
