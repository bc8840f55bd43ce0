/** Publishing what is signed: into the working folder's own record first, then to where devices and mirrors read. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metadata, Root, Targets } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { FEED_ROLES } from '../../feed/path.ts';
import { SIGNED_ROLES, type SignedRole } from './config.ts';
import { hashOf } from './content.ts';
import { inPublishingOrder, mirrorTo, requireNotNewer, type CopyResult } from './copy.ts';
import { isWithin, writeWhole } from './files.ts';
import { bytesOfMetadata, holdersOf, signingOf, termOf, type Delegator } from './metadata.ts';
import { makeSnapshot, makeTimestamp } from './online.ts';
import { storedPath, targetsOf, type Kept, type Released, type Repository } from './repository.ts';
import { folderSource } from './source.ts';
import { signingsOf } from './sign.ts';
import { readEvent, replaceStaged, stagedFiles, writeEvent } from './staging.ts';
import { readUpcoming, requireMixturesFit, upcomingOf } from './upcoming.ts';
import {
  keysFolder,
  publishedFolder,
  publishedOf,
  stagedMetadata,
  stagedRoles,
  testsFolder,
  type Work,
} from './work.ts';

export interface PublishOptions {
  now: Date;
  /** Publishes these staged roles and leaves the others staged; by default all. */
  only?: readonly SignedRole[] | undefined;
}

export interface PublishResult extends CopyResult {
  /** Roles whose new metadata went out. */
  roles: SignedRole[];
  snapshot: number;
  timestamp: number;
}

/** Publishes what is staged and signed, or copies what is published already. @throws FeedError; then devices see what they saw before. */
export async function publishTo(work: Work, folder: string, { now, only }: PublishOptions): Promise<PublishResult> {
  requireApart(work, folder);
  const published = await publishedOf(work);
  requireNotNewer(folder, published?.released, work.folder);
  const roles = stagedRoles(work).filter((role) => only?.includes(role) !== false);
  if (roles.length > 0) {
    requireAllSigned(work, published, roles);
    const next = await signedRelease(work, published, roles, now);
    await record(work, next);
    clearStaged(work, roles);
    await renewEvent(work);
  } else if (published?.released === undefined)
    throw new FeedError(work.folder, 'has nothing to publish', 'check, build and sign first: npm run feed -- --help');
  return { ...(await spread(work, folder)), roles };
}

/** Renews the timestamp, and the snapshot when its time is near; for a timer every 6 to 12 hours. */
export async function refreshPublished(work: Work, folder: string, { now }: { now: Date }): Promise<PublishResult> {
  requireApart(work, folder);
  const published = await publishedOf(work);
  if (published?.released === undefined)
    throw new FeedError(work.folder, 'has published nothing that could be renewed', 'publish a release first');
  requireNotNewer(folder, published.released, work.folder);
  const { root, released } = published;
  const { left, resign } = termOf(released.snapshot.metadata, now);
  const snapshot =
    left <= resign
      ? makeSnapshot(work, root, released.snapshot, signedOf(released.targets, released.roles), now)
      : released.snapshot;
  const timestamp = makeTimestamp(work, root, released.timestamp, snapshot, now);
  await record(work, { roots: published.roots, root, released: { ...released, snapshot, timestamp } });
  return { ...(await spread(work, folder)), roles: [] };
}

/** Puts together the next release from staged and published metadata, and signs what is signed online. */
async function signedRelease(
  work: Work,
  published: Repository | undefined,
  roles: readonly SignedRole[],
  now: Date,
): Promise<Repository> {
  const taken = (role: SignedRole): boolean => roles.includes(role);
  const roots = [...(published?.roots ?? [])];
  const nextRoot = taken('root') ? stagedMetadata(work, 'root') : undefined;
  // A root that went out before the machine stopped is still staged.
  if (nextRoot !== undefined && nextRoot.signed.version > (published?.root.signed.version ?? 0)) {
    const chain = [published?.root, nextRoot].filter((one) => one !== undefined);
    requireComplete(nextRoot, chain, 'root');
    const path = `metadata/${nextRoot.signed.version}.root.json`;
    roots.push({ path, bytes: bytesOfMetadata(nextRoot), metadata: nextRoot });
  }
  const root = roots.at(-1)?.metadata;
  if (root === undefined) throw new FeedError('root', 'is not signed yet', 'npm run feed -- sign root --key FILE');
  const keptOf = (role: Exclude<SignedRole, 'root'>, delegator: Delegator): Kept<Metadata<Targets>> => {
    const staged = taken(role) ? stagedMetadata(work, role) : undefined;
    const before = role === 'targets' ? published?.released?.targets : published?.released?.roles.get(role);
    const kept =
      staged === undefined
        ? before
        : { path: `metadata/${staged.signed.version}.${role}.json`, bytes: bytesOfMetadata(staged), metadata: staged };
    if (kept === undefined) throw new FeedError(role, 'was never built', 'npm run feed -- check, then build');
    requireComplete(kept.metadata, [delegator], role);
    const { signed } = kept.metadata;
    if (before !== undefined && signed.version < before.metadata.signed.version)
      throw new FeedError(role, 'is older than what is published', 'build again');
    if (termOf(kept.metadata, now).left <= 0)
      throw new FeedError(
        role,
        `has expired on ${signed.expires.slice(0, 10)}`,
        `npm run feed -- build --resign ${role}, then have it signed`,
      );
    return kept;
  };
  if (termOf(root, now).left <= 0)
    throw new FeedError(
      'root',
      `has expired on ${root.signed.expires.slice(0, 10)}`,
      'npm run feed -- rotate, then have it signed',
    );
  const targets = keptOf('targets', root);
  const delegated = new Map(FEED_ROLES.map((role) => [role, keptOf(role, targets.metadata)]));
  requireMixturesFit(await upcomingOf(work, published, taken));
  const snapshot = makeSnapshot(work, root, published?.released?.snapshot, signedOf(targets, delegated), now);
  const timestamp = makeTimestamp(work, root, published?.released?.timestamp, snapshot, now);
  return { roots, root, released: { timestamp, snapshot, targets, roles: delegated } };
}

