// @vitest-environment node
/** Mirrors and networks that answer wrongly, late, without end or not at all. */
import { describe, expect } from 'vitest';
import { startFaultyServer } from '../../../fixtures/feed/faulty-server.ts';
import { it } from '../../../fixtures/feed/scene.ts';

const PARTS = ['root.json', 'timestamp.json', 'snapshot.json', 'targets.json', 'vi-core.json', 'feed.json'];

describe('a mirror', () => {
  it.for([
    ['02: whose rules were tampered with', 'flip', 'tampered'],
    ['03: whose rules are longer than signed', 'long', 'too-large'],
    ['04: whose rules never end', 'endless', 'too-large'],
  ] as const)('%s is refused', async ([, fault, kind], { scene }) => {
    const news = scene.publishNews();
    scene.misbehave('targets/vi-core', fault);
    await scene.expectRefused(await scene.device.check(), kind, 'vi-core/2.jsonl');
    expect(scene.server.asked.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThan(20_000_000);
    await scene.expectHeals(news);
  });

  it('05: whose timestamp never ends is refused', async ({ scene }) => {
    scene.misbehave('timestamp.json', 'endless');
    await scene.expectRefused(await scene.device.check(), 'too-large', 'timestamp.json');
    await scene.expectHeals(scene.publishNews());
  });

  it.for(['root.json', 'timestamp.json', 'snapshot.json', 'vi-core.json', 'targets/vi-core'])(
    '06: that hangs at %s is given up',
    async (part, { scene }) => {
      const news = scene.publishNews();
      scene.misbehave(part, 'hang');
      await scene.expectRefused(await scene.device.check(), 'unreachable');
      await scene.expectHeals(news);
    },
  );
});

describe('an update that is cut off', () => {
  it('14: at the snapshot is made good at the next check', async ({ scene }) => {
    const news = scene.publishNews();
    scene.misbehave('snapshot.json', { status: 503 });
    await scene.expectRefused(await scene.device.check(), 'unreachable', `${news.versions['snapshot']}.snapshot.json`);
    await scene.expectHeals(news);
  });

  it('15: at the very first time is made good at the next check', async ({ scene }) => {
    await scene.install(scene.first, false);
    const news = scene.publishNews();
    for (const part of ['snapshot.json', 'targets.json', 'vi-core.json', 'feed.json', 'targets/vi-core']) {
      scene.misbehave(part, { cutAt: 20 });
      await scene.expectRefused(await scene.device.check(), 'unreachable');
    }
    await scene.expectHeals(news);
  });
});

describe('a request', () => {
  it.for([301, 302, 307, 308])('27: a redirect (%i) is not followed', async (status, { scene }) => {
    const news = scene.publishNews();
    scene.misbehave('snapshot.json', { status, headers: { location: '/metadata/timestamp.json' } });
    await scene.expectRefused(await scene.device.check(), 'unreachable');
    await scene.expectHeals(news);
  });

  it('28: the timestamp is asked for by its own hash, and a mirror’s tags and cookies never come back to it', async ({
    scene,
  }) => {
    scene.server.isConditional = true;
    await scene.expectTaken(await scene.device.check(), scene.first);
    await scene.expectTaken(await scene.device.check(), scene.first);
    const news = scene.publishNews();
    await scene.expectTaken(await scene.device.check(), news);
    await scene.expectTaken(await scene.device.check(), news);
    expect(scene.server.asked.length).toBeGreaterThan(10);
    const tags = scene.server.asked.flatMap(({ headers }) => headers['if-none-match'] ?? []);
    expect(new Set(tags).size).toBe(2);
    for (const { path, headers } of scene.server.asked) {
      expect(headers['if-none-match'] ?? '""').toMatch(/^"[0-9a-f]*"$/u);
      expect(path.endsWith('timestamp.json') || headers['if-none-match'] === undefined, path).toBe(true);
      for (const name of ['cookie', 'referer', 'if-modified-since', 'authorization', 'origin'])
        expect(headers[name], `${path} ${name}`).toBeUndefined();
    }
  });
});

describe('a network', () => {
  it.for(PARTS)('that drips %s byte by byte is given up', async (part, { scene }) => {
    const news = scene.publishNews();
    scene.misbehave(part, 'drip');
    const from = performance.now();
    await scene.expectRefused(await scene.device.check(), 'unreachable');
    expect(performance.now() - from).toBeLessThan(5000);
    await scene.expectHeals(news);
  });

  it.for(PARTS)('that sends %s as 20 KB which become 20 MB is cut off', async (part, { scene }) => {
    const news = scene.publishNews();
    scene.misbehave(part, 'bomb');
    await scene.expectRefused(await scene.device.check(), 'too-large');
    await scene.expectHeals(news);
  });

  it.for(['flip', 'short', 'long', { cutAt: 7 }, { instead: '<html>Sign in to the network</html>' }] as const)(
    'that answers %j for any file changes nothing',
    async (fault, { scene }) => {
      const news = scene.publishNews();
      for (const part of PARTS) {
        scene.misbehave(part, fault);
        await scene.expectRefused(await scene.device.check(), /./u);
      }
      await scene.expectHeals(news);
    },
  );

  it('that is overloaded is left alone for as long as it asks, and another mirror is asked', async ({ scene }) => {
    const other = await startFaultyServer();
    scene.device.policy['feedMirror'] = other.address;
    const news = scene.publishNews();
    other.fault = () => ({ status: 503, headers: { 'retry-after': '7200' } });
    await scene.expectIn(await scene.device.check(), news);
    expect(other.asked).toHaveLength(1);
    await scene.device.check();
    expect(other.asked).toHaveLength(1);
    scene.wait(1 / 8);
    await scene.device.check();
    expect(other.asked.length).toBeGreaterThan(1);
    await other.close();
  });
});
