/**
 * The TUF client workflow (1.0.34, section 5) below the root, around the library's store: timestamp, snapshot, targets roles.
 *
 * Each file passes three gates: the strict reading and our own count of signers, the version floor, the library's store.
 * What passes is kept at once, so that the next step's failure does not lose it. A copy that is held goes through the same
 * gates as one that comes from a mirror; one that fails is as good as none, and is fetched.
 */
import { canonicalJson } from '../../../rules/feed/json.ts';
import { FeedRefusal } from '../refusal.ts';
import { fetchFile, sha256Hex } from './fetch-file.ts';
import { requireFloor } from './floor.ts';
import {
  EqualVersionError,
  type Metadata,
  type Targets,
  type Timestamp,
  type TrustedMetadataStore,
} from './library.ts';
import { MAX_SNAPSHOT, MAX_TARGETS, MAX_TIMESTAMP } from './limits.ts';
import { encodeRole } from './metadata.ts';
import { refusalOf, requireFresh, requireMeta } from './store-refusal.ts';
import { requireThreshold, type Delegator } from './threshold.ts';
import { newestIssue } from './time.ts';
import { admit, forLibrary, heldCopies, keepFloor, missing, refusing, setTime, type Update } from './update.ts';

/** Loads what is held of the timestamp, good or expired: the newest becomes the floor of the next. */
async function loadTimestamp({ source, store }: Update): Promise<void> {
  for (const bytes of await heldCopies(source.storage, 'timestamp')) {
    try {
      await admit('timestamp', bytes, 'timestamp', store.root, 'timestamp.json');
      store.updateTimestamp(forLibrary(bytes));
    } catch {
      // An expired copy is taken and then thrown at: as a floor it is still good.
    }
  }
}

/** @throws FeedRefusal `rollback` when a timestamp, or the snapshot that it names, is older than this device has seen */
function requireTimestampFloor({ floor }: Update, timestamp: Timestamp): void {
  requireFloor(timestamp.version, floor.timestamp, 'timestamp.json');
  requireFloor(timestamp.snapshotMeta.version, floor.snapshot, 'snapshot.json');
}

/**
 * What the mirror is told of the timestamp held, so that it may say “the same”: the hash of the part that is signed, in one
 * way of writing. Whatever else the mirror wrote around it may be different for each device, and would name the device.
 */
function tagOf(timestamp: Timestamp): string {
  return sha256Hex(new TextEncoder().encode(canonicalJson(timestamp.toJSON())));
}

/** Takes the mirror's timestamp, or stays with the one held when it is the same; expired is refused either way. */
export async function takeTimestamp(update: Update): Promise<void> {
  const { source, store } = update;
  await loadTimestamp(update);
  const tag = store.timestamp && tagOf(store.timestamp.signed);
  const answer = await fetchFile(source.mirror, 'timestamp.json', MAX_TIMESTAMP, tag);
  if (answer.status === 'ok') await takeNewTimestamp(update, answer.bytes);
  else if (answer.status === 'absent') throw missing('timestamp.json');
  const timestamp = store.timestamp?.signed;
  if (timestamp === undefined) throw missing('timestamp.json');
  requireTimestampFloor(update, timestamp);
  requireFresh(timestamp, update.time, 'timestamp.json');
  const issued = newestIssue(update.floor.issued, timestamp, store.root.signed);
  await keepFloor(update, { timestamp: timestamp.version, issued });
  setTime(update, issued);
}

async function takeNewTimestamp(update: Update, bytes: Uint8Array): Promise<void> {
  const { source, store } = update;
  const { signed } = await admit('timestamp', bytes, 'timestamp', store.root, 'timestamp.json');
  requireTimestampFloor(update, signed);
  try {
    store.updateTimestamp(forLibrary(bytes));
  } catch (error) {
    // The same version is no news, whatever else it says. Whether it has expired is looked at all the same.
    if (error instanceof EqualVersionError) return;
    throw refusalOf(error, 'timestamp.json');
  }
  update.isNew = true;
  await source.storage.writeMetadata('timestamp', bytes);
}

