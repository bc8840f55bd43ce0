/** How a warning is shown, so that it helps and does not nag. */
import { LEVELS, type Level } from '../../rules/language/model.ts';

/** Most cards of a day that are not urgent; further ones show in the toolbar only. [judged: more would be switched off] */
export const CARDS_A_DAY = 5;

/** What decides how a warning is shown. */
export interface Occasion {
  level: Level;
  /** The strongest level that this conversation's reader has been shown. */
  shown: Level | null;
  cardsToday: number;
  /** Another most of a day, by policy. */
  cardsADay?: number | undefined;
}

/**
 * Decides between the card, the quiet chip and the toolbar's badge alone.
 *
 * A card comes once per upward crossing per conversation; the same level again is a chip, so that it stays in reach. A
 * notice is always a chip. Urgent warnings have no daily cap.
 */
export function decide({ level, shown, cardsToday, cardsADay = CARDS_A_DAY }: Occasion): 'card' | 'chip' | 'badge' {
  const rises = shown === null || LEVELS.indexOf(level) > LEVELS.indexOf(shown);
  if (level === 'notice' || !rises) return 'chip';
  if (level !== 'urgent' && cardsToday >= cardsADay) return 'badge';
  return 'card';
}
