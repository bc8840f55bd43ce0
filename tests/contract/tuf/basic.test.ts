/** What a refresh asks for, in which order, and what it leaves behind: whole, spoilt and incomplete repositories. */
import { describe, expect } from 'vitest';
import { makeKey } from '../../fixtures/feed/keys.ts';
import { inDays, TOP_ROLES, type Envelope } from '../../fixtures/feed/repository.ts';
import { accepts, expectStored, it, refuses } from '../../fixtures/feed/tuf-command.ts';

const FIRST_REFRESH = ['2.root', 'timestamp', '1.snapshot', '1.targets'];

describe('a refresh', () => {
  it('asks for the next root, timestamp, snapshot and targets, each once and in this order', async ({
    repository,
    ready,
  }) => {
    await accepts(ready.refresh());
    expect(repository.asked).toEqual(FIRST_REFRESH);
  });

  it('leaves exactly the served metadata as trusted', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    for (const role of TOP_ROLES) expectStored(ready, role, repository.bytes(role));
  });

  it('happens by itself before a download, also of a file that no role lists', async ({ repository, ready }) => {
    await refuses(ready.download('nothing of this name'));
    expect(repository.asked).toEqual(FIRST_REFRESH);
    for (const role of TOP_ROLES) expectStored(ready, role, repository.bytes(role));
  });

  it('stores metadata byte for byte, so that hashes of it stay right', async ({ repository, ready }) => {
    const odd = Buffer.concat([repository.bytes('timestamp'), Buffer.from(' ')]);
    repository.published.set('timestamp', [odd]);
    await accepts(ready.refresh());
    expect(ready.stored('timestamp')).toEqual(odd);
  });

  it('goes by the clock that the tests set', async ({ repository, ready }) => {
    repository.root.expires = inDays(7);
    repository.publish('root');
    await accepts(ready.refresh());
    await refuses(ready.refresh(8));
  });
});

describe('a first root that cannot be trusted', () => {
  const spoilings: [what: string, spoil: (root: Envelope, otherSignature: string) => void][] = [
    ['without a version', ({ signed }) => Reflect.deleteProperty(signed, 'version')],
    ['with the signature of another text', ({ signatures }, other) => signatures.forEach((one) => (one.sig = other))],
  ];
  it.for(spoilings)('%s stops everything before the first request', async ([, spoil], { repository, client }) => {
    const other = repository.signers.get('root')?.[0]?.sign(Buffer.from('{}')) ?? '';
    const root = JSON.parse(repository.bytes('root').toString()) as Envelope;
    spoil(root, other);
    // Whether the first root is read already here is left to the client.
    await client.init(Buffer.from(JSON.stringify(root)));
    await refuses(client.refresh());
    expect(repository.asked).toEqual([]);
  });
});

/** What is trusted when the role of the case is refused: everything that comes before it. */
const BEFORE: [role: string, trusted: Record<string, number>][] = [
  ['root', { root: 1 }],
  ['timestamp', { root: 2 }],
  ['snapshot', { root: 2, timestamp: 2 }],
  ['targets', { root: 2, timestamp: 2, snapshot: 2 }],
];

describe('metadata that is not what it should be', () => {
  it.for(BEFORE)('is refused without a signature: %s', async ([role, trusted], { repository, ready }) => {
    repository.signers.set(role, []);
    repository.publish('root', 'targets', 'snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual(trusted);
  });

  it.for(BEFORE.filter(([role]) => role !== 'timestamp'))(
    'is refused when its version is not the one that was asked for: %s',
    async ([role, trusted], { repository, ready }) => {
      // Listed and served as version 2, says 3.
      const part = repository.parts.get(role);
      if (part !== undefined) part.version += 1;
      repository.publish('root', 'targets');
      repository.snapshot.meta['targets.json'] = { version: 2 };
      repository.publish('snapshot');
      repository.timestamp.meta['snapshot.json'] = { version: 2 };
      repository.publish('timestamp');
      await refuses(ready.refresh());
      expect(ready.trusted()).toEqual(trusted);
    },
  );

  it('is refused in the place of another role, although signed with its keys', async ({ repository, ready }) => {
    const [key] = repository.signers.get('timestamp') ?? [];
    if (key === undefined) throw new Error('the timestamp has no key');
    repository.addKey('snapshot', key);
    // A snapshot that would also do as a timestamp, but for its type.
    repository.snapshot.meta = { 'snapshot.json': { version: 1 } };
    repository.publish('root', 'snapshot');
    repository.published.get('timestamp')?.push(repository.bytes('snapshot'));
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 2 });
  });

  it('is refused when its hash is not the listed one', async ({ repository, ready }) => {
    repository.measures = true;
    repository.publish('targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());

    repository.publish('targets');
    const listed = repository.snapshot.meta['targets.json'];
    if (listed?.hashes !== undefined) listed.hashes['sha256'] = '7'.repeat(64);
    repository.publish('snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 3, snapshot: 3, targets: 2 });
  });

  it('is ignored when a timestamp changes without a new version', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    const first = repository.bytes('timestamp');
    repository.timestamp.meta['snapshot.json'] = { version: 100 };
    repository.startOver('timestamp');
    repository.publish('timestamp');
    await accepts(ready.refresh());
    expect(repository.asked.at(-1)).toBe('timestamp');
    expectStored(ready, 'timestamp', first);
  });
});

describe('fields that TUF does not know', () => {
  it('count into what is signed and disturb nothing', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.root['motto'] = 'value';
    repository.role('root')['note'] = 'value';
    repository.addKey('root', makeKey(repository.scheme, { holder: { a: 1, b: 2 } }));
    repository.publish('root');
    await accepts(ready.refresh());
    expect(ready.trusted()['root']).toBe(2);
  });

  it('cannot lead a client to another way of naming keys', async ({ repository, ready }) => {
    const key = makeKey(repository.scheme, { keyid_hash_algorithms: 'md5' });
    repository.replaceKeys('snapshot', { stated: [key], signing: [key], threshold: 1 });
    repository.publish('root', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    expect(ready.trusted()).toMatchObject({ root: 2, snapshot: 2 });
  });
});

describe('a file that is missing', () => {
  it('timestamp: the refresh fails', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.startOver('timestamp');
    await refuses(ready.refresh());
    expect(repository.asked.at(-1)).toBe('timestamp');
  });

  it('snapshot: the refresh fails, the new timestamp stays', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.timestamp.meta['snapshot.json'] = { version: 2 };
    repository.publish('timestamp');
    await refuses(ready.refresh());
    expect(repository.asked.at(-1)).toBe('2.snapshot');
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 2, snapshot: 1, targets: 1 });
  });

  it('targets: the refresh fails, the new timestamp and snapshot stay', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.snapshot.meta['targets.json'] = { version: 2 };
    repository.publish('snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(repository.asked.at(-1)).toBe('2.targets');
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 2, snapshot: 2, targets: 1 });
  });
});
