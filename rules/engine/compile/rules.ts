/** Writes rules: their records, their conditions in postfix order, and under which signal each is looked at. */
import { namesIn, parseCondition, type Condition } from '../../language/condition.ts';
import { FACTS, LEVELS, SURFACES, type Rule, type Speaker } from '../../language/model.ts';
import { parseReach } from '../../language/span.ts';
import { encodePart, FIRST_FACT, TEST, type RuleNames } from '../compiled.ts';
import { keyOf } from '../key.ts';

/** A signal, once its patterns are compiled. */
export interface CompiledSignal {
  key: number;
  /** How often its patterns may be expected to be tried, in 10,000 words. */
  cost: number;
}

/** Bits for whose words count: them, me. */
function speakerMask(speaker: Speaker): number {
  return speaker === 'them' ? 1 : speaker === 'me' ? 2 : 3;
}

const CORRELATIONS = { event_count: 1, temporal: 2, temporal_ordered: 3 } as const;

/** Writes the rules of one rule set; signals are numbered as `signals` has them. */
export class RuleWriter {
  readonly #records: number[] = [];
  readonly #entries: number[] = [];
  readonly #conditions: number[] = [];
  readonly #ids: number[] = [];
  /** Signals by which each rule is looked at. */
  readonly #anchors: number[][] = [];
  readonly #parsed = new Map<string, Condition>();
  readonly #written = new Map<string, { begin: number; length: number }>();

  /** @param signalOf The number of the signal behind an entry. */
  add(rule: Rule, signalOf: (name: string) => number, signals: readonly CompiledSignal[]): void {
    const names = Object.keys(rule.detection);
    const condition = this.#parsed.get(rule.condition) ?? parseCondition(rule.condition);
    this.#parsed.set(rule.condition, condition);
    const { wanted } = namesIn(condition);
    const { correlation } = rule;
    const within = parseReach(correlation?.timespan ?? rule.within);
    const order = correlation === undefined ? [] : (correlation.signals ?? wanted);
    const entriesBegin = this.#entries.length;
    const numbers = new Map<string, number>();
    for (const name of names) {
      const { fact, from = rule.from } = rule.detection[name] ?? {};
      const signal = fact === undefined ? signalOf(name) : FIRST_FACT + FACTS.indexOf(fact);
      numbers.set(name, signal);
      this.#entries.push(signal | (speakerMask(from) << 16));
    }
    const orderBegin = this.#entries.length;
    for (const name of order) this.#entries.push(names.indexOf(name));
    const { begin, length } = this.#condition(condition, names);
    this.#records.push(
      keyOf(rule.id),
      LEVELS.indexOf(rule.level) |
        (rule.surfaces.reduce((mask, surface) => mask | (1 << SURFACES.indexOf(surface)), 0) << 2) |
        ((correlation === undefined ? 0 : CORRELATIONS[correlation.type]) << 7) |
        ((correlation?.count ?? 0) << 9) |
        (order.length << 15) |
        (length << 20),
      within.messages,
      Math.round(within.milliseconds / 1000),
      entriesBegin,
      begin,
      orderBegin,
      wanted.reduce((mask, name) => mask | (1 << names.indexOf(name)), 0) | (names.length << 24),
    );
    const hex = rule.id.replaceAll('-', '');
    for (let at = 0; at < 32; at += 8) this.#ids.push(Number.parseInt(hex.slice(at, at + 8), 16) | 0);
    const anchor = anchorOf(condition, (name) => {
      const signal = numbers.get(name) ?? 0;
      return {
        signals: [signal],
        cost: signal >= FIRST_FACT ? Number.POSITIVE_INFINITY : (signals[signal]?.cost ?? 0),
      };
    });
    this.#anchors.push(anchor.signals);
  }

  finish(signals: readonly CompiledSignal[]): ArrayBuffer {
    const bySignal = signals.map((): number[] => []);
    for (const [rule, anchors] of this.#anchors.entries())
      for (const signal of new Set(anchors)) bySignal[signal]?.push(rule);
    const anchored: number[] = [];
    const table = signals.flatMap(({ key }, signal) => {
      const own = bySignal[signal] ?? [];
      const begin = anchored.length;
      for (const rule of own) anchored.push(rule);
      return [key, begin, own.length];
    });
    return encodePart('rules', {
      signals: Int32Array.from(table),
      records: Int32Array.from(this.#records),
      entries: Int32Array.from(this.#entries),
      anchored: Int32Array.from(anchored),
      ids: Int32Array.from(this.#ids),
      conditions: Uint8Array.from(this.#conditions),
    });
  }

  /** Rules often have the same condition over as many entries; it is written once. */
  #condition(condition: Condition, names: readonly string[]): { begin: number; length: number } {
    const bytes: number[] = [];
    writeCondition(condition, names, bytes);
    const key = bytes.join(' ');
    const known = this.#written.get(key);
    if (known !== undefined) return known;
    const written = { begin: this.#conditions.length, length: bytes.length };
    this.#conditions.push(...bytes);
    this.#written.set(key, written);
    return written;
  }
}

function writeCondition(condition: Condition, names: readonly string[], bytes: number[]): void {
  switch (condition.kind) {
    case 'signal':
      bytes.push(names.indexOf(condition.name));
      return;
    case 'not':
      writeCondition(condition.part, names, bytes);
      bytes.push(TEST.not);
      return;
    case 'of': {
      const mask = condition.names.reduce((bits, name) => bits | (1 << names.indexOf(name)), 0);
      bytes.push(TEST.of + condition.least, mask & 0xff, (mask >>> 8) & 0xff, mask >>> 16);
      return;
    }
    default:
      for (const part of condition.parts) writeCondition(part, names, bytes);
      bytes.push(TEST[condition.kind] + condition.parts.length);
  }
}

interface Clause {
  signals: number[];
  cost: number;
}

/** The cheapest signals of which one at least has to be there whenever the condition holds. */
function anchorOf(condition: Condition, costOf: (name: string) => Clause): Clause {
  switch (condition.kind) {
    case 'signal':
      return costOf(condition.name);
    case 'not':
      return { signals: [], cost: Number.POSITIVE_INFINITY };
    case 'of': {
      const sorted = condition.names.map(costOf).toSorted((one, other) => one.cost - other.cost);
      return joined(sorted.slice(0, condition.names.length - condition.least + 1));
    }
    case 'or':
      return joined(condition.parts.map((part) => anchorOf(part, costOf)));
    case 'and':
      return condition.parts
        .map((part) => anchorOf(part, costOf))
        .reduce((best, clause) => (clause.cost < best.cost ? clause : best));
  }
}

function joined(clauses: readonly Clause[]): Clause {
  return {
    signals: clauses.flatMap(({ signals }) => signals),
    cost: clauses.reduce((sum, { cost }) => sum + cost, 0),
  };
}

/** What a rule is called, for people. */
export function namesOfRule(rule: Rule): RuleNames {
  return {
    id: rule.id,
    category: rule.category,
    title: rule.title,
    trick: rule.explain.trick,
    counterfact: rule.explain.counterfact,
    date: rule.date,
    references: rule.references,
    entries: Object.keys(rule.detection),
    condition: rule.condition,
  };
}
