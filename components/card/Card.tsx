/** The warning in the page: a chip that grows, or a card. Data in, callbacks out; takes no focus by itself. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Guide, HelpRoute, Person } from '../../utils/help/model.ts';
import type { CardContents, MuteScope } from '../../utils/warning/contents.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { Mark } from '../art/Mark.tsx';
import { dayOf } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import type { TellProps } from '../tell/Tell.tsx';
import { CheckView } from './CheckView.tsx';
import { LevelLabel } from './LevelLabel.tsx';
import { MainView } from './MainView.tsx';
import { MutedView, MuteView } from './MuteView.tsx';

export interface CardProps {
  contents: CardContents;
  words: Words;
  size: 'chip' | 'card';
  people: Person[];
  /** In the order of `routesFor`. */
  routes: HelpRoute[];
  guides: readonly Guide[];
  on: {
    grow(): void;
    close(): void;
    mute(scope: MuteScope): void;
    undoMute(): void;
    copy(text: string): Promise<boolean>;
    openSettings(): void;
    keepEvidence(): void;
    /** Draws “tell someone” into an element; its code may have to be fetched first. */
    drawTell(place: HTMLElement, props: TellProps): void;
  };
  /** What was muted from this card; shows “muted” and Undo. */
  muted?: MuteScope | undefined;
  /** YYYY-MM-DD; this machine's day when left out. */
  today?: string | undefined;
  /** Whether the computer is many people's. */
  isShared?: boolean;
  /** Where the reader is, for the help routes. */
  country?: string | undefined;
}

/** What the card shows at the moment. */
export type View = 'main' | 'tell' | 'check' | 'mute';

export function Card(props: CardProps) {
  const { contents, words, size } = props;
  const grown = useRef(false);
  if (size === 'chip')
    return (
      <Chip
        {...props}
        onGrow={() => {
          grown.current = true;
          props.on.grow();
        }}
      />
    );
  return (
    <section
      class={`beside card ${contents.level}`}
      lang={words.language}
      aria-label={say(words, 'card_region')}
      data-level={contents.level}
    >
      <Announcement text={say(words, 'card_announce', { headline: contents.trick.headline })} />
      <header class="card-head">
        <Mark size={34} />
        <LevelLabel level={contents.level} words={words} />
        <HideButton words={words} onClose={props.on.close} />
      </header>
      <Body {...props} isGrown={grown.current} />
    </section>
  );
}

function Chip({ contents, words, on, onGrow }: CardProps & { onGrow: () => void }) {
  return (
    <section class={`beside chip ${contents.level}`} lang={words.language} aria-label={say(words, 'card_region')}>
      <Announcement text={say(words, 'card_announce', { headline: contents.trick.headline })} />
      <button type="button" class="quiet chip-open" aria-expanded="false" onClick={onGrow}>
        <Mark size={30} />
        <span class="chip-text">
          <LevelLabel level={contents.level} words={words} />
          <span class="chip-headline">{contents.trick.headline}</span>
          <span class="unseen">{say(words, 'card_more')}</span>
        </span>
      </button>
      <HideButton words={words} onClose={on.close} />
    </section>
  );
}

function Body(props: CardProps & { isGrown: boolean }) {
  const { contents, words, on, muted } = props;
  const [view, setView] = useState<View>('main');
  const [cameFrom, setCameFrom] = useState<View | undefined>();
  const back = () => {
    setCameFrom(view);
    setView('main');
  };
  useEffect(() => {
    if (muted !== undefined) setView('main');
  }, [muted]);

  if (muted !== undefined) return <MutedView words={words} scope={muted} host={contents.host} on={on} />;
  if (view === 'check')
    return (
      <div class="card-body">
        <CheckView words={words} trick={contents.trick} onBack={back} />
      </div>
    );
  if (view === 'mute')
    return (
      <div class="card-body">
        <MuteView words={words} host={contents.host} onBack={back} onMute={on.mute} />
      </div>
    );
  if (view === 'tell')
    return (
      <div class="card-body">
        <TellPlace
          draw={on.drawTell}
          tell={{
            words,
            people: props.people,
            routes: props.routes,
            guides: props.guides,
            today: props.today ?? dayOf(Date.now()),
            ...(props.isShared === undefined ? {} : { isShared: props.isShared }),
            categories: contents.reasons.map((reason) => reason.category),
            ...(props.country === undefined ? {} : { country: props.country }),
            onBack: back,
            on,
          }}
        />
      </div>
    );
  return <MainView contents={contents} words={words} cameFrom={cameFrom} isGrown={props.isGrown} onOpen={setView} />;
}

/** Where “tell someone” is drawn, by code that comes only when it is wanted. */
function TellPlace({ draw, tell }: { draw: CardProps['on']['drawTell']; tell: TellProps }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current !== null) draw(place.current, tell);
  }, []);
  return <div ref={place} />;
}

function HideButton({ words, onClose }: { words: Words; onClose: () => void }) {
  return (
    <button
      type="button"
      class="quiet hide"
      aria-label={say(words, 'card_hide')}
      aria-keyshortcuts="Escape"
      title={say(words, 'card_hide_hint')}
      onClick={onClose}
    >
      <Icon name="close" />
    </button>
  );
}

/** How long a screen reader needs to see a live region before words in it count as a change, in milliseconds. */
const LIVE_AFTER = 150;

/** Says `text` politely once; a live region that is born with its words is not read. */
function Announcement({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), LIVE_AFTER);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="unseen" aria-live="polite">
      {said}
    </p>
  );
}
