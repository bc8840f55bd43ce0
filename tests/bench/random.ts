/** Chance that is the same in every run. */

/** A source of numbers in [0, 1). */
export type Random = () => number;

/** A small generator (mulberry32) from a seed. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to but not including `below`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** One of a list, each as likely. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** One of a list that is sorted by rank: the first ones far more often, as words of a language are (log-uniform). */
export function pickByRank<Item>(random: Random, items: readonly Item[], from = 1): Item {
  const rank = Math.floor(from * ((items.length + 1) / from) ** random());
  const item = items[Math.min(items.length, rank) - 1];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** A shuffled copy. */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const out = [...items];
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = below(random, at + 1);
    [out[at], out[other]] = [out[other] as Item, out[at] as Item];
  }
  return out;
}
