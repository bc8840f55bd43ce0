/** Metadata that is out of date: new, stored, delegated; and that the stored is still good for going on from there. */
import { describe, expect } from 'vitest';
import { inDays } from '../../fixtures/feed/repository.ts';
import { accepts, it, refuses } from '../../fixtures/feed/tuf-command.ts';

describe('new metadata that has expired', () => {
  it('root: is stored, and nothing after it', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.publish('root');
    await accepts(ready.refresh());

    repository.root.expires = inDays(-1);
    repository.publish('root', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 3, timestamp: 1, snapshot: 1, targets: 1 });
  });

  it('timestamp: is not taken', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.timestamp.expires = inDays(-5);
    repository.publish('timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 1, snapshot: 1, targets: 1 });
  });

  it('snapshot: is not taken', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.snapshot.expires = inDays(-5);
    repository.publish('snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 2, snapshot: 1, targets: 1 });
  });

  it('targets: is not taken', async ({ repository, ready }) => {
    await accepts(ready.refresh());
    repository.targets().expires = inDays(-5);
    repository.publish('targets', 'snapshot', 'timestamp');
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 2, snapshot: 2, targets: 1 });
  });

  it('delegated role: what it lists cannot be downloaded', async ({ repository, ready }) => {
    repository.delegate('targets', 'team', { paths: ['team/*'] });
    repository.targets('team').expires = inDays(-1);
    repository.addFile('team', 'team/file', 'out of date');
    repository.publish('team', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    await refuses(ready.download('team/file'));
    expect(ready.downloads()).toEqual([]);
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 2, snapshot: 2, targets: 2 });
  });
});

describe('stored metadata that has expired since', () => {
  it('root: the next one is taken from it', async ({ repository, ready }) => {
    repository.root.expires = inDays(7);
    repository.publish('root');
    await accepts(ready.refresh());
    repository.root.expires = inDays(21);
    repository.publish('root');
    await accepts(ready.refresh(18));
    expect(ready.trusted()['root']).toBe(3);
  });

  it('timestamp: the next one is taken', async ({ repository, ready }) => {
    repository.timestamp.expires = inDays(7);
    repository.publish('timestamp');
    await accepts(ready.refresh());
    repository.timestamp.expires = inDays(21);
    repository.publish('targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh(18));
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 3, snapshot: 2, targets: 2 });
  });

  it.for(['snapshot', 'targets'] as const)('%s: the next one is taken', async (role, { repository, ready }) => {
    const part = role === 'snapshot' ? repository.snapshot : repository.targets();
    part.expires = inDays(7);
    repository.publish('targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh());
    part.expires = inDays(21);
    repository.publish('targets', 'snapshot', 'timestamp');
    await accepts(ready.refresh(18));
    expect(ready.trusted()).toEqual({ root: 1, timestamp: 3, snapshot: 3, targets: 3 });
  });

  it.for(['timestamp', 'snapshot', 'targets'] as const)(
    '%s: is refused as long as nothing newer comes',
    async (role, { repository, ready }) => {
      const part = repository.parts.get(role);
      if (part !== undefined) part.expires = inDays(7);
      repository.publish('targets', 'snapshot', 'timestamp');
      await accepts(ready.refresh());
      await refuses(ready.refresh(18));
      expect(ready.trusted()).toEqual({ root: 1, timestamp: 2, snapshot: 2, targets: 2 });
    },
  );

  it('timestamp: still forbids an older timestamp', async ({ repository, ready }) => {
    repository.timestamp.expires = inDays(7);
    repository.publish('timestamp');
    await accepts(ready.refresh());
    repository.startOver('timestamp');
    repository.timestamp.expires = inDays(21);
    repository.publish('timestamp');
    await refuses(ready.refresh(18));
    expect(ready.trusted()['timestamp']).toBe(2);
  });

  it('timestamp: still forbids an older snapshot', async ({ repository, ready }) => {
    repository.timestamp.expires = inDays(7);
    repository.publish('snapshot', 'timestamp');
    await accepts(ready.refresh());
    repository.startOver('snapshot');
    repository.timestamp.expires = inDays(21);
    repository.publish('snapshot', 'timestamp');
    await refuses(ready.refresh(18));
    expect(ready.trusted()).toMatchObject({ timestamp: 2, snapshot: 2 });
  });
});

describe('a stored delegated role that has expired since', () => {
  const FILES = ['team/first', 'team/second'];

  it('gives nothing more as long as nothing newer comes', async ({ repository, ready }) => {
    repository.delegate('targets', 'team', { paths: ['team/*'] });
    repository.targets('team').expires = inDays(7);
    for (const path of FILES) repository.addFile('team', path, path);
    repository.publish('team', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.download('team/first'));
    await refuses(ready.download('team/second', 18));
    expect(ready.downloads()).toEqual(['team/first']);
  });

  it('is replaced by its next version', async ({ repository, ready }) => {
    repository.delegate('targets', 'team', { paths: ['team/*'] });
    repository.targets('team').expires = inDays(7);
    for (const path of FILES) repository.addFile('team', path, path);
    repository.publish('team', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.download('team/first'));
    repository.targets('team').expires = inDays(21);
    repository.publish('team', 'snapshot', 'timestamp');
    await accepts(ready.download('team/second', 18));
    expect(ready.downloads()).toEqual(FILES);
  });
});
