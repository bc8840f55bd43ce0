// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readTrusted } from '../../../utils/feed/refresh.ts';
import type { Floor } from '../../../utils/feed/storage.ts';
import { feedRepository, refusalOf, update, upToDate } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { inDays, mirrorOf } from '../../fixtures/feed/tuf-repository.ts';

describe('what is stored', () => {
  it.each(['timestamp', 'snapshot', 'targets', 'vi-core'])('is fetched anew where %s is half-written', async (role) => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const whole = storage.stored.get(role) as Uint8Array;
    storage.stored.set(role, whole.subarray(0, whole.length / 2));
    await update(storage, repository);
    expect(storage.stored.get(role)).toEqual(whole);
  });

  it('is verified again each time: a forged role is not used', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const forged = JSON.parse(new TextDecoder().decode(storage.stored.get('vi-core'))) as {
      signed: { targets: object };
    };
    forged.signed.targets = {};
    storage.stored.set('vi-core', new TextEncoder().encode(JSON.stringify(forged)));
    const got = await update(storage, repository);
    expect(Object.keys(got.roles.get('vi-core')?.targets ?? {})).toEqual(['vi-core/1.jsonl']);
  });

  it('heals from the package when the root is damaged, and is refused when there is no other', async () => {
    const repository = feedRepository();
    repository.nextRoot();
    const storage = await upToDate(repository);
    storage.stored.set('root', new Uint8Array([1, 2, 3]));
    expect((await update(storage, repository)).root.version).toBe(2);
    storage.stored.set('root', new Uint8Array([1, 2, 3]));
    storage.bundled.clear();
    const mirror = mirrorOf(repository);
    expect(await refusalOf(update(storage, mirror))).toEqual({ kind: 'format', file: 'root.json' });
    expect(mirror.asked).toEqual([]);
  });

  it('counts for nothing where it cannot be read: the package takes its place', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    storage.readMetadata = async () => Promise.reject(new Error('damaged'));
    expect((await update(storage, repository)).timestamp.version).toBe(1);
  });

  it('is read without the network and whatever the time, and nothing is written', async () => {
    const repository = feedRepository();
    for (const role of ['targets', 'vi-core']) repository.part(role)['expires'] = inDays(1);
    repository.release('vi-core');
    const storage = await upToDate(repository);
    // Issued after the roles had ended: as when nobody signed them anew.
    repository.period = 1;
    repository.bump('timestamp');
    repository.publishTimestamp(repository.part('timestamp')['meta'] as Record<string, unknown>);
    storage.stored.set('timestamp', repository.file('metadata/timestamp.json'));
    storage.written.length = 0;
    storage.floor = undefined;
    const got = await readTrusted(storage);
    expect(got?.timestamp.version).toBe(3);
    expect([...(got?.roles.keys() ?? [])]).toEqual(['vi-core', 'en', 'vi-urgent']);
    expect(storage.written).toEqual([]);
    expect(storage.floor).toBeUndefined();
  });

  it('is read although the floor is above it: what is in use stays in use', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    storage.floor = { ...(storage.floor as Floor), timestamp: 9, snapshot: 9 };
    expect((await readTrusted(storage))?.timestamp.version).toBe(1);
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'rollback', file: 'timestamp.json' });
  });

  it('is not read as a set in the middle of an update, nor when it is forged', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    expect(await readTrusted(storage)).toBeDefined();
    repository.release();
    storage.stored.set('timestamp', repository.file('metadata/timestamp.json'));
    expect(await readTrusted(storage)).toBeUndefined();
    storage.stored.set('timestamp', repository.file('metadata/timestamp.json').slice(1));
    expect(await readTrusted(storage)).toBeUndefined();
    expect(await readTrusted(memoryStorage())).toBeUndefined();
  });
});
