/** One line of the benchmark: a figure, what it should be, and whether it is. */
import type { Ratio } from './measure.ts';

/** Whether a figure should stay below its goal or above it. */
export type Direction = 'at most' | 'at least';

/** A figure with its goal and the looser limit at which continuous integration fails. */
export interface Row {
  group: string;
  what: string;
  unit: string;
  figure: number;
  /** Quartiles over rounds; the figure itself where it does not vary. */
  low: number;
  high: number;
  direction: Direction;
  goal: number;
  limit: number;
  reached: boolean;
  /** Worse than the limit. */
  failed: boolean;
  note?: string;
}

/** Everything that a group needs to know of how it was called. */
export interface Options {
  quick: boolean;
}

/** A row of a measured ratio, or of a count that does not vary. */
export function row(
  what: string,
  measured: Ratio | number,
  direction: Direction,
  [goal, limit]: readonly [goal: number, limit: number],
  rest: { unit?: string; note?: string } = {},
): Omit<Row, 'group'> {
  const { value, low, high } =
    typeof measured === 'number' ? { value: measured, low: measured, high: measured } : measured;
  const holds = (bound: number): boolean => (direction === 'at most' ? value <= bound : value >= bound);
  return {
    what,
    unit: rest.unit ?? '×',
    figure: value,
    low,
    high,
    direction,
    goal,
    limit,
    reached: holds(goal),
    failed: !holds(limit),
    ...(rest.note === undefined ? {} : { note: rest.note }),
  };
}

/** A row as a line for people. */
export function describeRow({
  what,
  unit,
  figure,
  low,
  high,
  direction,
  goal,
  limit,
  reached,
  failed,
  note,
}: Row): string {
  const spread = low === high ? '' : ` [${short(low)}–${short(high)}]`;
  const mark = failed ? '✗' : reached ? '✓' : '~';
  const state = failed ? 'fails' : reached ? 'reached' : 'short of the goal';
  return (
    `${mark} ${what}: ${short(figure)}${unit}${spread}, goal ${direction} ${short(goal)}, limit ${short(limit)}: ${state}` +
    (note === undefined ? '' : `\n    ${note}`)
  );
}

/** A number in about three digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(Math.abs(value) >= 100 ? 4 : 3)));
}
