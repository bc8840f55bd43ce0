/**
 * What one person leaves in Beside: conversation memory, mutes, people, choices. In the database, or, in lab mode, in the
 * session's storage, which browsers hold in memory and drop when they are closed.
 */
import { browser } from '../browser.ts';
import type { Person } from '../help/model.ts';
import type { Mute } from '../settings/model.ts';
import type { BesideDatabase, StoredConversation, StoredValue } from './database.ts';

interface Stored {
  conversations: StoredConversation;
  mutes: Mute;
  people: Person;
  values: StoredValue;
}
type TableName = keyof Stored;

/** Rows of one kind, by key. */
export interface Rows<Row> {
  get(key: string): PromiseLike<Row | undefined>;
  put(row: Row): PromiseLike<unknown>;
  bulkPut(rows: readonly Row[]): PromiseLike<unknown>;
  delete(key: string): PromiseLike<void>;
  clear(): PromiseLike<void>;
  toArray(): PromiseLike<Row[]>;
  count(): PromiseLike<number>;
}

/** By what a row is named. */
const KEYS = { conversations: 'key', mutes: 'id', people: 'id', values: 'name' } as const;
/** Of the values, those that a person has left; the others are the feed's and the rules'. */
const PERSONAL_VALUES = ['language', 'salt', 'cards-today'];

export class PersonalStore {
  readonly conversations = this.#rows('conversations');
  readonly mutes = this.#rows('mutes');
  readonly people = this.#rows('people');
  readonly values = this.#rows('values');
  readonly #database: BesideDatabase;
  #mode: Promise<boolean>;
  /** As soon as it is known: inside a transaction of the database nothing else may be waited for. */
  #isSession: boolean | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param isSessionOnly whether nothing may outlive the session. */
  constructor(database: BesideDatabase, isSessionOnly: Promise<boolean>) {
    this.#database = database;
    this.#mode = this.#learn(isSessionOnly);
  }

  /** Another policy holds. */
  change(isSessionOnly: Promise<boolean>): void {
    this.#mode = this.#learn(isSessionOnly);
  }

  /** Removes from the disk what was kept there before lab mode; what a disk's files still hold of it is the browser's. */
  async wipeDisk(): Promise<void> {
    const { conversations, mutes, people, values } = this.#database;
    await this.#database.transaction('rw', conversations, mutes, people, values, async () => {
      await Promise.all([
        conversations.clear(),
        mutes.clear(),
        people.clear(),
        values.bulkDelete(PERSONAL_VALUES as never),
      ]);
    });
  }

  /** Runs several steps as one: none of another transaction comes between. */
  async transaction<Value>(names: readonly TableName[], run: () => Promise<Value>): Promise<Value> {
    if (await this.#mode) {
      const done = this.#turn.then(run);
      this.#turn = done.catch(() => undefined);
      return done;
    }
    return this.#database.transaction(
      'rw',
      names.map((name) => this.#database.table(name)),
      run,
    );
  }

  #learn(isSessionOnly: Promise<boolean>): Promise<boolean> {
    return isSessionOnly.then((isSession) => (this.#isSession = isSession));
  }

  #rows<Name extends TableName>(name: Name): Rows<Stored[Name]> {
    const session = sessionRows<Stored[Name]>(name, KEYS[name]);
    const disk = (): Rows<Stored[Name]> => this.#database[name] as unknown as Rows<Stored[Name]>;
    const chosen = (): Rows<Stored[Name]> | undefined =>
      this.#isSession === undefined ? undefined : this.#isSession ? session : disk();
    const at = <Value>(act: (rows: Rows<Stored[Name]>) => PromiseLike<Value>): PromiseLike<Value> => {
      const rows = chosen();
      return rows === undefined ? this.#mode.then((isSession) => act(isSession ? session : disk())) : act(rows);
    };
    return {
      get: (key) => at((rows) => rows.get(key)),
      put: (row) => at((rows) => rows.put(row)),
      bulkPut: (all) => at((rows) => rows.bulkPut(all)),
      delete: (key) => at((rows) => rows.delete(key)),
      clear: () => at((rows) => rows.clear()),
      toArray: () => at((rows) => rows.toArray()),
      count: () => at((rows) => rows.count()),
    };
  }
}

/** Rows in the session's storage: all of one kind under one name, changed one after the other. */
function sessionRows<Row>(name: TableName, key: string): Rows<Row> {
  const place = `personal-${name}`;
  const keyOf = (row: Row): string => String((row as Record<string, unknown>)[key]);
  let turn: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Record<string, Row>> =>
    ((await browser.storage.session.get(place))[place] ?? {}) as Record<string, Row>;
  const change = (act: (all: Record<string, Row>) => Record<string, Row>): Promise<void> => {
    const done = turn.then(async () => browser.storage.session.set({ [place]: act(await read()) }));
    turn = done.catch(() => undefined);
    return done;
  };
  return {
    get: async (wanted) => (await read())[wanted],
    put: (row) => change((all) => ({ ...all, [keyOf(row)]: row })),
    bulkPut: (rows) => change((all) => ({ ...all, ...Object.fromEntries(rows.map((row) => [keyOf(row), row])) })),
    delete: (gone) => change((all) => Object.fromEntries(Object.entries(all).filter(([id]) => id !== gone))),
    clear: () => change(() => ({})),
    toArray: async () => Object.values(await read()),
    count: async () => Object.keys(await read()).length,
  };
}
