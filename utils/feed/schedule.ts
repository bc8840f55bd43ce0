/**
 * When the feed is asked. Millions of devices are switched on at the same minute of a school day, so nothing happens at a
 * fixed time. Times are in ms; `random` is like `Math.random`.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often to ask when nothing signed says otherwise, in hours. Source: design/feed.md 4.5. */
export const INTERVAL = 6;
/** A new installation has only what its package had: soon, and spread a little for schools that install at once. */
const NEVER_WITHIN = 2 * MINUTE;
/**
 * After more than a day without news. Many a device is on for an hour in the evening only, so a wait of up to six hours
 * would be no news for days; half an hour spreads the start of a school day well enough.
 */
const OLD_WITHIN = 30 * MINUTE;
/** The first wait after a failure; it doubles. */
const BACK_OFF = 5 * MINUTE;
/** The shortest wait after a failure: browsers do not set alarms closer than half a minute. */
const LEAST_WAIT = MINUTE;
/** A mirror that wants to be left alone for longer is asked anyway: it could hold news back with it. */
const LONGEST_REST = DAY;
/** An alarm this late did not ring because the device was off or asleep; so did those of all others around it. */
const LATE = 2 * MINUTE;

/** How long to wait with the first check after the browser, or the device, came up. `checkedAt` as in `FeedState`. */
export function firstWait(now: number, checkedAt: number | undefined, random: () => number): number {
  if (checkedAt === undefined) return random() * NEVER_WITHIN;
  // A clock that was set back makes the last check lie in the future: nothing is known then.
  const age = now - checkedAt;
  return random() * (age >= 0 && age <= DAY ? INTERVAL * HOUR : OLD_WITHIN);
}

/** How long to wait after a check that went well: the signed interval, half of it more or less. */
export function waitAfterSuccess(intervalHours: number, random: () => number): number {
  return intervalHours * HOUR * (0.5 + random());
}

/**
 * How long to wait after failures: anything up to a bound that doubles (full jitter), never longer than after a success.
 *
 * @param failures how many there were in a row, from 1.
 */
export function waitAfterFailure(failures: number, intervalHours: number, random: () => number): number {
  const bound = Math.min(intervalHours * HOUR, BACK_OFF * 2 ** Math.min(failures - 1, 20));
  return Math.max(LEAST_WAIT, random() * bound);
}

/** Until when a mirror that said `Retry-After` is left alone; never longer than a day. */
export function restUntil(now: number, retryAfter: number): number {
  return now + Math.min(Math.max(retryAfter, 0), LONGEST_REST);
}

/** Whether an alarm rang late because the device was off: then it is set anew, or all devices of a school would ask at once. */
export function isLate(now: number, scheduled: number): boolean {
  return now - scheduled > LATE;
}
