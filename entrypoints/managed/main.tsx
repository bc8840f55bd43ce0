import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../../components/parts/look.css';
import '../../components/settings/settings.css';
import { Managed } from '../../components/managed/Managed.tsx';
import { browser } from '../../utils/browser.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { usePageLanguage } from '../../utils/panel/language.ts';
import { readOverview } from '../../utils/panel/overview.ts';
import { onPolicyChanged } from '../../utils/policy/read.ts';
import { wordsFor } from '../../utils/words/words.ts';

function App() {
  const [overview, setOverview] = useState<Overview | undefined>();
  useEffect(() => {
    const read = () => void readOverview().then(setOverview);
    read();
    onPolicyChanged(read);
  }, []);
  const language = overview?.settings.language;
  usePageLanguage(language);
  if (overview === undefined || language === undefined) return null;
  return (
    <Managed
      words={wordsFor(language)}
      reading={overview.policy}
      on={{
        allowSites: (hosts) => void browser.permissions.request({ origins: hosts.map((host) => `https://${host}/*`) }),
      }}
    />
  );
}

render(<App />, document.getElementById('app') ?? document.body);
