/** “Tell someone”: first whom, then how. Sends nothing by itself. */
import { useState } from 'preact/hooks';
import type { Category } from '../../rules/language/model.ts';
import type { Guide, HelpRoute, Person } from '../../utils/help/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { ViewHead } from '../parts/ViewHead.tsx';
import { isSentence, partRoutes, type SentenceKey, TESTED_BY_STATION } from './choices.ts';
import { Entry } from './Entry.tsx';
import { GuidesView, GuideView } from './GuideView.tsx';
import { PersonView } from './PersonView.tsx';
import { RouteView } from './RouteView.tsx';

export interface TellProps {
  words: Words;
  people: Person[];
  routes: HelpRoute[];
  guides: readonly Guide[];
  /** YYYY-MM-DD, to tell which routes are old. */
  today: string;
  /** The tricks that were seen; they decide which help comes first. */
  categories?: readonly Category[];
  /** Where the reader is; routes of other countries stand apart. */
  country?: string;
  /** Whether the computer is many people's: nothing is saved on it, and the way to the own phone is open at once. */
  isShared?: boolean;
  onBack?: (() => void) | undefined;
  on: { copy(text: string): Promise<boolean>; openSettings(): void; keepEvidence(): void };
}

type Chosen =
  | { kind: 'person'; person: Person | undefined; sentence?: SentenceKey }
  | { kind: 'route'; route: HelpRoute }
  | { kind: 'guides' }
  | { kind: 'guide'; guide: Guide };

export function Tell(props: TellProps) {
  const { words, today, onBack, on } = props;
  /** The views that were opened, the last on top. */
  const [path, setPath] = useState<readonly Chosen[]>([]);
  const choose = (chosen: Chosen) => setPath([...path, chosen]);
  const back = () => setPath(path.slice(0, -1));
  const chosen = path.at(-1);
  switch (chosen?.kind) {
    case 'person':
      return (
        <PersonView
          words={words}
          person={chosen.person}
          first={chosen.sentence ?? 'sentence_look'}
          onBack={back}
          onCopy={on.copy}
          isShared={props.isShared}
        />
      );
    case 'route':
      return <RouteView words={words} route={chosen.route} today={today} onBack={back} isShared={props.isShared} />;
    case 'guides':
      return (
        <GuidesView
          words={words}
          guides={props.guides.filter((guide) => guide.for === 'me')}
          onBack={back}
          onChoose={(guide) => choose({ kind: 'guide', guide })}
        />
      );
    case 'guide': {
      const { guide } = chosen;
      const sentence = isSentence(guide.sentence) ? guide.sentence : 'sentence_look';
      return (
        <GuideView
          words={words}
          guide={guide}
          routes={props.routes}
          onBack={back}
          onRoute={(route) => choose({ kind: 'route', route })}
          onSay={() => choose({ kind: 'person', person: undefined, sentence })}
        />
      );
    }
    case undefined:
      return (
        <div class="tell stack wide">
          <ViewHead words={words} title={say(words, 'tell_who')} onBack={onBack} />
          <People {...props} choose={choose} />
          <Situations {...props} choose={choose} />
          <StationTest words={words} categories={props.categories ?? []} />
          <Places {...props} choose={choose} />
          <p class="small soft">{say(words, 'tell_you_send')}</p>
        </div>
      );
  }
}

interface ChoosingProps extends TellProps {
  choose(chosen: Chosen): void;
}

function People({ words, people, choose, on, isShared = false }: ChoosingProps) {
  return (
    <section class="stack">
      <p class="soft">{say(words, 'tell_friend')}</p>
      <ul class="stack">
        {people.map((person) => (
          <Entry key={person.id} icon="person" text={person.name} onChoose={() => choose({ kind: 'person', person })} />
        ))}
        <Entry
          icon="bubble"
          text={say(words, 'tell_else')}
          onChoose={() => choose({ kind: 'person', person: undefined })}
        />
      </ul>
      {people.length > 0 || isShared ? null : (
        <button type="button" class="quiet" onClick={on.openSettings}>
          {say(words, 'tell_save_people')}
        </button>
      )}
    </section>
  );
}

/** For whoever comes when it is no longer about a warning. */
function Situations({ words, guides, choose, on }: ChoosingProps) {
  const friend = guides.find((guide) => guide.for === 'friend');
  return (
    <ul class="stack">
      <Entry icon="step" text={say(words, 'check_happened')} onChoose={() => choose({ kind: 'guides' })} />
      {friend === undefined ? null : (
        <Entry
          icon="pair"
          text={friend.title[words.language]}
          onChoose={() => choose({ kind: 'guide', guide: friend })}
        />
      )}
      <Entry icon="keep" text={say(words, 'evidence_title')} onChoose={on.keepEvidence} />
    </ul>
  );
}

function Places({ words, routes, categories = [], country = 'VN', choose }: ChoosingProps) {
  const { first, more, abroad } = partRoutes(routes, categories, country);
  const list = (some: HelpRoute[]) => (
    <ul class="stack">
      {some.map((route) => (
        <Entry
          key={route.id}
          icon={route.phone === undefined ? 'place' : 'phone'}
          text={route.name[words.language]}
          detail={route.audience[words.language]}
          onChoose={() => choose({ kind: 'route', route })}
        />
      ))}
    </ul>
  );
  const folded = (title: string, some: HelpRoute[]) =>
    some.length === 0 ? null : (
      <details>
        <summary>{title}</summary>
        {list(some)}
      </details>
    );
  if (routes.length === 0) return null;
  return (
    <section class="stack">
      <h3 class="label">{say(words, 'tell_places')}</h3>
      {list(first)}
      {folded(say(words, 'tell_more'), more)}
      {folded(say(words, 'tell_abroad'), abroad)}
    </section>
  );
}

/** A sentence that a real officer accepts and an impostor cannot. */
function StationTest({ words, categories }: { words: Words; categories: readonly Category[] }) {
  if (!categories.some((category) => TESTED_BY_STATION.includes(category))) return null;
  return (
    <section class="panel stack">
      <h3 class="label">{say(words, 'tell_test')}</h3>
      <p class="strong">{say(words, 'tell_test_sentence')}</p>
      <p class="small">{say(words, 'tell_test_why')}</p>
    </section>
  );
}
