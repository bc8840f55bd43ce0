/** The repository and the server that these tests are made of. */
import { describe, expect, it } from 'vitest';
import { digest } from '../../fixtures/feed/keys.ts';
import { inDays, Repository, TOP_ROLES, type Envelope, type ListPart } from '../../fixtures/feed/repository.ts';
import { serve } from '../../fixtures/feed/repository-server.ts';

const read = (bytes: Buffer): Envelope => JSON.parse(bytes.toString()) as Envelope;

describe('a new test repository', () => {
  it('serves version 1 of the four roles', () => {
    const repository = new Repository();
    expect([...repository.published.keys()].toSorted()).toEqual(TOP_ROLES.toSorted());
    for (const role of TOP_ROLES) expect(read(repository.bytes(role)).signed.version).toBe(1);
  });

  it('states length and hash of what it lists when it is told to', () => {
    const repository = new Repository();
    repository.measures = true;
    repository.publish('targets', 'snapshot', 'timestamp');
    const { signed } = read(repository.bytes('timestamp'));
    const snapshot = repository.bytes('snapshot');
    expect(signed.version).toBe(2);
    expect((signed as ListPart).meta['snapshot.json']).toEqual({
      version: 2,
      length: snapshot.length,
      hashes: { sha256: digest(snapshot) },
    });
  });

  it('serves the date of expiry that a test sets', () => {
    const repository = new Repository();
    const expires = inDays(-5);
    repository.timestamp.expires = expires;
    repository.publish('timestamp');
    expect(read(repository.bytes('timestamp')).signed.expires).toBe(expires);
  });
});

describe('the test server', () => {
  it('does the misdeeds that it is told to', async () => {
    const server = await serve(new Repository());
    const timestamp = `${server.metadata}timestamp.json`;
    expect((await fetch(timestamp)).status).toBe(200);
    server.misdeed = () => ({ status: 503 });
    expect((await fetch(timestamp)).status).toBe(503);
    server.misdeed = () => 'cut';
    await expect(fetch(timestamp).then((response) => response.text())).rejects.toThrow(Error);
    server.misdeed = () => 'silent';
    await expect(fetch(timestamp, { signal: AbortSignal.timeout(200) })).rejects.toThrow(Error);
    server.misdeed = () => 'endless';
    const reader = (await fetch(timestamp)).body?.getReader();
    let length = 0;
    while (length < 5_000_000) length += (await reader?.read())?.value?.length ?? Number.NaN;
    expect(length).toBeGreaterThanOrEqual(5_000_000);
    await reader?.cancel();
    await server.close();
  });
});
