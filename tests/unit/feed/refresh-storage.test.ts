// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { feedRepository, refusalOf, update, upToDate } from '../../fixtures/feed/device.ts';
import { mirrorOf } from '../../fixtures/feed/tuf-repository.ts';

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
});
