import { useState } from 'preact/hooks';
import type { EvidenceState } from '../../utils/evidence/file.ts';
import { say, type Words } from '../../utils/words/words.ts';

interface FileCheckProps {
  words: Words;
  onCheck: (text: string) => Promise<EvidenceState>;
}

/** Says of a saved file whether it is as it was. */
export function FileCheck({ words, onCheck }: FileCheckProps) {
  const [state, setState] = useState<EvidenceState | undefined>();
  const check = async (file: File | undefined) => {
    setState(file === undefined ? undefined : await onCheck(await file.text()));
  };
  return (
    <section class="sheet stack">
      <label>
        <h2>{say(words, 'evidence_check')}</h2>
        <input
          type="file"
          accept=".html,text/html"
          onChange={(event) => void check(event.currentTarget.files?.[0] ?? undefined)}
        />
      </label>
      <p role="status">{state === undefined ? '' : describe(words, state)}</p>
      {state?.kind === 'whole' ? (
        <p class="small soft">
          {say(words, 'evidence_fingerprint')} <code>{state.fingerprint}</code>
        </p>
      ) : null}
    </section>
  );
}

function describe(words: Words, state: EvidenceState): string {
  switch (state.kind) {
    case 'whole':
      return say(words, 'evidence_whole', { count: state.messages });
    case 'changed':
      return say(words, 'evidence_changed', { number: state.first });
    case 'not-evidence':
      return say(words, 'evidence_other');
  }
}
