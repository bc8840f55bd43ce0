import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { emptyMemory } from '../../../rules/engine/memory.ts';
import { BesideDatabase } from '../../../utils/store/database.ts';
import { hashConversation, noteShown, recall, remember } from '../../../utils/store/memory.ts';
import { PersonalStore } from '../../../utils/store/personal.ts';

const lan = { id: 'lan', name: 'Lan', phone: '', email: '' };
let database: BesideDatabase;

beforeEach(() => {
  fakeBrowser.reset();
  database = new BesideDatabase(`personal-${crypto.randomUUID()}`);
});
afterEach(() => database.delete());

async function leaveTraces(store: PersonalStore): Promise<string> {
  const key = await hashConversation(store, 'chat.zalo.me', 'c1');
  await Promise.all([
    remember(store, key, { ...emptyMemory(), messages: 3 }, 10),
    noteShown(store, key, 'warning', 20),
  ]);
  await store.mutes.put({ id: 'site:x.com', scope: 'site', key: 'x.com', label: 'x.com', since: 1 });
  await store.people.bulkPut([lan]);
  return key;
}

describe('what a person leaves', () => {
  it.each([false, true])('is there again for the same session (session only: %s)', async (isSession) => {
    const store = new PersonalStore(database, Promise.resolve(isSession));
    const key = await leaveTraces(store);
    expect(await hashConversation(store, 'chat.zalo.me', 'c1')).toBe(key);
    expect(await recall(store, key)).toMatchObject({ memory: { messages: 3 }, shown: 'warning' });
    expect(await store.mutes.toArray()).toHaveLength(1);
    expect(await store.conversations.count()).toBe(1);
    await store.mutes.delete('site:x.com');
    await store.people.clear();
    expect([await store.mutes.toArray(), await store.people.toArray()]).toEqual([[], []]);
  });

  it('never touches the disk in lab mode', async () => {
    await leaveTraces(new PersonalStore(database, Promise.resolve(true)));
    const tables = [database.conversations, database.mutes, database.people, database.values];
    expect(await Promise.all(tables.map((table) => table.count()))).toEqual([0, 0, 0, 0]);
    expect(await fakeBrowser.storage.local.get(null)).toEqual({});
    expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).toContain('Lan');
  });

  it('loses no change when many come at once', async () => {
    const store = new PersonalStore(database, Promise.resolve(true));
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        store.mutes.put({ id: `r${n}`, scope: 'rule', key: 'k', label: 'l', since: n }),
      ),
    );
    expect(await store.mutes.count()).toBe(50);
  });

  it('leaves the disk when lab mode comes to a machine that was none; the feed’s values stay', async () => {
    await leaveTraces(new PersonalStore(database, Promise.resolve(false)));
    await database.values.put({ name: 'device', value: 'd' });
    const store = new PersonalStore(database, Promise.resolve(true));
    await store.wipeDisk();
    expect(await database.values.toArray()).toEqual([{ name: 'device', value: 'd' }]);
    expect(await database.people.count()).toBe(0);
    store.change(Promise.resolve(false));
    expect(await store.people.toArray()).toEqual([]);
  });
});
