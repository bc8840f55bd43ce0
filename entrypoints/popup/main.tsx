import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../../components/parts/look.css';
import '../../components/parts/feed.css';
import '../../components/popup/popup.css';
import '../../components/tell/tell.css';
import { Popup } from '../../components/popup/Popup.tsx';
import { browser } from '../../utils/browser.ts';
import { evidencePage } from '../../utils/evidence/page.ts';
import { GUIDES } from '../../utils/help/guides.ts';
import { routesFor } from '../../utils/help/routes.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { askWorker, isTrouble } from '../../utils/messaging/send.ts';
import { schoolPeople, schoolRoutes } from '../../utils/policy/apply.ts';
import { usePageLanguage } from '../../utils/panel/language.ts';
import { managedPage } from '../../utils/panel/managed.ts';
import { pauseEnd, readOverview, today } from '../../utils/panel/overview.ts';
import { readTab } from '../../utils/panel/tab.ts';
import type { TabState } from '../../utils/settings/model.ts';
import { copyText } from '../../utils/warning/copy.ts';
import { wordsFor } from '../../utils/words/words.ts';

function App() {
  const [overview, setOverview] = useState<Overview | undefined>(undefined);
  const [tab, setTab] = useState<{ state: TabState; tab: number | undefined } | undefined>(undefined);
  useEffect(() => {
    void readOverview().then(setOverview);
    void readTab().then(setTab);
  }, []);

  const language = overview?.settings.language ?? (browser.i18n.getUILanguage().startsWith('vi') ? 'vi' : 'en');
  usePageLanguage(language);
  const policy = overview?.policy?.policy;
  const reload = (): void => {
    if (tab?.tab !== undefined) void browser.tabs.reload(tab.tab);
    window.close();
  };
  const pauseUntil = async (pausedUntil: number): Promise<void> => {
    const saved = await askWorker('settings/save', { pausedUntil });
    if (!isTrouble(saved)) setOverview(saved);
  };
  return (
    <Popup
      words={wordsFor(language)}
      tab={tab?.state}
      ruleSet={overview?.ruleSet}
      settings={overview?.settings ?? { language, pausedUntil: 0 }}
      people={[...schoolPeople(policy ?? {}), ...(overview?.people ?? [])]}
      routes={[...schoolRoutes(policy ?? {}), ...routesFor(undefined, 'VN')]}
      policy={policy}
      guides={GUIDES}
      today={today()}
      country="VN"
      on={{
        pause: (minutes) => void pauseUntil(pauseEnd(minutes)),
        resume: () => void pauseUntil(0),
        askForSite: (origin) =>
          void browser.permissions.request({ origins: [origin] }).then((granted) => granted && reload()),
        openSettings: () => void browser.runtime.openOptionsPage(),
        openManaged: () => void browser.tabs.create({ url: managedPage() }),
        keepEvidence: () => {
          if (tab?.tab !== undefined) void browser.tabs.create({ url: evidencePage(tab.tab) });
        },
        copy: copyText,
        reload,
      }}
    />
  );
}

render(<App />, document.getElementById('app') ?? document.body);
