import type { CardContents, RuleReason } from '../../utils/warning/contents.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { findWebAddress, hostOf, writeDay } from '../parts/format.ts';
import { WebLink } from '../parts/WebLink.tsx';

/** “Why am I seeing this?”: every rule that spoke, with its day, its sources and its version. */
export function Why({ contents, words }: { contents: CardContents; words: Words }) {
  return (
    <details class="why">
      <summary>{say(words, 'why_title')}</summary>
      <div class="stack small">
        <h4 class="label">{say(words, 'why_rules')}</h4>
        <ul class="steps">
          {contents.reasons.map((reason) => (
            <Reason key={reason.id} reason={reason} words={words} />
          ))}
        </ul>
        <p>{say(words, 'why_version', { version: contents.ruleSetVersion })}</p>
        <p>{say(words, 'why_private')}</p>
        <p>{say(words, 'why_unsure')}</p>
      </div>
    </details>
  );
}

function Reason({ reason, words }: { reason: RuleReason; words: Words }) {
  const sources = reason.references.map(findWebAddress).filter((url) => url !== undefined);
  return (
    <li>
      <span class="strong">{reason.title}</span>
      <br />
      {say(words, 'why_written', { date: writeDay(words, reason.date) })}
      {sources.length === 0 ? null : (
        <>
          <br />
          {say(words, 'why_described')}{' '}
          {sources.map((url, place) => (
            <span key={url.href}>
              {place === 0 ? '' : ', '}
              <WebLink href={url.href}>{hostOf(url)}</WebLink>
            </span>
          ))}
        </>
      )}
    </li>
  );
}
