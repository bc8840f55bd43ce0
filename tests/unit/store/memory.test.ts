import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../rules/engine/memory.ts';
import { BesideDatabase } from '../../../utils/store/database.ts';
import {
  forgetOld,
  hashConversation,
  noteShown,
  recall,
  remember,
  REMEMBER_DAYS,
} from '../../../utils/store/memory.ts';
import { PersonalStore } from '../../../utils/store/personal.ts';

const DAY = 86_400_000;
const memory: ConversationMemory = { messages: 4, hits: [[77, 3, 1_700_000_000, 1, 12]], spoke: [[5, 1_700_000_000]] };
let database: BesideDatabase;
let store: PersonalStore;

beforeEach(() => {
  database = new BesideDatabase(`memory-${crypto.randomUUID()}`);
  store = new PersonalStore(database, Promise.resolve(false));
});
afterEach(() => database.delete());

describe('the memory of conversations', () => {
  it('comes back as it was stored', async () => {
    await remember(store, 'key', memory, 10);
    expect(await recall(store, 'key')).toEqual({ key: 'key', memory, shown: null, updated: 10 });
  });

  it('keeps what was shown when more is remembered, and what is remembered when more is shown', async () => {
    await remember(store, 'key', memory, 10);
    await noteShown(store, 'key', 'warning', 20);
    await remember(store, 'key', { ...memory, messages: 5 }, 30);
    expect(await recall(store, 'key')).toMatchObject({ memory: { messages: 5 }, shown: 'warning', updated: 30 });
  });

  it('notes what was shown in a conversation of which nothing is remembered', async () => {
    await noteShown(store, 'new', 'urgent', 20);
    expect(await recall(store, 'new')).toMatchObject({ memory: { messages: 0, hits: [] }, shown: 'urgent' });
  });

  it('forgets by itself what was not read for a month, and nothing younger', async () => {
    const now = 100 * DAY;
    await remember(store, 'old', memory, now - REMEMBER_DAYS * DAY - 1);
    await remember(store, 'young', memory, now - REMEMBER_DAYS * DAY + 1);
    await forgetOld(database, now);
    expect(await recall(store, 'old')).toBeUndefined();
    expect(await recall(store, 'young')).toBeDefined();
  });

  it('knows a conversation by a hash that differs by host, conversation and device', async () => {
    const key = await hashConversation(store, 'chat.zalo.me', 'an-aunt');
    expect(key).toBe(await hashConversation(store, 'chat.zalo.me', 'an-aunt'));
    expect(key).not.toBe(await hashConversation(store, 'x.com', 'an-aunt'));
    expect(key).not.toBe(await hashConversation(store, 'chat.zalo.me', 'an-uncle'));
    const other = new BesideDatabase(`other-${crypto.randomUUID()}`);
    const elsewhere = new PersonalStore(other, Promise.resolve(false));
    expect(key).not.toBe(await hashConversation(elsewhere, 'chat.zalo.me', 'an-aunt'));
    await other.delete();
  });

  it('has nothing in the database that names the conversation', async () => {
    const key = await hashConversation(store, 'chat.zalo.me', 'an-aunt');
    await remember(store, key, memory, 10);
    const all = await Promise.all(database.tables.map((table) => table.toArray()));
    expect(JSON.stringify(all)).not.toMatch(/aunt|zalo/u);
  });
});

describe('the database', () => {
  it('opens what its first version has stored, and loses nothing of it', async () => {
    const name = `first-${crypto.randomUUID()}`;
    const first = new Dexie(name);
    first.version(1).stores({
      ruleSets: 'version',
      conversations: 'key, updated',
      values: 'name',
      mutes: 'id',
      people: 'id',
    });
    // A rule set was the package's own, which is there still.
    await first.table('ruleSets').put({ version: 2, date: '2026-11-24', rules: 1, compiled: {}, pack: '{}' });
    await first.table('mutes').put({ id: 'site:x.com', scope: 'site', key: 'x.com', label: 'x.com', since: 3 });
    await first.table('people').put({ id: 'lan', name: 'Lan', phone: '0912', email: '' });
    await first.table('values').put({ name: 'language', value: 'en' });
    await first.table('conversations').put({ key: 'k', memory, shown: 'warning', updated: 5 });
    first.close();
    const now = new BesideDatabase(name);
    expect(await now.people.toArray()).toEqual([{ id: 'lan', name: 'Lan', phone: '0912', email: '' }]);
    expect(await now.mutes.toArray()).toEqual([
      { id: 'site:x.com', scope: 'site', key: 'x.com', label: 'x.com', since: 3 },
    ]);
    expect((await now.values.get('language'))?.value).toBe('en');
    expect(await recall(new PersonalStore(now, Promise.resolve(false)), 'k')).toMatchObject({
      memory,
      shown: 'warning',
    });
    await now.delete();
  });

  it('lets a newer version of itself migrate', async () => {
    await database.open();
    const newer = new Dexie(database.name);
    newer.version(3).stores({ values: 'name', more: 'id' });
    await newer.open();
    expect(newer.verno).toBe(3);
    expect(database.isOpen()).toBe(false);
    newer.close();
  });
});
