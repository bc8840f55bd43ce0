/** The settings page. Data in, callbacks out; every change is told at once, there is no “save all”. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { LANGUAGES, type Language } from '../../rules/language/model.ts';
import type { Person } from '../../utils/help/model.ts';
import type { Policy, PolicyLock } from '../../utils/policy/schema.ts';
import type { FeedState, Mute, RuleSetState, Settings as SettingsValues } from '../../utils/settings/model.ts';
import { say, type WordKey, type Words } from '../../utils/words/words.ts';
import { Mark } from '../art/Mark.tsx';
import { dayOf, writeDay, writeMoment } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { PauseButtons } from '../parts/PauseButtons.tsx';
import { Confirm } from './Confirm.tsx';
import { PeopleEditor } from './PeopleEditor.tsx';
import { RuleFeed } from './RuleFeed.tsx';

export interface SettingsProps {
  words: Words;
  settings: SettingsValues;
  people: Person[];
  mutes: Mute[];
  ruleSet: RuleSetState | undefined;
  sites: {
    /** Names of the sites that are checked from the start. */
    listed: string[];
    /** Origins that the teen added, as the browser names them. */
    added: string[];
  };
  /** How many conversations are remembered, and after how many days each is forgotten. */
  memory: { conversations: number; days: number };
  /** What a school has set; undefined where nothing is. */
  policy?: Policy | undefined;
  on: {
    addPerson(person: Omit<Person, 'id'>): void;
    changePerson(person: Person): void;
    removePerson(id: string): void;
    setLanguage(language: Language): void;
    pause(minutes: number): void;
    resume(): void;
    undoMute(id: string): void;
    removeSite(origin: string): void;
    forgetAll(): void;
    /** Opens the page that says what a school has set. */
    openManaged?(): void;
    /** Asks the feed now; what is known after that, undefined when nothing answered. */
    checkFeed(): Promise<FeedState | undefined>;
  };
}

export function Settings(props: SettingsProps) {
  const { words, settings, people, ruleSet, policy, on } = props;
  const isLocked = (lock: PolicyLock) => policy?.locks?.includes(lock) === true;
  return (
    <main class="beside settings" lang={words.language}>
      <header class="settings-head">
        <Mark size={72} />
        <div class="stack">
          <h1>{say(words, 'settings_title')}</h1>
          <p class="soft">{say(words, 'settings_lead')}</p>
        </div>
      </header>
      {policy === undefined ? null : (
        <section class="sheet stack">
          {policy.labMode === true ? <p>{say(words, 'managed_lab')}</p> : null}
          <button type="button" onClick={on.openManaged}>
            {say(words, 'managed_link')}
          </button>
        </section>
      )}
      {policy?.labMode === true ? null : (
        <Section words={words} title="people_title">
          <PeopleEditor words={words} people={people} on={on} />
        </Section>
      )}
      <Section words={words} title="language_title">
        {isLocked('language') ? (
          <p>{say(words, 'managed_locked')}</p>
        ) : (
          <Languages words={words} language={settings.language} onChoose={on.setLanguage} />
        )}
      </Section>
      <Section words={words} title="pause_title">
        {isLocked('pause') && settings.pausedUntil <= Date.now() ? (
          <p>{say(words, 'managed_locked')}</p>
        ) : (
          <Break {...props} />
        )}
      </Section>
      <Section words={words} title="mutes_title">
        <Mutes {...props} />
      </Section>
      <Section words={words} title="sites_title">
        <Sites {...props} />
      </Section>
      <Section words={words} title="memory_title">
        <Memory {...props} />
      </Section>
      <Section words={words} title="rules_title">
        <RuleFeed words={words} ruleSet={ruleSet} on={on} />
      </Section>
      <Section words={words} title="privacy_title">
        <ul class="steps">
          {PROMISES.map((key) => (
            <li key={key}>{say(words, key)}</li>
          ))}
        </ul>
      </Section>
    </main>
  );
}

