/** Conversation memory: by salted hash, forgotten by itself. */
import { emptyMemory, type ConversationMemory } from '../../rules/engine/memory.ts';
import type { Level } from '../../rules/language/model.ts';
import type { BesideDatabase, StoredConversation } from './database.ts';

/** How long a conversation that is not read again is remembered. Source: design/architecture.md, decisions. */
export const REMEMBER_DAYS = 30;

/** The salted SHA-256 of a conversation's key, base64; the salt is random and never leaves the device. */
export async function hashConversation(database: BesideDatabase, host: string, conversation: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${await readSalt(database)}\n${host}\n${conversation}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

async function readSalt(database: BesideDatabase): Promise<string> {
  return database.transaction('rw', database.values, async () => {
    const stored = await database.values.get('salt');
    if (typeof stored?.value === 'string') return stored.value;
    const salt = crypto.randomUUID() + crypto.randomUUID();
    await database.values.put({ name: 'salt', value: salt });
    return salt;
  });
}

/** What is remembered of a conversation; undefined when nothing is. */
export async function recall(database: BesideDatabase, key: string): Promise<StoredConversation | undefined> {
  return database.conversations.get(key);
}

/** Stores the memory of a conversation and leaves what was shown as it is. */
export async function remember(
  database: BesideDatabase,
  key: string,
  memory: ConversationMemory,
  now: number,
): Promise<void> {
  await database.transaction('rw', database.conversations, async () => {
    const before = await database.conversations.get(key);
    await database.conversations.put({ key, memory, shown: before?.shown ?? null, updated: now });
  });
}

/** Notes the level that a conversation's reader has been shown. */
export async function noteShown(database: BesideDatabase, key: string, shown: Level, now: number): Promise<void> {
  await database.transaction('rw', database.conversations, async () => {
    const before = await database.conversations.get(key);
    await database.conversations.put({ key, memory: before?.memory ?? emptyMemory(), shown, updated: now });
  });
}

/** Forgets the conversations that were not read for REMEMBER_DAYS. */
export async function forgetOld(database: BesideDatabase, now: number): Promise<void> {
  await database.conversations
    .where('updated')
    .below(now - REMEMBER_DAYS * 86_400_000)
    .delete();
}
