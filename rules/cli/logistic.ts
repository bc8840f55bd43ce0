/** Logistic regression: what each of many yes-or-no signs says for or against something, fitted on labelled records. */

/** A record to learn from: which signs it has, by number, and whether it is what is looked for. */
export interface Labelled {
  signs: readonly number[];
  isWanted: boolean;
  /** Log odds that are known already. */
  given: number;
}

export interface Fit {
  /** Log odds that each sign adds. */
  weights: Float64Array;
  bias: number;
}

/** How strongly weights are pulled towards 0: signs that are rare in the records get little. Chosen by five-fold trial: 0.003 to 0.03 differ by noise. */
const RIDGE = 0.01;
const STEPS = 3000;
const RATE = 0.15;
const MOMENTUM = 0.9;

/**
 * Fits by gradient descent from zero, so that the same records always give the same weights. Both classes count alike,
 * however many records they have. Signs of one `group` share a part of their weight: what most of them say, a rare one is
 * taken to say too.
 *
 * @param groups Lists of signs, each of which belongs together.
 */
export function fitLogistic(records: readonly Labelled[], signs: number, groups: readonly (readonly number[])[]): Fit {
  const weights = new Float64Array(signs);
  const shared = new Float64Array(groups.length);
  const speed = new Float64Array(signs);
  const sharedSpeed = new Float64Array(groups.length);
  const groupsOf = Array.from({ length: signs }, (_, sign) =>
    groups.flatMap((group, index) => (group.includes(sign) ? [index] : [])),
  );
  const wanted = records.filter(({ isWanted }) => isWanted).length;
  const share = [0.5 / (1 - wanted / records.length), 0.5 / (wanted / records.length)];
  // Sums over a group are of the size of one sign.
  const sizes = groups.map((group) => Math.sqrt(group.length));
  let bias = 0;
  const weightOf = (sign: number): number =>
    (groupsOf[sign] ?? []).reduce(
      (sum, group) => sum + (shared[group] ?? 0) / (sizes[group] ?? 1),
      weights[sign] as number,
    );
  for (let step = 0; step < STEPS; step += 1) {
    const total = Float64Array.from({ length: signs }, (_, sign) => weightOf(sign));
    const slope = new Float64Array(signs);
    let biasSlope = 0;
    for (const { signs: seen, isWanted, given } of records) {
      const score = seen.reduce((sum, sign) => sum + (total[sign] as number), bias + given);
      const off = ((1 / (1 + Math.exp(-score)) - (isWanted ? 1 : 0)) * (share[isWanted ? 1 : 0] ?? 1)) / records.length;
      for (const sign of seen) slope[sign] = (slope[sign] as number) + off;
      biasSlope += off;
    }
    for (const [index, group] of groups.entries()) {
      const pull = group.reduce((sum, sign) => sum + (slope[sign] as number), 0) / (sizes[index] ?? 1);
      sharedSpeed[index] = MOMENTUM * (sharedSpeed[index] as number) + pull + RIDGE * (shared[index] as number);
      shared[index] = (shared[index] as number) - RATE * (sharedSpeed[index] as number);
    }
    for (let sign = 0; sign < signs; sign += 1) {
      speed[sign] = MOMENTUM * (speed[sign] as number) + (slope[sign] as number) + RIDGE * (weights[sign] as number);
      weights[sign] = (weights[sign] as number) - RATE * (speed[sign] as number);
    }
    bias -= RATE * biasSlope;
  }
  return { weights: Float64Array.from({ length: signs }, (_, sign) => weightOf(sign)), bias };
}
