/** From a rule set in its published form to the compiled one. Runs in the worker and at the command line, never in a page. */
import { namesIn, parseCondition, type Condition } from '../language/condition.ts';
import { LEVELS, SURFACES, type Aliases, type Pack, type Rule, type Speaker } from '../language/model.ts';
import { parsePattern, type PatternNode } from '../language/pattern.ts';
import { LanguageError } from '../language/problem.ts';
import { parseReach } from '../language/span.ts';
import { anchorsOf, spanOf } from './anchor.ts';
import {
  encodeRules,
  FILTER_BITS,
  OP,
  PATTERN_SIZE,
  placeOf,
  TEST,
  type CompiledRules,
  type RuleNames,
} from './compiled.ts';
import { makeTokens, readTokens } from './fold.ts';
import { keyOf } from './key.ts';
import { MAX_CODE, MAX_SPAN } from './limits.ts';
import { OPERATORS, readAmount, SLOT_NAMES } from './slots.ts';

/** One step of a pattern once words are folded and names are resolved. */
export type Step =
  | { kind: 'word'; hash: number; marks: number; letters: string }
  | { kind: 'branches'; branches: Step[][]; optional: boolean; shared?: string }
  | { kind: 'gap'; most: number }
  | { kind: 'slot'; slot: number; operator: number; value: number };

/** Bits for whose words count: them, me. */
export function speakerMask(speaker: Speaker): number {
  return speaker === 'them' ? 1 : speaker === 'me' ? 2 : 3;
}

/**
 * Compiles a rule set that `checkPack` has found good.
 *
 * @throws LanguageError when a pattern spans too many words, has nothing to be found by, or signals refer to each other in a circle.
 */
export function compilePack(pack: Pack): CompiledRules {
  return new Compiler(pack).compile();
}

class Compiler {
  readonly #pack: Pack;
  readonly #aliases: Map<string, Step[][]>;
  readonly #lists: Map<string, string[]>;
  readonly #shared: Map<string, string[]>;
  readonly #open = new Set<string>();
  readonly #calls = new Map<string, { begin: number; length: number }>();
  readonly #code: number[] = [];
  readonly #patterns: number[] = [];
  readonly #postings = new Map<number, number[]>();
  readonly #signalOf = new Map<string, number>();
  readonly #signalKeys: number[] = [];
  readonly #signalRules: Set<number>[] = [];

  constructor(pack: Pack) {
    this.#pack = pack;
    this.#lists = new Map(pack.lists.map(({ name, words }) => [name, words]));
    this.#shared = new Map(pack.signals.map(({ name, patterns }) => [name, patterns]));
    this.#aliases = readAliasTable(pack.aliases);
  }

