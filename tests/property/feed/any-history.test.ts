// @vitest-environment node
/** Whatever happens to publisher, mirrors and device: `BESIDE_RUNS=1000` looks at more of it, `BESIDE_SEED` at the same again. */
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import { step, World, type Step } from './model.ts';

const numRuns = Number(process.env['BESIDE_RUNS'] ?? 100);
const seed = process.env['BESIDE_SEED'];

/** What has been before: there are older releases to fall back to, and the device has the newest. */
const PAST: Step[] = [
  { do: 'publish', what: 'vi-core' },
  { do: 'publish', what: 'en' },
  { do: 'publish', what: 'vi-core' },
  { do: 'copy', mirror: 0, behind: 0 },
  { do: 'copy', mirror: 1, behind: 0 },
  { do: 'check' },
];

async function play(steps: readonly Step[]): Promise<void> {
  vi.setSystemTime(new Date('2026-11-26T00:00:00Z'));
  const world = await World.start();
  try {
    for (const one of [...PAST, ...steps]) await world.take(one);
    await world.expectNewest();
  } finally {
    await world.close();
  }
}

describe('any history of releases, lags, faults, deaths and losses', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('leaves a device with the newest good rules, or older good ones and a true state; never a mixture, never older ones', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), play), {
      numRuns,
      endOnFailure: process.env['BESIDE_SHRINK'] === undefined,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    });
  }, 600_000);
});
