/** “Keep evidence”: pick messages, see the file, save it; or check a file that was saved. Data in, callbacks out. */
import { useEffect, useState } from 'preact/hooks';
import { authorOf, type EvidenceMessage } from '../../utils/evidence/author.ts';
import type { EvidenceFile, EvidenceState } from '../../utils/evidence/file.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { Mark } from '../art/Mark.tsx';
import { shorten, writeHost } from '../parts/format.ts';
import { FileCheck } from './FileCheck.tsx';

export interface EvidenceProps {
  words: Words;
  /** Undefined while they are being read. */
  messages: readonly EvidenceMessage[] | undefined;
  host: string;
  on: {
    /** Reads the page once more. */
    again(): void;
    write(messages: readonly EvidenceMessage[]): Promise<EvidenceFile>;
    save(file: EvidenceFile): void;
    check(text: string): Promise<EvidenceState>;
  };
}

export function Evidence({ words, messages, host, on }: EvidenceProps) {
  return (
    <main class="beside settings evidence" lang={words.language}>
      <header class="settings-head">
        <Mark size={56} />
        <div class="stack close">
          <h1>{say(words, 'evidence_title')}</h1>
          <p>{say(words, 'evidence_lead')}</p>
        </div>
      </header>
      {messages === undefined ? null : messages.length === 0 ? (
        <section class="sheet stack">
          <p>{say(words, 'evidence_none')}</p>
          <AgainButton words={words} onAgain={on.again} />
        </section>
      ) : (
        <Choice words={words} messages={messages} host={host} on={on} />
      )}
      <FileCheck words={words} onCheck={on.check} />
    </main>
  );
}

type ChoiceProps = EvidenceProps & { messages: readonly EvidenceMessage[] };

function Choice({ words, messages, host, on }: ChoiceProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [file, setFile] = useState<EvidenceFile | undefined>();
  const [isSaved, setSaved] = useState(false);
  useEffect(() => setChosen(new Set()), [messages]);
  useEffect(() => {
    let isCurrent = true;
    setSaved(false);
    if (chosen.size === 0) setFile(undefined);
    else void on.write(messages.filter((_, at) => chosen.has(at))).then((made) => isCurrent && setFile(made));
    return () => {
      isCurrent = false;
    };
  }, [chosen, messages]);
  const toggle = (at: number) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(at)) next.add(at);
      return next;
    });
  return (
    <>
      <section class="sheet stack">
        <h2>{writeHost(host)}</h2>
        <p class="small soft">{say(words, 'evidence_seen')}</p>
        <div class="row">
          <button type="button" onClick={() => setChosen(new Set(messages.keys()))}>
            {say(words, 'evidence_all')}
          </button>
          <button type="button" onClick={() => setChosen(new Set())}>
            {say(words, 'evidence_nothing')}
          </button>
          <AgainButton words={words} onAgain={on.again} />
        </div>
        <ul class="evidence-list stack">
          {messages.map((message, at) => (
            // Messages have no names of their own, and their order is what they are.
            <li key={at}>
              <label class={`evidence-message ${message.from}`}>
                <input
                  type="checkbox"
                  aria-label={shorten(message.text, 60)}
                  checked={chosen.has(at)}
                  onChange={() => toggle(at)}
                />
                <span class="stack close">
                  <bdi class="label">{authorOf(words, message)}</bdi>
                  <bdi class="evidence-text">{message.text}</bdi>
                </span>
              </label>
            </li>
          ))}
        </ul>
        <p class="small soft">{say(words, 'evidence_private')}</p>
      </section>
      <section class="sheet stack">
        <h2>{say(words, 'evidence_preview')}</h2>
        <p role="status">{say(words, 'evidence_chosen', { count: chosen.size })}</p>
        {file === undefined ? null : (
          <>
            <iframe class="evidence-file" title={say(words, 'evidence_preview')} sandbox="" srcdoc={file.html} />
            <button
              type="button"
              class="primary"
              onClick={() => {
                on.save(file);
                setSaved(true);
              }}
            >
              {say(words, 'evidence_save')}
            </button>
            <p class="small" role="status">
              {isSaved ? say(words, 'evidence_saved') : ''}
            </p>
          </>
        )}
      </section>
    </>
  );
}

function AgainButton({ words, onAgain }: { words: Words; onAgain: () => void }) {
  return (
    <button type="button" onClick={onAgain}>
      {say(words, 'evidence_again')}
    </button>
  );
}
