import type { TrickText } from '../../rules/language/model.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { ViewHead } from '../parts/ViewHead.tsx';

interface CheckViewProps {
  words: Words;
  trick: TrickText;
  onBack: () => void;
}

/** How to find out for oneself, what to do now, and what to do when it has already happened. */
export function CheckView({ words, trick, onBack }: CheckViewProps) {
  return (
    <div class="stack wide">
      <ViewHead words={words} title={say(words, 'check_title')} onBack={onBack} />
      <Steps steps={trick.checks} />
      {trick.now.length === 0 ? null : (
        <section class="panel stack">
          <h3 class="label">{say(words, 'check_now')}</h3>
          <Steps steps={trick.now} />
        </section>
      )}
      {trick.happened.length === 0 ? null : (
        <details>
          <summary>{say(words, 'check_happened')}</summary>
          <Steps steps={trick.happened} />
        </details>
      )}
    </div>
  );
}

function Steps({ steps }: { steps: string[] }) {
  return (
    <ul class="steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ul>
  );
}
