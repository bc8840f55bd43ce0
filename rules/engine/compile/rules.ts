/** Writes rules: their records, their conditions in postfix order, and under which signal each is looked at. */
import { namesIn, parseCondition, type Condition } from '../../language/condition.ts';
import { FACTS, LEVELS, SURFACES, type Rule, type Speaker } from '../../language/model.ts';
import { parseReach, type Reach } from '../../language/span.ts';
import { encodePart, FIRST_FACT, TEST, type RuleNames } from '../compiled.ts';
import { keyOf } from '../key.ts';

/** A signal, once its patterns are compiled. */
export interface CompiledSignal {
  key: number;
  /** How often its patterns may be expected to be tried, in 10,000 words. */
  cost: number;
  /** Whether a rule asks for it; one that only stands in patterns of others is not reported. */
  isAsked: boolean;
  /** Signals of which one pattern is this signal alone: wherever it stands, they do. */
  makes: number[];
  /** What it weighs as evidence. */
  weight: { them: number; me: number };
}

/** Bits for whose words count: them, me. */
function speakerMask(speaker: Speaker): number {
  return speaker === 'them' ? 1 : speaker === 'me' ? 2 : 3;
}

const HYPHEN = 45;
const DIGIT_9 = 57;

const CORRELATIONS = { event_count: 1, temporal: 2, temporal_ordered: 3 } as const;

/** Writes the rules of one rule set; signals are numbered as `signals` has them. */
export class RuleWriter {
  readonly #records: number[] = [];
  readonly #entries: number[] = [];
  readonly #conditions: number[] = [];
  readonly #ids: number[] = [];
  /** Signals by which each rule is looked at. */
  readonly #anchors: number[][] = [];
  /** What is the same for all rules with the same condition over entries of the same names. */
  readonly #known = new Map<string, KnownCondition>();
  readonly #reaches = new Map<string, Reach>();

  /** @param signalOf The number of the signal behind an entry. */
  add(rule: Rule, signalOf: (name: string) => number, signals: readonly CompiledSignal[]): void {
    const names = Object.keys(rule.detection);
    const { condition, wanted, wantedMask, begin, length } = this.#conditionOf(rule.condition, names);
    const { correlation } = rule;
    const within = this.#reachOf(correlation?.timespan ?? rule.within);
    const order = correlation === undefined ? [] : (correlation.signals ?? wanted);
    const entriesBegin = this.#entries.length;
    const numbers: number[] = [];
    for (const name of names) {
      const { fact, from = rule.from } = rule.detection[name] ?? {};
      const signal = fact === undefined ? signalOf(name) : FIRST_FACT + FACTS.indexOf(fact);
      numbers.push(signal);
      this.#entries.push(signal | (speakerMask(from) << 16));
    }
    const orderBegin = this.#entries.length;
    for (const name of order) this.#entries.push(names.indexOf(name));
    let surfaces = 0;
    for (const surface of rule.surfaces) surfaces |= 1 << SURFACES.indexOf(surface);
    this.#records.push(
      keyOf(rule.id),
      LEVELS.indexOf(rule.level) |
        (surfaces << 2) |
        ((correlation === undefined ? 0 : CORRELATIONS[correlation.type]) << 7) |
        ((correlation?.count ?? 0) << 9) |
        (order.length << 15) |
        (length << 20),
      within.messages,
      Math.round(within.milliseconds / 1000),
      entriesBegin,
      begin,
      orderBegin,
      order.reduce((mask, name) => mask | (1 << names.indexOf(name)), wantedMask) | (names.length << 24),
      rule.evidence ?? 0,
    );
    writeId(rule.id, this.#ids);
    const anchor = anchorOf(condition, (name) => {
      const signal = numbers[names.indexOf(name)] ?? 0;
      return {
        signals: [signal],
        cost: signal >= FIRST_FACT ? Number.POSITIVE_INFINITY : (signals[signal]?.cost ?? 0),
      };
    });
    this.#anchors.push(anchor.signals);
  }

  #reachOf(source: string): Reach {
    const reach = this.#reaches.get(source) ?? parseReach(source);
    this.#reaches.set(source, reach);
    return reach;
  }

  /** A condition is parsed and written once for all rules that have it over entries of the same names. */
  #conditionOf(source: string, names: readonly string[]): KnownCondition {
    const key = `${names.join(' ')}\n${source}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const condition = parseCondition(source);
    const { wanted } = namesIn(condition);
    const begin = this.#conditions.length;
    writeCondition(condition, names, this.#conditions);
    const wantedMask = wanted.reduce((mask, name) => mask | (1 << names.indexOf(name)), 0);
    const written = { condition, wanted, wantedMask, begin, length: this.#conditions.length - begin };
    this.#known.set(key, written);
    return written;
  }

  finish(signals: readonly CompiledSignal[]): ArrayBuffer {
    const bySignal = signals.map((): number[] => []);
    for (const [rule, anchors] of this.#anchors.entries()) {
      for (const signal of anchors) {
        const own = bySignal[signal];
        if (own !== undefined && own.at(-1) !== rule) own.push(rule);
      }
    }
    const anchored: number[] = [];
    const table: number[] = [];
    for (const [signal, { key, weight }] of signals.entries()) {
      const own = bySignal[signal] ?? [];
      table.push(key, anchored.length, own.length, (weight.them & 0xff) | ((weight.me & 0xff) << 8));
      for (const rule of own) anchored.push(rule);
    }
    return encodePart('rules', {
      signals: Int32Array.from(table),
      records: Int32Array.from(this.#records),
      entries: Int32Array.from(this.#entries),
      anchored: Int32Array.from(anchored),
      ids: Int32Array.from(this.#ids),
      conditions: Uint8Array.from(this.#conditions),
    });
  }
}

/** A rule's id as four numbers. */
function writeId(id: string, numbers: number[]): void {
  let number = 0;
  let digits = 0;
  for (let at = 0; at < id.length; at += 1) {
    const unit = id.charCodeAt(at);
    if (unit === HYPHEN) continue;
    number = (number << 4) | (unit <= DIGIT_9 ? unit & 15 : (unit & 15) + 9);
    digits += 1;
    if (digits % 8 === 0) numbers.push(number);
  }
}

interface KnownCondition {
  condition: Condition;
  wanted: string[];
  wantedMask: number;
  begin: number;
  length: number;
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

const NONE: Clause = { signals: [], cost: Number.POSITIVE_INFINITY };

/** The cheapest signals of which one at least has to be there whenever the condition holds, or, `negated`, does not. */
function anchorOf(condition: Condition, costOf: (name: string) => Clause, negated = false): Clause {
  switch (condition.kind) {
    case 'signal':
      return negated ? NONE : costOf(condition.name);
    case 'not':
      return anchorOf(condition.part, costOf, !negated);
    case 'of': {
      if (negated) return NONE;
      const sorted = condition.names.map(costOf).toSorted((one, other) => one.cost - other.cost);
      return joined(sorted.slice(0, condition.names.length - condition.least + 1));
    }
    default: {
      const clauses = condition.parts.map((part) => anchorOf(part, costOf, negated));
      if ((condition.kind === 'or') !== negated) return joined(clauses);
      return clauses.reduce((best, clause) => (clause.cost < best.cost ? clause : best));
    }
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
