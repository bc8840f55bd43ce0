/** Changing who signs: new roots, new delegations. */
import { join } from 'node:path';
import type { Key, Metadata, Root, Targets } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { buildRelease } from './build.ts';
import { TOP_ROLES, type Role, type SignedRole } from './config.ts';
import { filesBelow, writeJson } from './files.ts';
import { keyFile, remarkOf } from './init.ts';
import { makeKeyFile, ownerOf, readPublicKey } from './keys.ts';
import { draft, holdersOf } from './metadata.ts';
import { configFile } from './config.ts';
import { keysFolder, publishedOf, stage, stagedMetadata, stagedRoles, type Work } from './work.ts';

export interface RotateOptions {
  now: Date;
  /** New keys: a public key of the signer’s, or, in a drill and for online roles, none, and then one is made here. */
  add?: readonly { role: Role; signer: string; file?: string | undefined }[] | undefined;
  remove?: readonly { role: Role; signer: string }[] | undefined;
  thresholds?: Partial<Record<Role, number>> | undefined;
}

type TopRole = (typeof TOP_ROLES)[number];

/**
 * Stages a new root or new delegations, with what else has to be signed anew then. A new root also gets a new timestamp
 * key: whoever holds the new root back can then be seen by it.
 *
 * @returns the roles that are staged now.
 * @throws FeedError when an order makes no sense or something is staged already.
 */
export async function rotateKeys(work: Work, options: RotateOptions): Promise<SignedRole[]> {
  const { now, add = [], remove = [], thresholds = {} } = options;
  const published = await publishedOf(work);
  const root = published?.root ?? stagedMetadata(work, 'root');
  const targets = published?.released?.targets.metadata ?? stagedMetadata(work, 'targets');
  if (published?.released === undefined || root === undefined || targets === undefined)
    throw new FeedError(work.folder, 'has published nothing yet', 'before the first release begin anew with init');
  const busy = stagedRoles(work);
  if (busy.length > 0)
    throw new FeedError('rotate', `${busy.join(', ')} is still to be signed or published`, 'publish that first');
  const touched = new Set<Role>([...add, ...remove].map(({ role }) => role));
  for (const role of Object.keys(thresholds) as Role[]) touched.add(role);
  const isRoot = touched.size === 0 || [...touched].some(isTop);
  const isTargets = [...touched].some((role) => !isTop(role));
  const change = (role: Role, keys: Key[], threshold: number): { keys: Key[]; threshold: number } => {
    const removed = remove.filter((one) => one.role === role).map(({ signer }) => signer);
    for (const signer of removed)
      if (!keys.some((key) => ownerOf(key) === signer))
        throw new FeedError(`${role}=${signer}`, 'is no signer', `signers are: ${keys.map(ownerOf).join(', ')}`);
    const kept = keys.filter((key) => !removed.includes(ownerOf(key)));
    const fresh = add.filter((one) => one.role === role).map((one) => newKey(work, one));
    const next = [...kept, ...fresh];
    const wanted = thresholds[role] ?? threshold;
    if (wanted > next.length)
      throw new FeedError(
        role,
        `needs ${wanted} signatures of ${next.length} signers`,
        'add signers, or lower it with --threshold',
      );
    const ids = next.map(({ keyVal }) => keyVal['public']);
    if (new Set(ids).size < ids.length)
      throw new FeedError(role, 'would have one key twice', 'give each signer’s own key once');
    return { keys: next, threshold: wanted };
  };
  if (isRoot) stage(work, 'root', nextRoot(work, root, now, change, touched.has('timestamp')));
  if (isTargets) stage(work, 'targets', nextTargets(work, targets, now, change));
  rememberSigners(work, options);
  await buildRelease(work, { now });
  return stagedRoles(work);
}

function isTop(role: Role): role is TopRole {
  return (TOP_ROLES as readonly string[]).includes(role);
}

/** A signer’s key from the file that was given, else a new one that stays here. */
function newKey(work: Work, { role, signer, file }: { role: Role; signer: string; file?: string | undefined }): Key {
  if (file !== undefined) return readPublicKey(file, signer);
  if (!work.config.drill && role !== 'snapshot' && role !== 'timestamp')
    throw new FeedError(
      `${role}=${signer}`,
      'has no public key',
      `give it: --add ${role}=${signer}:FILE.pem; private keys are made by their owners`,
    );
  const number = filesBelow(join(keysFolder(work), signer)).filter((name) => name.startsWith(role)).length;
  const place = keyFile(work, signer, role);
  const free = number === 0 ? place : place.replace(/\.pem$/, `-${number + 1}.pem`);
  return makeKeyFile(free, signer, remarkOf(work.config, signer, role)).key;
}

type Change = (role: Role, keys: Key[], threshold: number) => { keys: Key[]; threshold: number };

function nextRoot(
  work: Work,
  root: Metadata<Root>,
  now: Date,
  change: Change,
  isTimestampGiven: boolean,
): Metadata<Root> {
  const keys: Record<string, unknown> = {};
  const roles: Record<string, unknown> = {};
  for (const role of TOP_ROLES) {
    const before = holdersOf(root, role);
    const next =
      role === 'timestamp' && !isTimestampGiven
        ? { keys: [newKey(work, { role, signer: 'online' })], threshold: 1 }
        : change(role, before.keys, before.threshold);
    for (const key of next.keys) keys[key.keyID] = key.toJSON();
    roles[role] = { keyids: next.keys.map(({ keyID }) => keyID), threshold: next.threshold };
  }
  const { days, resign } = work.config.roles.root;
  return draft(
    'root',
    { version: root.signed.version + 1, now, days, resign },
    { consistent_snapshot: true, keys, roles, ...(work.config.drill ? { 'x-beside-drill': true } : {}) },
  );
}

function nextTargets(work: Work, targets: Metadata<Targets>, now: Date, change: Change): Metadata<Targets> {
  const keys: Record<string, unknown> = {};
  const roles = Object.values(targets.signed.delegations?.roles ?? {}).map((delegated) => {
    const before = holdersOf(targets, delegated.name);
    const next = change(delegated.name as Role, before.keys, before.threshold);
    for (const key of next.keys) keys[key.keyID] = key.toJSON();
    return { ...delegated.toJSON(), keyids: next.keys.map(({ keyID }) => keyID), threshold: next.threshold };
  });
  const { days, resign } = work.config.roles.targets;
  const fields = { targets: targets.signed.toJSON()['targets'], delegations: { keys, roles } };
  return draft('targets', { version: targets.signed.version + 1, now, days, resign }, fields);
}

/** Writes the new names and thresholds into the configuration, which people read. */
function rememberSigners(work: Work, { add = [], remove = [], thresholds = {} }: RotateOptions): void {
  const { roles } = work.config;
  for (const { role, signer } of remove) roles[role].signers = roles[role].signers.filter((name) => name !== signer);
  for (const { role, signer } of add) roles[role].signers = [...new Set([...roles[role].signers, signer])];
  for (const [role, threshold] of Object.entries(thresholds)) roles[role as Role].threshold = threshold;
  writeJson(configFile(work.folder), work.config);
}
