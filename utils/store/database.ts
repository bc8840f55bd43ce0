/**
 * What Beside keeps on the device: rule sets, the feed's metadata, conversation memory (keys, counts and times; no text), settings, mutes, people.
 * Only the worker opens it: in a content script, IndexedDB would be the page's.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { ConversationMemory } from '../../rules/engine/memory.ts';
import type { FeedRole } from '../../rules/feed/path.ts';
import type { Level } from '../../rules/language/model.ts';
import type { Person } from '../help/model.ts';
import type { RefusedBefore } from '../feed/publication.ts';
import type { FeedRefusal, Mute } from '../settings/model.ts';

/** A rule file of which a rule set was made. */
export interface StoredFile {
  number: number;
  /** In hexadecimal, as signed metadata has it. */
  sha256: string;
}

/** A rule set that was checked, compiled and tried: what is known of it. What it holds lies in `contents`. */
export interface StoredGeneration {
  id: number;
  origin: 'package' | 'feed';
  /** Shown to people. */
  version: number;
  /** YYYY-MM-DD */
  date: string;
  /** How many rules. */
  rules: number;
  /** The role's rule files of which it was made; none when it is a package's that was built without a feed. */
  files: Partial<Record<FeedRole, StoredFile>>;
  /** Hash of its `feed.json`; none when it is a package's that was built without a feed. */
  feed?: string | undefined;
  /** Of the package, the hash of its `rules.json`, by which a new package is known. */
  bundle?: string;
  /** The same for the same compiled rules, so that parts of two rule sets are never used together. */
  stamp: string;
  /** When it was taken into use, in ms since 1970. */
  taken: number;
  /** Keys of the ids of rules that are new in it, or were in one of the last days: messages that were read before are looked at for these again. */
  news: number[];
}

/** What a generation is kept as: the text of each role's rule file, `feed.json`, what people are shown, what is matched. */
export type ContentName = FeedRole | 'feed.json' | 'words' | 'lines' | 'index' | 'rules';

/** One part of what a generation holds. */
export interface StoredContent {
  generation: number;
  name: ContentName;
  value: string | ArrayBuffer;
  /** Looked at again whenever it is read. */
  sha256: string;
}

/** Metadata of the feed that passed every check, as it came. */
export interface StoredMetadata {
  role: string;
  bytes: Uint8Array;
}

/** Which generation is in use. */
export interface Pointer {
  active: number;
  /** The one before, to fall back on. */
  previous: number | null;
  /** Whether a newer one was damaged, so that `active` is not the newest that this device has had. */
  isFallback: boolean;
}

/** What is known of the feed between two checks. */
export interface StoredFeedState {
  /** When the newest timestamp expires, and the newest time of issue, in ms since 1970. */
  expires?: number;
  issued?: number;
  checkedAt?: number;
  refusal?: FeedRefusal;
  /** By how much the clock was ahead of a server's at the last check, in ms. */
  clockOffBy?: number;
  /** From `feed.json`: hours between two checks, and the signed mirrors. */
  interval?: number;
  mirrors?: string[];
  /** A publication that was refused, so that it is not fetched again. */
  refused?: RefusedBefore;
  /** Checks in a row that brought nothing good. */
  failures: number;
  /** Mirrors that want to be left alone, by host, and until when, in ms since 1970. */
  resting: Record<string, number>;
}

/** One conversation, by the salted hash of its key. */
export interface StoredConversation {
  key: string;
  memory: ConversationMemory;
  /** The strongest level shown so far, for “once per upward crossing”. */
  shown: Level | null;
  updated: number;
}

/** A named value: the language, the salt, today's count of cards; the generation in use, the feed's state, this device's number in staged rollouts. */
export type StoredValue =
  | { name: 'language' | 'salt' | 'device'; value: string }
  | { name: 'cards-today'; value: { day: string; count: number } }
  | { name: 'rule-sets'; value: Pointer }
  | { name: 'feed'; value: StoredFeedState };

export class BesideDatabase extends Dexie {
  generations!: EntityTable<StoredGeneration, 'id'>;
  contents!: Table<StoredContent, [number, ContentName]>;
  metadata!: EntityTable<StoredMetadata, 'role'>;
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
    // The rule sets of the first version were all the package's, which has them still and compiles them anew.
    this.version(2).stores({
      ruleSets: null,
      generations: '++id',
      contents: '[generation+name], generation',
      metadata: 'role',
    });
    // Another context with a newer extension wants to migrate: let it.
    this.on('versionchange', () => this.close());
  }
}
