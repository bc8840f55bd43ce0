/** What the measured bytes come to for a country: a formula over measured figures, no measurement. */
import { INTERVAL, waitAfterSuccess } from '../../../utils/feed/schedule.ts';
import type { SizeResult } from './size.ts';
import type { Traffic } from './wire.ts';

/** Source: the number of pupils and students in Viet Nam, as in design/feed.md 4.6; all of them at once is the upper bound. */
export const CLIENTS = 22_000_000;
/** Bytes of TCP and IP headers to be added for one check on a new connection, up and down. Assumed, as in design/feed.md 4.6. */
export const HEADERS = { up: 1100, down: 900 };
const DAY_SECONDS = 86_400;
const DAYS = 365;

/** Checks a day of a device that is never off: what the client's own schedule comes to on average. */
export const CHECKS = meanChecks();

function meanChecks(): number {
  const STEPS = 1000;
  let waits = 0;
  for (let step = 0; step < STEPS; step += 1) waits += waitAfterSuccess(INTERVAL, () => (step + 0.5) / STEPS);
  return (DAY_SECONDS * 1000 * STEPS) / waits;
}

/** One line of the table. */
export interface CountryRow {
  what: string;
  /** Bytes of one client at a time, TCP and IP headers included. */
  bytes: number;
  /** How often a day. */
  times: number;
  /** Of all clients. */
  gigabytesPerDay: number;
  terabytesPerYear: number;
  /** Average when it is spread over the day, in Mbit/s. */
  megabits: number;
}

function forCountry(what: string, wire: Traffic, times: number): CountryRow {
  const bytes = wire.up + HEADERS.up + wire.down + HEADERS.down;
  const all = bytes * times * CLIENTS;
  return {
    what,
    bytes,
    times,
    gigabytesPerDay: all / 1e9,
    terabytesPerYear: (all * DAYS) / 1e12,
    megabits: (all * 8) / DAY_SECONDS / 1e6,
  };
}

/** The table: checks without news, and, at each size, one release a day by patch, whole, and as if nothing were known. */
export function countryTable(results: readonly SizeResult[]): CountryRow[] {
  const [any] = results;
  if (any === undefined) return [];
  const { first, resumed } = any.noNews;
  return [
    forCountry('no news, each time a new connection', first, CHECKS),
    forCountry('no news, TLS resumed', resumed, CHECKS),
    ...results.flatMap(({ rules, onePercent, whole }) => [
      forCountry(`${rules} rules: a release a day, 1 % changed, by patch`, onePercent, 1),
      forCountry(`${rules} rules: a release a day, whole, br`, whole.br, 1),
      forCountry(`${rules} rules: a release a day, whole, gzip`, whole.gzip, 1),
      forCountry(`${rules} rules: a release a day, whole, not compressed`, whole.identity, 1),
      forCountry(`${rules} rules: whole at every check, gzip`, whole.gzip, CHECKS),
    ]),
  ];
}
