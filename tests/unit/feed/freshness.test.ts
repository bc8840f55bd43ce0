import { describe, expect, it } from 'vitest';
import { clockFault, effectiveTime, freshnessOf } from '../../../utils/feed/freshness.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-25T10:00:00Z');

describe('rules of which the timestamp', () => {
  it.each([
    ['is good for a while', 1, 'fresh'],
    ['expires this moment', 0, 'stale'],
    ['has been over for a week', -7, 'stale'],
    ['has been over for longer', -7.01, 'old'],
    ['has been over for 60 days', -60, 'old'],
    ['has been over for longer still', -60.01, 'very-old'],
  ])('%s are %s', (_, days, state) => {
    expect(freshnessOf(NOW + days * DAY, NOW)).toBe(state);
  });

  it('cannot be read are not called fresh', () => {
    expect(freshnessOf(Number.NaN, NOW)).toBe('very-old');
  });
});

describe('a clock', () => {
  it('that was set back does not make old rules fresh', () => {
    const expires = NOW - 10 * DAY;
    expect(freshnessOf(expires, effectiveTime(NOW - 365 * DAY, NOW - DAY, NOW))).toBe('old');
    expect(freshnessOf(expires, effectiveTime(0, NOW, 0))).toBe('old');
  });

  it('before the build or before the newest issue is behind', () => {
    expect(clockFault(NOW, NOW + 1, 0, undefined)).toBe('behind');
    expect(clockFault(NOW, 0, NOW + 1, undefined)).toBe('behind');
    expect(clockFault(NOW, NOW, NOW, undefined)).toBeUndefined();
  });

  it.each([
    [1.1, 'ahead'],
    [0.9, undefined],
    [-0.9, undefined],
    [-1.1, 'behind'],
  ])('that was %f days ahead of a server is %s', (days, fault) => {
    expect(clockFault(NOW, 0, 0, days * DAY)).toBe(fault);
  });
});
