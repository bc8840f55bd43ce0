/** Snapshot and timestamp: what the machine that publishes signs by itself. */
import { join } from 'node:path';
import type { Metadata, Root, Snapshot, Timestamp } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import type { FeedConfig } from './config.ts';
import { filesBelow, sha256 } from './files.ts';
import { ownerOf, readSigningKey } from './keys.ts';
import { addSignature, bytesOfMetadata, draft, holdersOf, signingOf, type AnyMetadata } from './metadata.ts';
import type { Kept } from './repository.ts';
import { keysFolder, type Work } from './work.ts';

/** Signs with those keys of `keys/online` that the root names. @throws FeedError when they are not enough. */
function signOnline(work: Work, root: Metadata<Root>, role: 'snapshot' | 'timestamp', metadata: AnyMetadata): void {
  const folder = join(keysFolder(work), 'online');
  const holders = holdersOf(root, role);
  const ids = new Set(holders.keys.map(({ keyID }) => keyID));
  for (const file of filesBelow(folder).filter((name) => name.endsWith('.pem'))) {
    const key = readSigningKey(join(folder, file));
    if (ids.has(key.key.keyID)) addSignature(metadata, key);
  }
  if (signingOf(metadata, holders).missing > 0)
    throw new FeedError(
      folder,
      `has no key with which to sign the ${role} (the root names ${holders.keys.map((key) => `${ownerOf(key)} ${key.keyID.slice(0, 8)}`).join(', ')})`,
      'publish on the machine that has the key, or bring in a new one: npm run feed -- rotate',
    );
}

/** A new snapshot over the metadata of all roles. */
export function makeSnapshot(
  work: Work,
  root: Metadata<Root>,
  before: Kept<Metadata<Snapshot>> | undefined,
  signed: ReadonlyMap<string, { version: number; bytes: Buffer }>,
  now: Date,
): Kept<Metadata<Snapshot>> {
  const meta = Object.fromEntries(
    [...signed].map(([name, { version, bytes }]) => [
      `${name}.json`,
      { version, length: bytes.length, hashes: { sha256: sha256(bytes) } },
    ]),
  );
  const version = (before?.metadata.signed.version ?? 0) + 1;
  const metadata = draft('snapshot', { version, now, ...periodOf(work.config, 'snapshot') }, { meta });
  signOnline(work, root, 'snapshot', metadata);
  return { path: `metadata/${version}.snapshot.json`, bytes: bytesOfMetadata(metadata), metadata };
}

/** A new timestamp over a snapshot. */
export function makeTimestamp(
  work: Work,
  root: Metadata<Root>,
  before: Kept<Metadata<Timestamp>> | undefined,
  snapshot: Kept<Metadata<Snapshot>>,
  now: Date,
): Kept<Metadata<Timestamp>> {
  const { bytes, metadata: signed } = snapshot;
  const meta = {
    'snapshot.json': { version: signed.signed.version, length: bytes.length, hashes: { sha256: sha256(bytes) } },
  };
  const version = (before?.metadata.signed.version ?? 0) + 1;
  const metadata = draft('timestamp', { version, now, ...periodOf(work.config, 'timestamp') }, { meta });
  signOnline(work, root, 'timestamp', metadata);
  return { path: 'metadata/timestamp.json', bytes: bytesOfMetadata(metadata), metadata };
}

function periodOf({ roles }: FeedConfig, role: 'snapshot' | 'timestamp'): { days: number; resign: number } {
  const { days, resign } = roles[role];
  return { days, resign };
}
