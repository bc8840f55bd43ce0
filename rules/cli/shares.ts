/** Shares with their counts and intervals, as every report of `eval` and `coverage` gives them. */
import { wilson } from './interval.ts';

/** A share with its counts and 95 % interval; `of` is 0 when nothing was there to be counted. */
export interface Share {
  hits: number;
  of: number;
  share: number;
  interval: [number, number];
}

/** The share of `hits` in `of`, with Wilson's 95 % interval. */
export function shareOf(hits: number, of: number): Share {
  return { hits, of, share: of === 0 ? 0 : hits / of, interval: wilson(hits, of) };
}

/** The share of those items for which `holds` is true. */
export function shareWhere<T>(items: readonly T[], holds: (item: T) => boolean): Share {
  return shareOf(items.filter(holds).length, items.length);
}

/** Several shares of different things taken together. */
export function sumOf(shares: readonly Share[]): Share {
  return shareOf(
    shares.reduce((total, { hits }) => total + hits, 0),
    shares.reduce((total, { of }) => total + of, 0),
  );
}

/** A share in percent with interval and counts, such as `84.4 % [79.0–88.6] 162/192`; a dash when nothing was there. */
export function percent({ hits, of, share, interval: [low, high] }: Share, digits = 1): string {
  if (of === 0) return '–';
  const written = (value: number): string => (value * 100).toFixed(digits);
  return `${written(share)} % [${written(low)}–${written(high)}] ${hits}/${of}`;
}
