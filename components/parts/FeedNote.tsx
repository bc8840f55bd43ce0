import type { FeedRefusal, RuleSetState } from '../../utils/settings/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { isMissed, sayAge, titleRefusal, whyRefused } from './feed-words.ts';
import { writeHost, writeMoment } from './format.ts';

interface FeedNoteProps {
  words: Words;
  ruleSet: RuleSetState;
  /** Also what needs no word in a small view: that a laptop was offline for a while. */
  isComplete: boolean;
}

/** What there is to say of the feed: the age of the rules, a wrong clock, an update that was not taken. Quiet when all is well. */
export function FeedNote({ words, ruleSet, isComplete }: FeedNoteProps) {
  const { feed } = ruleSet;
  const age = sayAge(words, ruleSet);
  const isQuiet = !isComplete && feed.freshness === 'fresh';
  return (
    <>
      {age === undefined ? null : <p class={age.isTrouble ? 'trouble' : 'soft'}>{age.text}</p>}
      {feed.clock === undefined ? null : (
        <p class="trouble">{say(words, feed.clock === 'behind' ? 'feed_clock_behind' : 'feed_clock_ahead')}</p>
      )}
      {feed.rulesFrom === 'previous' && ruleSet.problem === undefined ? (
        <p class="trouble">{say(words, 'feed_previous')}</p>
      ) : null}
      {feed.refusal === undefined || (isQuiet && isMissed(feed.refusal.kind)) ? null : (
        <Refusal words={words} refusal={feed.refusal} />
      )}
    </>
  );
}

/** What was not taken and why, folded up, for people who help with trouble. */
function Refusal({ words, refusal }: { words: Words; refusal: FeedRefusal }) {
  const { kind, file, mirror, at, what } = refusal;
  return (
    <details>
      <summary>{titleRefusal(words, kind)}</summary>
      <div class="stack panel">
        <p>{whyRefused(words, kind)}</p>
        <p>{say(words, 'feed_kept')}</p>
        <dl class="feed-facts">
          <Fact name={say(words, 'feed_file')}>{file}</Fact>
          <Fact name={say(words, 'feed_from')}>{writeHost(mirror)}</Fact>
          <Fact name={say(words, 'feed_when')}>{writeMoment(words, at)}</Fact>
          <Fact name={say(words, 'feed_detail')} language="en">
            {what}
          </Fact>
        </dl>
      </div>
    </details>
  );
}

/** One line of a list of facts; none when there is nothing to say. */
export function Fact({ name, language, children }: { name: string; language?: string; children: string }) {
  if (children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd lang={language}>{children}</dd>
    </div>
  );
}
