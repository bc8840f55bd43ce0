/** Every bound of the feed's content, with its reason. A file beyond one is refused whole. Source: work order, section 1. */

/** Most bytes of a role's rule file: some 2,800 rules as long as the project's own, or 10,000 of a few phrases each. */
export const MAX_RULE_FILE = 8 * 1024 * 1024;
/** Most bytes of the urgent role's file: fewer people sign it and faster, so what they can do is small. */
export const MAX_URGENT_FILE = 16 * 1024;
/** Most rules of the urgent role; for the same reason. */
export const MAX_URGENT_RULES = 50;
/** Most rules that the urgent role may switch off; for the same reason. */
export const MAX_URGENT_KILLS = 20;
/** Most bytes of `feed.json`. */
export const MAX_FEED_FILE = 64 * 1024;
/** Most characters of one line: a list of 400 words of 60 letters fits, and a line is what an error can point at. */
export const MAX_LINE = 64 * 1024;
/** Most bytes of a patch: one that is longer than a whole file saves nothing. */
export const MAX_PATCH = 8 * 1024 * 1024;
/** Of how many earlier files a patch leads to the newest: a device that was off for longer takes the whole file. */
export const PATCHES_KEPT = 8;
/** Most signed mirrors: a country has provinces, and the list is in every client. */
export const MAX_MIRRORS = 64;
/** Most rules that `feed.json` may switch off; more is a new rule file. */
export const MAX_KILLED = 1000;
/** Shortest and longest time between two checks, in hours: the mirrors have to carry it, and a bad rule has to go within days. */
export const MIN_INTERVAL = 1;
export const MAX_INTERVAL = 48;
/** Highest number of a rule file: counted by hand, and exact as a number everywhere. */
export const MAX_NUMBER = 999_999_999;