  compile(): CompiledRules {
    const rules: number[] = [];
    const ruleCode: number[] = [];
    for (const [index, rule] of this.#pack.rules.entries()) this.#addRule(rule, index, rules, ruleCode);
    const signals = this.#signalKeys.flatMap((key, signal) => {
      const own = [...(this.#signalRules[signal] ?? [])];
      const begin = ruleCode.length;
      ruleCode.push(...own);
      return [key, begin, own.length];
    });
    const { filter, anchors, postings } = this.#layOutAnchors();
    if (this.#code.length > MAX_CODE)
      throw new LanguageError(
        `the rule set needs ${this.#code.length} instructions, more than ${MAX_CODE}`,
        'split it',
      );
    return encodeRules(
      { filter, anchors, postings, patterns: this.#patterns, code: this.#code, signals, rules, ruleCode },
      this.#pack.rules.map(namesOfRule),
    );
  }

  #addRule(rule: Rule, index: number, rules: number[], ruleCode: number[]): void {
    const names = Object.keys(rule.detection);
    const entriesBegin = ruleCode.length;
    for (const name of names) {
      const entry = rule.detection[name] ?? {};
      const signal =
        entry.signal === undefined
          ? this.#signal(`${rule.id}:${name}`, entry.patterns ?? [], ['rules', rule.id, 'detection', name])
          : this.#signal(`signal:${entry.signal}`, this.#shared.get(entry.signal) ?? [], ['signals', entry.signal]);
      this.#signalRules[signal]?.add(index);
      ruleCode.push(signal, speakerMask(entry.from ?? rule.from));
    }
    const condition = parseCondition(rule.condition);
    const conditionBegin = ruleCode.length;
    writeCondition(condition, names, ruleCode);
    const conditionLength = ruleCode.length - conditionBegin;

    const { wanted } = namesIn(condition);
    const { correlation } = rule;
    const order = correlation?.signals ?? wanted;
    const orderBegin = ruleCode.length;
    if (correlation !== undefined) ruleCode.push(...order.map((name) => names.indexOf(name)));
    const within = parseReach(correlation?.timespan ?? rule.within);
    rules.push(
      keyOf(rule.id),
      LEVELS.indexOf(rule.level),
      rule.surfaces.reduce((mask, surface) => mask | (1 << SURFACES.indexOf(surface)), 0),
      entriesBegin,
      names.length,
      conditionBegin,
      conditionLength,
      within.messages,
      Math.round(within.milliseconds / 1000),
      correlation === undefined ? 0 : { event_count: 1, temporal: 2, temporal_ordered: 3 }[correlation.type],
      correlation?.count ?? 0,
      orderBegin,
      ruleCode.length - orderBegin,
      wanted.reduce((mask, name) => mask | (1 << names.indexOf(name)), 0),
    );
  }

  /** The number of a signal; its patterns are compiled when it is met for the first time. */
  #signal(name: string, patterns: string[], path: string[]): number {
    const known = this.#signalOf.get(name);
    if (known !== undefined) return known;
    const signal = this.#signalKeys.length;
    this.#signalOf.set(name, signal);
    this.#signalKeys.push(keyOf(name));
    this.#signalRules.push(new Set());
    for (const [index, pattern] of patterns.entries()) {
      try {
        this.#addPattern(pattern, signal);
      } catch (error) {
        if (!(error instanceof LanguageError)) throw error;
        throw new LanguageError(error.message, error.cure, [...path, index]);
      }
    }
    return signal;
  }

  #addPattern(source: string, signal: number): void {
    const steps = this.#stepsOf(parsePattern(source));
    const { most } = spanOf(steps);
    if (most > MAX_SPAN)
      throw new LanguageError(
        `“${source}” may span ${most} words, more than ${MAX_SPAN}`,
        'narrow its gaps, or make two signals of it',
      );
    const anchors = anchorsOf(steps);
    if (anchors === undefined)
      throw new LanguageError(`“${source}” has no word that must be there`, 'add a word outside of [brackets]');
    const index = this.#patterns.length / PATTERN_SIZE;
    // Written apart first: a call writes its own code on first use, which must not land in the middle of this one.
    const code = this.#write(steps);
    this.#patterns.push(this.#code.length, code.length, signal);
    this.#code.push(...code);
    for (const { key, fewest, most: farthest } of anchors) {
      const list = this.#postings.get(key) ?? [];
      this.#postings.set(key, list);
      list.push(index, fewest, farthest);
    }
  }

  #stepsOf(nodes: readonly PatternNode[]): Step[] {
    const steps = nodes.flatMap((node): Step[] => {
      switch (node.kind) {
        case 'word':
          return wordsOf(node.text);
        case 'gap':
          return [{ kind: 'gap', most: node.most }];
        case 'any':
        case 'maybe':
          return [
            {
              kind: 'branches',
              branches: node.branches.map((branch) => this.#stepsOf(branch)),
              optional: node.kind === 'maybe',
            },
          ];
        case 'signal':
          return [this.#sharedStep(`<${node.name}>`, this.#shared.get(node.name))];
        case 'slot':
          return [this.#slotStep(node)];
      }
    });
    return this.#withAliases(steps);
  }

  #slotStep(node: Extract<PatternNode, { kind: 'slot' }>): Step {
    const slot = (SLOT_NAMES as readonly string[]).indexOf(node.name);
    if (slot < 0) return this.#sharedStep(`{${node.name}}`, this.#lists.get(node.name));
    if (node.comparison === undefined) return { kind: 'slot', slot, operator: 0, value: 0 };
    const value = readAmount(node.name, node.comparison.value);
    if (value === undefined)
      throw new LanguageError(
        `{${node.name}${node.comparison.operator}${node.comparison.value}} compares with no amount`,
        'write for example {money>=10tr} or {age<18}',
      );
    return { kind: 'slot', slot, operator: OPERATORS.indexOf(node.comparison.operator), value };
  }

  #sharedStep(name: string, patterns: string[] | undefined): Step {
    if (patterns === undefined) throw new LanguageError(`${name} does not exist`, 'correct the name, or add its file');
    if (this.#open.has(name)) throw new LanguageError(`${name} refers to itself`, 'take the circle apart');
    this.#open.add(name);
    const branches = patterns.map((pattern) => this.#stepsOf(parsePattern(pattern)));
    this.#open.delete(name);
    return { kind: 'branches', branches, optional: false, shared: name };
  }

  /** Lets every word, or run of words, that has other ways to be written match those too. */
  #withAliases(steps: Step[]): Step[] {
    const out: Step[] = [];
    for (let at = 0; at < steps.length; at += 1) {
      let taken = 0;
      for (let length = Math.min(4, steps.length - at); length > 0 && taken === 0; length -= 1) {
        const run = steps.slice(at, at + length);
        if (!run.every((step) => step.kind === 'word')) continue;
        const others = this.#aliases.get(aliasKey(run));
        if (others === undefined) continue;
        out.push({ kind: 'branches', branches: [run, ...others], optional: false });
        taken = length;
      }
      const step = steps[at];
      if (taken === 0 && step !== undefined) out.push(step);
      else at += taken - 1;
    }
    return out;
  }

  #write(steps: readonly Step[]): number[] {
    return steps.flatMap((step): number[] => {
      switch (step.kind) {
        case 'word':
          return [OP.word, step.hash, step.marks];
        case 'gap':
          return [OP.gap, step.most];
        case 'slot':
          return [OP.slot, step.slot, step.operator, step.value];
        case 'branches': {
          if (step.shared === undefined) return this.#writeBranches(step);
          const place = this.#calls.get(step.shared) ?? this.#writeShared(step.shared, step);
          return [OP.call, place.begin, place.length];
        }
      }
    });
  }

