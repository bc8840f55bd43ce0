// @vitest-environment node
/** Feeds that are set back, in part or as a whole, and what remembers how far they were. */
import { describe } from 'vitest';
import { fromMap } from '../../../fixtures/feed/faulty-server.ts';
import { it } from '../../../fixtures/feed/scene.ts';

describe('going back', () => {
  it('07: to an older timestamp is refused', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    scene.serve(scene.first);
    await scene.expectRefused(await scene.device.check(), 'rollback', 'timestamp.json', news);
    await scene.expectHeals(news);
  });

  it('08: to an older snapshot under a newer timestamp is refused', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    const { repository } = scene.publisher;
    const meta = repository.timestamp.meta['snapshot.json'];
    if (meta !== undefined) meta.version = 1;
    scene.serve(scene.publisher.release('timestamp'));
    await scene.expectRefused(await scene.device.check(), 'rollback', 'snapshot.json', news);
  });

  it('09: to older targets under a newer snapshot is refused', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.device.check();
    const meta = scene.publisher.repository.snapshot.meta['targets.json'];
    if (meta !== undefined) meta.version = 1;
    scene.serve(scene.publisher.release('snapshot', 'timestamp'));
    await scene.expectRefused(await scene.device.check(), 'rollback', undefined, news);
  });

  it('09: to an older rule file under newer metadata is refused, and the newer one stays', async ({ scene }) => {
    const role = scene.publisher.repository.targets('vi-core');
    const { targets } = role;
    const before = { ...targets };
    const news = scene.publishNews();
    await scene.device.check();
    role.targets = before;
    scene.serve(scene.publisher.release());
    await scene.expectRefused(await scene.device.check(), 'rollback', 'vi-core/1.jsonl', news);
  });

  it('10: by mixing the targets of one release with the snapshot of another is refused', async ({ scene }) => {
    const news = scene.publishNews();
    const mixed = new Map(news.files);
    for (const role of ['targets', 'vi-core']) {
      const [now, then] = [news, scene.first].map(({ versions }) => `metadata/${versions[role]}.${role}.json`);
      mixed.set(now ?? '', scene.first.files.get(then ?? '') ?? Buffer.alloc(0));
    }
    scene.server.files = fromMap(mixed);
    await scene.expectRefused(await scene.device.check(), /^(?:mix|tampered|too-large)$/u);
    await scene.expectHeals(news);
  });
});

describe('the package as a floor', () => {
  it('31: refuses an older feed at the first start', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.install(news);
    scene.serve(scene.first);
    await scene.expectRefused(await scene.device.check(), 'rollback', 'timestamp.json', news);
  });

  it('32: refuses an older feed after all that was stored is lost', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.install(news);
    const newer = scene.publishNews();
    await scene.expectTaken(await scene.device.check(), newer);
    await scene.device.lose('both');
    scene.serve(scene.first);
    await scene.expectRefused(await scene.device.check(), 'rollback', 'timestamp.json', news);
    await scene.expectHeals(newer);
  });

  it('33: goes no further when all is lost: a feed of its own age that has not expired is taken', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.expectTaken(await scene.device.check(), news);
    await scene.device.lose('both');
    scene.serve(scene.first);
    await scene.expectTaken(await scene.device.check(), scene.first);
    await scene.expectHeals(news);
  });

  it('33: is not all where the second floor is left: the same feed is refused', async ({ scene }) => {
    const news = scene.publishNews();
    await scene.expectTaken(await scene.device.check(), news);
    await scene.device.lose('database');
    scene.serve(scene.first);
    await scene.expectRefused(await scene.device.check(), 'rollback', 'timestamp.json', scene.first);
    await scene.expectHeals(news);
  });
});
