/**
 * The doors between a frame's content script, the card, and “tell someone”: their code comes into the same isolated world
 * one after the other, each when it is needed.
 */
import type { TellProps } from '../../components/tell/Tell.tsx';
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
  /** Whether the computer is many people's. */
  isShared: boolean;
  mute(scope: MuteScope): Promise<boolean>;
  unmute(): Promise<void>;
  openSettings(): void;
  keepEvidence(): void;
  /** Brings the code of “tell someone”; says whether it is there. */
  fetchTell(): Promise<boolean>;
  signal: AbortSignal;
}

/** What the injected “tell someone” offers, in the same place. */
export interface TellDoor {
  draw(place: HTMLElement, props: TellProps): void;
}

/** The names under which they put their doors. */
export const CARD_DOOR = Symbol.for('beside.card');
export const TELL_DOOR = Symbol.for('beside.tell');
