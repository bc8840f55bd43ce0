import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../../components/parts/look.css';
import '../../components/settings/settings.css';
import '../../components/evidence/evidence.css';
import { Evidence } from '../../components/evidence/Evidence.tsx';
import { browser } from '../../utils/browser.ts';
import { checkEvidence, evidenceName, writeEvidence, type EvidenceFile } from '../../utils/evidence/file.ts';
import { tabOfPage } from '../../utils/evidence/page.ts';
import type { PageMessages } from '../../utils/messaging/protocol.ts';
import { askPage, isTrouble } from '../../utils/messaging/send.ts';
import { usePageLanguage } from '../../utils/panel/language.ts';
import { readOverview } from '../../utils/panel/overview.ts';
import { type Words, wordsFor } from '../../utils/words/words.ts';

interface Reading extends PageMessages {
  /** ISO 8601 */
  readAt: string;
}

async function readPage(): Promise<Reading> {
  const tab = tabOfPage(location.hash);
  const answer = tab === undefined ? undefined : await askPage(tab, 'page/messages', {});
  const readAt = new Date().toISOString();
  return answer === undefined || isTrouble(answer) ? { host: '', messages: [], readAt } : { ...answer, readAt };
}

function save({ html }: EvidenceFile, readAt: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  link.download = evidenceName(readAt);
  link.click();
  URL.revokeObjectURL(link.href);
}

function App() {
  const [words, setWords] = useState<Words | undefined>();
  const [reading, setReading] = useState<Reading | undefined>();
  const read = () => void readPage().then(setReading);
  useEffect(() => {
    void readOverview().then((overview) => setWords(wordsFor(overview?.settings.language ?? 'vi')));
    read();
  }, []);
  usePageLanguage(words?.language);
  if (words === undefined) return null;
  return (
    <Evidence
      words={words}
      messages={reading?.messages}
      host={reading?.host ?? ''}
      on={{
        again: read,
        write: (messages) =>
          writeEvidence(
            words,
            {
              host: reading?.host ?? '',
              readAt: reading?.readAt ?? '',
              version: browser.runtime.getManifest().version,
            },
            messages,
          ),
        save: (file) => save(file, reading?.readAt ?? ''),
        check: checkEvidence,
      }}
    />
  );
}

render(<App />, document.getElementById('app') ?? document.body);
