// @vitest-environment node
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FeedRefusal } from '../../../utils/feed/refusal.ts';
import { startUpdate, walkRoots } from '../../../utils/feed/tuf/roots.ts';
import { findTarget } from '../../../utils/feed/tuf/walk.ts';
import type { Update } from '../../../utils/feed/tuf/update.ts';
import { takeRole, takeSnapshot, takeTimestamp } from '../../../utils/feed/tuf/workflow.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { BASE, mirrorOf, newSigner, NOW, Repository, type Delegated } from '../../fixtures/feed/tuf-repository.ts';

type Edge = [delegator: string, role: string, given?: Partial<Delegated>];

/** A repository with these delegations, each for every path and not the last word unless it says so. */
function delegating(edges: readonly Edge[]): Repository {
  const repository = new Repository();
  for (const [delegator, role, given = {}] of edges) {
    repository.delegate(delegator, role, {
      paths: ['*'],
      terminating: false,
      signers: repository.signersOf(role),
      ...given,
    });
  }
  return repository;
}

/** An update of a new device from the repository as it is now, with the top-level roles taken, and what it asks for. */
async function updating(repository: Repository): Promise<{ update: Update; asked: string[] }> {
  repository.publish();
  const transport = mirrorOf(repository);
  const mirror = { metadataUrl: `${BASE}metadata`, transport, signal: new AbortController().signal };
  const update = await startUpdate({ storage: memoryStorage({ root: repository.root() }), mirror }, NOW);
  await walkRoots(update);
  await takeTimestamp(update);
  await takeSnapshot(update);
  await takeRole(update, 'targets', 'root');
  transport.asked.length = 0;
  return { update, asked: transport.asked };
}

/** Searches for a path; returns the length of what was found and the delegated roles that were fetched, in order. */
async function search(repository: Repository, path: string): Promise<{ found: number | undefined; visited: string[] }> {
  const { update, asked } = await updating(repository);
  const found = await findTarget(update, path);
  return { found: found?.length, visited: asked.map((file) => file.replace(/^metadata\/1\.(.*)\.json$/, '$1')) };
}

