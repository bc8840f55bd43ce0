/** The door between a frame's content script and the card, whose code comes into the same isolated world when it is needed. */
import type { Guide, HelpRoute, Person } from '../help/model.ts';
import type { Words } from '../words/words.ts';
import type { CardContents, MuteScope } from './contents.ts';

/** What the injected card offers; on `globalThis` of the isolated world, where the page cannot reach. */
export interface CardDoor {
  show(view: CardView): void;
}

/** Everything the card draws and calls. */
export interface CardView {
  as: 'chip' | 'card';
  contents: CardContents;
  words: Words;
  people: Person[];
  routes: HelpRoute[];
  guides: readonly Guide[];
  today: string;
  mute(scope: MuteScope): Promise<boolean>;
  unmute(): Promise<void>;
  openSettings(): void;
  keepEvidence(): void;
  signal: AbortSignal;
}

/** The name under which the card's code puts its door. */
export const CARD_DOOR = Symbol.for('beside.card');
