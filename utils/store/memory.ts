/** Conversation memory: by salted hash, forgotten by itself. */
import { emptyMemory, type ConversationMemory } from '../../rules/engine/memory.ts';
import type { Level } from '../../rules/language/model.ts';
import type { BesideDatabase, StoredConversation } from './database.ts';
import type { PersonalStore } from './personal.ts';

/** How long a conversation that is not read again is remembered. Source: design/architecture.md, decisions. */
export const REMEMBER_DAYS = 30;

/** The salted SHA-256 of a conversation's key, base64; the salt is random and never leaves the device. */
export async function hashConversation(store: PersonalStore, host: string, conversation: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${await readSalt(store)}\n${host}\n${conversation}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

async function readSalt(store: PersonalStore): Promise<string> {
  return store.transaction(['values'], async () => {
    const stored = await store.values.get('salt');
    if (typeof stored?.value === 'string') return stored.value;
    const salt = crypto.randomUUID() + crypto.randomUUID();
    await store.values.put({ name: 'salt', value: salt });
    return salt;
  });
}

/** What is remembered of a conversation; undefined when nothing is. */
export async function recall(store: PersonalStore, key: string): Promise<StoredConversation | undefined> {
  return store.conversations.get(key);
}

/** Stores the memory of a conversation and leaves what was shown as it is. */
export async function remember(
  store: PersonalStore,
  key: string,
  memory: ConversationMemory,
  now: number,
): Promise<void> {
  await store.transaction(['conversations'], async () => {
    const before = await store.conversations.get(key);
    await store.conversations.put({ key, memory, shown: before?.shown ?? null, updated: now });
  });
}

/** Notes the level that a conversation's reader has been shown. */
export async function noteShown(store: PersonalStore, key: string, shown: Level, now: number): Promise<void> {
  await store.transaction(['conversations'], async () => {
    const before = await store.conversations.get(key);
    await store.conversations.put({ key, memory: before?.memory ?? emptyMemory(), shown, updated: now });
  });
}

/** Forgets the conversations that were not read for REMEMBER_DAYS; those of the session go with it. */
export async function forgetOld(database: BesideDatabase, now: number): Promise<void> {
  await database.conversations
    .where('updated')
    .below(now - REMEMBER_DAYS * 86_400_000)
    .delete();
}
