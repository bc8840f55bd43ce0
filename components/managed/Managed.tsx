/** What a school has set, for everybody who uses the computer: in plain words, with what nobody can see. */
import type { PolicyReading, Policy, PolicyLock, PolicyProblem } from '../../utils/policy/schema.ts';
import { say, type WordKey, type Words } from '../../utils/words/words.ts';
import { Mark } from '../art/Mark.tsx';

export interface ManagedProps {
  words: Words;
  /** Undefined where nothing is set. */
  reading: PolicyReading | undefined;
  on: { allowSites(hosts: readonly string[]): void };
}

export function Managed({ words, reading, on }: ManagedProps) {
  const { policy = {}, problems = [] } = reading ?? {};
  const { schoolName, extraSites = [] } = policy;
  const sentences = sentencesOf(words, policy);
  const title =
    schoolName === undefined ? say(words, 'managed_title') : say(words, 'managed_title_named', { school: schoolName });
  return (
    <main class="beside settings" lang={words.language}>
      <header class="settings-head">
        <Mark size={72} />
        <div class="stack">
          <h1>{title}</h1>
          <p class="soft">{say(words, reading === undefined ? 'managed_none' : 'managed_lead')}</p>
        </div>
      </header>
      {sentences.length === 0 ? null : (
        <section class="sheet stack wide">
          <h2>{say(words, 'managed_set')}</h2>
          <ul class="steps">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {extraSites.length === 0 ? null : (
        <section class="sheet stack wide">
          <p>{say(words, 'managed_extra')}</p>
          <ul class="tags">
            {extraSites.map((host) => (
              <li key={host}>{host}</li>
            ))}
          </ul>
          <button type="button" onClick={() => on.allowSites(extraSites)}>
            {say(words, 'managed_extra_allow')}
          </button>
        </section>
      )}
      <section class="sheet stack wide">
        <h2>{say(words, 'managed_never')}</h2>
        <ul class="steps">
          {NEVER.map((key) => (
            <li key={key}>{say(words, key)}</li>
          ))}
        </ul>
      </section>
      <Wrong words={words} problems={problems} />
    </main>
  );
}

const NEVER = [
  'managed_never_read',
  'managed_never_told',
  'managed_never_contact',
  'managed_never_other',
] as const satisfies WordKey[];

const LOCK_WORDS = {
  language: 'managed_lock_language',
  pause: 'managed_lock_pause',
  'site-mute': 'managed_lock_site',
} as const satisfies Record<PolicyLock, WordKey>;

/** A sentence for each key that is set, in a fixed order. */
function sentencesOf(words: Words, policy: Policy): string[] {
  const { language, contacts, helpRoutes, sitesLeftOut, onlyStrong, cardsADay, locks } = policy;
  const names = (all: readonly { name: string }[]): string => all.map(({ name }) => name).join(', ');
  const hosts = (addresses: string): string =>
    [...new Set(addresses.split(/\s+/u).map((one) => new URL(one).host))].join(', ');
  return [
    policy.labMode === true ? say(words, 'managed_lab') : '',
    language === undefined
      ? ''
      : say(words, 'managed_language', { language: say(words, language === 'vi' ? 'language_vi' : 'language_en') }),
    contacts === undefined ? '' : say(words, 'managed_contacts', { names: names(contacts) }),
    helpRoutes === undefined ? '' : say(words, 'managed_routes', { names: names(helpRoutes) }),
    sitesLeftOut === undefined ? '' : say(words, 'managed_left_out', { hosts: sitesLeftOut.join(', ') }),
    onlyStrong === undefined ? '' : say(words, 'managed_only_strong', { tricks: onlyStrong.join(', ') }),
    cardsADay === undefined ? '' : say(words, 'managed_cards', { count: cardsADay }),
    locks === undefined
      ? ''
      : say(words, 'managed_locks', { what: locks.map((lock) => say(words, LOCK_WORDS[lock])).join(', ') }),
    policy.feedMirror === undefined ? '' : say(words, 'managed_mirror', { hosts: hosts(policy.feedMirror) }),
    policy.feedAddress === undefined ? '' : say(words, 'managed_address', { host: hosts(policy.feedAddress) }),
    policy.feedChannel === undefined ? '' : say(words, 'managed_canary'),
  ].filter((sentence) => sentence !== '');
}

function Wrong({ words, problems }: { words: Words; problems: readonly PolicyProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <section class="sheet stack wide">
      <h2>{say(words, 'managed_wrong')}</h2>
      <p>{say(words, 'managed_wrong_why')}</p>
      <ul class="steps">
        {problems.map(({ where, kind }) => (
          <li key={where}>
            {say(words, kind === 'unknown' ? 'managed_unknown_key' : 'managed_wrong_value', { key: where })}
          </li>
        ))}
      </ul>
    </section>
  );
}
