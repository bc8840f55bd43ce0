/** Every bound of the engine, with its reason. A bound that is reached shows in the result as `truncated`. */

/** Longest text that is read, in UTF-16 units: a long article; the rest of a longer one is not judged. */
export const MAX_TEXT = 60_000;
/** Most tokens kept of one text; a token has at least one unit and one separator. */
export const MAX_TOKENS = MAX_TEXT / 2;
/** Most words that one pattern may span: the matcher keeps the positions that it has reached as bits of one number. */
export const MAX_SPAN = 31;
/** Most places kept per signal and message: enough to show, and a repeated word cannot flood the memory. */
export const MAX_PLACES = 4;
/** Most compiled instructions, over all rules: 10,000 rules of ordinary length need about a third. */
export const MAX_CODE = 4_000_000;
/** Most words that the alternatives of one anchor may have. */
export const MAX_ANCHORS = 400;
/** Most hits that the memory of one conversation keeps; the oldest go first. */
export const MAX_REMEMBERED = 400;
/** After how long a rule may speak again in the same conversation. Source: domain brief 5.2, one banner per thread per pattern per day. */
export const SPEAK_AGAIN_AFTER = 24 * 3_600_000;
