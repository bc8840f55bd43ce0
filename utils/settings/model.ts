/** What a person can set, and what a tab is, as the popup and the settings page show it. */
import type { FeedRole } from '../../rules/feed/path.ts';
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
  /** A site that a school's policy leaves out. */
  | { kind: 'left-out'; host: string }
  /** A site that is not on the list; `origin` can be asked for, undefined for browser pages and files. */
  | { kind: 'not-checked'; host: string; origin?: string };

/**
 * How fresh what the feed says is, by how long its newest timestamp has been out of date: not at all; up to a week
 * (`stale`); longer (`old`); longer than 60 days (`very-old`). Rules stay in use in every one of them. Source:
 * design/feed.md 4.4.
 */
export const FRESHNESS = ['fresh', 'stale', 'old', 'very-old'] as const;
export type Freshness = (typeof FRESHNESS)[number];

/** Why what a mirror gave was not taken, or nothing came. The last good rules stay in use. */
export const REFUSALS = [
  /** No network. */
  'offline',
  /** The mirror did not answer, not in time, or with an error. */
  'unreachable',
  /** Not signed by enough of those who may. */
  'bad-signature',
  /** Signed, but its time is over: the mirror is behind, or somebody holds news back. */
  'expired',
  /** Older than what this device has had already. */
  'rollback',
  /** Parts of different releases. */
  'mix',
  /** Other bytes than the signed hash says. */
  'tampered',
  /** More bytes than are allowed. */
  'too-large',
  /** Not of the form that this version of Beside knows. */
  'bad-format',
  /** Well signed, but the rules fail the checks or the trial texts. */
  'bad-rules',
  /** Could not be kept: the disk is full, or storage cannot be used. */
  'storage',
] as const;
export type RefusalKind = (typeof REFUSALS)[number];

/** What was refused last, and has not been mended since. */
export interface FeedRefusal {
  kind: RefusalKind;
  /** Path of the file in the repository, such as `vi-core/42.jsonl`; empty when none is to blame. */
  file: string;
  /** Host of the mirror; empty when none is to blame. */
  mirror: string;
  /** Milliseconds since 1970. */
  at: number;
  /** For the details: what exactly was wrong, in English. */
  what: string;
}

/** What the panels say of the signed feed. */
export interface FeedState {
  /** `none`: this package was built without a feed; its own rules serve. */
  source: 'none' | 'feed';
  /** Absent without a feed, and until its first metadata was read. */
  freshness?: Freshness;
  /** When what is held was issued by the publisher, ISO 8601. */
  issued?: string;
  /** When a mirror last answered with good metadata, in milliseconds since 1970. */
  checkedAt?: number;
  /** When the rules in use were taken from the feed, in milliseconds since 1970; absent while those of the package serve. */
  changedAt?: number;
  /** What is wrong with this device’s clock; absent when nothing is known to be. */
  clock?: 'behind' | 'ahead';
  refusal?: FeedRefusal;
  /** The number of each role’s rule file in use; a role without one is absent. */
  files: Partial<Record<FeedRole, number>>;
  /** Where the rules in use come from; `previous` when the newest that was stored is damaged. */
  rulesFrom: 'package' | 'feed' | 'previous';
}

export interface RuleSetState {
  version: number;
  date: string;
  rules: number;
  feed: FeedState;
  /** Trouble that a person should know of; undefined when all is well. */
  problem?: 'rules-damaged' | 'storage-full' | 'storage-unavailable';
}
