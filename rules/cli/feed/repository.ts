/** Reading a published repository: every signature, version and hash is looked at; what has expired is read all the same. */
import type { Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import type { SignedRole } from './config.ts';
import { sha256 } from './files.ts';
import { holdersOf, parse, signingOf, type AnyMetadata, type Delegator } from './metadata.ts';
import type { Source } from './source.ts';

/** Most roots that are followed; feed.md asks for at least 39, and a year has one or two. */
const MAX_ROOTS = 1024;

/** A file of the repository, with the bytes as they were published. */
export interface Kept<T> {
  path: string;
  bytes: Buffer;
  metadata: T;
}

export interface Repository {
  /** The chain of roots, oldest first; there is at least one. */
  roots: Kept<Metadata<Root>>[];
  root: Metadata<Root>;
  /** Everything else; undefined before the first release. */
  released?: Released;
}

export interface Released {
  timestamp: Kept<Metadata<Timestamp>>;
  snapshot: Kept<Metadata<Snapshot>>;
  targets: Kept<Metadata<Targets>>;
  /** The roles that `targets` vouches for, in its order. */
  roles: Map<string, Kept<Metadata<Targets>>>;
}

const DAMAGED = 'publish or mirror it again; if it comes back, somebody has changed it';

/** @throws FeedError when fewer have signed than have to. */
function requireSigned(metadata: AnyMetadata, delegator: Delegator, role: string, where: string): void {
  const { missing, threshold, signed } = signingOf(metadata, holdersOf(delegator, role));
  if (missing > 0)
    throw new FeedError(where, `is signed by ${signed.length} of the ${threshold} signers that ${role} needs`, DAMAGED);
}

/**
 * Reads and verifies what a source has.
 *
 * @param trusted bytes of the root to begin with; without it, the source's own first root is believed.
 * @throws FeedError when something is missing, damaged or not signed as it has to be.
 */
export async function readRepository(source: Source, trusted?: Buffer): Promise<Repository> {
  const roots = await readRoots(source, trusted);
  const root = (roots.at(-1) as Kept<Metadata<Root>>).metadata;
  const stamp = await source.read('metadata/timestamp.json');
  if (stamp === undefined) return { roots, root };
  const timestamp = keep('timestamp', 'metadata/timestamp.json', stamp, root);
  const snapshot = await readListed(source, root, 'snapshot', timestamp.metadata.signed.snapshotMeta);
  const { meta } = snapshot.metadata.signed;
  const targets = await readListed(source, root, 'targets', meta['targets.json']);
  const roles = new Map<string, Kept<Metadata<Targets>>>();
  for (const name of Object.keys(targets.metadata.signed.delegations?.roles ?? {}))
    roles.set(name, await readListed(source, targets.metadata, name, meta[`${name}.json`]));
  return { roots, root, released: { timestamp, snapshot, targets, roles } };
}

async function readRoots(source: Source, trusted: Buffer | undefined): Promise<Kept<Metadata<Root>>[]> {
  const first = trusted ?? (await source.read('metadata/1.root.json'));
  if (first === undefined)
    throw new FeedError(source.name, 'has no metadata/1.root.json', 'name the base of a published feed');
  const begin = parse('root', first, `${source.name}: the first root`);
  const path = (version: number): string => `metadata/${version}.root.json`;
  const roots = [keep('root', path(begin.signed.version), first, begin)];
  for (let version = begin.signed.version + 1; roots.length < MAX_ROOTS; version += 1) {
    const bytes = await source.read(path(version));
    if (bytes === undefined) break;
    const before = (roots.at(-1) as Kept<Metadata<Root>>).metadata;
    const next = keep('root', path(version), bytes, before);
    requireSigned(next.metadata, next.metadata, 'root', path(version));
    if (next.metadata.signed.version !== version)
      throw new FeedError(path(version), `says that it is version ${next.metadata.signed.version}`, DAMAGED);
    roots.push(next);
  }
  return roots;
}

function keep(role: 'root', path: string, bytes: Buffer, delegator: Delegator): Kept<Metadata<Root>>;
function keep(role: 'timestamp', path: string, bytes: Buffer, delegator: Delegator): Kept<Metadata<Timestamp>>;
function keep(role: string, path: string, bytes: Buffer, delegator: Delegator): Kept<AnyMetadata>;
function keep(role: string, path: string, bytes: Buffer, delegator: Delegator): Kept<AnyMetadata> {
  const metadata = parse(role as SignedRole | 'timestamp', bytes, path);
  requireSigned(metadata, delegator, role, path);
  return { path, bytes, metadata };
}

async function readListed(
  source: Source,
  delegator: Delegator,
  role: 'snapshot',
  meta: MetaFile | undefined,
): Promise<Kept<Metadata<Snapshot>>>;
async function readListed(
  source: Source,
  delegator: Delegator,
  role: string,
  meta: MetaFile | undefined,
): Promise<Kept<Metadata<Targets>>>;
async function readListed(
  source: Source,
  delegator: Delegator,
  role: string,
  meta: MetaFile | undefined,
): Promise<Kept<AnyMetadata>> {
  if (meta === undefined) throw new FeedError(source.name, `its snapshot says nothing of ${role}`, DAMAGED);
  const path = `metadata/${meta.version}.${role}.json`;
  const bytes = await source.read(path);
  if (bytes === undefined) throw new FeedError(`${source.name}/${path}`, 'is not there', DAMAGED);
  try {
    meta.verify(bytes);
  } catch {
    throw new FeedError(`${source.name}/${path}`, 'is not the file that was signed', DAMAGED);
  }
  const kept = keep(role, path, bytes, delegator);
  if (kept.metadata.signed.version !== meta.version)
    throw new FeedError(path, `says that it is version ${kept.metadata.signed.version}`, DAMAGED);
  return kept;
}

/** Where the bytes of a target stand in a repository with consistent snapshots. */
export function storedPath({ path, hashes }: TargetFile): string {
  const slash = path.lastIndexOf('/') + 1;
  return `targets/${path.slice(0, slash)}${hashes['sha256'] ?? ''}.${path.slice(slash)}`;
}

/** The bytes of a target, when their length and hash are as signed. @throws FeedError */
export async function readTarget(source: Source, target: TargetFile): Promise<Buffer> {
  const path = storedPath(target);
  const bytes = await source.read(path);
  if (bytes === undefined) throw new FeedError(`${source.name}/${path}`, 'is not there', DAMAGED);
  if (bytes.length !== target.length || sha256(bytes) !== target.hashes['sha256'])
    throw new FeedError(`${source.name}/${path}`, 'is not the file that was signed', DAMAGED);
  return bytes;
}

/** Every target that is listed, those of `targets` first. */
export function targetsOf({ targets, roles }: Released): TargetFile[] {
  return [targets, ...roles.values()].flatMap(({ metadata }) => Object.values(metadata.signed.targets));
}
