import { useEffect, useRef } from 'preact/hooks';
import type { MuteScope } from '../../utils/warning/contents.ts';
import { say, type Words } from '../../utils/words/words.ts';
import { writeHost } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { ViewHead } from '../parts/ViewHead.tsx';
import type { CardProps } from './Card.tsx';

interface MuteViewProps {
  words: Words;
  host: string;
  onBack: () => void;
  onMute: (scope: MuteScope) => void;
}

/** “Not a problem”: how far that reaches, narrowest first. */
export function MuteView({ words, host, onBack, onMute }: MuteViewProps) {
  const choices: [MuteScope, string][] = [
    ['conversation', say(words, 'mute_conversation')],
    ['rule', say(words, 'mute_rule')],
    ['site', say(words, 'mute_site', { host: writeHost(host) })],
  ];
  return (
    <div class="stack">
      <ViewHead words={words} title={say(words, 'mute_title')} onBack={onBack} />
      {choices.map(([scope, text]) => (
        <button key={scope} type="button" class="entry" onClick={() => onMute(scope)}>
          <span class="entry-text">{text}</span>
        </button>
      ))}
      <p class="small soft">{say(words, 'mute_hint')}</p>
    </div>
  );
}

interface MutedViewProps {
  words: Words;
  scope: MuteScope;
  host: string;
  on: CardProps['on'];
}

/** What stays after muting: what was chosen, and the way back. */
export function MutedView({ words, scope, host, on }: MutedViewProps) {
  const undo = useRef<HTMLButtonElement>(null);
  // Muting is always the reader's own press, and the pressed button is gone.
  useEffect(() => undo.current?.focus({ preventScroll: true }), []);
  const texts = {
    conversation: say(words, 'muted_conversation'),
    rule: say(words, 'muted_rule'),
    site: say(words, 'muted_site', { host: writeHost(host) }),
  } satisfies Record<MuteScope, string>;
  return (
    <div class="card-body stack wide">
      <p class="muted-text" role="status">
        <Icon name="check" />
        <span>{texts[scope]}</span>
      </p>
      <div class="row even">
        <button ref={undo} type="button" onClick={on.undoMute}>
          {say(words, 'undo')}
        </button>
        <button type="button" onClick={on.close}>
          {say(words, 'close')}
        </button>
      </div>
      <button type="button" class="quiet" onClick={on.openSettings}>
        {say(words, 'settings')}
      </button>
    </div>
  );
}
