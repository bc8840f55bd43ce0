// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { copyOf, feedRepository, refusalOf, update, upToDate } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { mirrorOf, newSigner } from '../../fixtures/feed/tuf-repository.ts';

describe('going back', () => {
  it.each(['timestamp', 'snapshot'])('to an older %s is refused, and the newer one stays', async (role) => {
    const repository = feedRepository();
    repository.release();
    const storage = await upToDate(repository);
    const before = new Map(storage.stored);
    repository.part(role)['version'] = 1;
    repository.publish(...(role === 'timestamp' ? [] : ['timestamp']));
    expect((await refusalOf(update(storage, repository))).kind).toBe('rollback');
    expect(storage.stored).toEqual(before);
  });

  it('to older targets under a newer snapshot is refused', async () => {
    const repository = feedRepository();
    repository.release();
    const storage = await upToDate(repository);
    repository.part('targets')['version'] = 1;
    repository.publish('snapshot', 'timestamp');
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'rollback', file: '3.snapshot.json' });
  });

  it('by leaving a role out of a newer snapshot is refused', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    delete repository.delegations['targets']?.['en'];
    repository.release();
    expect((await refusalOf(update(storage, repository))).kind).toBe('rollback');
  });

  it('is possible where the keys were taken away from a thief who had counted up', async () => {
    const repository = feedRepository();
    repository.part('timestamp')['version'] = 99_999;
    repository.part('snapshot')['version'] = 99_999;
    repository.publish();
    const storage = await upToDate(repository);
    repository.nextRoot(() => {
      for (const role of ['timestamp', 'snapshot']) {
        repository.signers[role] = [newSigner()];
        repository.part(role)['version'] = 1;
      }
    });
    repository.publish();
    const got = await update(storage, repository);
    expect([got.timestamp.version, got.snapshot.version]).toEqual([1, 1]);
    expect(storage.floor).toMatchObject({ root: 2, timestamp: 1, snapshot: 1 });
  });

  it('is possible where as many keys as could sign are taken away, and not where one fewer is', async () => {
    const repository = feedRepository();
    const [one, other, third] = [newSigner(), newSigner(), newSigner()];
    repository.nextRoot(() => {
      repository.signers['timestamp'] = [one, other, third];
      repository.thresholds['timestamp'] = 2;
    });
    repository.part('timestamp')['version'] = 99;
    repository.publish();
    const storage = await upToDate(repository);
    repository.nextRoot(() => (repository.signers['timestamp'] = [one, other, newSigner()]));
    repository.part('timestamp')['version'] = 1;
    repository.publish();
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'rollback', file: 'timestamp.json' });
    repository.nextRoot(() => (repository.signers['timestamp'] = [one, newSigner(), newSigner()]));
    repository.publish();
    expect((await update(storage, repository)).timestamp.version).toBe(1);
  });

  it('is possible where a newer package brings the root that takes the keys away', async () => {
    const repository = feedRepository();
    repository.part('timestamp')['version'] = 99;
    repository.publish();
    const storage = await upToDate(repository);
    const root = repository.nextRoot(() => (repository.signers['timestamp'] = [newSigner()]));
    repository.part('timestamp')['version'] = 1;
    repository.publish();
    storage.bundled.set('root', root);
    expect((await update(storage, repository)).timestamp.version).toBe(1);
  });

  it.each(['timestamp', 'snapshot'])(
    'is not hindered by copies of before: rotated keys of the %s forget both',
    async (role) => {
      const repository = feedRepository();
      const storage = await upToDate(repository);
      repository.nextRoot(() => (repository.signers[role] = [newSigner()]));
      const mirror = mirrorOf(repository, (path) =>
        path.endsWith('timestamp.json') ? { status: 'absent' } : undefined,
      );
      expect((await refusalOf(update(storage, mirror))).kind).toBe('missing');
      expect([...storage.stored.keys()].filter((name) => name === 'timestamp' || name === 'snapshot')).toEqual([]);
    },
  );

  it('is not possible where a root only adds a key', async () => {
    const repository = feedRepository();
    repository.release();
    const storage = await upToDate(repository);
    repository.nextRoot(() => repository.signersOf('timestamp').push(newSigner()));
    repository.part('timestamp')['version'] = 1;
    repository.publish();
    storage.stored.delete('timestamp');
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'rollback', file: 'timestamp.json' });
  });
});

describe('the floor', () => {
  it('of a package refuses what is older at the first start', async () => {
    const repository = feedRepository();
    const old = copyOf(repository);
    repository.release();
    const whole = await upToDate(repository);
    const device = memoryStorage(Object.fromEntries(whole.stored));
    device.bundled.set('root', repository.root());
    expect((await refusalOf(update(device, old))).kind).toBe('rollback');
    expect((await update(device, repository)).timestamp.version).toBe(2);
  });

  it('holds after the stored metadata is lost', async () => {
    const repository = feedRepository();
    const old = copyOf(repository);
    repository.release();
    const storage = await upToDate(repository);
    storage.stored.clear();
    expect(await refusalOf(update(storage, old))).toEqual({ kind: 'rollback', file: 'timestamp.json' });
    expect(storage.stored.has('timestamp')).toBe(false);
    expect((await update(storage, repository)).timestamp.version).toBe(2);
  });

  it('holds after that loss although the package and the mirror agree on what is older', async () => {
    const repository = feedRepository();
    const old = copyOf(repository);
    const bundled = Object.fromEntries((await upToDate(repository)).stored);
    repository.release();
    const storage = await upToDate(repository);
    storage.stored.clear();
    for (const [role, bytes] of Object.entries(bundled)) storage.bundled.set(role, bytes);
    const same = mirrorOf(old, (path) => (path.endsWith('timestamp.json') ? { status: 'same' } : undefined));
    expect(await refusalOf(update(storage, same))).toEqual({ kind: 'rollback', file: 'timestamp.json' });
    expect(await refusalOf(update(storage, old))).toEqual({ kind: 'rollback', file: 'timestamp.json' });
  });

  it('refuses a mirror that hides a root which this device has seen', async () => {
    const repository = feedRepository();
    const old = copyOf(repository);
    repository.nextRoot(() => (repository.signers['timestamp'] = [newSigner()]));
    repository.publish();
    const storage = await upToDate(repository);
    storage.stored.clear();
    expect(await refusalOf(update(storage, old))).toEqual({ kind: 'rollback', file: 'root.json' });
    expect((await update(storage, repository)).root.version).toBe(2);
  });

  it('of a newer package counts although an older copy is stored', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const old = copyOf(repository);
    repository.release();
    for (const [role, bytes] of (await upToDate(repository)).stored) storage.bundled.set(role, bytes);
    expect((await refusalOf(update(storage, old))).kind).toBe('rollback');
  });
});
