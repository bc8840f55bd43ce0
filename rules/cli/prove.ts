/** A rule's own proof: the texts that it must match and the look-alikes that it must ignore. */
import { compilePack } from '../engine/compile.ts';
import type { CompiledRules } from '../engine/compiled.ts';
import { Conversation, type Verdict } from '../engine/conversation.ts';
import { Scanner } from '../engine/match.ts';
import type { Example, Pack } from '../language/model.ts';
import type { ProvenRule } from '../language/source.ts';

/** An example that went otherwise than its rule says. */
export interface Disproof {
  file: string;
  expected: 'match' | 'ignore';
  example: Example;
  /** For an example to ignore: what spoke, of any rule. */
  said: string[];
}

/** Judges one example with a whole compiled rule set. */
function judgeExample(rules: CompiledRules, scanner: Scanner, example: Example): Verdict[] {
  const conversation = new Conversation(rules, scanner);
  return example.turns.flatMap(({ from, text }, turn) =>
    conversation.read({ text, from, surface: example.surface, at: turn * 60_000 }),
  );
}

/**
 * Runs the examples of every rule against the whole rule set. An example shows a trick alone, without the conversation in
 * which it stands; so no rule asks for evidence here, which makes it harder for examples to ignore.
 *
 * A `match` example must raise its own rule; an `ignore` example must raise no rule at all, since a reader does not care
 * which rule was wrong.
 */
export function disprove(pack: Pack, proven: readonly ProvenRule[]): Disproof[] {
  const rules = compilePack(withoutEvidence(pack));
  const scanner = new Scanner(rules);
  return proven.flatMap(({ file, rule, tests }) => [
    ...tests.match
      .filter((example) => !judgeExample(rules, scanner, example).some((verdict) => verdict.rule.id === rule.id))
      .map((example): Disproof => ({ file, expected: 'match', example, said: [] })),
    ...tests.ignore.flatMap((example): Disproof[] => {
      const verdicts = judgeExample(rules, scanner, example);
      return verdicts.length === 0
        ? []
        : [{ file, expected: 'ignore', example, said: verdicts.map(({ rule: spoke }) => spoke.title) }];
    }),
  ]);
}

/** A rule set in which every rule speaks as soon as its condition holds. */
export function withoutEvidence(pack: Pack): Pack {
  return { ...pack, rules: pack.rules.map((rule) => ({ ...rule, evidence: undefined })) };
}