const PROMISES = [
  'privacy_local',
  'privacy_feed',
  'privacy_acts',
  'privacy_parents',
  'popup_limits',
] as const satisfies WordKey[];

function Section({ words, title, children }: { words: Words; title: WordKey; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="sheet stack wide" aria-labelledby={id}>
      <h2 id={id}>{say(words, title)}</h2>
      {children}
    </section>
  );
}

interface LanguagesProps {
  words: Words;
  language: Language;
  onChoose: (language: Language) => void;
}

function Languages({ words, language, onChoose }: LanguagesProps) {
  const names = { vi: 'language_vi', en: 'language_en' } as const satisfies Record<Language, WordKey>;
  return (
    <div class="row" role="group" aria-label={say(words, 'language_title')}>
      {LANGUAGES.map((choice) => (
        <button
          key={choice}
          type="button"
          lang={choice}
          aria-pressed={choice === language}
          onClick={() => onChoose(choice)}
        >
          {say(words, names[choice])}
        </button>
      ))}
    </div>
  );
}

function Break({ words, settings, on }: SettingsProps) {
  const isPaused = settings.pausedUntil > Date.now();
  return (
    <>
      <p>
        {isPaused
          ? say(words, 'popup_paused_until', { time: writeMoment(words, settings.pausedUntil) })
          : say(words, 'pause_off')}
      </p>
      <PauseButtons words={words} isPaused={isPaused} on={on} />
    </>
  );
}

function Mutes({ words, mutes, on }: SettingsProps) {
  const kinds = {
    conversation: 'mute_kind_conversation',
    rule: 'mute_kind_rule',
    site: 'mute_kind_site',
  } as const satisfies Record<Mute['scope'], WordKey>;
  if (mutes.length === 0) return <p class="soft">{say(words, 'mutes_none')}</p>;
  return (
    <ul class="lines">
      {mutes.map((mute) => (
        <li key={mute.id} class="line">
          <div>
            <p class="strong">{mute.label}</p>
            <p class="small soft">
              {say(words, kinds[mute.scope])} · {say(words, 'mute_since', { date: writeDay(words, dayOf(mute.since)) })}
            </p>
          </div>
          <button
            type="button"
            aria-label={`${say(words, 'undo')}: ${mute.label}`}
            onClick={() => on.undoMute(mute.id)}
          >
            {say(words, 'undo')}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Sites({ words, sites, on }: SettingsProps) {
  return (
    <>
      <div class="stack">
        <h3 class="label">{say(words, 'sites_listed')}</h3>
        <ul class="tags">
          {sites.listed.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      </div>
      <div class="stack">
        <h3 class="label">{say(words, 'sites_added')}</h3>
        {sites.added.length === 0 ? <p class="soft">{say(words, 'sites_added_none')}</p> : null}
        <ul class="lines">
          {sites.added.map((origin) => (
            <li key={origin} class="line">
              <p class="strong">{origin.replace(/^https?:\/\//u, '').replace(/\/\*?$/u, '')}</p>
              <button
                type="button"
                aria-label={`${say(words, 'site_remove')}: ${origin}`}
                onClick={() => on.removeSite(origin)}
              >
                {say(words, 'site_remove')}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Memory({ words, memory, on }: SettingsProps) {
  const [hasForgotten, setForgotten] = useState(false);
  return (
    <>
      <p>
        {say(words, 'memory_count', { count: memory.conversations })}
        <br />
        <span class="soft">{say(words, 'memory_what', { days: memory.days })}</span>
      </p>
      <Confirm
        words={words}
        ask={say(words, 'memory_forget')}
        question={say(words, 'memory_sure')}
        yes={say(words, 'memory_forget')}
        onYes={() => {
          setForgotten(true);
          on.forgetAll();
        }}
      />
      <p role="status" class="row">
        {hasForgotten ? (
          <>
            <Icon name="check" />
            {say(words, 'memory_forgot')}
          </>
        ) : null}
      </p>
    </>
  );
}
