/**
 * Timing that holds on a noisy machine. The text is cut into slices; every contender runs on every slice, turn by turn, in
 * one process, for several rounds; of each slice the least time counts, and the sum of these minima is a contender's
 * cost. Only ratios of costs are of use. The spread is that of the ratio from round to round.
 */

/** Something whose cost is measured, slice by slice. */
export interface Contender {
  slices: readonly (readonly string[])[];
  /** Reads the messages of a slice; returns a number that depends on all that it did, so that nothing is left out. */
  run: (messages: readonly string[]) => number;
}

/** What a contender cost, in milliseconds. */
interface Cost {
  /** Sum over slices of the least time. */
  least: number;
  rounds: number[];
  units: number;
}

/** A ratio of two costs, with the quartiles of the same ratio over rounds. */
export interface Ratio {
  value: number;
  low: number;
  high: number;
}

/** How long to measure: at most so many rounds, and none begun after so many milliseconds, but always `LEAST_ROUNDS`. */
export interface Effort {
  rounds: number;
  milliseconds: number;
}

const LEAST_ROUNDS = 3;
/** Milliseconds for which each contender runs before anything counts, so that its code is compiled as it will be. */
const WARM_UP = 250;

let sink = 0;

/** Costs of contenders, in their order. */
export function measure(contenders: readonly Contender[], effort: Effort): Cost[] {
  const slices = Math.max(...contenders.map((contender) => contender.slices.length));
  const least = contenders.map(({ slices: own }) => own.map(() => Number.POSITIVE_INFINITY));
  const rounds: number[][] = contenders.map(() => []);
  for (const contender of contenders) warmUp(contender);
  const begin = performance.now();
  for (let round = 0; round < effort.rounds; round += 1) {
    if (round >= LEAST_ROUNDS && performance.now() - begin > effort.milliseconds) break;
    const sums = contenders.map(() => 0);
    for (let slice = 0; slice < slices; slice += 1) {
      // Forwards and backwards by turns, so that on every slice each once comes right after itself, its tables at hand.
      const order = contenders.map((_, index) => index);
      if ((round + slice) % 2 === 1) order.reverse();
      for (const index of order) {
        const contender = contenders[index];
        const messages = contender?.slices[slice];
        const minima = least[index];
        if (contender === undefined || messages === undefined || minima === undefined) continue;
        const from = performance.now();
        sink = (sink + contender.run(messages)) | 0;
        const time = performance.now() - from;
        minima[slice] = Math.min(minima[slice] ?? time, time);
        sums[index] = (sums[index] ?? 0) + time;
      }
    }
    for (const [index, sum] of sums.entries()) rounds[index]?.push(sum);
  }
  return contenders.map((contender, index) => ({
    least: (least[index] ?? []).reduce((sum, time) => sum + time, 0),
    rounds: rounds[index] ?? [],
    units: contender.slices.flat().reduce((sum, { length }) => sum + length, 0),
  }));
}

function warmUp({ slices, run }: Contender): void {
  const begin = performance.now();
  while (performance.now() - begin < WARM_UP) {
    for (const messages of slices) {
      if (performance.now() - begin >= WARM_UP) break;
      sink = (sink + run(messages)) | 0;
    }
  }
}

/** How many times the first cost is the second; `perUnit` when they read different text. */
export function ratioOf(one: Cost | undefined, other: Cost | undefined, perUnit = false): Ratio {
  if (one === undefined || other === undefined) throw new RangeError('two costs are needed');
  const scale = perUnit ? other.units / one.units : 1;
  const ratios = one.rounds.map((time, round) => (time / (other.rounds[round] ?? time)) * scale);
  return { value: (one.least / other.least) * scale, ...quartiles(ratios) };
}

/** Nanoseconds per UTF-16 unit. */
export function perUnitOf(cost: Cost | undefined): number {
  return cost === undefined ? Number.NaN : (cost.least * 1e6) / cost.units;
}

/** First and third quartile. */
export function quartiles(values: readonly number[]): { low: number; high: number } {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(0.25), high: at(0.75) };
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

/** Milliseconds that each of several runs takes. */
export function times(runs: number, run: () => unknown): number[] {
  return Array.from({ length: runs }, () => {
    const from = performance.now();
    const result = run();
    const time = performance.now() - from;
    if (result === undefined) throw new Error('a measured run must have a result');
    return time;
  });
}
