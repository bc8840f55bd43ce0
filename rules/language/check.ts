/** What a schema cannot see: patterns, conditions and reaches that do not parse or do not fit together. */
import { holdsOnNothing, MAX_PENDING, namesIn, parseCondition, pendingOf, type Condition } from './condition.ts';
import type { Pack, Pattern, Rule } from './model.ts';
import { isWords, parsePattern, sourceOf, type PatternNode } from './pattern.ts';
import { LanguageError } from './problem.ts';
import { formIssues, type SchemaIssue } from './schema.ts';
import { parseReach } from './span.ts';

/** The most signals that one rule may have: the engine keeps them as bits of one number. */
const MAX_ENTRIES = 24;

/** The slots that the engine knows by itself; any other must be a word list. */
const SLOTS = ['money', 'phone', 'link', 'handle', 'account', 'otp', 'age', 'date', 'percent'] as const;

/** What a condition comes to; the same conditions and patterns come again and again in a large rule set. */
interface KnownCondition {
  names: ReadonlySet<string>;
  pending: number;
  holdsOnNothing: boolean;
  condition: Condition;
}

const WORDS: PatternNode[] = [];

/** Reads each condition and pattern once. */
class Reader {
  readonly #conditions = new Map<string, KnownCondition>();
  readonly #patterns = new Map<Pattern, PatternNode[]>();
  readonly #reaches = new Set<string>();

  /** @throws LanguageError */
  condition(text: string): KnownCondition {
    const known = this.#conditions.get(text);
    if (known !== undefined) return known;
    const condition = parseCondition(text);
    const { wanted, forbidden } = namesIn(condition);
    const fresh = {
      condition,
      names: new Set([...wanted, ...forbidden]),
      pending: pendingOf(condition),
      holdsOnNothing: holdsOnNothing(condition, []),
    };
    this.#conditions.set(text, fresh);
    return fresh;
  }

  /** What may be wrong in a pattern: nothing of one that is words alone. @throws LanguageError */
  pattern(pattern: Pattern): PatternNode[] {
    if (isWords(sourceOf(pattern))) return WORDS;
    const known = this.#patterns.get(pattern);
    if (known !== undefined) return known;
    const fresh = parsePattern(pattern);
    this.#patterns.set(pattern, fresh);
    return fresh;
  }

  /** @throws LanguageError */
  reach(text: string): void {
    if (this.#reaches.has(text)) return;
    parseReach(text);
    this.#reaches.add(text);
  }
}

/** Checks one rule by itself; an empty list means that it can be compiled once its signals and lists are there. */
export function checkRule(rule: Rule, read = new Reader()): SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  const attempt = <T>(path: (string | number)[], make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof LanguageError)) throw error;
      issues.push({ path, what: error.message, cure: error.cure });
      return undefined;
    }
  };

  const names = Object.keys(rule.detection);
  if (names.length === 0)
    issues.push({ path: ['detection'], what: 'no signal is named', cure: 'add at least one list of patterns' });
  if (names.length > MAX_ENTRIES) {
    issues.push({
      path: ['detection'],
      what: `${names.length} signals are more than ${MAX_ENTRIES}`,
      cure: 'join some, or split the rule',
    });
  }
  for (const [name, entry] of Object.entries(rule.detection)) {
    const kinds = [entry.patterns, entry.signal, entry.fact].filter((kind) => kind !== undefined);
    if (kinds.length !== 1) {
      issues.push({
        path: ['detection', name],
        what: 'needs either patterns, a shared signal or a fact',
        cure: 'write a list of patterns, { signal: name } or { fact: stranger }',
      });
    }
    for (const [index, pattern] of (entry.patterns ?? []).entries()) {
      attempt(['detection', name, index], () => read.pattern(pattern));
    }
  }
  attempt(['detection', 'within'], () => read.reach(rule.within));
  const known = attempt(['detection', 'condition'], () => read.condition(rule.condition));
  if (known !== undefined) {
    const { condition, names: used } = known;
    for (const name of used) {
      if (!names.includes(name)) {
        issues.push({
          path: ['detection', 'condition'],
          what: `the condition names “${name}”, which is no signal of this rule`,
          cure: `write one of: ${names.join(', ')}`,
        });
      }
    }
    for (const name of names) {
      if (!used.has(name) && rule.correlation?.signals?.includes(name) !== true) {
        issues.push({
          path: ['detection', name],
          what: 'the condition never uses this signal',
          cure: 'use it in the condition or delete it',
        });
      }
    }
    const facts = names.filter((name) => rule.detection[name]?.fact !== undefined);
    if (!known.holdsOnNothing && facts.length > 0 && holdsOnNothing(condition, facts)) {
      issues.push({
        path: ['detection', 'condition'],
        what: 'the condition holds on a text of which only a fact is known',
        cure: 'ask for at least one signal beside it',
      });
    }
    if (known.pending > MAX_PENDING) {
      issues.push({
        path: ['detection', 'condition'],
        what: `the condition has more than ${MAX_PENDING} parts side by side`,
        cure: 'join signals that stand for each other, or split the rule',
      });
    }
    if (known.holdsOnNothing) {
      issues.push({
        path: ['detection', 'condition'],
        what: 'the condition holds on a text without any signal',
        cure: 'ask for at least one signal, not only “not”',
      });
    }
  }
  const { correlation } = rule;
  if (correlation !== undefined) {
    attempt(['correlation', 'timespan'], () => read.reach(correlation.timespan));
    for (const name of correlation.signals ?? []) {
      if (!names.includes(name))
        issues.push({
          path: ['correlation', 'signals'],
          what: `“${name}” is no signal of this rule`,
          cure: `write one of: ${names.join(', ')}`,
        });
    }
    if ((correlation.type === 'event_count') !== (correlation.count !== undefined)) {
      issues.push({
        path: ['correlation', 'count'],
        what: 'count belongs to event_count, and event_count needs it',
        cure: 'add count: 3, or choose temporal',
      });
    }
  }
  return issues;
}

