import type { RuleSetState } from '../../utils/settings/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { FeedNote } from './FeedNote.tsx';
import { PROBLEM_WORDS, writeRuleSet } from './format.ts';

interface RuleSetLineProps {
  words: Words;
  ruleSet: RuleSetState | undefined;
  /** Says everything that is known of the feed, also what is no trouble. */
  isComplete?: boolean;
}

/** Which rules are in use, how old they are, and whether something is wrong with them. */
export function RuleSetLine({ words, ruleSet, isComplete = false }: RuleSetLineProps) {
  if (ruleSet === undefined) return <p class="trouble">{say(words, 'rules_none')}</p>;
  return (
    <>
      <p class="soft">
        {writeRuleSet(words, ruleSet)} · {say(words, 'rules_count', { count: ruleSet.rules })}
      </p>
      {ruleSet.problem === undefined ? null : <p class="trouble">{say(words, PROBLEM_WORDS[ruleSet.problem])}</p>}
      <FeedNote words={words} ruleSet={ruleSet} isComplete={isComplete} />
    </>
  );
}
