/** What the feed's client keeps: trusted metadata over the package's own, the floor in a second store, the device's number, the state. */
import { browser } from '../browser.ts';
import type { Floor, FeedStorage } from '../feed/storage.ts';
import type { BesideDatabase, StoredFeedState } from './database.ts';

const FLOOR = 'feedFloor';

/**
 * The storage of the feed's client: Dexie over the package's metadata, the floor in `storage.local`, so that both stores
 * have to be lost before an old feed could pass for a new one.
 *
 * @param readBundled the package's own copy of a role's metadata; undefined when it has none.
 */
export function feedStorage(
  database: BesideDatabase,
  readBundled: (role: string) => Promise<Uint8Array | undefined>,
): FeedStorage {
  return {
    readMetadata: async (role) => (await readStored(database, role)) ?? readBundled(role),
    readBundled,
    writeMetadata: async (role, bytes) => {
      await database.metadata.put({ role, bytes });
    },
    deleteMetadata: async (role) => {
      await database.metadata.delete(role);
    },
    readFloor,
    raiseFloor: async (floor) => {
      await browser.storage.local.set({ [FLOOR]: floor });
    },
  };
}

async function readStored(database: BesideDatabase, role: string): Promise<Uint8Array | undefined> {
  try {
    const stored = await database.metadata.get(role);
    return stored?.bytes instanceof Uint8Array ? stored.bytes : undefined;
  } catch {
    // A database that cannot be read has nothing stored: what the package has is good, and the floor lies elsewhere.
    return undefined;
  }
}

async function readFloor(): Promise<Floor | undefined> {
  const { [FLOOR]: stored } = await browser.storage.local.get(FLOOR);
  return isFloor(stored) ? stored : undefined;
}

function isFloor(value: unknown): value is Floor {
  if (typeof value !== 'object' || value === null) return false;
  const { root, timestamp, snapshot, keys, issued } = value as Record<keyof Floor, unknown>;
  return [root, timestamp, snapshot, issued].every(Number.isSafeInteger) && typeof keys === 'string';
}

/** This device's number in staged rollouts: 128 random bits, made once. It never leaves the device. */
export async function readDevice(database: BesideDatabase): Promise<string> {
  return database.transaction('rw', database.values, async () => {
    const stored = await database.values.get('device');
    if (stored?.name === 'device') return stored.value;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    await database.values.put({ name: 'device', value });
    return value;
  });
}

/** What is known of the feed from earlier checks. */
export async function readFeedState(database: BesideDatabase): Promise<StoredFeedState> {
  const stored = await database.values.get('feed');
  return stored?.name === 'feed' ? stored.value : { failures: 0, resting: {} };
}

/** Keeps what is known of the feed. */
export async function saveFeedState(database: BesideDatabase, state: StoredFeedState): Promise<void> {
  await database.values.put({ name: 'feed', value: state });
}
