// @vitest-environment node
/** Feeds that stand still or have expired, and clocks that are wrong. */
import { describe, expect, vi } from 'vitest';
import { fromMap, startFaultyServer } from '../../../fixtures/feed/faulty-server.ts';
import { it } from '../../../fixtures/feed/scene.ts';

describe('standing still', () => {
  it('11: a new timestamp that has expired is refused', async ({ scene }) => {
    scene.publishNews();
    scene.wait(8);
    const state = await scene.device.check();
    await scene.expectRefused(state, 'expired', 'timestamp.json');
    expect(state.freshness).toBe('stale');
  });

  it.for<[string, boolean]>([
    ['12: the same timestamp after its end is refused, and the state grows old', false],
    ['12: as “the same” it is refused too', true],
  ])('%s', async ([, isConditional], { scene }) => {
    scene.server.isConditional = isConditional;
    expect((await scene.device.check()).freshness).toBe('fresh');
    for (const [days, freshness] of [
      [8, 'stale'],
      [7, 'old'],
      [55, 'very-old'],
    ] as const) {
      scene.wait(days);
      const state = await scene.device.check();
      await scene.expectRefused(state, 'expired', 'timestamp.json');
      expect(state.freshness).toBe(freshness);
    }
    await scene.expectHeals(scene.publishNews());
  });

  it('13: targets that have expired under a fresh timestamp are refused', async ({ scene }) => {
    await scene.device.check();
    scene.wait(190);
    scene.serve(scene.publisher.release('snapshot', 'timestamp'));
    await scene.expectRefused(await scene.device.check(), 'expired');
    await scene.expectHeals(scene.publishNews());
  });

  it.for(['never', '2099-13-45T99:00:00Z', '', '9999'])('30: an end at “%s” is refused', async (expires, { scene }) => {
    scene.publisher.repository.timestamp.expires = expires;
    scene.publisher.repository.publish('timestamp');
    scene.serve(scene.publisher.keep());
    await scene.expectRefused(await scene.device.check(), 'bad-format', 'timestamp.json');
  });
});

describe('an expired timestamp', () => {
  it('that is played again after the database was lost is refused, and named', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    scene.wait(9);
    await scene.device.lose('database');
    scene.serve(news);
    await scene.expectRefused(await scene.device.check(), 'expired', 'timestamp.json');
    await scene.expectHeals(scene.publishNews());
  });

  it('of one mirror costs nothing where another is fresh', async ({ scene }) => {
    const frozen = await startFaultyServer(fromMap(scene.first.files));
    scene.device.policy['feedMirror'] = frozen.address;
    scene.wait(9);
    const news = scene.publishNews();
    const state = await scene.device.check();
    expect(state.refusal).toBeUndefined();
    await scene.expectIn(state, news);
    await frozen.close();
  });
});

describe('a clock', () => {
  it('that was set back to 1980 lets no older feed in, and is named', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    scene.wait(9);
    const newer = scene.publishNews();
    await scene.device.check();
    // A dead battery: the clock begins at 1980.
    vi.setSystemTime(new Date('1980-01-01T00:00:00Z'));
    scene.serve(news);
    const state = await scene.device.check();
    expect(state.refusal).toMatchObject({ kind: 'rollback' });
    expect(state.clock).toBe('behind');
    await scene.expectIn(state, newer);
  });

  it('that was set back does not bring an expired timestamp to life, since a newer root has told the time', async ({
    scene,
  }) => {
    scene.wait(30);
    const rotated = scene.publisher.rotate(() => {});
    const mixed = new Map(scene.first.files);
    mixed.set('metadata/2.root.json', rotated.files.get('metadata/2.root.json') ?? Buffer.alloc(0));
    scene.server.files = fromMap(mixed);
    expect((await scene.device.check()).refusal?.kind).toBe('expired');
    scene.wait(-29);
    await scene.expectRefused(await scene.device.check(), 'expired', 'timestamp.json');
  });

  it('that stands at 1980 from the start does not hold up what is good', async ({ scene }) => {
    const news = scene.publishNews();
    vi.setSystemTime(new Date('1980-01-01T00:00:00Z'));
    const state = await scene.device.check();
    expect(state.refusal).toBeUndefined();
    expect(state.clock).toBe('behind');
    await scene.expectIn(state, news);
  });

  it('that was set a year forward switches no rule off, says that nothing is fresh, and is forgiven', async ({
    scene,
  }) => {
    const now = Date.now();
    await scene.device.check();
    scene.wait(365);
    const state = await scene.device.check();
    expect(state.refusal?.kind).toBe('expired');
    expect(state.freshness).toBe('very-old');
    await scene.expectIn(state, scene.first);
    expect(await scene.device.ruleIds()).toHaveLength(2);
    vi.setSystemTime(now);
    await scene.expectHeals(scene.publishNews());
  });
});
