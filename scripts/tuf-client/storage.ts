/** Feed storage in a folder: each role's metadata as a plain file, as TUF's conformance suite looks for it. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedStorage, Floor } from '../../utils/feed/storage.ts';
import { encodeRole } from '../../utils/feed/tuf/metadata.ts';

/** Not `.json`: the suite takes every such file for metadata. */
const FLOOR = 'floor';

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(file: string, bytes: Uint8Array | string): void {
  const half = `${file}.${process.pid}.half`;
  try {
    writeFileSync(half, bytes);
    renameSync(half, file);
  } finally {
    rmSync(half, { force: true });
  }
}

/** Reads a file; undefined when it is not there. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A storage in a folder, which is made when it is missing. */
export function folderStorage(folder: string): FeedStorage {
  mkdirSync(folder, { recursive: true });
  const fileOf = (role: string) => join(folder, `${encodeRole(role)}.json`);
  return {
    readMetadata: async (role) => readIfThere(fileOf(role)),
    writeMetadata: async (role, bytes) => writeWhole(fileOf(role), bytes),
    deleteMetadata: async (role) => rmSync(fileOf(role), { force: true }),
    readFloor: async () => {
      const text = readIfThere(join(folder, FLOOR));
      return text === undefined ? undefined : (JSON.parse(text.toString('utf8')) as Floor);
    },
    raiseFloor: async (floor) => writeWhole(join(folder, FLOOR), JSON.stringify(floor)),
  };
}

/** Makes a root the trusted one of a folder and forgets what was there before. It is checked when it is first used. */
export function initFolder(folder: string, root: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  for (const role of ['timestamp', 'snapshot', 'targets']) rmSync(join(folder, `${role}.json`), { force: true });
  rmSync(join(folder, FLOOR), { force: true });
  writeWhole(join(folder, 'root.json'), root);
}
