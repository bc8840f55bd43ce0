/** Getting a target, with its signed length and hash checked. */
import { sha256Of } from './hash.ts';
import { FeedRefusal } from './refusal.ts';
import { asFolder, fetchUrl } from './tuf/fetch-file.ts';
import { OTHER_MIRROR, requireHashes } from './tuf/store-refusal.ts';
import type { Transport } from './transport.ts';

export interface WantedTarget {
  /** As the signed metadata names it, such as `vi-core/7.jsonl`. */
  path: string;
  length: number;
  /** In hex. */
  sha256: string;
}

/** A target as metadata states it, and how its repository names files. */
export interface StatedTarget {
  path: string;
  length: number;
  hashes: Readonly<Record<string, string>>;
}

/**
 * The path of a target's file under the targets' address: in repositories with consistent snapshots its name begins with
 * its hash. Slashes stay; what would end the path of an address is encoded.
 *
 * @throws FeedRefusal `format` on a path that leads out of the folder
 */
export function targetFile(path: string, hash: string | undefined): string {
  const parts = path.replace(/^\//, '').split('/');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new FeedRefusal('format', path, 'it leads out of the folder of targets', 'publish it under a plain path');
  }
  const base = parts.pop() ?? '';
  const file = [...parts, hash === undefined ? base : `${hash}.${base}`].join('/');
  return encodeURI(file).replaceAll(/[?#]/g, encodeURIComponent);
}

/**
 * Checks a target's bytes; its SHA-256 by the platform, which is many times faster over megabytes.
 *
 * @throws FeedRefusal `hash`, also when no hash is stated: a length alone says nothing
 */
export async function requireTarget(
  { path, length, hashes }: StatedTarget,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (Object.keys(hashes).length === 0) {
    throw new FeedRefusal('hash', path, 'no hash of it is stated', 'publish it with SHA-256');
  }
  const { sha256, ...others } = hashes;
  requireHashes({ length, hashes: others }, bytes, path);
  if (sha256 !== undefined && (await sha256Of(bytes)) !== sha256)
    throw new FeedRefusal('hash', path, 'its sha256 is another', OTHER_MIRROR);
}

/**
 * Gets one target as its metadata states it.
 *
 * @param targetsUrl address of the folder of targets
 * @param isPrefixed whether files are named by their hash, as the root's `consistent_snapshot` says
 * @throws FeedRefusal
 */
export async function downloadStated(
  targetsUrl: string,
  target: StatedTarget,
  isPrefixed: boolean,
  transport: Transport,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { path, length, hashes } = target;
  const [prefix = ''] = Object.values(hashes);
  if (!/^[0-9a-f]+$/.test(prefix))
    throw new FeedRefusal('hash', path, 'its hash is not written in hex', 'publish it with SHA-256');
  const url = asFolder(targetsUrl) + targetFile(path, isPrefixed ? prefix : undefined);
  const answer = await fetchUrl({ transport, signal }, url, path, length);
  if (answer.status !== 'ok') {
    throw new FeedRefusal(
      'missing',
      path,
      'the mirror has not got it',
      'ask another mirror; have this one copy the repository again',
    );
  }
  await requireTarget(target, answer.bytes);
  return answer.bytes;
}

/** Gets one target of the feed from `targets/` under the base, named by its hash. @throws FeedRefusal */
export async function downloadTarget(
  base: string,
  { path, length, sha256 }: WantedTarget,
  transport: Transport,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  return downloadStated(`${asFolder(base)}targets/`, { path, length, hashes: { sha256 } }, true, transport, signal);
}
