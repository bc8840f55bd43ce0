import { useEffect, useRef } from 'preact/hooks';
import { say, type Words } from '../../utils/words/words.ts';
import { Icon } from './Icon.tsx';

interface ViewHeadProps {
  words: Words;
  title: string;
  onBack?: (() => void) | undefined;
}

/**
 * The head of a view that a person opened: a way back and a title.
 *
 * Takes the focus, since the button that was pressed is gone; so it must never stand in a view that opens by itself.
 */
export function ViewHead({ words, title, onBack }: ViewHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title]);
  return (
    <div class="view-head">
      {onBack === undefined ? null : (
        <button type="button" class="quiet" aria-label={say(words, 'back')} onClick={onBack}>
          <Icon name="back" />
        </button>
      )}
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
    </div>
  );
}
