/** Rule sets for measuring, in the published form. */
import { compilePack } from './engine.ts';
import type { Compiled } from './form.ts';
import { idOf, packOf, ruleOf } from '../fixtures/rules.ts';
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
  return ruleOf(detection, { id: idOf(number), title: `Rule ${number}`, condition, within, from: 'any' });
}

/** A rule set of these rules and shared signals of one pattern each. */
export function makePack(rules: Rule[], signals: Record<string, string> = {}): Pack {
  return packOf(rules, {
    signals: Object.entries(signals).map(([name, pattern]) => ({ name, title: name, patterns: [pattern] })),
  });
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
