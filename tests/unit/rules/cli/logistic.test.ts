import { describe, expect, it } from 'vitest';
import { fitLogistic, type Labelled } from '../../../../rules/cli/logistic.ts';

const of = (isWanted: boolean, count: number, ...signs: number[]): Labelled[] =>
  Array.from({ length: count }, () => ({ signs, isWanted, given: 0 }));
const even = of(true, 20, 2).concat(of(false, 20, 2));

describe('what signs weigh', () => {
  it('is above 0 for what lures have, below 0 for what harmless texts have, and near 0 for what both have', () => {
    const { weights } = fitLogistic([...of(true, 30, 0, 2), ...of(false, 30, 1, 2), ...even], 3, []);
    expect(weights[0]).toBeGreaterThan(0.5);
    expect(weights[1]).toBeLessThan(-0.5);
    expect(Math.abs(weights[2] ?? 1)).toBeLessThan(0.3);
  });

  it('is less for what was seen rarely', () => {
    const { weights } = fitLogistic([...of(true, 30, 0), ...of(true, 1, 1), ...of(false, 31)], 2, []);
    expect(weights[1]).toBeGreaterThan(0);
    expect(weights[1]).toBeLessThan((weights[0] ?? 0) / 3);
  });

  it('is partly that of its group: a rare sign is taken to say what the others say', () => {
    const records = [...of(true, 30, 0), ...of(true, 1, 1), ...of(false, 31)];
    const alone = fitLogistic(records, 2, []).weights[1] ?? 0;
    expect(fitLogistic(records, 2, [[0, 1]]).weights[1]).toBeGreaterThan(alone * 2);
  });

  it('does not hang on how many records of each kind there are', () => {
    const few = fitLogistic([...of(true, 10, 0), ...of(false, 10)], 1, []).weights[0] ?? 0;
    const many = fitLogistic([...of(true, 10, 0), ...of(false, 1000)], 1, []).weights[0] ?? 0;
    expect(Math.abs(few - many)).toBeLessThan(few / 3);
  });

  it('is less when something else says it already', () => {
    const known = [...of(true, 30, 0), ...of(false, 30)].map((record) => ({
      ...record,
      given: record.isWanted ? 3 : -3,
    }));
    const plain = known.map((record) => ({ ...record, given: 0 }));
    expect(fitLogistic(known, 1, []).weights[0]).toBeLessThan((fitLogistic(plain, 1, []).weights[0] ?? 0) / 2);
  });

  it('is the same for the same records', () => {
    const records = [...of(true, 7, 0), ...of(false, 9, 1), ...even];
    expect(fitLogistic(records, 3, [[0, 1]])).toEqual(fitLogistic(records, 3, [[0, 1]]));
  });
});