/** Takes the snapshot that the timestamp names: the one held when it is that one, else the mirror's. */
export async function takeSnapshot(update: Update): Promise<void> {
  const { source, store } = update;
  const meta = requireTimestamp(store).snapshotMeta;
  if (!(await loadSnapshot(update))) {
    const file = store.root.signed.consistentSnapshot ? `${meta.version}.snapshot.json` : 'snapshot.json';
    const answer = await fetchFile(source.mirror, file, Math.min(meta.length ?? MAX_SNAPSHOT, MAX_SNAPSHOT));
    if (answer.status !== 'ok') throw missing(file);
    requireMeta(meta, answer.bytes, file);
    const { signed } = await admit('snapshot', answer.bytes, 'snapshot', store.root, file);
    requireMeta(meta, signed, file);
    refusing(file, () => store.updateSnapshot(forLibrary(answer.bytes)));
    await source.storage.writeMetadata('snapshot', answer.bytes);
  }
  await keepFloor(update, { snapshot: meta.version });
}

function requireTimestamp(store: TrustedMetadataStore): Timestamp {
  if (store.timestamp === undefined) throw missing('timestamp.json');
  return store.timestamp.signed;
}

/** Loads what is held of the snapshot; true when it is the one that the timestamp names. An older one guards against rollback. */
async function loadSnapshot({ source, store }: Update): Promise<boolean> {
  for (const bytes of await heldCopies(source.storage, 'snapshot')) {
    try {
      await admit('snapshot', bytes, 'snapshot', store.root, 'snapshot.json');
      store.updateSnapshot(forLibrary(bytes), true);
      return true;
    } catch {
      // Another version, or damaged: the next copy, or the mirror, has it.
    }
  }
  return false;
}

/**
 * Takes a targets role in the version that the snapshot names, `targets` itself or a delegated one: the copy held when it
 * is that one, else the mirror's.
 *
 * @param delegator the role that delegates to it; `root` for `targets`
 * @throws FeedRefusal
 */
export async function takeRole(update: Update, role: string, delegator: string): Promise<Targets> {
  const { source, store } = update;
  const trusted = trustedRole(store, delegator);
  const taken = trustedRole(store, role) as Metadata<Targets> | undefined;
  const name = `${encodeRole(role)}.json`;
  if (trusted === undefined) throw missing(`${encodeRole(delegator)}.json`);
  if (taken !== undefined) {
    // Two roles may delegate to one, each with keys of its own.
    await requireThreshold(trusted, role, taken, name);
    return taken.signed;
  }
  const metas = store.snapshot?.signed.meta ?? {};
  const meta = Object.hasOwn(metas, `${role}.json`) ? metas[`${role}.json`] : undefined;
  if (meta === undefined) {
    throw new FeedRefusal(
      'mix',
      name,
      'the snapshot does not name it',
      'ask another mirror; when all say so, publish the snapshot anew',
    );
  }
  for (const bytes of await heldCopies(source.storage, role)) {
    try {
      requireMeta(meta, bytes, name);
      await admit('targets', bytes, role, trusted, name);
      store.updateDelegatedTargets(forLibrary(bytes), role, delegator);
      return (trustedRole(store, role) as Metadata<Targets>).signed;
    } catch {
      // Another version, expired or damaged: the next copy, or the mirror, has it.
    }
  }
  const file = store.root.signed.consistentSnapshot ? `${meta.version}.${name}` : name;
  const answer = await fetchFile(source.mirror, file, Math.min(meta.length ?? MAX_TARGETS, MAX_TARGETS));
  if (answer.status !== 'ok') throw missing(file);
  requireMeta(meta, answer.bytes, file);
  const { signed } = await admit('targets', answer.bytes, role, trusted, file);
  requireMeta(meta, signed, file);
  requireFresh(signed, update.time, file);
  refusing(file, () => store.updateDelegatedTargets(forLibrary(answer.bytes), role, delegator));
  await source.storage.writeMetadata(role, answer.bytes);
  return signed;
}

/** A role that the store trusts already. Names that every object answers to were refused when they were read. */
function trustedRole(store: TrustedMetadataStore, role: string): Delegator | undefined {
  return store.getRole(role) as Delegator | undefined;
}
