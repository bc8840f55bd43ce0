/** What a warning shows: plain values, already in the reader's language, made by the worker and drawn by `components/`. */
import type { Category, CounterfactText, Language, Level, TrickText } from '../../rules/language/model.ts';

/** One rule that spoke, for “why am I seeing this”. */
export interface RuleReason {
  id: string;
  title: string;
  category: Category;
  date: string;
  references: string[];
}

export interface CardContents {
  level: Level;
  language: Language;
  trick: TrickText;
  counterfact: CounterfactText;
  /** The few words of the page that were seen, as they stand there; never sent anywhere. */
  words: string[];
  reasons: RuleReason[];
  ruleSetVersion: number;
  /** The host the page belongs to, for “not on this site”. */
  host: string;
}

/** How far “not a problem” reaches. */
export type MuteScope = 'conversation' | 'rule' | 'site';
