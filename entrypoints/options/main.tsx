import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../../components/parts/look.css';
import '../../components/parts/feed.css';
import '../../components/settings/settings.css';
import { Settings } from '../../components/settings/Settings.tsx';
import { browser } from '../../utils/browser.ts';
import type { Person } from '../../utils/help/model.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { askWorker, isTrouble } from '../../utils/messaging/send.ts';
import type { Trouble } from '../../utils/messaging/protocol.ts';
import { SITES } from '../../utils/pages/sites.ts';
import { usePageLanguage } from '../../utils/panel/language.ts';
import { managedPage } from '../../utils/panel/managed.ts';
import { pauseEnd, readOverview } from '../../utils/panel/overview.ts';
import { onPolicyChanged } from '../../utils/policy/read.ts';
import { REMEMBER_DAYS } from '../../utils/store/memory.ts';
import { askedOrigins } from '../../utils/worker/registration.ts';
import { wordsFor } from '../../utils/words/words.ts';

function App() {
  const [overview, setOverview] = useState<Overview | undefined>(undefined);
  const [added, setAdded] = useState<string[]>([]);
  useEffect(() => {
    void readOverview().then(setOverview);
    void askedOrigins().then(setAdded);
    onPolicyChanged(() => void readOverview().then(setOverview));
  }, []);
  const language = overview?.settings.language;
  usePageLanguage(language);
  if (overview === undefined || language === undefined) return null;

  const take = async (asked: Promise<Overview | Trouble>): Promise<void> => {
    const answer = await asked;
    if (!isTrouble(answer)) setOverview(answer);
  };
  const savePeople = (people: Person[]): void => void take(askWorker('people/save', { people }));
  const { people } = overview;
  return (
    <Settings
      words={wordsFor(language)}
      settings={overview.settings}
      people={people}
      mutes={overview.mutes}
      ruleSet={overview.ruleSet}
      sites={{ listed: SITES.map(({ name }) => name), added }}
      policy={overview.policy?.policy}
      memory={{ conversations: overview.conversations, days: REMEMBER_DAYS }}
      on={{
        addPerson: (person) => savePeople([...people, { ...person, id: crypto.randomUUID() }]),
        changePerson: (person) => savePeople(people.map((known) => (known.id === person.id ? person : known))),
        removePerson: (id) => savePeople(people.filter((known) => known.id !== id)),
        setLanguage: (chosen) => void take(askWorker('settings/save', { language: chosen })),
        pause: (minutes) => void take(askWorker('settings/save', { pausedUntil: pauseEnd(minutes) })),
        resume: () => void take(askWorker('settings/save', { pausedUntil: 0 })),
        undoMute: (id) => void askWorker('warning/unmute', { id }).then(() => take(askWorker('panel/overview', {}))),
        removeSite: (origin) =>
          void browser.permissions.remove({ origins: [origin] }).then(() => askedOrigins().then(setAdded)),
        openManaged: () => void browser.tabs.create({ url: managedPage() }),
        forgetAll: () => void take(askWorker('memory/forget', {})),
        checkFeed: async () => {
          const answer = await askWorker('feed/check', {});
          if (isTrouble(answer)) return undefined;
          setOverview(answer);
          return answer.ruleSet.feed;
        },
      }}
    />
  );
}

render(<App />, document.getElementById('app') ?? document.body);