function signedOf(
  targets: Kept<Metadata<Targets>>,
  roles: ReadonlyMap<string, Kept<Metadata<Targets>>>,
): Map<string, { version: number; bytes: Buffer }> {
  return new Map(
    [['targets', targets] as const, ...roles].map(([name, { metadata, bytes }]) => [
      name,
      { version: metadata.signed.version, bytes },
    ]),
  );
}

/** Names everybody who has to sign yet, at once. @throws FeedError */
function requireAllSigned(work: Work, published: Repository | undefined, roles: readonly SignedRole[]): void {
  const open = roles.flatMap((role) =>
    signingsOf(work, published, role)
      .filter(({ missing }) => missing > 0)
      .map(
        ({ threshold, signed, open: others, missing }) =>
          `  ${role}: ${signed.length} of ${threshold}, ${missing} more of ${others.join(', ')}`,
      ),
  );
  if (open.length > 0)
    throw new FeedError(
      'publish',
      `signatures are missing:\n${open.join('\n')}\n`,
      'npm run feed -- sign ROLE --key FILE, by each of them; or publish --only what is signed',
    );
}

function requireComplete(
  metadata: Metadata<Root> | Metadata<Targets>,
  delegators: Delegator[],
  role: SignedRole,
): void {
  for (const delegator of delegators) {
    const { missing, signed, open, threshold } = signingOf(metadata, holdersOf(delegator, role));
    if (missing > 0)
      throw new FeedError(
        role,
        `has ${signed.length} of ${threshold} signatures${signed.length === 0 ? '' : ` (${signed.join(', ')})`}`,
        `${missing} more of ${open.join(', ')}: npm run feed -- sign ${role} --key FILE`,
      );
  }
}

/** Writes a release into the working folder's record, target files first, the timestamp last. */
async function record(work: Work, { roots, released }: Repository): Promise<void> {
  const folder = publishedFolder(work);
  for (const target of targetsOf(released as Released))
    writeWhole(join(folder, storedPath(target)), await readUpcoming(work, target));
  for (const { path, bytes } of inPublishingOrder(roots, released as Released)) writeWhole(join(folder, path), bytes);
}

async function spread(work: Work, folder: string): Promise<Omit<PublishResult, 'roles'>> {
  const copied = await mirrorTo(
    folderSource(publishedFolder(work)),
    folder,
    readFileSync(join(publishedFolder(work), 'metadata', '1.root.json')),
  );
  const { snapshot, timestamp } = copied.repository.released as Released;
  return { ...copied, snapshot: snapshot.metadata.signed.version, timestamp: timestamp.metadata.signed.version };
}

/** Takes what was published out of the signing event, and keeps its rules' examples for later checks. */
function clearStaged(work: Work, roles: readonly SignedRole[]): void {
  const files = stagedFiles(work);
  for (const role of roles) {
    files.delete(`metadata/${role}.json`);
    const own = role === 'targets' ? 'targets/feed.json' : `targets/${role}/`;
    for (const path of files.keys()) if (path.startsWith(own)) files.delete(path);
    const tests = files.get(`tests/${role}.json`);
    if (tests !== undefined) writeWhole(join(testsFolder(work), `${role}.json`), tests);
    files.delete(`tests/${role}.json`);
  }
  const isOver = SIGNED_ROLES.every((role) => !files.has(`metadata/${role}.json`));
  if (isOver)
    for (const [path, bytes] of files)
      if (path.startsWith('tests/')) writeWhole(join(testsFolder(work), path.slice('tests/'.length)), bytes);
  replaceStaged(work, isOver ? new Map() : files);
}

/** What is still staged now stands over another release. */
async function renewEvent(work: Work): Promise<void> {
  const event = readEvent(work);
  if (event !== undefined)
    writeEvent(work, { ...event, content: hashOf(await upcomingOf(work, await publishedOf(work))) });
}

/** @throws FeedError when publishing there would lay keys or the record open, or mix them up. */
function requireApart(work: Work, folder: string): void {
  const place = resolve(folder);
  if (isWithin(keysFolder(work), place) || isWithin(place, work.folder))
    throw new FeedError(
      folder,
      'lies in the working folder or around it, where the keys are',
      'name a folder apart from it, such as the one that the web server shows',
    );
}
