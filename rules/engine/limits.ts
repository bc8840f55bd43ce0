/** Every bound of the engine, with its reason. That a text or the tries in it were cut short shows in the result as `truncated`. */

/** Longest text that is read, in UTF-16 units: 1 MB of text takes some 10 ms; the rest of a longer one is not judged. */
export const MAX_TEXT = 1 << 20;
/** Most words that one pattern may span on either side of its anchor: positions that are reached are bits of one number. */
export const MAX_SPAN = 31;
/** Most places kept per signal and message: enough to show, and a repeated word cannot flood the memory. */
export const MAX_PLACES = 4;
/** Most attempts to match a pattern in one text, per token of it: adversarial text ends here instead of growing slow. */
export const MAX_TRIES_PER_TOKEN = 400;
/** Attempts that any text may have, however short. */
export const MIN_TRIES = 4000;
/** Longest text in which slots (amounts, links, …) are looked for, in UTF-16 units; the rest has words only. */
export const MAX_SLOT_TEXT = 60_000;
/** Most units of compiled patterns: their places are kept in 24 bits. 10,000 rules of ordinary length need a tenth. */
export const MAX_CODE = 1 << 24;
/** Most different words, with their marks, that the rules may have: word numbers share 15 bits with instructions. */
export const MAX_WORDS = 0x7000;
/** Most signals: their numbers are kept in 16 bits. */
export const MAX_SIGNALS = 0xff00;
/** Most keys under which one pattern may be found. */
export const MAX_ANCHORS = 1000;
/** Most ways to write a run of words without spaces that are kept of one pattern. */
export const MAX_SQUEEZED = 32;
/** Most hits that the memory of one conversation keeps; the oldest go first. */
export const MAX_REMEMBERED = 400;
/** How many messages back the signs of a conversation count as evidence, and how long a rule waits for enough of them. */
export const EVIDENCE_REACH = 30;
/** After how long a rule may speak again in the same conversation. Source: domain brief 5.2, one banner per thread per pattern per day. */
export const SPEAK_AGAIN_AFTER = 24 * 3_600_000;

/** Largest amount that is told from a larger one, in thousands of đồng: what fits a signed 32-bit number. */
export const MAX_AMOUNT = 2_000_000_000;
