/** One update under way: where it comes from and goes to, its time and floor, and the gates that every file passes. */
import { FeedRefusal } from '../refusal.ts';
import type { FeedStorage, Floor } from '../storage.ts';
import type { Mirror } from './fetch-file.ts';
import { Buffer, type Metadata, type Root, type TrustedMetadataStore } from './library.ts';
import { readMetadataFile, type Kind } from './metadata.ts';
import { OTHER_MIRROR, refusalOf } from './store-refusal.ts';
import { requireThreshold, type Delegator } from './threshold.ts';

/** Where metadata comes from and goes to. */
export interface Source {
  storage: FeedStorage;
  mirror: Mirror;
}

/** One update under way. */
export interface Update {
  readonly source: Source;
  readonly store: TrustedMetadataStore;
  floor: Floor;
  /** The time that expiry is judged by, in ms since 1970; it can only grow. */
  time: number;
  isNew: boolean;
}

/** Bytes as the library wants them; only the type is Node's. */
export function forLibrary(bytes: Uint8Array): Parameters<TrustedMetadataStore['updateRoot']>[0] {
  return Buffer.from(bytes) as unknown as Parameters<TrustedMetadataStore['updateRoot']>[0];
}

/**
 * The library takes the clock's time when it starts; ours is the time that can be known. Private there, but a plain field.
 */
export function setTime(update: Update, time: number): void {
  update.time = Math.max(update.time, time);
  const store = update.store as unknown as { referenceTime: Date };
  store.referenceTime = new Date(update.time);
}

/** The copies of a role that are held, the stored one first. A storage that cannot read one has none. */
export async function heldCopies(storage: FeedStorage, role: string): Promise<Uint8Array[]> {
  const reads = [storage.readMetadata(role), storage.readBundled?.(role)];
  const [first, second] = await Promise.all(reads.map(async (read) => read?.catch(() => undefined)));
  const isTwice = first?.length === second?.length && first?.every((byte, at) => byte === second?.[at]) === true;
  return [first, isTwice ? undefined : second].filter((copy) => copy !== undefined);
}

/** Keeps the floor when it has grown. */
export async function keepFloor(update: Update, grown: Partial<Floor>): Promise<void> {
  const next = { ...update.floor, ...grown };
  update.floor = next;
  const kept = await update.source.storage.readFloor();
  const isSame = kept !== undefined && (Object.keys(next) as (keyof Floor)[]).every((key) => kept[key] === next[key]);
  if (!isSame) await update.source.storage.raiseFloor(next);
}

/** Runs a step of the library; what it throws becomes a refusal of the file. */
export function refusing<T>(file: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw refusalOf(error, file);
  }
}

/** Reads, counts the signers of, and hands over one copy of a role. */
export async function admit<K extends Kind>(
  kind: K,
  bytes: Uint8Array,
  role: string,
  delegator: Delegator,
  file: string,
): Promise<ReturnType<typeof readMetadataFile<K>>> {
  const metadata = readMetadataFile(kind, bytes, file);
  // The union of kinds is what the count takes.
  await requireThreshold(delegator, role, metadata as Metadata<Root>, file);
  return metadata;
}

/** What a mirror, or this device, ought to have and has not. */
export function missing(file: string): FeedRefusal {
  return new FeedRefusal('missing', file, 'the mirror has not got it', OTHER_MIRROR);
}
