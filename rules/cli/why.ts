/** Why a rule spoke, in one line for people: its signals on their words, and the part of its condition that held. */
import type { CompiledRules } from '../engine/compiled.ts';
import type { Evidence, Verdict } from '../engine/conversation.ts';
import type { ConversationMemory } from '../engine/memory.ts';
import type { Scanner } from '../engine/match.ts';
import { parseCondition, type Condition } from '../language/condition.ts';
import { reasonOf } from '../language/reason.ts';
import { seenEntries } from './seen.ts';

/** A conversation as it is when a rule has just spoken. */
export interface Moment {
  rules: CompiledRules;
  scanner: Scanner;
  memory: ConversationMemory;
  /** Milliseconds since 1970 at which the message was read. */
  at: number;
  /** Every message, by its number. */
  turns: readonly { text: string }[];
}

const conditions = new Map<string, Condition>();

/** `Told to keep it secret: alone “một mình” in turn 2; secrecy “đừng nói với ai” → alone and secrecy and not reporting` */
export function whyOf(verdict: Verdict, moment: Moment): string {
  const { rule, message, evidence } = verdict;
  const { rules, memory, at } = moment;
  const entries = seenEntries(rules, rules.names?.indexOf(rule) ?? -1, memory, message, at);
  const signals = evidence.map((part) => {
    const signal = entries.find(({ name }) => name === part.entry)?.signal;
    const where = part.message === message ? '' : ` in turn ${part.message}`;
    return `${part.entry}${wordsOf(part, signal, moment)}${where}`;
  });
  const seen = new Set(evidence.map(({ entry }) => entry));
  // What a condition forbids is no evidence; whether it was there tells which of two ways it held.
  for (const { name, messages } of entries) if (messages.length > 0) seen.add(name);
  const condition = conditions.get(rule.condition) ?? parseCondition(rule.condition);
  conditions.set(rule.condition, condition);
  return `${rule.title}: ${signals.join('; ')} → ${reasonOf(condition, (name) => seen.has(name))}`;
}

/** The words of a signal in quotes; nothing for a fact about the conversation, which stands on no words. */
function wordsOf({ message, places }: Evidence, signal: number | undefined, { scanner, turns }: Moment): string {
  const text = turns[message]?.text ?? '';
  // The memory keeps no text, so the words of an earlier turn are looked for again.
  const found = places.length > 0 ? places : scanner.scan(text).hits.find((hit) => hit.signal === signal)?.places;
  return found === undefined ? '' : ` ${quoted(text, found)}`;
}

/** Places of a text as `“đừng nói”, “đừng kể”`. */
export function quoted(text: string, places: readonly { start: number; end: number }[]): string {
  return places.map(({ start, end }) => `“${text.slice(start, end)}”`).join(', ');
}
