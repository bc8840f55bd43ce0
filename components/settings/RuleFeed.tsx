import { useState } from 'preact/hooks';
import { FEED_ROLES } from '../../rules/feed/path.ts';
import type { FeedState, RuleSetState } from '../../utils/settings/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { judgeCheck, OUTCOME_WORDS, ROLE_WORDS, type CheckOutcome } from '../parts/feed-words.ts';
import { Fact } from '../parts/FeedNote.tsx';
import { writeMoment } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { RuleSetLine } from '../parts/RuleSetLine.tsx';

interface RuleFeedProps {
  words: Words;
  ruleSet: RuleSetState | undefined;
  on: {
    /** Asks the feed now; what is known after that, undefined when nothing answered. */
    checkFeed(): Promise<FeedState | undefined>;
  };
}

/** The rules in use, where they come from, and a check for newer ones at a press. */
export function RuleFeed({ words, ruleSet, on }: RuleFeedProps) {
  const feed = ruleSet?.feed;
  return (
    <>
      <RuleSetLine words={words} ruleSet={ruleSet} isComplete />
      {feed === undefined || feed.source === 'none' ? null : (
        <>
          <Facts words={words} feed={feed} />
          <Check words={words} feed={feed} on={on} />
        </>
      )}
    </>
  );
}

function Facts({ words, feed }: { words: Words; feed: FeedState }) {
  const moment = (at: number | undefined) => (at === undefined ? say(words, 'feed_never') : writeMoment(words, at));
  const parts = FEED_ROLES.flatMap((role) => {
    const number = feed.files[role];
    return number === undefined ? [] : [say(words, 'feed_part', { part: say(words, ROLE_WORDS[role]), number })];
  });
  return (
    <dl class="feed-facts">
      <Fact name={say(words, 'feed_checked')}>{moment(feed.checkedAt)}</Fact>
      <Fact name={say(words, 'feed_changed')}>
        {feed.rulesFrom === 'package' ? say(words, 'feed_from_package') : moment(feed.changedAt)}
      </Fact>
      <Fact name={say(words, 'feed_parts')}>{parts.join(' · ')}</Fact>
    </dl>
  );
}

function Check({ words, feed, on }: { words: Words; feed: FeedState; on: RuleFeedProps['on'] }) {
  const [state, setState] = useState<CheckOutcome | 'running' | undefined>();
  const isRunning = state === 'running';
  const check = async (): Promise<void> => {
    if (isRunning) return;
    setState('running');
    setState(judgeCheck(feed, await on.checkFeed()));
  };
  return (
    <div class="row">
      {/* Not disabled while it runs: a button that is loses the focus. */}
      <button type="button" aria-disabled={isRunning} onClick={() => void check()}>
        {say(words, isRunning ? 'feed_checking' : 'feed_check')}
      </button>
      <p role="status" class="row">
        {state === undefined || isRunning ? null : (
          <>
            {state === 'new' || state === 'same' ? <Icon name="check" /> : null}
            {say(words, OUTCOME_WORDS[state])}
          </>
        )}
      </p>
    </div>
  );
}
