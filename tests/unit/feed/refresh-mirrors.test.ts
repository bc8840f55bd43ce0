// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { TransportError } from '../../../utils/feed/transport.ts';
import { feedRepository, refusalOf, update, upToDate } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { mirrorOf } from '../../fixtures/feed/tuf-repository.ts';

describe('a mirror that mixes, damages or withholds', () => {
  it('targets of one publication and a snapshot of another is refused', async () => {
    const repository = feedRepository();
    repository.hashes = false;
    repository.release();
    const old = repository.file('metadata/2.targets.json');
    repository.release();
    repository.files.set('metadata/3.targets.json', old);
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), repository));
    expect(refusal).toEqual({ kind: 'mix', file: '3.targets.json' });
  });

  it('a snapshot other than the one that the timestamp names is refused', async () => {
    const repository = feedRepository();
    repository.hashes = false;
    const old = repository.file('metadata/1.snapshot.json');
    repository.release();
    repository.files.set('metadata/2.snapshot.json', old);
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), repository));
    expect(refusal).toEqual({ kind: 'mix', file: '2.snapshot.json' });
  });

  it.each(['snapshot', 'targets', 'vi-core'])('other bytes of %s than the hash says is refused', async (role) => {
    const repository = feedRepository();
    const name = `metadata/1.${role}.json`;
    const spaced = new TextEncoder().encode(`${new TextDecoder().decode(repository.file(name))} `);
    repository.files.set(name, spaced);
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), repository));
    expect(refusal).toEqual({ kind: 'hash', file: `1.${role}.json` });
  });

  it.each([
    ['snapshot', 2],
    ['targets', 3],
    ['vi-core', 4],
  ])('%s once is overcome the next time, by nothing but asking again', async (role, kept) => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    storage.written.length = 0;
    repository.release('vi-core', 'en', 'vi-urgent');
    const broken = mirrorOf(repository, (path) => {
      if (path.endsWith(`.${role}.json`)) throw new TransportError('status', 'the mirror answered 503');
      return undefined;
    });
    expect((await refusalOf(update(storage, broken))).kind).toBe('status');
    expect(storage.written).toHaveLength(kept - 1);
    const got = await update(storage, repository);
    expect(got.snapshot.version).toBe(2);
    expect(got.roles.get('vi-core')?.version).toBe(2);
  });

  it('the timestamp is refused, although a good one is held: its silence may hide a newer one', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const silent = mirrorOf(repository, (path) => (path.endsWith('timestamp.json') ? { status: 'absent' } : undefined));
    expect(await refusalOf(update(storage, silent))).toEqual({ kind: 'missing', file: 'timestamp.json' });
  });

  it('everything after the timestamp at the very first time is overcome too', async () => {
    const repository = feedRepository();
    const storage = memoryStorage({ root: repository.root() });
    const broken = mirrorOf(repository, (path) => (path.includes('snapshot') ? { status: 'absent' } : undefined));
    expect(await refusalOf(update(storage, broken))).toEqual({ kind: 'missing', file: '1.snapshot.json' });
    expect((await update(storage, repository)).snapshot.version).toBe(1);
  });

  it.each(['status', 'timeout', 'offline', 'redirect', 'too-long'] as const)(
    'the next root behind a failure (%s) is not taken for one without',
    async (kind) => {
      const repository = feedRepository();
      const storage = memoryStorage({ root: repository.root() });
      const mirror = mirrorOf(repository, (path) => {
        if (path.endsWith('2.root.json')) throw new TransportError(kind, 'no', { retryAfter: 5000 });
        return undefined;
      });
      const error = await update(storage, mirror).catch((refusal: unknown) => refusal);
      expect(error).toMatchObject({ kind, file: '2.root.json', retryAfter: 5000 });
      expect(mirror.asked).toEqual(['metadata/2.root.json']);
    },
  );

  it('a root with another number than its name is refused', async () => {
    const repository = feedRepository();
    repository.bump('root');
    repository.nextRoot();
    repository.files.set('metadata/2.root.json', repository.file('metadata/3.root.json'));
    const storage = memoryStorage({ root: repository.root() });
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'rollback', file: '2.root.json' });
    expect(storage.written).toEqual([]);
  });

  it('limits are the signed lengths where there are any', async () => {
    const repository = feedRepository();
    const limits = new Map<string, number>();
    const mirror = mirrorOf(repository, (path, { bytes }) => void limits.set(path, bytes));
    await update(memoryStorage({ root: repository.root() }), mirror);
    for (const name of ['snapshot', 'targets', 'vi-core']) {
      const path = `metadata/1.${name}.json`;
      expect(limits.get(path)).toBe(repository.file(path).length);
    }
    expect(limits.get('metadata/timestamp.json')).toBe(16 * 1024);
  });

  it('an error of the storage is not blamed on the mirror', async () => {
    const repository = feedRepository();
    const storage = memoryStorage({ root: repository.root() });
    storage.writeMetadata = async () => Promise.reject(new Error('disk full'));
    await expect(update(storage, repository)).rejects.toThrow(/^disk full$/);
  });
});