describe('the search for a target', () => {
  it.each<[string, Edge[], string[]]>([
    ['one role', [['targets', 'A']], ['A']],
    [
      'two beside each other',
      [
        ['targets', 'A'],
        ['targets', 'B'],
      ],
      ['A', 'B'],
    ],
    [
      'children before the next beside',
      [
        ['targets', 'A'],
        ['targets', 'B'],
        ['A', 'C'],
        ['A', 'D'],
      ],
      ['A', 'C', 'D', 'B'],
    ],
    [
      'down three levels',
      [
        ['targets', 'A'],
        ['targets', 'B'],
        ['A', 'C'],
        ['C', 'D'],
      ],
      ['A', 'C', 'D', 'B'],
    ],
    [
      'not beyond a terminating role',
      [
        ['targets', 'A'],
        ['targets', 'B'],
        ['A', 'C', { terminating: true }],
        ['A', 'D'],
      ],
      ['A', 'C'],
    ],
    [
      'below a terminating role',
      [
        ['targets', 'A'],
        ['targets', 'B'],
        ['A', 'C', { terminating: true }],
        ['C', 'D'],
      ],
      ['A', 'C', 'D'],
    ],
    [
      'past roles for other paths',
      [
        ['targets', 'A', { paths: ['*.py'] }],
        ['targets', 'B'],
        ['A', 'C'],
      ],
      ['B'],
    ],
    [
      'not in circles',
      [
        ['targets', 'A'],
        ['targets', 'B'],
        ['B', 'C'],
        ['C', 'D'],
        ['D', 'B'],
      ],
      ['A', 'B', 'C', 'D'],
    ],
    [
      'a role of two delegators once',
      [
        ['targets', 'A'],
        ['targets', 'B'],
        ['B', 'C'],
        ['A', 'C'],
      ],
      ['A', 'C', 'B'],
    ],
    [
      'a terminating role for other paths is passed',
      [
        ['targets', 'A', { terminating: true, paths: ['x'] }],
        ['targets', 'B'],
      ],
      ['B'],
    ],
  ])('visits %s', async (_, edges, visited) => {
    expect(await search(delegating(edges), 'missing')).toEqual({ found: undefined, visited });
  });

  it.each([
    ['README.md', 11, ['A']],
    ['releases/x/x_v1', 3, ['B', 'C']],
    ['releases/y/y_v1.zip', 4, ['B', 'D']],
    ['releases/y/y_v1.tar', undefined, ['B']],
    ['releases/z/z_v1.zip', undefined, ['B']],
    ['releases/x/deep/x_v1', undefined, []],
    ['constructor', undefined, []],
    ['__proto__', undefined, []],
  ])('for %s asks only who may speak for it on every level', async (path, found, visited) => {
    const repository = delegating([
      ['targets', 'A', { paths: ['*.doc', '*.md'] }],
      ['targets', 'B', { paths: ['releases/*/*'] }],
      ['B', 'C', { paths: ['releases/x/*'] }],
      ['B', 'D', { paths: ['releases/y/*.zip'] }],
    ]);
    repository.addTarget('A', 'README.md', 'README by A');
    repository.addTarget('C', 'releases/x/x_v1', 'byC');
    repository.addTarget('D', 'releases/y/y_v1.zip', 'by D');
    repository.addTarget('D', 'releases/z/z_v1.zip', 'not D’s');
    expect(await search(repository, path)).toEqual({ found, visited });
  });

  it('takes the role that is trusted most where two list a path', async () => {
    const repository = delegating([
      ['targets', 'A'],
      ['targets', 'B'],
    ]);
    repository.addTarget('B', 'both', 'long text');
    repository.addTarget('A', 'both', 'short');
    expect((await search(repository, 'both')).found).toBe(5);
  });

  it('goes by the beginning of the path’s hash where delegations say so', async () => {
    const first = createHash('sha256').update('some/path').digest('hex').slice(0, 2);
    const repository = delegating([
      ['targets', 'A', { prefixes: [first === '00' ? '01' : '00'] }],
      ['targets', 'B', { prefixes: ['zz', first] }],
    ]);
    repository.addTarget('B', 'some/path', 'here');
    expect(await search(repository, 'some/path')).toEqual({ found: 4, visited: ['B'] });
  });

  it('ends at a role that is refused, although a less trusted one lists the path', async () => {
    const repository = delegating([
      ['targets', 'A'],
      ['targets', 'B'],
    ]);
    repository.addTarget('B', 'path', 'by B');
    repository.signers['A'] = [newSigner()];
    await expect(search(repository, 'path')).rejects.toMatchObject({ kind: 'signature', file: '1.A.json' });
  });

  it('checks a role that was taken for one delegator by the keys of the next one too', async () => {
    const repository = delegating([
      ['targets', 'A', { paths: ['a/*'] }],
      ['targets', 'B', { paths: ['b/*'] }],
      ['A', 'C', { paths: ['a/*'] }],
      ['B', 'C', { paths: ['b/*'], signers: [newSigner()] }],
    ]);
    repository.addTarget('C', 'a/file', 'good');
    repository.addTarget('C', 'b/file', 'not for B');
    const { update } = await updating(repository);
    expect((await findTarget(update, 'a/file'))?.length).toBe(4);
    await expect(findTarget(update, 'b/file')).rejects.toMatchObject({ kind: 'signature', file: 'C.json' });
  });

  it('ends after 32 delegated roles', async () => {
    const names = Array.from({ length: 33 }, (_, at) => `r${at}`);
    const chain = (count: number) =>
      delegating(names.slice(0, count).map((name, at) => [at === 0 ? 'targets' : `r${at - 1}`, name]));
    expect((await search(chain(32), 'missing')).visited).toHaveLength(32);
    const error: unknown = await search(chain(33), 'missing').catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(FeedRefusal);
    expect(error).toMatchObject({ kind: 'too-long' });
  });

  it.each(['?', '#', '/team', '../team', '.', '..', 'a b', 'đội', '%2e'])(
    'asks for role “%s” by its quoted name',
    async (role) => {
      const { visited } = await search(delegating([['targets', role]]), 'missing');
      expect(visited).toEqual([encodeURIComponent(role)]);
    },
  );
});
