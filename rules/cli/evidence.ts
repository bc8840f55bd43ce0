/** What the signs of a conversation weigh for a rule that asks for evidence, sign by sign, for people. */
import { EVIDENCE_REACH } from '../engine/limits.ts';
import type { Pack, Rule } from '../language/model.ts';
import type { Turn } from './judge.ts';
import { SignalFinder } from './signals.ts';

/** A shared signal that one side said within reach. */
export interface Sign {
  name: string;
  from: Turn['from'];
  /** The latest turn that has it. */
  turn: number;
  /** In tenths of log odds; below 0 it speaks against a lure. */
  weight: number;
}

export interface EvidenceOfTurns {
  asked: number;
  sum: number;
  /** The heaviest first. */
  signs: Sign[];
}

/** What has gathered up to the last of these turns; undefined for a rule that asks for none. */
export function evidenceAt(own: Pack, { evidence }: Rule, turns: readonly Turn[]): EvidenceOfTurns | undefined {
  if (evidence === undefined) return undefined;
  const weights = new Map(own.signals.map(({ name, weight }) => [name, weight]));
  const finder = new SignalFinder({ ...own, rules: [] });
  const signs = new Map<string, Sign>();
  for (const [turn, { from, text }] of turns.entries()) {
    if (turns.length - 1 - turn >= EVIDENCE_REACH) continue;
    for (const { name } of finder.find(text)) {
      const weight = weights.get(name)?.[from === 'me' ? 'me' : 'them'] ?? 0;
      if (weight !== 0) signs.set(`${from} ${name}`, { name, from, turn, weight });
    }
  }
  const all = [...signs.values()].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  return { asked: evidence, sum: all.reduce((sum, { weight }) => sum + weight, 0), signs: all };
}
