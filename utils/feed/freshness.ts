/** What is truly to be said of how new the rules are, and of this device's clock. Expiry never switches rules off. */
import type { FeedState, Freshness } from '../settings/model.ts';

const DAY = 86_400_000;
/** From when on it is not only noted quietly that nothing new came. Source: design/feed.md 4.4. */
const STALE_DAYS = 7;
/** From when on a person is asked for a network or an update of the extension. Source: design/feed.md 4.4. */
const OLD_DAYS = 60;
/** How far a clock may be off before it is named: time zones that are set wrong are less. */
const CLOCK_OFF = DAY;

/**
 * How fresh what is held is.
 *
 * @param expires when the timestamp that is held expires, in ms since 1970.
 * @param time the time to judge by: the newest of the clock, the build and the newest issue seen, so that a clock that
 *   was set back cannot make old rules look fresh.
 */
export function freshnessOf(expires: number, time: number): Freshness {
  const over = time - expires;
  if (over < 0) return 'fresh';
  if (over <= STALE_DAYS * DAY) return 'stale';
  return over <= OLD_DAYS * DAY ? 'old' : 'very-old';
}

/** The newest of what cannot lie in the future: the clock, the time of the build, the newest time of issue seen. */
export function effectiveTime(clock: number, buildTime: number, newestIssued: number): number {
  return Math.max(clock, buildTime, newestIssued);
}

/**
 * What is wrong with the clock; undefined when nothing is known to be. It is only said, never used to accept anything.
 *
 * @param offBy by how much the clock was ahead of a server's at the last check, in ms; undefined when none told over https.
 */
export function clockFault(
  clock: number,
  buildTime: number,
  newestIssued: number,
  offBy: number | undefined,
): FeedState['clock'] {
  if (clock < buildTime || clock < newestIssued) return 'behind';
  if (offBy === undefined || Math.abs(offBy) <= CLOCK_OFF) return undefined;
  return offBy < 0 ? 'behind' : 'ahead';
}
