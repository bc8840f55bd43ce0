import { useEffect, useRef } from 'preact/hooks';
import type { CardContents } from '../../utils/warning/contents.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { Scene, sceneOf } from '../art/Scene.tsx';
import { shorten, writeDay } from '../parts/format.ts';
import { WebLink } from '../parts/WebLink.tsx';
import type { View } from './Card.tsx';
import { Why } from './Why.tsx';

/** More quotations than this tell nothing new. */
const MAX_QUOTES = 4;

/** Longest quotation, in characters. */
const MAX_QUOTE = 60;

interface MainViewProps {
  contents: CardContents;
  words: Words;
  /** The view that was just left; its button takes the focus back. */
  cameFrom: View | undefined;
  /** Whether the reader opened this card from the chip; then the focus follows. */
  isGrown: boolean;
  onOpen: (view: View) => void;
}

/** The warning itself: what was seen, what it looks like, one fact, and three ways on. */
export function MainView({ contents, words, cameFrom, isGrown, onOpen }: MainViewProps) {
  const { trick } = contents;
  const [reason] = contents.reasons;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isGrown && cameFrom === undefined) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <div class="card-body stack wide">
        <h2 ref={heading} tabIndex={-1}>
          {trick.headline}
        </h2>
        <Quotes words={words} quotes={contents.words} />
        <div class="stack close">
          <div class="pictured">
            <div class="stack close">
              <p class="label">{say(words, 'card_looks_like')}</p>
              <h3>{trick.name}</h3>
            </div>
            {reason === undefined ? null : <Scene name={sceneOf(reason.category)} width={120} />}
          </div>
          <p>{trick.explanation}</p>
        </div>
        <Fact contents={contents} words={words} />
        <Why contents={contents} words={words} />
      </div>
      <footer class="card-foot stack">
        <p class="strong">{say(words, 'card_reassure')}</p>
        <div class="row even">
          <OpenButton view="tell" cameFrom={cameFrom} onOpen={onOpen} isFirst>
            {say(words, 'card_tell')}
          </OpenButton>
          <OpenButton view="check" cameFrom={cameFrom} onOpen={onOpen}>
            {say(words, 'card_check')}
          </OpenButton>
          <OpenButton view="mute" cameFrom={cameFrom} onOpen={onOpen}>
            {say(words, 'card_fine')}
          </OpenButton>
        </div>
      </footer>
    </>
  );
}

interface OpenButtonProps {
  view: View;
  cameFrom: View | undefined;
  onOpen: (view: View) => void;
  isFirst?: boolean;
  children: string;
}

function OpenButton({ view, cameFrom, onOpen, isFirst = false, children }: OpenButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (cameFrom === view) button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <button ref={button} type="button" class={isFirst ? 'primary first' : undefined} onClick={() => onOpen(view)}>
      {children}
    </button>
  );
}

/** The words of the page, as text: whatever they hold, they are never markup. */
function Quotes({ words, quotes }: { words: Words; quotes: string[] }) {
  const some = quotes.map((quote) => shorten(quote, MAX_QUOTE)).filter((quote) => quote !== '');
  if (some.length === 0) return null;
  const more = some.length - MAX_QUOTES;
  return (
    <div class="stack close">
      <p class="label">{say(words, 'card_words')}</p>
      <ul class="quotes">
        {some.slice(0, MAX_QUOTES).map((quote) => (
          <li key={quote}>
            <bdi>{quote}</bdi>
          </li>
        ))}
        {more > 0 ? <li class="more">{say(words, 'card_words_more', { count: more })}</li> : null}
      </ul>
    </div>
  );
}

function Fact({ contents, words }: { contents: CardContents; words: Words }) {
  const { text, source, url, date } = contents.counterfact;
  return (
    <div class="panel stack close">
      <p class="label">{say(words, 'card_fact')}</p>
      <p class="strong">{text}</p>
      <p class="small">
        <WebLink href={url}>{say(words, 'card_fact_source', { source, date: writeDay(words, date) })}</WebLink>
      </p>
    </div>
  );
}
