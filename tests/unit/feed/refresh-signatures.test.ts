// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { feedRepository, refusalOf, update } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { alias, newSigner, signed } from '../../fixtures/feed/tuf-repository.ts';

describe('signatures', () => {
  it('have to come from as many keys as are asked for', async () => {
    const repository = feedRepository();
    const [one, other, third] = [newSigner(), newSigner(), newSigner()];
    repository.signers['vi-core'] = [one];
    repository.delegate('targets', 'vi-core', { signers: [one, other, third], threshold: 2 });
    repository.release('vi-core');
    const storage = memoryStorage({ root: repository.root() });
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'signature', file: '2.vi-core.json' });
    expect(storage.stored.has('vi-core')).toBe(false);
    repository.signers['vi-core'] = [one, third];
    repository.release('vi-core');
    expect((await update(storage, repository)).roles.get('vi-core')?.version).toBe(3);
  });

  it('of one key under two ids are the signature of one', async () => {
    const repository = feedRepository();
    const one = newSigner();
    const twice = [one, alias(one, 'a'.repeat(64)), { ...newSigner(), key: one.key, sign: one.sign }];
    repository.signers['vi-core'] = twice;
    repository.delegate('targets', 'vi-core', { signers: twice, threshold: 2 });
    repository.release('vi-core');
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), repository));
    expect(refusal).toEqual({ kind: 'signature', file: '2.vi-core.json' });
  });

  it('of one P-256 key written in PEM and in hex are the signature of one', async () => {
    const repository = feedRepository();
    const one = newSigner('p256');
    const spki = Buffer.from(
      String(one.key['keyval'] && (one.key['keyval'] as { public: string }).public)
        .split('\n')
        .slice(1, -2)
        .join(''),
      'base64',
    );
    const hex = {
      ...alias(one, 'b'.repeat(64)),
      key: { ...one.key, keyval: { public: spki.subarray(-65).toString('hex') } },
    };
    repository.signers['vi-core'] = [one, hex];
    repository.delegate('targets', 'vi-core', { signers: [one, hex], threshold: 1 });
    repository.release('vi-core');
    const storage = memoryStorage({ root: repository.root() });
    expect((await update(storage, repository)).roles.get('vi-core')?.version).toBe(2);
    repository.delegate('targets', 'vi-core', { signers: [one, hex], threshold: 2 });
    repository.release('vi-core');
    expect((await refusalOf(update(storage, repository))).kind).toBe('signature');
  });

  it.each(['old', 'new'])('of a new root have to come from the %s keys too', async (absent) => {
    const repository = feedRepository();
    const old = [...repository.signersOf('root')];
    const fresh = [newSigner(), newSigner()];
    repository.signers['root'] = fresh;
    repository.thresholds['root'] = 2;
    repository.bump('root');
    repository.publishRoot(absent === 'old' ? fresh : old);
    const storage = memoryStorage({ root: repository.root() });
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'signature', file: '2.root.json' });
    expect(storage.written).toEqual([]);
    repository.publishRoot([...old, ...fresh]);
    expect((await update(storage, repository)).root.version).toBe(2);
  });

  it('of a new root do not reach its own threshold by one key under two ids', async () => {
    const repository = feedRepository();
    const one = newSigner();
    repository.nextRoot(() => {
      repository.signers['root'] = [one, alias(one, 'c'.repeat(64))];
      repository.thresholds['root'] = 2;
    });
    const storage = memoryStorage({ root: repository.root() });
    expect(await refusalOf(update(storage, repository))).toEqual({ kind: 'signature', file: '2.root.json' });
    expect(storage.written).toEqual([]);
  });

  it('of a role that delegates do not speak for another role', async () => {
    const repository = feedRepository();
    repository.signers['en'] = repository.signersOf('vi-core');
    repository.release('en');
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), repository));
    expect(refusal).toEqual({ kind: 'signature', file: '2.en.json' });
  });

  it('do not make a snapshot a timestamp', async () => {
    const repository = feedRepository();
    const snapshot = { ...repository.part('snapshot'), meta: { 'snapshot.json': { version: 1 } }, version: 9 };
    repository.files.set('metadata/timestamp.json', signed(snapshot, repository.signersOf('timestamp')));
    const refusal = await refusalOf(update(memoryStorage({ root: repository.root() }), repository));
    expect(refusal).toEqual({ kind: 'format', file: 'timestamp.json' });
  });
});
