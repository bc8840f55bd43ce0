/** Which entries of a rule a conversation has within its reach: what the engine judged by, for people who ask why. */
import { FIRST_FACT, RULE, RULE_SIZE, SIGNAL, SIGNAL_SIZE, type CompiledRules } from '../engine/compiled.ts';
import type { ConversationMemory } from '../engine/memory.ts';

/** One entry of a rule, at one message. */
export interface SeenEntry {
  name: string;
  /** Number of its signal; undefined for a fact about the conversation. */
  signal: number | undefined;
  /** The messages that carry it and count, oldest first. */
  messages: number[];
  /** The messages that carry it and do not count: somebody else's words. */
  otherSpeaker: number[];
  /** The messages that carry it and do not count: before the reach of the rule. */
  tooEarly: number[];
}

/**
 * Every entry of a rule as it stands at a message that was just read.
 *
 * @param at Milliseconds since 1970 at which the message was read.
 */
export function seenEntries(
  rules: CompiledRules,
  rule: number,
  memory: ConversationMemory,
  message: number,
  at: number,
): SeenEntry[] {
  const { records, entries, signals, names } = rules;
  const base = rule * RULE_SIZE;
  const begin = records[base + RULE.entriesBegin] ?? 0;
  const firstMessage = message - (records[base + RULE.withinMessages] ?? 0) + 1;
  const firstTime = Math.floor(at / 1000) - (records[base + RULE.withinSeconds] ?? 0);
  return (names?.[rule]?.entries ?? []).map((name, index) => {
    const entry = entries[begin + index] ?? 0;
    const signal = entry & 0xffff;
    const seen: SeenEntry = { name, signal: undefined, messages: [], otherSpeaker: [], tooEarly: [] };
    if (signal >= FIRST_FACT) return seen;
    for (const [key, where, when, who] of memory.hits) {
      if (key !== signals[signal * SIGNAL_SIZE + SIGNAL.key]) continue;
      if ((who & (entry >>> 16)) === 0) seen.otherSpeaker.push(where);
      else if (where < firstMessage || when < firstTime) seen.tooEarly.push(where);
      else seen.messages.push(where);
    }
    return { ...seen, signal };
  });
}
