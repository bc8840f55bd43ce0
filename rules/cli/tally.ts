/** Counting what the rules caught and what they caught wrongly, over labelled records. */
import { wilson } from './interval.ts';
import type { Warning } from './judge.ts';
import type { LabelledRecord } from './records.ts';

/** A share with its counts and 95 % interval. */
export interface Share {
  hits: number;
  of: number;
  share: number;
  interval: [number, number];
}

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

export interface Evaluation {
  records: number;
  skippedAmbiguous: number;
  lures: CategoryRow[];
  adjacent: CategoryRow[];
  total: { recall: Share; inTime: Share };
  alarms: AlarmRow[];
  warningsByRule: Record<string, { lures: number; benign: number }>;
}

interface Caught {
  caught: boolean;
  inTime: boolean | undefined;
}

/** Collects records one by one; `result` counts near-identical lures (a cluster) once. */
export class Tally {
  #records = 0;
  #ambiguous = 0;
  readonly #lures = new Map<string, Map<string, Caught>>();
  readonly #adjacent = new Map<string, Map<string, Caught>>();
  readonly #benign = new Map<string, { records: number; alarmed: number; messages: number; warnings: number }>();
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
    else this.#addBenign(record, warnings);
  }

  #addLure(record: LabelledRecord, warnings: readonly Warning[]): void {
    const groups = record.scope === 'adjacent' ? this.#adjacent : this.#lures;
    const key = `${record.lang}\t${record.category}`;
    const group = groups.get(key) ?? new Map<string, Caught>();
    groups.set(key, group);
    const unit = record.cluster ?? record.id;
    const first = Math.min(...warnings.map(({ turn }) => turn));
    const before = group.get(unit);
    const inTime = record.harmTurn === undefined ? undefined : warnings.length > 0 && first <= record.harmTurn;
    group.set(unit, {
      caught: before?.caught === true || warnings.length > 0,
      inTime:
        inTime === undefined && before?.inTime === undefined ? undefined : before?.inTime === true || inTime === true,
    });
  }

  #addBenign(record: LabelledRecord, warnings: readonly Warning[]): void {
    for (const group of [
      `${record.lang} ${record.kind} ${record.scope === 'hard_neg' ? 'hard negatives' : 'ordinary'}`,
      'all',
    ]) {
      const counts = this.#benign.get(group) ?? { records: 0, alarmed: 0, messages: 0, warnings: 0 };
      this.#benign.set(group, counts);
      counts.records += 1;
      counts.alarmed += warnings.length > 0 ? 1 : 0;
      counts.messages += record.turns.length;
      counts.warnings += new Set(warnings.map(({ turn }) => turn)).size;
    }
  }

  result(): Evaluation {
    const lures = rowsOf(this.#lures);
    return {
      records: this.#records,
      skippedAmbiguous: this.#ambiguous,
      lures,
      adjacent: rowsOf(this.#adjacent),
      total: { recall: sum(lures.map(({ recall }) => recall)), inTime: sum(lures.map(({ inTime }) => inTime)) },
      alarms: [...this.#benign]
        .map(([group, { records, alarmed, messages, warnings }]) => ({
          group,
          records: shareOf(alarmed, records),
          messages: shareOf(warnings, messages),
        }))
        .toSorted((one, other) => one.group.localeCompare(other.group)),
      warningsByRule: this.#rules,
    };
  }
}

function rowsOf(groups: ReadonlyMap<string, ReadonlyMap<string, Caught>>): CategoryRow[] {
  return [...groups]
    .map(([key, group]) => {
      const [language = '?', category = '?'] = key.split('\t');
      const all = [...group.values()];
      const timed = all.filter(({ inTime }) => inTime !== undefined);
      return {
        category,
        language,
        recall: shareOf(all.filter(({ caught }) => caught).length, all.length),
        inTime: shareOf(timed.filter(({ inTime }) => inTime).length, timed.length),
      };
    })
    .toSorted((one, other) => one.language.localeCompare(other.language) || one.category.localeCompare(other.category));
}

function sum(shares: readonly Share[]): Share {
  return shareOf(
    shares.reduce((total, { hits }) => total + hits, 0),
    shares.reduce((total, { of }) => total + of, 0),
  );
}

function shareOf(hits: number, of: number): Share {
  return { hits, of, share: of === 0 ? 0 : hits / of, interval: wilson(hits, of) };
}
