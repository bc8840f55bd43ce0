/** “Tell someone”: first whom, then how. Sends nothing by itself. */
import { useState } from 'preact/hooks';
import type { Category } from '../../rules/language/model.ts';
import type { HelpRoute, Person } from '../../utils/help/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { ViewHead } from '../parts/ViewHead.tsx';
import { partRoutes, TESTED_BY_STATION } from './choices.ts';
import { PersonView } from './PersonView.tsx';
import { RouteView } from './RouteView.tsx';

export interface TellProps {
  words: Words;
  people: Person[];
  routes: HelpRoute[];
  /** YYYY-MM-DD, to tell which routes are old. */
  today: string;
  /** The tricks that were seen; they decide which help comes first. */
  categories?: readonly Category[];
  /** Where the reader is; routes of other countries stand apart. */
  country?: string;
  onBack?: (() => void) | undefined;
  on: { copy(text: string): Promise<boolean>; openSettings(): void };
}

type Chosen = { kind: 'person'; person: Person | undefined } | { kind: 'route'; route: HelpRoute };

export function Tell(props: TellProps) {
  const { words, today, onBack, on } = props;
  const [chosen, choose] = useState<Chosen | undefined>();
  const back = () => choose(undefined);
  if (chosen?.kind === 'person')
    return <PersonView words={words} person={chosen.person} onBack={back} onCopy={on.copy} />;
  if (chosen?.kind === 'route') return <RouteView words={words} route={chosen.route} today={today} onBack={back} />;
  return (
    <div class="tell stack wide">
      <ViewHead words={words} title={say(words, 'tell_who')} onBack={onBack} />
      <People {...props} choose={choose} />
      <StationTest words={words} categories={props.categories ?? []} />
      <Places {...props} choose={choose} />
      <p class="small soft">{say(words, 'tell_you_send')}</p>
    </div>
  );
}

interface ChoosingProps extends TellProps {
  choose(chosen: Chosen): void;
}

function People({ words, people, choose, on }: ChoosingProps) {
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
      {people.length > 0 ? null : (
        <button type="button" class="quiet" onClick={on.openSettings}>
          {say(words, 'tell_save_people')}
        </button>
      )}
    </section>
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

interface EntryProps {
  icon: IconName;
  text: string;
  detail?: string;
  onChoose: () => void;
}

function Entry({ icon, text, detail, onChoose }: EntryProps) {
  return (
    <li>
      <button type="button" class="entry" onClick={onChoose}>
        <span class="entry-icon">
          <Icon name={icon} />
        </span>
        <span class="entry-text">
          <span>{text}</span>
          {detail === undefined ? null : <span class="small soft">{detail}</span>}
        </span>
      </button>
    </li>
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