/**
 * Checks a whole rule set: its shape, each rule, and that everything that is named is there once.
 *
 * @returns every issue found; an empty list means that the pack can be compiled and shown.
 */
export function checkPack(value: unknown): SchemaIssue[] {
  const shape = formIssues(value);
  if (shape.length > 0) return shape;
  const pack = value as Pack;
  const issues: SchemaIssue[] = [];
  const signals = new Set(pack.signals.map(({ name }) => name));
  const lists = new Set(pack.lists.map(({ name }) => name));
  const seen = new Set<string>();
  const read = new Reader();
  for (const [kind, named] of [
    ['signals', pack.signals],
    ['lists', pack.lists],
  ] as const) {
    const names = named.map(({ name }) => name);
    const first = new Set<string>();
    for (const name of new Set(names.filter((one) => first.has(one) || !first.add(one)))) {
      issues.push({
        path: [kind, name],
        what: `the name ${name} is used twice`,
        cure: 'give one of the two another name, such as one with its language in it',
      });
    }
  }

  const visit = (nodes: PatternNode[], path: (string | number)[]): void => {
    for (const node of nodes) {
      if (node.kind === 'signal' && !signals.has(node.name)) {
        issues.push({
          path,
          what: `the shared signal <${node.name}> does not exist`,
          cure: `add rules/packs/<language>/signals/${node.name}.yml or correct the name`,
        });
      } else if (node.kind === 'slot' && !lists.has(node.name) && !(SLOTS as readonly string[]).includes(node.name)) {
        issues.push({
          path,
          what: `the slot {${node.name}} does not exist`,
          cure: `write one of: ${[...SLOTS, ...lists].join(', ')}`,
        });
      } else if (node.kind === 'any' || node.kind === 'maybe') {
        for (const branch of node.branches) visit(branch, path);
      }
    }
  };

  for (const rule of pack.rules) {
    const path = ['rules', rule.id];
    if (seen.has(rule.id))
      issues.push({
        path: [...path, 'id'],
        what: `the id ${rule.id} is used twice`,
        cure: 'give one of the two rules a new UUID',
      });
    seen.add(rule.id);
    const own = checkRule(rule, read).map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
    issues.push(...own);
    if (own.length > 0) continue;
    for (const [name, entry] of Object.entries(rule.detection)) {
      for (const [index, pattern] of (entry.patterns ?? []).entries())
        visit(read.pattern(pattern), [...path, 'detection', name, index]);
      if (entry.signal !== undefined && !signals.has(entry.signal)) {
        issues.push({
          path: [...path, 'detection', name],
          what: `the shared signal “${entry.signal}” does not exist`,
          cure: `write one of: ${[...signals].join(', ')}`,
        });
      }
    }
    for (const [language, texts] of Object.entries(pack.texts)) {
      if (!Object.hasOwn(texts.tricks, rule.explain.trick)) {
        issues.push({
          path: [...path, 'explain', 'trick'],
          what: `the trick “${rule.explain.trick}” has no text in ${language}`,
          cure: `add it to rules/packs/${language}/texts.yml`,
        });
      }
      if (!Object.hasOwn(texts.counterfacts, rule.explain.counterfact)) {
        issues.push({
          path: [...path, 'explain', 'counterfact'],
          what: `the counter-fact “${rule.explain.counterfact}” has no text in ${language}`,
          cure: `add it to rules/packs/${language}/texts.yml`,
        });
      }
    }
  }
  for (const { name, patterns } of pack.signals) {
    for (const [index, pattern] of patterns.entries()) {
      try {
        visit(read.pattern(pattern), ['signals', name, index]);
      } catch (error) {
        if (!(error instanceof LanguageError)) throw error;
        issues.push({ path: ['signals', name, index], what: error.message, cure: error.cure });
      }
    }
  }
  return issues;
}