  #writeShared(name: string, step: Extract<Step, { kind: 'branches' }>): { begin: number; length: number } {
    const code = this.#writeBranches(step);
    const place = { begin: this.#code.length, length: code.length };
    this.#code.push(...code);
    this.#calls.set(name, place);
    return place;
  }

  #writeBranches(step: Extract<Step, { kind: 'branches' }>): number[] {
    const code: number[] = [step.optional ? OP.maybe : OP.any, step.branches.length];
    for (const branch of step.branches) {
      const inner = this.#write(branch);
      code.push(inner.length, ...inner);
    }
    return code;
  }

  #layOutAnchors(): { filter: Int32Array; anchors: Int32Array; postings: number[] } {
    const filter = new Int32Array((1 << FILTER_BITS) / 32);
    let places = 16;
    while (places < this.#postings.size * 2) places *= 2;
    const anchors = new Int32Array(places * 3);
    const postings: number[] = [];
    for (const [key, list] of this.#postings) {
      const bit = placeOf(key, 1 << FILTER_BITS);
      filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
      let place = placeOf(key, places);
      while (anchors[place * 3 + 2] !== 0) place = (place + 1) & (places - 1);
      anchors.set([key, postings.length, list.length / 3], place * 3);
      postings.push(...list);
    }
    return { filter, anchors, postings };
  }
}

function wordsOf(text: string): Extract<Step, { kind: 'word' }>[] {
  const tokens = makeTokens(8);
  readTokens(text, tokens);
  if (tokens.count === 0)
    throw new LanguageError(`“${text}” has no letter or digit that can be matched`, 'write it in letters');
  return Array.from({ length: tokens.count }, (_, index) => ({
    kind: 'word',
    hash: tokens.hash[index] ?? 0,
    marks: tokens.marks[index] ?? 0,
    letters: text
      .slice(tokens.start[index], tokens.end[index])
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .replace(/đ/g, 'd'),
  }));
}

function aliasKey(words: readonly Step[]): string {
  return words.map((word) => (word.kind === 'word' ? `${word.hash}/${word.marks}` : '')).join(' ');
}

function readAliasTable(aliases: Aliases): Map<string, Step[][]> {
  return new Map(
    Object.entries(aliases).map(([words, others]) => [aliasKey(wordsOf(words)), others.map((other) => wordsOf(other))]),
  );
}

function writeCondition(condition: Condition, names: readonly string[], code: number[]): void {
  switch (condition.kind) {
    case 'signal':
      code.push(TEST.entry, names.indexOf(condition.name));
      return;
    case 'not':
      writeCondition(condition.part, names, code);
      code.push(TEST.not, 0);
      return;
    case 'of':
      code.push(
        TEST.of,
        condition.least | (condition.names.reduce((mask, name) => mask | (1 << names.indexOf(name)), 0) << 5),
      );
      return;
    default:
      for (const part of condition.parts) writeCondition(part, names, code);
      code.push(TEST[condition.kind], condition.parts.length);
  }
}

function namesOfRule(rule: Rule): RuleNames {
  return {
    id: rule.id,
    category: rule.category,
    title: rule.title,
    trick: rule.explain.trick,
    counterfact: rule.explain.counterfact,
    date: rule.date,
    references: rule.references,
    entries: Object.keys(rule.detection),
  };
}
