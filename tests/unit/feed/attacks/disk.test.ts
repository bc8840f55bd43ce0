// @vitest-environment node
/** What is stored is damaged, lost, or has no room. */
import { describe, expect } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { numberOf } from '../../../fixtures/feed/release.ts';
import { it, numbersOf } from '../../../fixtures/feed/scene.ts';
import { idOf } from '../../../fixtures/rules.ts';

describe('what is stored', () => {
  it.for(['root', 'timestamp', 'snapshot', 'targets', 'vi-core'])(
    '25: heals where %s is half-written',
    async (role, { scene }) => {
      const news = scene.publishNews();
      await scene.device.check();
      await scene.device.damage(async (database) => {
        const stored = await database.metadata.get(role);
        if (stored !== undefined) await database.metadata.put({ role, bytes: stored.bytes.slice(0, 100) });
      });
      await scene.expectTaken(await scene.device.check(), news);
      await scene.expectHeals(scene.publishNews());
    },
  );

  it('26: is verified again: targets that were swapped for unsigned ones are not used', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    await scene.device.damage(async (database) => {
      const stored = await database.metadata.get('vi-core');
      const text = new TextDecoder().decode(stored?.bytes).replace('vi-core/2.jsonl', 'vi-core/3.jsonl');
      await database.metadata.put({ role: 'vi-core', bytes: new TextEncoder().encode(text) });
    });
    await scene.expectTaken(await scene.device.check(), news);
  });
});

describe('a disk', () => {
  it('that fails at any write of an update leaves the old rules or the new ones, whole', async ({ scene }) => {
    const news = scene.publishNews();
    scene.device.writes();
    await scene.device.check();
    const writes = scene.device.writes();
    expect(writes).toBeGreaterThan(8);
    const ends = new Set<string>();
    for (let after = 0; after <= writes; after += 1) {
      await scene.install(scene.first);
      await scene.device.look();
      await scene.device.checkKilledAfter(after);
      const { numbers, problem } = await scene.device.look();
      expect(problem).toBeUndefined();
      ends.add(JSON.stringify(numbers));
      await scene.expectIn(await scene.device.describe(), numbers['vi-core'] === 2 ? news : scene.first);
      await scene.expectHeals(news);
    }
    // Some were killed before the rules were taken, some after: both were tried.
    expect(ends).toEqual(new Set([scene.first, news].map((release) => JSON.stringify(numbersOf(release)))));
  });

  it('that is full keeps the rules in use, says so, and takes the new ones once there is room', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.look();
    scene.device.failWrites(0, () => new DOMException('no room', 'QuotaExceededError'));
    const state = await scene.device.check();
    expect(state.refusal).toMatchObject({ kind: 'storage' });
    scene.device.mendDisk();
    await scene.expectIn(state, scene.first);
    await scene.expectHeals(news);
  });

  it('that lost the floor has it again after the next check', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    await scene.device.lose('floor');
    expect(await fakeBrowser.storage.local.get('feedFloor')).toEqual({});
    scene.serve(scene.first);
    expect((await scene.device.check()).refusal?.kind).toBe('rollback');
    await scene.expectHeals(news);
    expect(await scene.device.storage.readFloor()).toMatchObject({ timestamp: news.versions['timestamp'] });
  });

  it.for(['vi-core', 'feed.json', 'index', 'rules', 'words'] as const)(
    'that damaged %s of the rules in use gives other good ones, and the next check mends it',
    async (name, { scene }) => {
      const news = scene.publishNews();
      await scene.device.check();
      await scene.device.damage((database) =>
        database.contents
          .where('generation')
          .above(0)
          .modify((content) => {
            if (content.name !== name) return;
            if (typeof content.value === 'string') content.value = content.value.slice(0, -40);
            else new Uint8Array(content.value).fill(7);
          }),
      );
      const { numbers } = await scene.device.look();
      expect([numbersOf(scene.first), numbersOf(news)]).toContainEqual(numbers);
      await scene.expectHeals(news);
      expect(await scene.device.ruleIds()).toContain(idOf(numberOf('vi-core', 1)));
    },
  );
});
