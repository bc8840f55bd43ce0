/** Evaluating a rule's condition and correlation over what the memory of a conversation holds. */
import { RULE, RULE_SIZE, SIGNAL, SIGNAL_SIZE, TEST, type CompiledRules } from './compiled.ts';
import type { ConversationMemory } from './conversation.ts';

/** For each signal of a rule, the numbers of the messages within its reach that carry it, oldest first. */
export function entriesOf(
  compiled: CompiledRules,
  rule: number,
  memory: ConversationMemory,
  message: number,
  at: number,
): number[][] {
  const { rules, ruleCode, signals } = compiled;
  const base = rule * RULE_SIZE;
  const begin = rules[base + RULE.entriesBegin] ?? 0;
  const firstMessage = message - (rules[base + RULE.withinMessages] ?? 1) + 1;
  const firstTime = at - (rules[base + RULE.withinSeconds] ?? 0);
  return Array.from({ length: rules[base + RULE.entriesCount] ?? 0 }, (_, index) => {
    const signal = ruleCode[begin + index * 2] ?? 0;
    const speakers = ruleCode[begin + index * 2 + 1] ?? 0;
    const key = signals[signal * SIGNAL_SIZE + SIGNAL.key];
    return memory.hits
      .filter(
        ([hit, where, when, who]) =>
          hit === key && where >= firstMessage && when >= firstTime && (who & speakers) !== 0,
      )
      .map(([, where]) => where);
  });
}

/** Whether a rule's condition holds when the signals whose bits are set have been seen. */
export function holds(compiled: CompiledRules, rule: number, mask: number): boolean {
  const { rules, ruleCode } = compiled;
  const begin = rules[rule * RULE_SIZE + RULE.conditionBegin] ?? 0;
  const end = begin + (rules[rule * RULE_SIZE + RULE.conditionLength] ?? 0);
  const stack: boolean[] = [];
  for (let at = begin; at < end; at += 2) {
    const operand = ruleCode[at + 1] ?? 0;
    switch (ruleCode[at]) {
      case TEST.entry:
        stack.push((mask & (1 << operand)) !== 0);
        break;
      case TEST.not:
        stack.push(!stack.pop());
        break;
      case TEST.of:
        stack.push(countBits(mask & (operand >>> 5)) >= (operand & 31));
        break;
      default: {
        const parts = stack.splice(stack.length - operand, operand);
        stack.push(ruleCode[at] === TEST.and ? parts.every(Boolean) : parts.some(Boolean));
      }
    }
  }
  return stack[0] === true;
}

/** Whether a rule's correlation holds; a rule without one always passes. */
export function keepsOrder(compiled: CompiledRules, rule: number, entries: readonly number[][]): boolean {
  const { rules, ruleCode } = compiled;
  const base = rule * RULE_SIZE;
  const kind = rules[base + RULE.correlation] ?? 0;
  if (kind === 0) return true;
  const begin = rules[base + RULE.orderBegin] ?? 0;
  const order = Array.from(
    ruleCode.subarray(begin, begin + (rules[base + RULE.orderLength] ?? 0)),
    (entry) => entries[entry] ?? [],
  );
  if (kind === 1) return new Set(order.flat()).size >= (rules[base + RULE.correlationCount] ?? 0);
  if (kind === 2) return order.every((messages) => messages.length > 0);
  let reached = -1;
  for (const messages of order) {
    const next = messages.find((message) => message >= reached);
    if (next === undefined) return false;
    reached = next;
  }
  return true;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
