/** Archives that are the same bytes on every run and machine, from the same files. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { zipSync } from 'fflate';

/** A zip's clock starts in 1980 and knows no time zone: fflate writes the local time, so this has to be one too. */
const NO_TIME = new Date(1980, 0, 1);

/** Paths of all files below a folder, with forward slashes, sorted by code unit. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.split(sep).join('/'))
    .toSorted();
}

/**
 * A zip of these files of a folder: sorted, without times, owners or modes. Packed by fflate and not by Node's zlib, whose
 * bytes are others on another processor or version.
 */
export function zipOf(folder: string, names: readonly string[]): Uint8Array {
  const entries = names.toSorted().map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))] as const);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: NO_TIME });
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
