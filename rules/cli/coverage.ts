/** Counting which rule caught what, and where each signal occurs. */
import type { Pack } from '../language/model.ts';
import { columnOf } from './columns.ts';
import type { Warning } from './judge.ts';
import type { LabelledRecord } from './records.ts';
import { shareOf, type Share } from './shares.ts';
import { unusedSignals, type NamedSignal } from './signals.ts';
import { keyOfLure } from './units.ts';

/** What one rule did. Lures are counted once per cluster, adjacent ones apart; alarms are benign records. */
export interface RuleRow {
  rule: string;
  title: string;
  category: string;
  lures: number;
  /** Lures that no other rule caught. */
  onlyLures: number;
  adjacent: number;
  alarms: number;
  /** Benign records that no other rule warned of. */
  onlyAlarms: number;
  /** How many lures of which category it caught. */
  caught: Record<string, number>;
}

interface SignalRow extends NamedSignal {
  /** Of ordinary messages, those in which it occurs. */
  ordinary: Share;
  /** Of lure records (adjacent ones included), those in which it occurs. */
  lures: Share;
}

export interface CoverageResult {
  /** Those that spoke; the ones that caught most first. */
  rules: RuleRow[];
  /** Rules that spoke at no record of these corpora. */
  silentRules: { rule: string; title: string; category: string }[];
  /** Rules that raised more alarms than they alone caught lures, with a sentence for people. */
  costlyRules: { rule: string; title: string; sentence: string }[];
  /** Most frequent in ordinary messages first. */
  signals: SignalRow[];
  /** Shared signals that no rule uses. */
  unusedSignals: string[];
}

/** Collects records one by one, each with its warnings and the signals of each of its turns. */
export class Coverage {
  readonly #pack: Pack;
  readonly #signals: readonly NamedSignal[];
  /** Which rules caught each lure. */
  readonly #lures = new Map<string, { category: string; rules: Set<string> }>();
  readonly #adjacent = new Map<string, { category: string; rules: Set<string> }>();
  readonly #alarms: Set<string>[] = [];
  readonly #inOrdinary = new Map<NamedSignal, number>();
  readonly #inLures = new Map<NamedSignal, number>();
  #ordinary = 0;
  #lureRecords = 0;

  /** `signals` are all that may occur, so that those which never do are reported too. */
  constructor(pack: Pack, signals: readonly NamedSignal[]) {
    this.#pack = pack;
    this.#signals = signals;
  }

  add(record: LabelledRecord, warnings: readonly Warning[], signalsOfTurns: readonly NamedSignal[][]): void {
    if (record.scope === 'ambiguous') return;
    const spoke = new Set(warnings.map(({ rule }) => rule));
    if (record.label === 'lure') {
      const group = record.scope === 'adjacent' ? this.#adjacent : this.#lures;
      const key = keyOfLure(record);
      const before = group.get(key)?.rules ?? [];
      group.set(key, { category: record.category, rules: new Set([...before, ...spoke]) });
      this.#lureRecords += 1;
      for (const signal of new Set(signalsOfTurns.flat())) count(this.#inLures, signal);
      return;
    }
    if (spoke.size > 0) this.#alarms.push(spoke);
    if (columnOf(record) !== 'ordinary messages') return;
    this.#ordinary += record.turns.length;
    for (const signals of signalsOfTurns) for (const signal of signals) count(this.#inOrdinary, signal);
  }

  result(): CoverageResult {
    const rows = this.#pack.rules.map(({ id, title, category }) => this.#rowOf(id, title, category));
    const spoke = ({ lures, adjacent, alarms }: RuleRow): boolean => lures + adjacent + alarms > 0;
    return {
      rules: rows.filter(spoke).toSorted((one, other) => other.lures - one.lures || other.alarms - one.alarms),
      silentRules: rows.filter((row) => !spoke(row)).map(({ rule, title, category }) => ({ rule, title, category })),
      costlyRules: rows
        .filter(({ alarms, onlyLures }) => alarms > onlyLures)
        .map((row) => ({ rule: row.rule, title: row.title, sentence: costSentence(row) })),
      signals: this.#signals
        .map((signal) => ({
          ...signal,
          ordinary: shareOf(this.#inOrdinary.get(signal) ?? 0, this.#ordinary),
          lures: shareOf(this.#inLures.get(signal) ?? 0, this.#lureRecords),
        }))
        .toSorted((one, other) => other.ordinary.hits - one.ordinary.hits || other.lures.hits - one.lures.hits),
      unusedSignals: unusedSignals(this.#pack),
    };
  }

  #rowOf(rule: string, title: string, category: string): RuleRow {
    const lures = [...this.#lures.values()].filter(({ rules }) => rules.has(rule));
    const alarms = this.#alarms.filter((rules) => rules.has(rule));
    const caught: Record<string, number> = {};
    for (const lure of lures) caught[lure.category] = (caught[lure.category] ?? 0) + 1;
    return {
      rule,
      title,
      category,
      lures: lures.length,
      onlyLures: lures.filter(({ rules }) => rules.size === 1).length,
      adjacent: [...this.#adjacent.values()].filter(({ rules }) => rules.has(rule)).length,
      alarms: alarms.length,
      onlyAlarms: alarms.filter((rules) => rules.size === 1).length,
      caught,
    };
  }
}

function count(counts: Map<NamedSignal, number>, signal: NamedSignal): void {
  counts.set(signal, (counts.get(signal) ?? 0) + 1);
}

function costSentence({ title, alarms, onlyLures, lures, onlyAlarms }: RuleRow): string {
  const earned = `${onlyLures === 0 ? 'no lure' : plural(onlyLures, 'lure')} that no other rule caught${
    lures > onlyLures ? ` (${lures} with others)` : ''
  }`;
  const without =
    onlyAlarms === 0
      ? 'the alarms would stay, since other rules raise them too'
      : `${onlyAlarms === alarms ? (alarms === 1 ? 'the alarm' : `all ${alarms} alarms`) : `${onlyAlarms} of them`} would go`;
  return `“${title}” costs more than it earns: ${plural(alarms, 'false alarm')}, and ${earned}. Without it ${without}.`;
}

function plural(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
