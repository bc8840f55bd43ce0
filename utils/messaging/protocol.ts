/** Who may ask what of whom. This table is the documentation; `validate.ts` holds the same shapes for checking. */
import type { ConversationMemory } from '../../rules/engine/memory.ts';
import type { Language, Level } from '../../rules/language/model.ts';
import type { EvidenceMessage } from '../evidence/author.ts';
import type { Guide, HelpRoute, Person } from '../help/model.ts';
import type { Mute, RuleSetState, Settings, TabState } from '../settings/model.ts';
import type { PolicyReading } from '../policy/schema.ts';
import type { Words } from '../words/words.ts';
import type { CardContents, MuteScope } from '../warning/contents.ts';

/** What every frame needs to find signals, and what it needs once it has found one. */
export type CompiledPart = 'index' | 'rules';

/** One part of a compiled rule set as it is stored for the session, and sent. */
export interface CompiledParcel {
  /** Of the whole rule set: parts with unlike stamps are of two, and are never used together. */
  stamp: string;
  /** Base64. */
  bytes: string;
  /** Keys of the ids of rules that are new: messages that were read before are looked at for these again. With `rules` only. */
  news?: number[];
}

/** A warning as the page's side raises it; the words that were seen stay in the page. */
export interface RaisedWarning {
  host: string;
  /** The site's own key of the conversation; stored as a salted hash only. */
  conversation: string;
  /** The rules that speak, strongest first. */
  rules: string[];
}

/** How a warning is to be shown. `badge` means in the toolbar only; `none`, that the teen said not to. */
export type Showing =
  | { as: 'none' }
  | { as: 'badge'; level: Level }
  | {
      as: 'chip' | 'card';
      contents: Omit<CardContents, 'words'>;
      /** Those of the interface, so that the card's code need not carry every language. */
      words: Words;
      people: Person[];
      routes: HelpRoute[];
      guides: readonly Guide[];
      today: string;
      highlight: string;
      /** Whether the computer is many people's. */
      isShared: boolean;
    };

/** What a page's content script may ask of the worker. */
export interface PageToWorker {
  /** One part of the compiled rules, for browsers whose content scripts cannot read the session's storage. */
  'rules/compiled': { input: { part: CompiledPart }; output: CompiledParcel | null };
  'conversation/recall': { input: { host: string; conversation: string }; output: ConversationMemory | null };
  'conversation/remember': {
    input: { host: string; conversation: string; memory: ConversationMemory };
    output: boolean;
  };
  'warning/raise': { input: RaisedWarning; output: Showing };
  'warning/mute': {
    input: { host: string; conversation: string; rule: string; scope: MuteScope };
    output: string | null;
  };
  'warning/unmute': { input: { id: string }; output: null };
  'settings/open': { input: Record<never, never>; output: null };
  /** Brings the code of “tell someone” into the caller's frame; says whether it came. */
  'tell/fetch': { input: Record<never, never>; output: boolean };
  /** Opens the page on which messages of the caller's tab can be kept. */
  'evidence/open': { input: Record<never, never>; output: null };
}

/** What the popup and the settings page may ask of the worker, besides the above. */
export interface PanelToWorker {
  'panel/overview': { input: Record<never, never>; output: Overview };
  'settings/save': { input: { language?: Language; pausedUntil?: number }; output: Overview };
  'people/save': { input: { people: Person[] }; output: Overview };
  'memory/forget': { input: Record<never, never>; output: Overview };
  /** Asks the feed now; answers when that has ended, well or not. */
  'feed/check': { input: Record<never, never>; output: Overview };
}

/** What the worker may ask of a page's content script. */
export interface WorkerToPage {
  'tab/state': { input: Record<never, never>; output: TabState };
  /** The messages that are on the page now; asked for only when the reader wants to keep some. */
  'page/messages': { input: Record<never, never>; output: PageMessages };
}

/** What a page holds that could be kept. */
export interface PageMessages {
  host: string;
  messages: EvidenceMessage[];
}

/** Everything that the popup and the settings page show. */
export interface Overview {
  settings: Settings;
  ruleSet: RuleSetState;
  people: Person[];
  mutes: Mute[];
  conversations: number;
  /** What a school has set; absent where nothing is. */
  policy?: PolicyReading;
}

/** A call as it travels. */
export interface Call {
  type: string;
  input: unknown;
}

/** Trouble as a value: the other side is not there, or it failed. */
export interface Trouble {
  trouble: 'nobody-listening' | 'failed' | 'not-allowed';
}

/** An answer as it travels. */
export type Reply<Output> = { value: Output } | Trouble;
