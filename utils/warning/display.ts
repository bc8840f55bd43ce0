/** Hands warnings to the card, whose code the worker has injected into this frame's isolated world. */
import { LEVELS } from '../../rules/language/model.ts';
import { askWorker, isTrouble } from '../messaging/send.ts';
import type { Showing } from '../messaging/protocol.ts';
import type { CardContents } from './contents.ts';
import { CARD_DOOR, type CardDoor } from './door.ts';

/** Most quoted words of one card: a few are enough to recognise the message. */
const MOST_WORDS = 6;

export class WarningDisplay {
  readonly #signal: AbortSignal;
  /** Ends what is shown now. */
  #end = new AbortController();
  #current: { conversation: string; contents: CardContents; as: 'chip' | 'card' } | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether there is a warning that could be withdrawn. */
  get isShowing(): boolean {
    return this.#current !== undefined;
  }

  /** Takes away a warning of which no rule is in use any more: it was wrong. Says whether it did. */
  withdraw(isInUse: (rule: string) => boolean): boolean {
    if (this.#current === undefined || this.#current.contents.reasons.some(({ id }) => isInUse(id))) return false;
    this.#end.abort();
    this.#end = new AbortController();
    this.#current = undefined;
    return true;
  }

  /** Shows a warning, merged with the one that is there for the same conversation. */
  show(showing: Extract<Showing, { as: 'card' | 'chip' }>, words: readonly string[], conversation: string): void {
    const door = (globalThis as { [CARD_DOOR]?: CardDoor })[CARD_DOOR];
    if (door === undefined) return;
    const fresh: CardContents = { ...showing.contents, words: words.slice(0, MOST_WORDS) };
    const before = this.#current?.conversation === conversation ? this.#current : undefined;
    const contents = before === undefined ? fresh : merge(before.contents, fresh);
    const as = before?.as === 'card' ? 'card' : showing.as;
    this.#current = { conversation, contents, as };
    const host = location.hostname;
    let muted: string | undefined;
    door.show({
      as,
      contents,
      words: showing.words,
      people: showing.people,
      routes: showing.routes,
      guides: showing.guides,
      today: showing.today,
      isShared: showing.isShared,
      signal: AbortSignal.any([this.#signal, this.#end.signal]),
      mute: async (scope) => {
        const id = await askWorker('warning/mute', { host, conversation, rule: contents.reasons[0]?.id ?? '', scope });
        muted = isTrouble(id) || id === null ? undefined : id;
        return muted !== undefined;
      },
      unmute: async () => {
        if (muted !== undefined) await askWorker('warning/unmute', { id: muted });
        muted = undefined;
      },
      openSettings: () => void askWorker('settings/open', {}),
      keepEvidence: () => void askWorker('evidence/open', {}),
      fetchTell: async () => (await askWorker('tell/fetch', {})) === true,
    });
  }
}

/** The stronger of two warnings of one conversation, with the words and reasons of both. */
function merge(before: CardContents, fresh: CardContents): CardContents {
  const [first, second] =
    LEVELS.indexOf(fresh.level) >= LEVELS.indexOf(before.level) ? [fresh, before] : [before, fresh];
  return {
    ...first,
    words: [...new Set([...fresh.words, ...before.words])].slice(0, MOST_WORDS),
    reasons: [
      ...first.reasons,
      ...second.reasons.filter(({ id }) => first.reasons.every((reason) => reason.id !== id)),
    ],
  };
}
