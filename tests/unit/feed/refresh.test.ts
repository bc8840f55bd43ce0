// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { feedRepository, refusalOf, update, upToDate } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { inDays, mirrorOf, newSigner, Repository } from '../../fixtures/feed/tuf-repository.ts';

describe('a refresh', () => {
  it('takes root, timestamp, snapshot, targets and the roles of this feed, and keeps each as it is verified', async () => {
    const repository = feedRepository();
    repository.delegate('targets', 'stranger');
    repository.release();
    repository.nextRoot();
    const storage = memoryStorage({ root: repository.root() });
    const mirror = mirrorOf(repository);
    const got = await update(storage, mirror);
    expect([...got.roles.keys()]).toEqual(['vi-core', 'en', 'vi-urgent']);
    expect(got.roles.get('vi-core')?.targets['vi-core/1.jsonl']?.length).toBe(3);
    expect(storage.written).toEqual(['root', 'timestamp', 'snapshot', 'targets', 'vi-core', 'en', 'vi-urgent']);
    expect(mirror.asked).toEqual([
      'metadata/2.root.json',
      'metadata/3.root.json',
      'metadata/timestamp.json',
      'metadata/2.snapshot.json',
      'metadata/2.targets.json',
      'metadata/1.vi-core.json',
      'metadata/1.en.json',
      'metadata/1.vi-urgent.json',
    ]);
    expect(got).toMatchObject({ isNew: true, expired: [], root: { version: 2 }, timestamp: { version: 2 } });
  });

  it('asks for two files when there is no news, and says so', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const mirror = mirrorOf(repository);
    const got = await update(storage, mirror);
    expect(mirror.asked).toEqual(['metadata/2.root.json', 'metadata/timestamp.json']);
    expect(got.isNew).toBe(false);
    expect([...got.roles.keys()]).toEqual(['vi-core', 'en', 'vi-urgent']);
  });

  it('names the copy that it holds by its hash, and believes “the same”', async () => {
    const repository = feedRepository();
    const storage = await upToDate(repository);
    const asked: (string | undefined)[] = [];
    const mirror = mirrorOf(repository, (path, { holds }) => {
      asked.push(holds);
      return path.endsWith('timestamp.json') ? { status: 'same' } : undefined;
    });
    expect((await update(storage, mirror)).isNew).toBe(false);
    const [root, timestamp] = asked;
    expect(root).toBeUndefined();
    expect(timestamp).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names it by what is signed alone, so that no mirror can know a device by how it wrote the file', async () => {
    const repository = feedRepository();
    const tagOf = async (write: (timestamp: { signatures: object[] }) => string): Promise<string | undefined> => {
      const storage = await upToDate(repository);
      const held = await storage.readMetadata('timestamp');
      const written = write(JSON.parse(new TextDecoder().decode(held)) as { signatures: object[] });
      await storage.writeMetadata('timestamp', new TextEncoder().encode(written));
      let tag: string | undefined;
      await update(
        storage,
        mirrorOf(repository, (path, { holds }) => {
          if (path.endsWith('timestamp.json')) tag = holds;
          return undefined;
        }),
      );
      return tag;
    };
    const plain = await tagOf((timestamp) => JSON.stringify(timestamp));
    expect(plain).toMatch(/^[0-9a-f]{64}$/);
    expect(await tagOf((timestamp) => JSON.stringify(timestamp, undefined, 3))).toBe(plain);
    const marked = (timestamp: { signatures: object[] }): string =>
      JSON.stringify({ ...timestamp, signatures: [...timestamp.signatures, { keyid: 'ab'.repeat(32), sig: 'cd' }] });
    expect(await tagOf(marked)).toBe(plain);
  });

  it('does not believe “the same” while it holds nothing', async () => {
    const repository = feedRepository();
    const mirror = mirrorOf(repository, (path) => (path.endsWith('timestamp.json') ? { status: 'same' } : undefined));
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), mirror));
    expect(refusal).toEqual({ kind: 'missing', file: 'timestamp.json' });
  });

  it.each(['ed25519', 'p256', 'p384', 'rsa'] as const)('reads a repository that is signed with %s', async (kind) => {
    const repository = new Repository(kind);
    const storage = memoryStorage({ root: repository.root() });
    expect((await update(storage, repository)).targets.version).toBe(1);
    repository.signers['timestamp'] = [newSigner(kind)];
    repository.release();
    expect((await refusalOf(update(storage, repository))).kind).toBe('signature');
  });

  it('reads a repository without consistent snapshots', async () => {
    const repository = feedRepository();
    repository.consistent = false;
    repository.nextRoot();
    repository.release();
    const mirror = mirrorOf(repository);
    await update(memoryStorage({ root: repository.root() }), mirror);
    expect(mirror.asked).toContain('metadata/snapshot.json');
    expect(mirror.asked).toContain('metadata/vi-core.json');
  });

  it('reads 39 roots that follow each other, and goes on from the 256th where a mirror has more', async () => {
    const repository = new Repository();
    for (let count = 0; count < 39; count += 1) repository.nextRoot(() => (repository.signers['root'] = [newSigner()]));
    const storage = memoryStorage({ root: repository.root() });
    expect((await update(storage, repository)).root.version).toBe(40);
    for (let count = 0; count < 260; count += 1) repository.nextRoot();
    expect((await update(storage, repository)).root.version).toBe(40 + 256);
    expect((await update(storage, repository)).root.version).toBe(300);
  });

  it('accepts an expired root on the way to a good one, and keeps but does not use an expired last one', async () => {
    const repository = feedRepository();
    repository.part('root')['expires'] = inDays(-1);
    repository.nextRoot();
    const storage = memoryStorage({ root: repository.root() });
    const mirror = mirrorOf(repository);
    expect(await refusalOf(update(storage, mirror))).toEqual({ kind: 'expired', file: 'root.json' });
    expect(storage.written).toEqual(['root']);
    expect(mirror.asked).not.toContain('metadata/timestamp.json');
    repository.part('root')['expires'] = inDays(30);
    repository.nextRoot();
    expect((await update(storage, repository)).root.version).toBe(3);
  });
});
