/** The walk through delegations: in which order, for which paths, where it ends, and on whose authority. */
import { describe, expect } from 'vitest';
import { digest } from '../../fixtures/feed/keys.ts';
import type { Repository } from '../../fixtures/feed/repository.ts';
import { accepts, it, refuses } from '../../fixtures/feed/tuf-command.ts';

const TOP = ['2.root', 'timestamp', '2.snapshot', '2.targets'];
const visits = (roles: string): string[] => [...TOP, ...[...roles].map((role) => `1.${role}`)];

/** `A>C` is a delegation, `A>C!` a terminating one, `A>C[*.py]` one for these paths alone; in this order in the metadata. Returns all roles. */
function delegate(repository: Repository, graph: string): string[] {
  const roles = new Set<string>();
  for (const [, by = '', name = '', paths, end] of graph.matchAll(/(\w+)>(\w+)(?:\[([^\]]+)\])?(!)?/gu)) {
    const limits = paths === undefined ? {} : { paths: paths.split('|') };
    repository.delegate(by, name, { terminating: end === '!', ...limits });
    roles.add(by).add(name);
  }
  return [...roles];
}

describe('a search in vain', () => {
  const graphs: [what: string, graph: string, visited: string][] = [
    ['one role', 'targets>A', 'A'],
    ['two roles side by side', 'targets>A targets>B', 'AB'],
    ['a role below the second', 'targets>A targets>B B>C', 'ABC'],
    ['two roles below the first', 'targets>A targets>B A>C A>D', 'ACDB'],
    ['three levels below the first', 'targets>A targets>B A>C C>D', 'ACDB'],
    ['a terminating role has the last word', 'targets>A targets>B A>C! A>D', 'AC'],
    ['roles below a terminating role still have a word', 'targets>A targets>B A>C! C>D', 'ACD'],
    ['a role for other paths is left out, with what is below it', 'targets>A[*.py] targets>B A>C', 'B'],
    ['the same one level down', 'targets>A targets>B A>C[*.py] C>D', 'AB'],
    ['a circle is walked once', 'targets>A targets>B B>C C>D D>B', 'ABCD'],
    ['a role with two delegators is visited for the first', 'targets>A targets>B B>C A>C', 'ACB'],
    ['a role with two delegators is visited for the one whose paths fit', 'targets>A targets>B B>C A>C[*.py]', 'ABC'],
  ];

  it.for(graphs)('%s', async ([, graph, visited], { repository, ready }) => {
    repository.publish(...delegate(repository, graph), 'snapshot', 'timestamp');
    await refuses(ready.download('nowhere'));
    expect(repository.asked).toEqual(visits(visited));
  });
});

describe('a search by path', () => {
  const searches: [what: string, path: string, found: boolean, visited: string][] = [
    ['a file of targets itself', 'plain', true, ''],
    ['`*` stands for a name', 'READ.md', true, 'A'],
    ['a path fits folder by folder', 'releases/x/x_v1', true, 'BC'],
    ['another path fits another role', 'releases/y/y_v1.zip', true, 'BD'],
    ['a role lists it, but was not given the path by its delegator', 'releases/z/z_v1.zip', false, 'B'],
    ['`*` does not reach over a slash', 'releases/READ.md', false, ''],
    ['`?` stands for one letter', 'pack-1.tgz', true, 'A'],
    ['`?` does not stand for several', 'pack-one.tgz', false, ''],
    ['capitals are other letters', 'READ.MD', false, ''],
  ];

  it.for(searches)('%s: %s', async ([, path, found, visited], { repository, ready }) => {
    const roles = delegate(
      repository,
      'targets>A[*.doc|*.md|pack-?.tgz] targets>B[releases/*/*] B>C[releases/x/*] B>D[releases/y/*.zip]',
    );
    const files: [role: string, path: string][] = [
      ['targets', 'plain'],
      ...['READ.md', 'releases/READ.md', 'pack-1.tgz', 'pack-one.tgz'].map((name) => ['A', name] as [string, string]),
      ['C', 'releases/x/x_v1'],
      ['D', 'releases/y/y_v1.zip'],
      ['D', 'releases/z/z_v1.zip'],
    ];
    for (const [role, name] of files) repository.addFile(role, name, `${name} of ${role}`);
    repository.publish(...roles, 'snapshot', 'timestamp');

    if (found) await accepts(ready.download(path));
    else await refuses(ready.download(path));
    expect(ready.downloads()).toEqual(found ? [repository.files.get(path)?.content.toString()] : []);
    expect(repository.asked).toEqual(visits(visited));
  });

  it('goes by the hash of the path where a delegation says so', async ({ repository, ready }) => {
    const path = 'anywhere/at/all';
    const hash = digest(path);
    const other = hash.startsWith('0') ? '1' : '0';
    repository.delegate('targets', 'A', { path_hash_prefixes: [other] });
    repository.delegate('targets', 'B', { path_hash_prefixes: [`${hash.slice(0, 2)}`] });
    repository.addFile('A', path, 'of A');
    repository.addFile('B', path, 'of B');
    repository.publish('A', 'B', 'targets', 'snapshot', 'timestamp');
    await accepts(ready.download(path));
    expect(ready.downloads()).toEqual(['of B']);
    expect(repository.asked).toEqual(visits('B'));
  });
});

describe('authority', () => {
  it('is that of the delegator through which a role is reached, also when the role is known already', async ({
    repository,
    ready,
  }) => {
    repository.delegate('targets', 'left', { paths: ['left/*'] });
    repository.delegate('targets', 'right', { paths: ['right/*'] });
    const known = repository.delegate('left', 'release', { paths: ['left/*'] });
    repository.delegate('right', 'release', { paths: ['right/*'] });
    // Only the key that the left one states has signed.
    repository.signers.set('release', [known]);
    repository.addFile('release', 'left/file', 'rightful');
    repository.addFile('release', 'right/file', 'usurped');
    repository.publish('release', 'left', 'right', 'targets', 'snapshot', 'timestamp');
    await refuses(ready.download(['left/file', 'right/file']));
    expect(ready.downloads()).toEqual(['rightful']);
  });

  it('ends with the snapshot: a role that it does not list is not even asked for', async ({ repository, ready }) => {
    repository.delegate('targets', 'team', { paths: ['team/*'] });
    repository.publish('team', 'targets');
    delete repository.snapshot.meta['team.json'];
    repository.publish('snapshot', 'timestamp');
    await accepts(ready.refresh());
    repository.asked.length = 0;
    await refuses(ready.download('team/file'));
    expect(ready.trusted()).not.toHaveProperty('team');
    expect(repository.asked).toEqual(['2.root', 'timestamp']);
  });
});
