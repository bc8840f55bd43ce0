/** Files: the right bytes and no others, whichever hash is listed, and none twice. */
import { describe, expect } from 'vitest';
import { accepts, it, refuses } from '../../fixtures/feed/tuf-command.ts';

const ALL = ['targets', 'snapshot', 'timestamp'];

describe('a download', () => {
  it('brings the listed file, which a refresh does not', async ({ repository, ready }) => {
    repository.addFile('targets', 'file.txt', 'the file');
    repository.publish(...ALL);
    await accepts(ready.refresh());
    expect(ready.downloads()).toEqual([]);
    await accepts(ready.download('file.txt'));
    expect(ready.downloads()).toEqual(['the file']);
  });

  it('brings a file from a folder in folders', async ({ repository, ready }) => {
    repository.addFile('targets', 'a/path/to/file.txt', 'the file');
    repository.publish(...ALL);
    await accepts(ready.download('a/path/to/file.txt'));
    expect(ready.downloads()).toEqual(['the file']);
  });

  it('brings a file once: what is there and still right is not asked for again', async ({ repository, ready }) => {
    repository.addFile('targets', 'file.txt', 'the file');
    repository.publish(...ALL);
    await accepts(ready.download('file.txt'));
    await accepts(ready.download('file.txt'));
    expect(repository.filesAsked).toHaveLength(1);
  });

  it('keeps no bytes that are not the listed ones', async ({ repository, ready }) => {
    repository.addFile('targets', 'known.txt', 'the file');
    repository.addFile('targets', 'new.txt', 'content');
    repository.publish(...ALL);
    await accepts(ready.download('known.txt'));
    for (const path of ['known.txt', 'new.txt']) repository.spoilFile(path, 'malice in the place of it');

    // A client with the file in its store need not notice.
    await ready.download('known.txt');
    expect(ready.downloads()).toEqual(['the file']);
    await refuses(ready.download('new.txt'));
    expect(ready.downloads()).toEqual(['the file']);
  });

  it('follows a file through its versions, also past versions it never saw, and past malice', async ({
    repository,
    ready,
  }) => {
    repository.addFile('targets', 'file.txt', 'version 0');
    repository.publish(...ALL);
    await accepts(ready.download('file.txt'));
    const others: string[] = [];
    for (let version = 1; version <= 11; version += 1) {
      repository.addFile('targets', 'file.txt', `version ${version}`);
      repository.addFile('targets', `other-${version}`, `other ${version}`);
      repository.publish(...ALL);
      // The client looks in at the first, sixth and eleventh version.
      if (version % 5 !== 1) continue;
      await accepts(ready.download('file.txt'));
      expect(ready.downloads()).toEqual([...others, `version ${version}`].toSorted());
      await accepts(ready.download(`other-${version}`));
      others.push(`other ${version}`);
      const rightful = [...others, `version ${version}`].toSorted();
      expect(ready.downloads()).toEqual(rightful);

      repository.spoilFile('file.txt', 'malice');
      repository.publish(...ALL);
      await ready.download('file.txt');
      expect(ready.downloads()).toEqual(rightful);
    }
  });
});

describe('the hashes of a file', () => {
  const lists: ('sha256' | 'sha512')[][] = [['sha256'], ['sha512'], ['sha256', 'sha512']];

  it.for(lists)('may be %s %s', async (algorithms, { repository, ready }) => {
    repository.addFile('targets', 'file.txt', 'the file', algorithms);
    repository.publish(...ALL);
    await accepts(ready.download('file.txt'));
    expect(ready.downloads()).toEqual(['the file']);
    // Any of the listed ones may lead to the file.
    const digests = repository.files.get('file.txt')?.digests ?? [];
    expect(repository.filesAsked).toHaveLength(1);
    expect(digests.map((hash) => `${hash}.file.txt`)).toContain(repository.filesAsked[0]);
  });

  it('may not all be of a kind that nobody knows', async ({ repository, ready }) => {
    repository.addFile('targets', 'file.txt', 'the file', ['sha512']);
    const listed = repository.targets().targets['file.txt'];
    if (listed !== undefined) listed.hashes = { 'unheard-of': listed.hashes['sha512'] ?? '' };
    repository.publish(...ALL);
    await refuses(ready.download('file.txt'));
    expect(ready.downloads()).toEqual([]);
  });
});
