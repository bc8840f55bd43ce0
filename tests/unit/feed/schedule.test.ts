import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWait, isLate, restUntil, waitAfterFailure, waitAfterSuccess } from '../../../utils/feed/schedule.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 1_800_000_000_000;
const most = (): number => 1 - Number.EPSILON;
const least = (): number => 0;

describe('the first check after the device came up', () => {
  it.each([
    ['when there was none ever', undefined, 2 * MINUTE],
    ['when the last was two days ago', NOW - 2 * DAY, 30 * MINUTE],
    ['when the last was an hour ago', NOW - HOUR, 6 * HOUR],
    ['when the last lies in the future: nothing is known then', NOW + HOUR, 30 * MINUTE],
  ])('is at a random time soon %s', (_, checkedAt, within) => {
    expect(firstWait(NOW, checkedAt, least)).toBe(0);
    expect(firstWait(NOW, checkedAt, most)).toBeCloseTo(within, 3);
  });
});

describe('the check after one that went well', () => {
  it('is after the signed interval, half of it more or less', () => {
    expect(waitAfterSuccess(6, least)).toBe(3 * HOUR);
    expect(waitAfterSuccess(6, most)).toBeCloseTo(9 * HOUR, 3);
  });
});

describe('the check after one that failed', () => {
  it('is at any time up to a bound that doubles up to the interval', () => {
    const bounds = [1, 2, 3, 7, 8, 40, 2000].map((failures) =>
      Math.round(waitAfterFailure(failures, 6, most) / MINUTE),
    );
    expect(bounds).toEqual([5, 10, 20, 320, 360, 360, 360]);
  });

  it('is never at once, and never later than after a success', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1 }),
        fc.integer({ min: 1, max: 48 }),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (failures, interval, random) => {
          const wait = waitAfterFailure(failures, interval, () => random);
          expect(wait).toBeGreaterThanOrEqual(MINUTE);
          expect(wait).toBeLessThanOrEqual(interval * HOUR);
        },
      ),
    );
  });
});

describe('a mirror that wants to be left alone', () => {
  it('is, and never for longer than a day', () => {
    expect(restUntil(NOW, 5 * MINUTE)).toBe(NOW + 5 * MINUTE);
    expect(restUntil(NOW, 365 * DAY)).toBe(NOW + DAY);
    expect(restUntil(NOW, -5)).toBe(NOW);
  });
});

describe('an alarm', () => {
  it('that rings late did so because the device was off', () => {
    expect(isLate(NOW, NOW - MINUTE)).toBe(false);
    expect(isLate(NOW, NOW - 3 * MINUTE)).toBe(true);
  });
});
