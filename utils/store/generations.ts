/** Generations of the rule set: the one in use, the one before, and which is which. Never torn: one transaction each. */
import type { FeedRole } from '../../rules/feed/path.ts';
import { sha256Of } from '../feed/hash.ts';
import type { BesideDatabase, ContentName, Pointer, StoredContent, StoredGeneration } from './database.ts';

/** What a generation holds, by name. */
export type Contents = Partial<Record<ContentName, string | ArrayBuffer>>;

/** The generation in use and the one before, as far as they are known; nothing of what they hold is read. */
export async function readGenerations(
  database: BesideDatabase,
): Promise<{ active?: StoredGeneration | undefined; previous?: StoredGeneration | undefined; isFallback: boolean }> {
  return database.transaction('r', database.generations, database.values, async () => {
    const pointer = await readPointer(database);
    if (pointer === undefined) return { isFallback: false };
    return {
      active: await database.generations.get(pointer.active),
      previous: pointer.previous === null ? undefined : await database.generations.get(pointer.previous),
      isFallback: pointer.isFallback,
    };
  });
}

async function readPointer(database: BesideDatabase): Promise<Pointer | undefined> {
  const stored = await database.values.get('rule-sets');
  return stored?.name === 'rule-sets' ? stored.value : undefined;
}

/** A reader of one part of a generation; what it reads is undefined when it is not there, or is not what was stored. */
function readerOf<Kind extends string | ArrayBuffer>(isKind: (value: string | ArrayBuffer) => value is Kind) {
  return async (database: BesideDatabase, generation: number, name: ContentName): Promise<Kind | undefined> => {
    const { value, sha256 } = (await database.contents.get([generation, name])) ?? {};
    if (value === undefined || !isKind(value)) return undefined;
    return (await sha256Of(value)) === sha256 ? value : undefined;
  };
}

/** Reads what is kept as text. */
export const readText = readerOf((value): value is string => typeof value === 'string');
/** Reads what is kept as bytes. */
export const readBuffer = readerOf((value): value is ArrayBuffer => typeof value !== 'string');

/**
 * Stores a generation and takes it into use; the one in use until now is kept as the one before, all older ones go.
 *
 * @param isFallback whether it stands in for a damaged newer one.
 * @throws errors of the database, such as a full disk: then all is as before.
 */
export async function commitGeneration(
  database: BesideDatabase,
  generation: Omit<StoredGeneration, 'id'>,
  contents: Contents,
  isFallback = false,
): Promise<StoredGeneration> {
  const rows = await Promise.all(
    Object.entries(contents).map(async ([name, value]) => ({
      name: name as ContentName,
      value,
      sha256: await sha256Of(value),
    })),
  );
  return database.transaction('rw', database.generations, database.contents, database.values, async () => {
    // What was damaged is nothing to fall back on.
    const before = isFallback ? null : ((await readPointer(database))?.active ?? null);
    // Room first: a full disk may have just enough for what takes the place of what goes.
    const kept = before === null ? [] : [before];
    await database.generations.where('id').noneOf(kept).delete();
    await database.contents.where('generation').noneOf(kept).delete();
    // The database gives the number.
    const id = await database.generations.add(generation as StoredGeneration);
    await database.contents.bulkAdd(rows.map((row): StoredContent => ({ ...row, generation: id })));
    await database.values.put({ name: 'rule-sets', value: { active: id, previous: before, isFallback } });
    return { ...generation, id };
  });
}

/**
 * Takes the generation before into use; the one in use until now goes.
 *
 * @param isFallback whether that one was damaged, so that what is used now is not the newest that this device has had.
 */
export async function fallBack(database: BesideDatabase, to: StoredGeneration, isFallback: boolean): Promise<void> {
  await database.transaction('rw', database.generations, database.contents, database.values, async () => {
    await database.generations.where('id').notEqual(to.id).delete();
    await database.contents.where('generation').notEqual(to.id).delete();
    await database.values.put({ name: 'rule-sets', value: { active: to.id, previous: null, isFallback } });
  });
}

/** Puts another form of the same in place of parts of a generation: compiled by another build, or a `feed.json` that changes no rule. */
export async function replaceContents(
  database: BesideDatabase,
  generation: StoredGeneration,
  contents: Contents,
): Promise<void> {
  const rows = await Promise.all(
    Object.entries(contents).map(async ([name, value]): Promise<StoredContent> => {
      return { generation: generation.id, name: name as ContentName, value, sha256: await sha256Of(value) };
    }),
  );
  await database.transaction('rw', database.generations, database.contents, async () => {
    await database.generations.put(generation);
    await database.contents.bulkPut(rows);
  });
}

/** The roles of which a generation holds a rule file. */
export function rolesOf({ files }: Pick<StoredGeneration, 'files'>): FeedRole[] {
  return Object.keys(files) as FeedRole[];
}
