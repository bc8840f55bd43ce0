/** Times in metadata: when it ends, when it was issued, and what time it is as far as that can be known. */
import { MAX_PERIOD_DAYS } from './limits.ts';

const DAY = 24 * 60 * 60 * 1000;
/** The one form that TUF has for a time. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What is asked of a signed part here; every role's has it. */
export interface Dated {
  readonly expires: string;
  readonly unrecognizedFields: Readonly<Record<string, unknown>>;
}

/** A time as TUF writes it, in ms since 1970; undefined for any other form and for a day that no calendar has. */
export function readTime(text: string): number | undefined {
  if (!TIME.test(text)) return undefined;
  const time = Date.parse(text);
  // JavaScript takes 30 February for 2 March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(text.slice(0, 19)) ? undefined : time;
}

/** When metadata was issued, in ms since 1970: its expiry less `x-tuf-on-ci-expiry-period` (days); undefined when it does not say. */
function issuedTime(signed: Dated): number | undefined {
  const expires = readTime(signed.expires);
  const days = signed.unrecognizedFields['x-tuf-on-ci-expiry-period'];
  if (expires === undefined || typeof days !== 'number' || !Number.isInteger(days)) return undefined;
  return days < 1 || days > MAX_PERIOD_DAYS ? undefined : expires - days * DAY;
}

/**
 * The newest time of issue that can be believed, in ms since 1970. What is signed online can be signed by a thief: a time
 * after the root's own end is none, so that he cannot push this device's time beyond the help of the next root.
 */
export function newestIssue(known: number, signed: Dated, root: Dated): number {
  const issued = issuedTime(signed) ?? 0;
  return issued <= (readTime(root.expires) ?? 0) ? Math.max(known, issued) : known;
}
