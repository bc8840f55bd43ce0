import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from '../../../utils/browser.ts';
import { BesideDatabase } from '../../../utils/store/database.ts';
import { feedStorage, readDevice, readFeedState, saveFeedState } from '../../../utils/store/feed.ts';

let database: BesideDatabase;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const bundled = (role: string): Promise<Uint8Array | undefined> =>
  Promise.resolve(role === 'root' ? bytes('bundled root') : undefined);
const floor = { root: 1, timestamp: 9, snapshot: 8, keys: 'k', issued: 7 };

beforeEach(() => {
  fakeBrowser.reset();
  database = new BesideDatabase(`feed-${crypto.randomUUID()}`);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.delete();
});

describe('metadata that was verified', () => {
  it('hides the package’s own, which is there again when it is deleted', async () => {
    const storage = feedStorage(database, bundled);
    expect(await storage.readMetadata('root')).toEqual(bytes('bundled root'));
    expect(await storage.readMetadata('timestamp')).toBeUndefined();
    await storage.writeMetadata('root', bytes('newer root'));
    expect(await storage.readMetadata('root')).toEqual(bytes('newer root'));
    expect(await storage.readBundled?.('root')).toEqual(bytes('bundled root'));
    await storage.deleteMetadata('root');
    expect(await storage.readMetadata('root')).toEqual(bytes('bundled root'));
  });

  it('is the package’s own when the database cannot be read', async () => {
    const storage = feedStorage(database, bundled);
    await storage.writeMetadata('root', bytes('newer root'));
    vi.spyOn(database.metadata, 'get').mockRejectedValue(new Error('no'));
    expect(await storage.readMetadata('root')).toEqual(bytes('bundled root'));
  });

  it('that cannot be written says so', async () => {
    vi.spyOn(database.metadata, 'put').mockRejectedValue(new Error('full'));
    await expect(feedStorage(database, bundled).writeMetadata('root', bytes('x'))).rejects.toThrow('full');
  });
});

describe('the floor', () => {
  it('lies in a second store, and outlives the database', async () => {
    await feedStorage(database, bundled).raiseFloor(floor);
    await database.delete();
    const other = new BesideDatabase(`feed-${crypto.randomUUID()}`);
    expect(await feedStorage(other, bundled).readFloor()).toEqual(floor);
    await other.delete();
  });

  it.each([undefined, null, 7, {}, { ...floor, root: '1' }, { ...floor, keys: 1 }, { ...floor, issued: Number.NaN }])(
    'is none when what is there is none: %j',
    async (feedFloor) => {
      await browser.storage.local.set({ feedFloor });
      expect(await feedStorage(database, bundled).readFloor()).toBeUndefined();
    },
  );
});

describe('this device’s number', () => {
  it('is 128 random bits, made once, also when it is asked for twice at a time', async () => {
    const [one, other] = await Promise.all([readDevice(database), readDevice(database)]);
    expect(one).toMatch(/^[0-9a-f]{32}$/u);
    expect(other).toBe(one);
    expect(await readDevice(database)).toBe(one);
    const elsewhere = new BesideDatabase(`feed-${crypto.randomUUID()}`);
    expect(await readDevice(elsewhere)).not.toBe(one);
    await elsewhere.delete();
  });
});

describe('what is known of the feed', () => {
  it('is nothing at first, then what was kept', async () => {
    expect(await readFeedState(database)).toEqual({ failures: 0, resting: {} });
    await saveFeedState(database, { failures: 2, resting: { 'a.example': 5 }, checkedAt: 3 });
    expect(await readFeedState(database)).toEqual({ failures: 2, resting: { 'a.example': 5 }, checkedAt: 3 });
  });
});
