/** Copying a published repository, so that whoever reads meanwhile gets the old release or the new one, whole. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FeedError } from '../../feed/error.ts';
import { sha256, writeWhole } from './files.ts';
import { parse } from './metadata.ts';
import { readRepository, readTarget, storedPath, targetsOf, type Released, type Repository } from './repository.ts';
import type { Source } from './source.ts';

export interface CopyResult {
  repository: Repository;
  /** Files that were written, in this order. */
  written: string[];
  bytes: number;
  /** Files that were there already. */
  kept: number;
}

/**
 * Copies what a source publishes now into a folder; only what is missing is fetched and written.
 *
 * @param trusted bytes of a root to begin with; by default the folder's own first root, else the source's.
 * @throws FeedError when the source is damaged, older than the folder or another feed. A copy that stops half-way has
 *   changed nothing that devices read, and the next one goes on.
 */
export async function mirrorTo(source: Source, folder: string, trusted?: Buffer): Promise<CopyResult> {
  const own = join(folder, 'metadata', '1.root.json');
  const repository = await readRepository(source, trusted ?? (existsSync(own) ? readFileSync(own) : undefined));
  const { roots, released } = repository;
  if (released === undefined) throw new FeedError(source.name, 'has published nothing yet', 'publish a release first');
  requireNotNewer(folder, released, source.name);
  const result: CopyResult = { repository, written: [], bytes: 0, kept: 0 };
  const put = (path: string, bytes: Buffer): void => {
    const file = join(folder, path);
    if (existsSync(file) && Buffer.compare(readFileSync(file), bytes) === 0) {
      result.kept += 1;
      return;
    }
    writeWhole(file, bytes);
    result.written.push(path);
    result.bytes += bytes.length;
  };
  for (const target of targetsOf(released)) {
    const path = storedPath(target);
    const file = join(folder, path);
    // Reading the whole of it from the source only to find it here would be most of a mirror's traffic.
    if (existsSync(file) && sha256(readFileSync(file)) === target.hashes['sha256']) result.kept += 1;
    else put(path, await readTarget(source, target));
  }
  for (const { path, bytes } of inPublishingOrder(roots, released)) put(path, bytes);
  return result;
}

/**
 * Metadata in the order in which it has to appear: what is named by others before those that name it, the timestamp last.
 * A root comes right before the timestamp, since a new root brings a new timestamp key, and between the two a device would
 * see a signature that fits no key.
 */
export function inPublishingOrder(roots: Repository['roots'], released: Released): { path: string; bytes: Buffer }[] {
  return [...released.roles.values(), released.targets, released.snapshot, ...roots, released.timestamp];
}

/** @throws FeedError when a folder has a later release, or another one of the same version. */
export function requireNotNewer(folder: string, released: Pick<Released, 'timestamp'> | undefined, from: string): void {
  const file = join(folder, 'metadata', 'timestamp.json');
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  let version: number;
  try {
    ({ version } = parse('timestamp', bytes, file).signed);
  } catch {
    // A damaged timestamp is of no use to anybody and is written over.
    return;
  }
  const next = released?.timestamp.metadata.signed.version ?? 0;
  if (version > next)
    throw new FeedError(
      folder,
      `has release ${version}, and ${from} only ${next}; devices refuse to go back`,
      'use the working folder (or mirror) that published last; to go back to older rules, build them as a new release',
    );
  if (version === next && Buffer.compare(bytes, released?.timestamp.bytes ?? Buffer.alloc(0)) !== 0)
    throw new FeedError(
      folder,
      `has another release ${version} than ${from}: it was published from somewhere else`,
      'find out who published it; only one working folder may publish a feed',
    );
}
