/** Thresholds, keys and signatures that occur twice, kinds of keys, signatures that are wrong beside ones that are right. */
import { describe, expect } from 'vitest';
import { makeKey, type KeyScheme } from '../../fixtures/feed/keys.ts';
import { accepts, it, refuses } from '../../fixtures/feed/tuf-command.ts';

describe('a threshold', () => {
  it('is not met by fewer signatures than it asks for', async ({ repository, ready }) => {
    repository.role('snapshot').threshold = 3;
    repository.addKey('snapshot');
    repository.addKey('snapshot');
    repository.publish('root', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    repository.signers.get('snapshot')?.pop();
    repository.publish('targets', 'snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toMatchObject({ root: 2, timestamp: 3, snapshot: 2 });
  });

  it('is never met when there are fewer keys than it asks for', async ({ repository, ready }) => {
    for (let n = 0; n < 4; n += 1) repository.addKey('snapshot');
    expect(repository.role('snapshot').keyids).toHaveLength(5);
    repository.role('snapshot').threshold = 6;
    repository.publish('root', 'snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()['root']).toBe(2);
    expect(ready.trusted()).not.toHaveProperty('snapshot');
  });

  it('counts a key once, however often it is stated and has signed', async ({ repository, ready }) => {
    const key = makeKey(repository.scheme);
    for (let n = 0; n < 9; n += 1) repository.listKey('snapshot', key);
    repository.signWith('snapshot', key);
    repository.role('snapshot').threshold = 6;
    repository.publish('root', 'snapshot', 'timestamp');
    repository.tamper('snapshot', ({ signatures }) => {
      const again = signatures.filter(({ keyid }) => keyid === key.id);
      for (let n = 0; n < 8; n += 1) signatures.push(...again);
    });
    // Refusing the root for its repeated key ids is as good as refusing the snapshot.
    await refuses(ready.refresh());
    expect(ready.trusted()).not.toHaveProperty('snapshot');
  });

  it('does not excuse a second signature of the same key id', async ({ repository, ready }) => {
    repository.tamper('snapshot', ({ signatures }) => signatures.push(...signatures));
    await refuses(ready.refresh());
    expect(ready.trusted()).not.toHaveProperty('snapshot');
  });
});

describe('a kind of key', () => {
  // The first three are named in the specification; hardware tokens also make P-384.
  const schemes: KeyScheme[] = ['rsassa-pss-sha256', 'ecdsa-sha2-nistp256', 'ed25519', 'ecdsa-sha2-nistp384'];

  it.for(schemes)('is understood, and its wrong signatures are too: %s', async (scheme, { repository, ready }) => {
    const key = repository.addKey('root', makeKey(scheme));
    repository.role('root').threshold = 2;
    repository.publish('root');
    await accepts(ready.refresh());
    expect(ready.trusted()['root']).toBe(2);

    repository.publish('root');
    repository.tamper('root', ({ signatures }) => {
      for (const one of signatures) if (one.keyid === key.id) one.sig = key.sign(Buffer.from('{"another":"text"}'));
    });
    await refuses(ready.refresh());
    expect(ready.trusted()['root']).toBe(2);
  });
});

describe('a key of a kind that nobody knows', () => {
  it.for(['rsa-pkcs1v15-sha256', 'of-next-year'])(
    'does no harm, and no good: %s',
    async (scheme, { repository, ready }) => {
      const key = makeKey('rsassa-pss-sha256');
      Object.assign(key.public, { scheme });
      repository.addKey('timestamp', key);
      repository.publish('root', 'timestamp');
      await accepts(ready.refresh());
      repository.role('timestamp').threshold = 2;
      repository.publish('root', 'timestamp');
      await refuses(ready.refresh());
      expect(ready.trusted()).toMatchObject({ root: 3, timestamp: 2 });
    },
  );
});

describe('a signature that is wrong', () => {
  it('does no harm while enough others are right: of another text, and empty', async ({ repository, ready }) => {
    const [first] = repository.signers.get('timestamp') ?? [];
    repository.addKey('timestamp');
    for (const sig of [first?.sign(Buffer.from('{"another":"text"}')) ?? '', '']) {
      repository.publish('root', 'timestamp');
      repository.tamper('timestamp', ({ signatures }) => {
        for (const one of signatures) if (one.keyid === first?.id) one.sig = sig;
      });
      await accepts(ready.refresh());
    }
    expect(ready.trusted()['timestamp']).toBe(3);
  });
});
