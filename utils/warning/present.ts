/** The worker's part of a warning: whether it is muted, how it is shown, its words, the badge. */
import { LEVELS, type Language, type Level } from '../../rules/language/model.ts';
import type { RuleWords } from '../feed/generation.ts';
import { GUIDES } from '../help/guides.ts';
import type { HelpRoute, Person } from '../help/model.ts';
import type { RaisedWarning, Showing } from '../messaging/protocol.ts';
import type { Mute } from '../settings/model.ts';
import { wordsFor } from '../words/words.ts';
import type { CardContents } from './contents.ts';
import { decide } from './frequency.ts';

/** What the decision needs to know, all read beforehand. */
export interface Circumstances {
  pack: RuleWords;
  language: Language;
  mutes: readonly Mute[];
  conversationKey: string;
  shown: Level | null;
  cardsToday: number;
  /** Another most of a day, by policy. */
  cardsADay?: number | undefined;
  /** Whether a policy lets a warning of this trick and level come. */
  isWanted?: (category: string, level: Level) => boolean;
  /** Whether the computer is many people's, so that the way to the own phone is open at once. */
  isShared?: boolean;
  people: Person[];
  routesFor: (category: string) => HelpRoute[];
  today: string;
  highlight: string;
}

/** Decides how a raised warning is shown and puts its contents together. Pure: storing and drawing are the caller's. */
export function present(raised: RaisedWarning, circumstances: Circumstances): Showing {
  const { pack, mutes, conversationKey, shown, cardsToday, cardsADay, isWanted } = circumstances;
  const isMuted = (rule: string): boolean =>
    mutes.some(
      ({ scope, key }) =>
        (scope === 'rule' && key === rule) ||
        (scope === 'site' && key === raised.host) ||
        (scope === 'conversation' && key === conversationKey),
    );
  const rules = raised.rules
    .filter((id) => !isMuted(id))
    .flatMap((id) => pack.rules.find((rule) => rule.id === id) ?? [])
    .filter(({ category, level }) => isWanted?.(category, level) ?? true)
    .toSorted((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level));
  const [first] = rules;
  if (first === undefined) return { as: 'none' };
  const as = decide({ level: first.level, shown, cardsToday, cardsADay });
  const contents = contentsOf(rules, circumstances, raised.host);
  if (as === 'badge' || contents === undefined) return { as: 'badge', level: first.level };
  const { people, routesFor, today, highlight, isShared = false } = circumstances;
  const words = wordsFor(circumstances.language);
  return { as, contents, words, people, routes: routesFor(first.category), guides: GUIDES, today, highlight, isShared };
}

function contentsOf(
  rules: readonly RuleWords['rules'][number][],
  { pack, language }: Circumstances,
  host: string,
): Omit<CardContents, 'words'> | undefined {
  const [first] = rules;
  const trick = first === undefined ? undefined : pack.texts[language].tricks[first.explain.trick];
  const counterfact = first === undefined ? undefined : pack.texts[language].counterfacts[first.explain.counterfact];
  if (first === undefined || trick === undefined || counterfact === undefined) return undefined;
  return {
    level: first.level,
    language,
    trick,
    counterfact,
    reasons: rules.map(({ id, title, category, date, references }) => ({ id, title, category, date, references })),
    ruleSetVersion: pack.version,
    host,
  };
}

/** The colour of the badge, by level: the same hues as the card's. */
export const BADGE_COLOURS: Record<Level, string> = { notice: '#2f6f73', warning: '#1f6f6b', urgent: '#a85400' };
