/**
 * A publisher's working folder:
 *
 *     feed.config.json   who signs what, and for how long it holds
 *     keys/<signer>/     private keys of a drill, and those of the machine that publishes; never leaves this folder
 *     urgent/            rules of vi-urgent, as rules/packs has them; kills.json beside it: rules that are switched off
 *     approval.json      what `check` found good
 *     staged/            the signing event: what is to be signed and published next
 *     published/         what was published last, and its history
 *     tests/             the examples of the rules that were published last
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metadata, Root, Targets } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { configFile, readConfig, SIGNED_ROLES, type FeedConfig, type SignedRole } from './config.ts';
import { writeWhole } from './files.ts';
import { bytesOfMetadata, parse, type Delegator } from './metadata.ts';
import { readRepository, type Repository } from './repository.ts';
import { folderSource } from './source.ts';

export interface Work {
  folder: string;
  config: FeedConfig;
}

/** Opens a working folder. @throws FeedError when it is none. */
export function openWork(folder: string): Work {
  const file = configFile(folder);
  if (!existsSync(file))
    throw new FeedError(
      folder,
      'is no working folder of a feed: feed.config.json is not there',
      'name it with --work DIR, or begin one: npm run feed -- init DIR',
    );
  return { folder: resolve(folder), config: readConfig(file) };
}

// The folders of a working folder, as its picture above names them.
export const publishedFolder = ({ folder }: Work): string => join(folder, 'published');
export const stagedFolder = ({ folder }: Work): string => join(folder, 'staged');
export const testsFolder = ({ folder }: Work): string => join(folder, 'tests');
export const urgentFolder = ({ folder }: Work): string => join(folder, 'urgent');
export const keysFolder = ({ folder }: Work): string => join(folder, 'keys');

/** What was published last; undefined before the first root is signed. @throws FeedError when it is damaged. */
export async function publishedOf(work: Work): Promise<Repository | undefined> {
  const folder = publishedFolder(work);
  if (!existsSync(join(folder, 'metadata', '1.root.json'))) return undefined;
  const source = folderSource(folder);
  try {
    return await readRepository(source);
  } catch (error) {
    // The machine may have stopped between a new root and its timestamp: the root is still staged then.
    const next = stagedMetadata(work, 'root');
    if (next === undefined || !(error instanceof FeedError)) throw error;
    const path = `metadata/${next.signed.version}.root.json`;
    return readRepository({ ...source, read: (one) => (one === path ? Promise.resolve(undefined) : source.read(one)) });
  }
}

/** Where the metadata that is to be signed for a role stands. */
export function stagedFile(work: Work, role: SignedRole): string {
  return join(stagedFolder(work), 'metadata', `${role}.json`);
}

/** The metadata that is to be signed for a role; undefined when nothing is. */
export function stagedMetadata(work: Work, role: 'root'): Metadata<Root> | undefined;
export function stagedMetadata(work: Work, role: Exclude<SignedRole, 'root'>): Metadata<Targets> | undefined;
export function stagedMetadata(work: Work, role: SignedRole): Metadata<Root> | Metadata<Targets> | undefined;
export function stagedMetadata(work: Work, role: SignedRole): Metadata<Root> | Metadata<Targets> | undefined {
  const file = stagedFile(work, role);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  return role === 'root' ? parse(role, bytes, file) : parse(role, bytes, file);
}

/** Stages metadata for signing, or writes it back with one signature more. */
export function stage(work: Work, role: SignedRole, metadata: Metadata<Root> | Metadata<Targets>): void {
  writeWhole(stagedFile(work, role), bytesOfMetadata(metadata));
}

/** The roles for which something is to be signed or published. */
export function stagedRoles(work: Work): SignedRole[] {
  const folder = join(stagedFolder(work), 'metadata');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return SIGNED_ROLES.filter((role) => names.includes(`${role}.json`));
}

/**
 * Whose word a role's next metadata has to have: of a new root, that of the old one and its own.
 *
 * @throws FeedError when what has to vouch for it is not there yet.
 */
export function delegatorsOf(work: Work, published: Repository | undefined, role: SignedRole): Delegator[] {
  const nextRoot = stagedMetadata(work, 'root');
  if (role === 'root') return [published?.root, nextRoot].filter((one) => one !== undefined);
  const delegator =
    role === 'targets'
      ? (nextRoot ?? published?.root)
      : (stagedMetadata(work, 'targets') ?? published?.released?.targets.metadata);
  if (delegator === undefined)
    throw new FeedError(role, 'has nothing that vouches for it', 'begin the feed anew: npm run feed -- init DIR');
  return [delegator];
}
