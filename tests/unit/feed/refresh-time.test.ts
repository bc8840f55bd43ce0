// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { copyOf, DAY, feedRepository, refusalOf, update, upToDate } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { inDays, mirrorOf, newSigner, NOW } from '../../fixtures/feed/tuf-repository.ts';

describe('time', () => {
  it.each([
    ['timestamp', 'timestamp.json'],
    ['snapshot', '2.snapshot.json'],
    ['targets', '2.targets.json'],
    ['vi-core', '2.vi-core.json'],
  ])('ends for a new %s', async (role, file) => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    repository.part(role)['expires'] = inDays(-1);
    repository.release('vi-core');
    const before = storage.stored.get(role);
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'expired', file });
    expect(storage.stored.get(role)).toEqual(before);
  });

  it.each(['served again', '“the same”'])('ends for a timestamp that a mirror freezes: %s', async (way) => {
    const repository = feedRepository();
    repository.part('timestamp')['expires'] = inDays(7);
    repository.publish();
    const storage = await upToDate(repository);
    const mirror = mirrorOf(repository, (path) =>
      way !== 'served again' && path.endsWith('timestamp.json') ? { status: 'same' } : undefined,
    );
    const refusal = await refusalOf(update(storage, mirror, { now: NOW + 8 * DAY }));
    expect(refusal).toEqual({ kind: 'expired', file: 'timestamp.json' });
  });

  it('ends for targets that are held, below a fresh timestamp', async () => {
    const repository = feedRepository();
    repository.part('targets')['expires'] = inDays(7);
    repository.release();
    const storage = await upToDate(repository);
    repository.publish('timestamp');
    const refusal = await refusalOf(update(storage, repository, { now: NOW + 8 * DAY }));
    expect(refusal).toEqual({ kind: 'expired', file: '2.targets.json' });
  });

  it('is what is good still until the very second', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const last = Date.parse(inDays(30));
    expect((await update(storage, repository, { now: last - 1 })).time).toBe(last - 1);
    expect((await refusalOf(update(storage, repository, { now: last }))).kind).toBe('expired');
  });

  it('lets an expired copy guard against going back, and a fresh one replace it', async () => {
    const repository = feedRepository();
    repository.part('timestamp')['expires'] = inDays(7);
    repository.release();
    const storage = await upToDate(repository);
    storage.floor = undefined;
    repository.part('timestamp')['expires'] = inDays(21);
    repository.part('timestamp')['version'] = 1;
    repository.publish();
    expect((await refusalOf(update(storage, repository, { now: NOW + 8 * DAY }))).kind).toBe('rollback');
    repository.part('timestamp')['version'] = 3;
    repository.publish();
    expect((await update(storage, repository, { now: NOW + 8 * DAY })).timestamp.version).toBe(3);
  });

  it('cannot be turned back by the clock: the build knows better', async () => {
    const repository = feedRepository();
    const storage = memoryStorage({ root: repository.root() });
    const refusal = await refusalOf(update(storage, repository, { now: 0, buildTime: NOW + 31 * DAY }));
    expect(refusal.kind).toBe('expired');
  });

  it('cannot be turned back by the clock: what was issued knows better', async () => {
    const repository = feedRepository();
    repository.period = 7;
    repository.part('timestamp')['expires'] = inDays(7);
    repository.publish('timestamp');
    const storage = await upToDate(repository);
    const old = copyOf(repository);
    repository.part('timestamp')['expires'] = inDays(20);
    repository.publish('timestamp');
    await update(storage, repository, { now: NOW + 13 * DAY });
    expect(storage.floor?.issued).toBe(NOW + 13 * DAY);
    storage.stored.clear();
    storage.floor = { ...storage.floor!, timestamp: 0, snapshot: 0 };
    const refusal = await refusalOf(update(storage, old, { now: NOW - 1000 * DAY }));
    expect(refusal).toEqual({ kind: 'expired', file: 'timestamp.json' });
    storage.floor = undefined;
    expect((await update(storage, old, { now: NOW - 1000 * DAY })).time).toBe(NOW);
  });

  it('is what the timestamp says it was issued at when the clock says less', async () => {
    const repository = feedRepository();
    const storage = memoryStorage({ root: repository.root() });
    repository.period = 6;
    repository.part('timestamp')['expires'] = inDays(7);
    repository.publishTimestamp(repository.part('timestamp')['meta'] as Record<string, unknown>);
    const got = await update(storage, repository, { now: 0 });
    expect(got.time).toBe(NOW + DAY);
    expect(storage.floor?.issued).toBe(NOW + DAY);
    repository.part('vi-core')['expires'] = inDays(1);
    repository.period = 30;
    repository.release('vi-core');
    expect((await refusalOf(update(storage, repository, { now: 0 }))).kind).toBe('expired');
  });

  it('cannot be pushed forward for good by a thief of the timestamp key', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const honest = repository.part('timestamp')['expires'];
    repository.period = 1;
    repository.part('timestamp')['expires'] = inDays(25);
    repository.release();
    await update(storage, repository);
    expect(storage.floor?.issued).toBe(NOW + 24 * DAY);
    repository.part('timestamp')['expires'] = inDays(3650);
    repository.release();
    await update(storage, repository);
    expect(storage.floor?.issued).toBe(NOW + 24 * DAY);
    repository.period = 30;
    repository.part('timestamp')['expires'] = honest;
    repository.nextRoot(() => (repository.signers['timestamp'] = [newSigner()]));
    repository.release();
    expect((await update(storage, repository)).time).toBe(NOW);
  });

  it('that is over for one delegated role refuses all, or leaves that role out on demand', async () => {
    const repository = feedRepository();
    repository.part('vi-urgent')['expires'] = inDays(-1);
    repository.release('vi-urgent');
    const storage = memoryStorage({ root: repository.root() });
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'expired', file: '2.vi-urgent.json' });
    const got = await update(storage, repository, { leaveOutExpired: true });
    expect(got.expired).toEqual(['vi-urgent']);
    expect([...got.roles.keys()]).toEqual(['vi-core', 'en']);
    expect(storage.stored.has('vi-urgent')).toBe(false);
  });

  it('is the one fault of a role that may be left out', async () => {
    const repository = feedRepository();
    repository.signers['vi-urgent'] = [newSigner()];
    repository.release('vi-urgent');
    const ended = update(memoryStorage({ root: repository.root() }), repository, { leaveOutExpired: true });
    expect(await refusalOf(ended)).toEqual({ kind: 'signature', file: '2.vi-urgent.json' });
  });
});
