/** What a person can set, and what a tab is, as the popup and the settings page show it. */
import type { Language, Level } from '../../rules/language/model.ts';
import type { MuteScope } from '../warning/contents.ts';

export interface Settings {
  language: Language;
  /** Milliseconds since 1970 until which nothing is read; 0 when not paused. */
  pausedUntil: number;
}

/** Something that the teen said not to warn of. */
export interface Mute {
  id: string;
  scope: MuteScope;
  /** The host, the rule's id, or the hash of the conversation. */
  key: string;
  /** What the settings page shows for it: the host or the rule's title; never a name or a text of the page. */
  label: string;
  since: number;
}

/** What the popup says of the tab in front. */
export type TabState =
  | { kind: 'checked'; host: string; reader: string; conversationOpen: boolean; warnings: number; highest?: Level }
  | { kind: 'paused'; host: string; until: number }
  /** A site of the list where nothing could be read, or whose script does not run (page older than the extension). */
  | { kind: 'unreadable'; host: string; why: 'reload' | 'no-access' | 'nothing-found' }
  /** A site that is not on the list; `origin` can be asked for, undefined for browser pages and files. */
  | { kind: 'not-checked'; host: string; origin?: string };

export interface RuleSetState {
  version: number;
  date: string;
  rules: number;
  /** Trouble that a person should know of; undefined when all is well. */
  problem?: 'rules-damaged' | 'storage-full' | 'storage-unavailable';
}
