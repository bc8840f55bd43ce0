/** How early warnings came, in turns before the turn in which the harm is demanded. */

/** Leads of a group of caught lures. A lead of 0 is a warning at the very turn; a negative one came too late. */
export interface Lead {
  /** Caught lures that say when the harm is demanded. */
  of: number;
  /** In turns; null when there is none to be counted. */
  mean: number | null;
  median: number | null;
  /** How many lures had which lead, latest warnings first. */
  distribution: { turns: number; lures: number }[];
}

/** Sums up leads in turns. */
export function leadOf(leads: readonly number[]): Lead {
  const sorted = leads.toSorted((one, other) => one - other);
  const counts = new Map<number, number>();
  for (const turns of sorted) counts.set(turns, (counts.get(turns) ?? 0) + 1);
  return {
    of: sorted.length,
    mean: sorted.length === 0 ? null : sorted.reduce((sum, turns) => sum + turns, 0) / sorted.length,
    median: medianOf(sorted),
    distribution: [...counts].map(([turns, lures]) => ({ turns, lures })),
  };
}

function medianOf(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
