/**
 * What Beside keeps on the device: rule sets, conversation memory (keys, counts and times; no text), settings, mutes, people.
 * Only the worker opens it: in a content script, IndexedDB would be the page's.
 */
import { Dexie, type EntityTable } from 'dexie';
import type { CompiledBuffers } from '../../rules/engine/compiled.ts';
import type { ConversationMemory } from '../../rules/engine/conversation.ts';
import type { Level } from '../../rules/language/model.ts';
import type { Person } from '../help/model.ts';
import type { Mute } from '../settings/model.ts';

/** A rule set that was checked and compiled. */
export interface StoredRuleSet {
  version: number;
  date: string;
  rules: number;
  /** The compiled form; see rules/engine/compiled.ts. */
  compiled: CompiledBuffers;
  /** The published form, for texts and for compiling again. */
  pack: string;
}

/** One conversation, by the salted hash of its key. */
export interface StoredConversation {
  key: string;
  memory: ConversationMemory;
  /** The strongest level shown so far, for “once per upward crossing”. */
  shown: Level | null;
  updated: number;
}

/** A named value: the language, the salt, today's count of cards. */
export interface StoredValue {
  name: 'language' | 'salt' | 'cards-today';
  value: string | { day: string; count: number };
}

export class BesideDatabase extends Dexie {
  ruleSets!: EntityTable<StoredRuleSet, 'version'>;
  conversations!: EntityTable<StoredConversation, 'key'>;
  values!: EntityTable<StoredValue, 'name'>;
  mutes!: EntityTable<Mute, 'id'>;
  people!: EntityTable<Person, 'id'>;

  constructor(name = 'beside') {
    super(name);
    // Each version names only what it changes and is never edited once released.
    this.version(1).stores({
      ruleSets: 'version',
      conversations: 'key, updated',
      values: 'name',
      mutes: 'id',
      people: 'id',
    });
    // Another context with a newer extension wants to migrate: let it.
    this.on('versionchange', () => this.close());
  }
}
