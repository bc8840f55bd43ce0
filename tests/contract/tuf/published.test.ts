/** Repositories as other tools write them, as files on an ordinary web server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { makeKey, type SigningKey } from '../../fixtures/feed/keys.ts';
import { inDays, Repository } from '../../fixtures/feed/repository.ts';
import { accepts, clientFor, it } from '../../fixtures/feed/tuf-command.ts';

/** A key as tuf-on-ci states it. */
const held = (by: string): SigningKey => makeKey('ecdsa-sha2-nistp256', { 'x-tuf-on-ci-keyowner': by });
const online = (): SigningKey => makeKey('ecdsa-sha2-nistp256', { 'x-tuf-on-ci-online-uri': 'kms:example' });

/** Says what tuf-on-ci says about re-signing, in the roles that hold it themselves and in the root for the others. */
function sayPeriods(repository: Repository, days: number): void {
  const periods = { 'x-tuf-on-ci-expiry-period': days, 'x-tuf-on-ci-signing-period': Math.ceil(days / 7) };
  for (const [name, part] of repository.parts) {
    if (name === 'timestamp' || name === 'snapshot') Object.assign(repository.role(name), periods);
    else Object.assign(part, periods);
  }
}

/** Leaves an empty signature where a holder has not signed. */
function leaveOpen(repository: Repository, role: string, ...keys: SigningKey[]): void {
  repository.tamper(role, ({ signatures }) => signatures.push(...keys.map(({ id }) => ({ keyid: id, sig: '' }))));
}

async function follow(repository: Repository, firstRoot: number, path: string, days: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'beside-published-'));
  repository.writeTo(folder);
  const { client, remove } = await clientFor(folder);
  await accepts(client.init(repository.bytes('root', firstRoot)));
  await accepts(client.refresh(days));
  await accepts(client.download(path, days));
  expect(client.downloads()).toEqual([repository.files.get(path)?.content.toString()]);
  expect(client.trusted()).toMatchObject({ root: repository.root.version });
  await remove();
  rmSync(folder, { recursive: true, force: true });
}

describe('a published repository', () => {
  it('of tuf-on-ci: one online key, a delegation for folders in folders, an open signature', async () => {
    const repository = new Repository();
    const holder = held('@holder');
    const other = held('@other');
    const machine = online();
    for (const role of ['root', 'targets'])
      repository.replaceKeys(role, { stated: [holder], signing: [holder], threshold: 1 });
    for (const role of ['timestamp', 'snapshot'])
      repository.replaceKeys(role, { stated: [machine], signing: [machine], threshold: 1 });
    repository.delegate('targets', 'team', {
      terminating: true,
      paths: ['team/*', 'team/*/*', 'team/*/*/*', 'team/*/*/*/*'],
    });
    repository.signers.set('team', []);
    repository.role('team', 'targets').keyids = [];
    repository.addKey('team', holder, 'targets');
    repository.listKey('team', other, 'targets');
    repository.addFile('team', 'team/in/a/folder', 'artifact');
    for (const part of repository.parts.values()) part.expires = inDays(7300);
    sayPeriods(repository, 7300);
    for (const role of ['root', 'targets', 'snapshot', 'timestamp']) repository.startOver(role);
    repository.publish('root', 'team', 'targets');
    leaveOpen(repository, 'team', other);
    repository.publish('snapshot', 'timestamp');
    await follow(repository, 1, 'team/in/a/folder', 0);
  });

  it('of Sigstore: three of five root keys of which not all have signed, from the twelfth root on, a year ago', async () => {
    const repository = new Repository();
    const holders = ['@a', '@b', '@c', '@d', '@e'].map(held);
    const machine = online();
    for (const role of ['root', 'targets'])
      repository.replaceKeys(role, { stated: holders, signing: holders.slice(0, 3), threshold: 3 });
    for (const role of ['timestamp', 'snapshot'])
      repository.replaceKeys(role, { stated: [machine], signing: [machine], threshold: 1 });
    repository.delegate('targets', 'registry.example', { terminating: true, paths: ['registry.example/*'] });
    repository.addFile('targets', 'trusted_root.json', '{}');
    const listed = repository.targets().targets['trusted_root.json'];
    if (listed !== undefined) listed.custom = { sigstore: { usage: 'Unknown' } };
    for (const part of repository.parts.values()) part.expires = inDays(-200);
    repository.timestamp.expires = inDays(-360);
    sayPeriods(repository, 182);
    repository.startOver('root');
    for (let n = 0; n < 14; n += 1) {
      repository.publish('root');
      leaveOpen(repository, 'root', ...holders.slice(3));
    }
    repository.publish('registry.example', 'targets', 'snapshot', 'timestamp');
    await follow(repository, 12, 'trusted_root.json', -365);
  });
});
