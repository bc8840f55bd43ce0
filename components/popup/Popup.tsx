/** The toolbar popup: what this tab is, a break, and “tell someone”. Data in, callbacks out. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Guide, HelpRoute, Person } from '../../utils/help/model.ts';
import type { Policy } from '../../utils/policy/schema.ts';
import type { RuleSetState, Settings, TabState } from '../../utils/settings/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { Mark } from '../art/Mark.tsx';
import { PauseButtons } from '../parts/PauseButtons.tsx';
import { RuleSetLine } from '../parts/RuleSetLine.tsx';
import { Tell } from '../tell/Tell.tsx';
import { TabView } from './TabView.tsx';

export interface PopupProps {
  words: Words;
  /** Undefined while it is not known yet. */
  tab: TabState | undefined;
  ruleSet: RuleSetState | undefined;
  settings: Settings;
  people: Person[];
  /** In the order of `routesFor`. */
  routes: HelpRoute[];
  guides: readonly Guide[];
  /** YYYY-MM-DD */
  today: string;
  /** What a school has set; undefined where nothing is. */
  policy?: Policy | undefined;
  on: {
    pause(minutes: number): void;
    resume(): void;
    askForSite(origin: string): void;
    openSettings(): void;
    /** Opens the page that says what a school has set. */
    openManaged?(): void;
    keepEvidence(): void;
    copy(text: string): Promise<boolean>;
    /** Reloads the tab in front; without it, the popup only says that a reload helps. */
    reload?(): void;
  };
  country?: string | undefined;
}

export function Popup(props: PopupProps) {
  const { words, tab, ruleSet, settings, on } = props;
  const [isTelling, setTelling] = useState(false);
  const tell = useRef<HTMLButtonElement>(null);
  const hasTold = useRef(false);
  useEffect(() => {
    if (isTelling) hasTold.current = true;
    else if (hasTold.current) tell.current?.focus({ preventScroll: true });
  }, [isTelling]);
  if (isTelling)
    return (
      <main class="beside popup" lang={words.language}>
        <h1 class="unseen">{say(words, 'app_name')}</h1>
        <Tell
          words={words}
          people={props.people}
          routes={props.routes}
          guides={props.guides}
          today={props.today}
          isShared={props.policy?.labMode === true}
          {...(props.country === undefined ? {} : { country: props.country })}
          onBack={() => setTelling(false)}
          on={on}
        />
      </main>
    );
  return (
    <main class="beside popup stack wide" lang={words.language}>
      <header class="popup-head">
        <Mark size={40} />
        <h1>{say(words, 'app_name')}</h1>
        <button type="button" class="quiet" onClick={on.openSettings}>
          {say(words, 'settings')}
        </button>
      </header>
      <TabView words={words} tab={tab} on={on} />
      <button ref={tell} type="button" class="primary" onClick={() => setTelling(true)}>
        {say(words, 'tell_title')}
      </button>
      <section class="stack">
        <h2 class="label">{say(words, 'popup_break')}</h2>
        {props.policy?.locks?.includes('pause') === true && settings.pausedUntil <= Date.now() ? (
          <p class="small">{say(words, 'managed_locked')}</p>
        ) : (
          <PauseButtons words={words} isPaused={tab?.kind === 'paused' || settings.pausedUntil > Date.now()} on={on} />
        )}
      </section>
      <footer class="stack small">
        <p>{say(words, 'popup_limits')}</p>
        <RuleSetLine words={words} ruleSet={ruleSet} />
        {props.policy === undefined ? null : (
          <button type="button" class="quiet" onClick={on.openManaged}>
            {say(words, 'managed_link')}
          </button>
        )}
      </footer>
    </main>
  );
}
