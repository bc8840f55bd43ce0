/** Which help is offered first, and which sentences are ready. */
import type { Category } from '../../rules/language/model.ts';
import type { HelpRoute } from '../../utils/help/model.ts';
import type { WordKey } from '../../utils/words/words.ts';

/** Sentences that a person can send as they are; none says what the chat says. */
export const SENTENCES = [
  { to: 'sentences_friend', keys: ['sentence_look', 'sentence_call', 'sentence_stay'] },
  { to: 'sentences_adult', keys: ['sentence_family', 'sentence_teacher'] },
  {
    to: 'sentences_happened',
    keys: ['sentence_paid', 'sentence_sent', 'sentence_code', 'sentence_going', 'sentence_account'],
  },
  { to: 'sentences_for_friend', keys: ['sentence_for_friend'] },
] as const satisfies { to: WordKey; keys: WordKey[] }[];

export type SentenceKey = (typeof SENTENCES)[number]['keys'][number];

/** Whether a name out of data is that of a ready sentence. */
export function isSentence(key: string): key is SentenceKey {
  return SENTENCES.some(({ keys }) => (keys as readonly string[]).includes(key));
}

/** More would push the people, who come first, out of sight. */
const MAX_FIRST = 5;

/** A route this old is shown as “please check”. */
export const MAX_ROUTE_DAYS = 365;

/** Tricks in which somebody plays the police, so that “I will go to the station” is a test. */
export const TESTED_BY_STATION: readonly Category[] = ['fake-authority', 'isolation-ransom'];

export interface RouteChoices {
  first: HelpRoute[];
  more: HelpRoute[];
  abroad: HelpRoute[];
}

/**
 * Parts the routes into those for these tricks, the others here, and those of other countries; keeps their order.
 *
 * A part of a country (`VN-SG`) counts as here, but never comes first: most people do not live in it.
 */
export function partRoutes(routes: HelpRoute[], categories: readonly Category[], country: string): RouteChoices {
  const isHere = (route: HelpRoute) => route.country === country || route.country === 'INT';
  const isMeant = (route: HelpRoute) =>
    route.firstFor.length === 0 || categories.some((category) => route.firstFor.includes(category));
  const first = routes.filter((route) => isHere(route) && isMeant(route)).slice(0, MAX_FIRST);
  const rest = routes.filter((route) => !first.includes(route));
  const isNear = (route: HelpRoute) => isHere(route) || route.country.startsWith(`${country}-`);
  return { first, more: rest.filter(isNear), abroad: rest.filter((route) => !isNear(route)) };
}
