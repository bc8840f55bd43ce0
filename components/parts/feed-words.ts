/** What is said of the signed feed: which sentence fits which state. Pure, so that every state can be looked at. */
import type { FeedRole } from '../../rules/feed/path.ts';
import type { FeedState, Freshness, RefusalKind, RuleSetState } from '../../utils/settings/model.ts';
import { say, type WordKey, type Words } from '../../utils/words/words.ts';
import { dayOf, writeDay } from './format.ts';

/** Why an update was not taken, in plain words. */
const REFUSAL_WORDS = {
  offline: 'feed_why_offline',
  unreachable: 'feed_why_unreachable',
  'bad-signature': 'feed_why_signature',
  expired: 'feed_why_expired',
  rollback: 'feed_why_rollback',
  mix: 'feed_why_mix',
  tampered: 'feed_why_tampered',
  'too-large': 'feed_why_too_large',
  'bad-format': 'feed_why_format',
  'bad-rules': 'feed_why_rules',
  storage: 'feed_why_storage',
} as const satisfies Record<RefusalKind, WordKey>;

/** What happened, in the line that opens the details. */
const REFUSAL_TITLES: Partial<Record<RefusalKind, WordKey>> = {
  offline: 'feed_missed',
  unreachable: 'feed_missed',
  storage: 'feed_unsaved',
};

/** What people call the part of the rules that each role signs. */
export const ROLE_WORDS = {
  'vi-core': 'feed_role_vi',
  en: 'feed_role_en',
  minority: 'feed_role_minority',
  'vi-urgent': 'feed_role_urgent',
} as const satisfies Record<FeedRole, WordKey>;

/** Why an update was not taken. */
export function whyRefused(words: Words, kind: RefusalKind): string {
  return say(words, REFUSAL_WORDS[kind]);
}

/** What happened to an update that was not taken, in a few words. */
export function titleRefusal(words: Words, kind: RefusalKind): string {
  return say(words, REFUSAL_TITLES[kind] ?? 'feed_refused');
}

/** What each age of the rules is called; fresh rules need no word. */
const AGE_WORDS: Record<Freshness, WordKey | undefined> = {
  fresh: undefined,
  stale: 'feed_stale',
  old: 'feed_old',
  'very-old': 'feed_very_old',
};

/** Whether nothing came at all, as happens to every laptop; no word is needed for that while the rules are fresh. */
export function isMissed(kind: RefusalKind): boolean {
  return kind === 'offline' || kind === 'unreachable';
}

/** How old the rules are, in one sentence; undefined when there is nothing to say. Trouble is what should be seen. */
export function sayAge(words: Words, ruleSet: RuleSetState): { text: string; isTrouble: boolean } | undefined {
  const { feed } = ruleSet;
  if (feed.source === 'none') return { text: say(words, 'feed_none'), isTrouble: false };
  const issued = Date.parse(feed.issued ?? '');
  const date = writeDay(words, Number.isNaN(issued) ? ruleSet.date : dayOf(issued));
  const age = AGE_WORDS[feed.freshness ?? 'fresh'];
  return age === undefined ? undefined : { text: say(words, age, { date }), isTrouble: age !== 'feed_stale' };
}

/** How a check that was asked for ended. */
export type CheckOutcome = 'new' | 'same' | 'refused' | 'missed';

/** How a check ended, from what was known before and after it; `after` is undefined when nothing answered. */
export function judgeCheck(before: FeedState, after: FeedState | undefined): CheckOutcome {
  if (after === undefined) return 'missed';
  if (after.changedAt !== before.changedAt) return 'new';
  if (after.refusal !== undefined) return isMissed(after.refusal.kind) ? 'missed' : 'refused';
  return after.checkedAt === before.checkedAt ? 'missed' : 'same';
}

/** Which words say how a check ended. */
export const OUTCOME_WORDS = {
  new: 'feed_check_new',
  same: 'feed_check_same',
  refused: 'feed_check_refused',
  missed: 'feed_check_missed',
} as const satisfies Record<CheckOutcome, WordKey>;
