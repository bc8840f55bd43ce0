import { useEffect, useRef, useState } from 'preact/hooks';
import { say, type Words } from '../../utils/words/words.ts';

interface ConfirmProps {
  words: Words;
  /** The button that starts it. */
  ask: string;
  /** How a screen reader calls that button, when the word alone would not tell which. */
  askName?: string;
  question: string;
  yes: string;
  onYes: () => void;
}

/** A button that asks once more, in its own place, before it does what cannot be undone. */
export function Confirm({ words, ask, askName, question, yes, onYes }: ConfirmProps) {
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const start = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) start.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!isAsking)
    return (
      <div>
        <button ref={start} type="button" aria-label={askName} onClick={() => setAsking(true)}>
          {ask}
        </button>
      </div>
    );
  return (
    <div class="panel stack" role="group" aria-label={question}>
      <p class="strong">{question}</p>
      <div class="row">
        <button ref={keep} type="button" onClick={() => setAsking(false)}>
          {say(words, 'person_keep')}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            setAsking(false);
            onYes();
          }}
        >
          {yes}
        </button>
      </div>
    </div>
  );
}
