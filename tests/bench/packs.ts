/** Rule sets for measuring, in the published form. */
import { compilePack } from './engine.ts';
import type { Compiled } from './form.ts';
import type { DetectionEntry, Pack, Rule } from '../../rules/language/model.ts';
import type { Piece } from '../../rules/engine/conversation.ts';

/** Signals that one rule of a phrase list refers to. */
const SIGNALS_PER_RULE = 16;

/** A rule that is complete in every field. */
export function makeRule(
  number: number,
  detection: Record<string, DetectionEntry>,
  condition: string,
  within = 'message',
): Rule {
  return {
    id: `6b0c6c1e-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
    title: `Rule ${number}`,
    status: 'stable',
    level: 'warning',
    category: 'grooming',
    languages: ['vi'],
    surfaces: ['chat'],
    date: '2026-11-24',
    references: ['https://example.org/lure'],
    detection,
    condition,
    within,
    from: 'any',
    explain: { trick: 'some-trick', counterfact: 'some-fact' },
  };
}

/** A rule set of these rules and shared signals of one pattern each. */
export function makePack(rules: Rule[], signals: Record<string, string> = {}): Pack {
  return {
    format: 1,
    version: 1,
    date: '2026-11-24',
    rules,
    signals: Object.entries(signals).map(([name, pattern]) => ({ name, title: name, patterns: [pattern] })),
    lists: [],
    aliases: {},
    texts: { vi: { tricks: {}, counterfacts: {} }, en: { tricks: {}, counterfacts: {} } },
  };
}

/** A rule set in which every pattern is a signal of its own; rules are few, since only finding is of interest. */
export function packOfPatterns(patterns: readonly string[]): Pack {
  const rules: Rule[] = [];
  for (let at = 0; at < patterns.length; at += SIGNALS_PER_RULE) {
    const names = patterns.slice(at, at + SIGNALS_PER_RULE).map((_, index) => `p${at + index}`);
    rules.push(
      makeRule(rules.length, Object.fromEntries(names.map((name) => [name, { signal: name }])), names.join(' or ')),
    );
  }
  return makePack(rules, Object.fromEntries(patterns.map((pattern, index) => [`p${index}`, pattern])));
}

/** Compiles patterns, each as a signal of its own. */
export function compilePatterns(patterns: readonly string[]): Compiled {
  return compilePack(packOfPatterns(patterns));
}

/** A chat message as a reader hands it over, so many minutes after the first. */
export function pieceOf(text: string, minute: number): Piece {
  return { text, from: 'them', surface: 'chat', at: minute * 60_000 };
}
