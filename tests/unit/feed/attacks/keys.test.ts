// @vitest-environment node
/** Keys that are too few, stolen, counted twice or used outside of their role. */
import { describe, expect } from 'vitest';
import { makeKey } from '../../../fixtures/feed/keys.ts';
import { it } from '../../../fixtures/feed/scene.ts';

describe('keys', () => {
  it('01: two of three of the root and two of two of the targets make rules that are taken', async ({ scene }) => {
    scene.publisher.rotate((repository) => {
      for (const role of ['root', 'targets']) {
        const keys = (role === 'root' ? [1, 2, 3] : [1, 2]).map(() => makeKey('ecdsa-sha2-nistp256'));
        const before = repository.signers.get(role) ?? [];
        repository.replaceKeys(role, { stated: keys, signing: keys.slice(0, 2), threshold: 2 });
        if (role === 'root') repository.signWith('root', ...before);
      }
    });
    const news = scene.publishNews();
    await scene.expectTaken(await scene.device.check(), news);
  });

  it('16: a root that enough of the old and of the new keys signed is taken', async ({ scene }) => {
    const release = scene.publisher.rotate((repository) => {
      const before = repository.signers.get('root') ?? [];
      repository.replaceKeys('root');
      repository.signWith('root', ...before);
    });
    scene.serve(release);
    await scene.expectTaken(await scene.device.check(), release);
    expect((await scene.device.look()).versions?.['root']).toBe(2);
  });

  it.for([
    ['17: too few of the old keys', 'old'],
    ['18: too few of the new keys', 'new'],
  ])('%s make no root', async ([, absent], { scene }) => {
    const release = scene.publisher.rotate((repository) => {
      const before = repository.signers.get('root') ?? [];
      const fresh = makeKey('ed25519');
      repository.replaceKeys('root', { stated: [fresh], signing: absent === 'old' ? [fresh] : before, threshold: 1 });
    });
    scene.serve(release);
    await scene.expectRefused(await scene.device.check(), 'bad-signature', '2.root.json');
  });

  it('19: a stolen timestamp key that was taken away signs nothing any more', async ({ scene }) => {
    const [stolen] = scene.publisher.repository.signers.get('timestamp') ?? [];
    const rotated = scene.publisher.rotate((repository) => repository.replaceKeys('timestamp'));
    scene.serve(rotated);
    await scene.device.check();
    scene.publisher.repository.signers.set('timestamp', stolen === undefined ? [] : [stolen]);
    scene.serve(scene.publisher.release());
    await scene.expectRefused(await scene.device.check(), 'bad-signature', 'timestamp.json', rotated);
  });

  it('20: a repository recovers from a thief who counted the timestamp up', async ({ scene }) => {
    const { repository } = scene.publisher;
    repository.timestamp.version = 4_000_000;
    scene.serve(scene.publisher.release('timestamp'));
    await scene.device.check();
    const recovered = scene.publisher.rotate(() => {
      repository.replaceKeys('timestamp');
      repository.timestamp.version = 10;
    });
    scene.serve(recovered);
    await scene.expectTaken(await scene.device.check(), recovered);
    expect((await scene.device.look()).versions?.['timestamp']).toBe(11);
  });

  it('21: one key under two ids is no threshold of two', async ({ scene }) => {
    const key = makeKey('ed25519');
    const again = { ...key, id: 'f'.repeat(64) };
    const release = scene.publisher.rotate((repository) =>
      repository.replaceKeys('timestamp', { stated: [key, again], signing: [key, again], threshold: 2 }),
    );
    scene.serve(release);
    await scene.expectRefused(await scene.device.check(), /^bad-(?:signature|format)$/u);
  });

  it.for([500, 502, 503, 429])('22: status %i for the next root is not “there is none”', async (status, { scene }) => {
    const news = scene.publishNews();
    scene.misbehave('root.json', { status });
    await scene.expectRefused(await scene.device.check(), 'unreachable', '2.root.json');
    expect(scene.server.paths()).not.toContain('metadata/timestamp.json');
    scene.wait(2);
    await scene.expectHeals(news);
  });

  it('23: two of three editors make rules, one does not', async ({ scene }) => {
    const keys = [1, 2, 3].map(() => makeKey('ed25519'));
    const { repository } = scene.publisher;
    const stating = repository.role('vi-core', 'targets');
    stating.keyids = [];
    stating.threshold = 2;
    for (const key of keys) repository.listKey('vi-core', key, 'targets');
    repository.signers.set('vi-core', keys.slice(0, 1));
    scene.serve(scene.publisher.release());
    await scene.expectRefused(await scene.device.check(), 'bad-signature', '2.vi-core.json');
    repository.signers.set('vi-core', keys.slice(1));
    await scene.expectHeals(scene.publishNews());
  });

  it('24: rules that a role lists outside of its own folder are not taken', async ({ scene }) => {
    const { repository } = scene.publisher;
    const [path, file] = Object.entries(repository.targets('en').targets)[0] ?? [];
    if (path !== undefined && file !== undefined) repository.targets('vi-urgent').targets['en/7.jsonl'] = file;
    scene.serve(scene.publisher.release());
    const state = await scene.device.check();
    expect(state.refusal).toBeUndefined();
    await scene.expectIn(state, scene.first);
    expect(scene.server.paths().filter((one) => one.includes('7.jsonl'))).toEqual([]);
  });

  it('29: 39 roots that follow each other are walked', async ({ scene }) => {
    for (let count = 0; count < 39; count += 1)
      scene.publisher.rotate((repository) => {
        const before = repository.signers.get('root') ?? [];
        repository.replaceKeys('root');
        repository.signWith('root', ...before.slice(0, 1));
      });
    const news = scene.publishNews();
    await scene.expectTaken(await scene.device.check(), news);
    expect((await scene.device.look()).versions?.['root']).toBe(40);
  });
});
