/** Evaluating a rule's condition and correlation. */
import { RULE, RULE_SIZE, SIGNAL, SIGNAL_SIZE, TEST, type CompiledRules } from './compiled.ts';
import type { ConversationMemory } from './memory.ts';

/** Whether a rule's condition holds when the entries whose bits are set have been seen. */
export function holds(compiled: CompiledRules, rule: number, mask: number): boolean {
  const { records, conditions } = compiled;
  const begin = records[rule * RULE_SIZE + RULE.conditionBegin] as number;
  const end = begin + ((records[rule * RULE_SIZE + RULE.flags] as number) >>> 20);
  let stack = 0;
  for (let at = begin; at < end; at += 1) {
    const test = conditions[at] as number;
    if (test < TEST.not) stack = (stack << 1) | ((mask >>> test) & 1);
    else if (test === TEST.not) stack ^= 1;
    else if (test >= TEST.of) {
      const names =
        (conditions[at + 1] as number) | ((conditions[at + 2] as number) << 8) | ((conditions[at + 3] as number) << 16);
      stack = (stack << 1) | (countBits(mask & names) >= test - TEST.of ? 1 : 0);
      at += 3;
    } else {
      const parts = test & 0x1f;
      const all = 2 ** parts - 1;
      const truths = stack & all;
      const isTrue = test < TEST.or ? truths === (all | 0) : truths !== 0;
      stack = ((stack >>> parts) << 1) | (isTrue ? 1 : 0);
    }
  }
  return (stack & 1) === 1;
}

/** Whether a rule's correlation holds at a message; a rule without one always passes. */
export function correlates(
  compiled: CompiledRules,
  rule: number,
  memory: ConversationMemory,
  message: number,
  at: number,
): boolean {
  const { records, entries, signals } = compiled;
  const base = rule * RULE_SIZE;
  const flags = records[base + RULE.flags] as number;
  const kind = (flags >>> 7) & 3;
  // Without an order, `temporal` asks for no more than the condition does.
  if (kind === 0) return true;
  const firstMessage = message - (records[base + RULE.withinMessages] as number) + 1;
  const firstTime = at - (records[base + RULE.withinSeconds] as number);
  const begin = records[base + RULE.orderBegin] as number;
  const order = Array.from(entries.subarray(begin, begin + ((flags >>> 15) & 31)), (number) => {
    const entry = entries[(records[base + RULE.entriesBegin] as number) + number] as number;
    const key = signals[(entry & 0xffff) * SIGNAL_SIZE + SIGNAL.key];
    return memory.hits.flatMap(([hit, where, when, who]) =>
      hit === key && where >= firstMessage && when >= firstTime && (who & (entry >>> 16)) !== 0 ? [where] : [],
    );
  });
  if (kind === 1) return new Set(order.flat()).size >= ((flags >>> 9) & 63);
  if (kind === 2) return order.every((messages) => messages.length > 0);
  let reached = -1;
  for (const messages of order) {
    const next = messages.filter((where) => where >= reached);
    if (next.length === 0) return false;
    reached = Math.min(...next);
  }
  return true;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
