import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyOf } from '../../../rules/engine/key.ts';
import { writeFeedFile, writePart } from '../../../rules/feed/format.ts';
import type { Rule } from '../../../rules/language/model.ts';
import { makeGeneration, type Publication } from '../../../utils/feed/generation.ts';
import {
  activateRuleSet,
  readLoaded,
  readPublication,
  takeIntoUse,
  wordsIn,
  type ActiveRuleSet,
  type Bundle,
} from '../../../utils/feed/rule-set.ts';
import { BesideDatabase, type ContentName, type StoredGeneration } from '../../../utils/store/database.ts';
import { readGenerations } from '../../../utils/store/generations.ts';
import { idOf } from '../../fixtures/rules.ts';
import { pack, rule } from '../warning/builders.ts';
import { feedFile, feedRule, partOf, sha256 } from './feed-repository.ts';

const ID = '0c9a1c8e-7d5e-4b0a-9a3e-0f2f4a6b8c0d';
const NOW = 1_800_000_000_000;
let database: BesideDatabase;

beforeEach(() => {
  database = new BesideDatabase(`rules-${crypto.randomUUID()}`);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.delete();
});

/** What came with the package; `number` is that of its vi-core file, 0 for a package without a feed. */
function bundle(number: number, phrase = 'pay the deposit first'): Bundle {
  const json = JSON.stringify(pack(rule(ID, 'warning', { detection: { deposit: { patterns: [phrase] } } })));
  return {
    sha256: sha256(json),
    files: number === 0 ? {} : { 'vi-core': { number, sha256: 'aa' } },
    feed: 'ff',
    readRules: vi.fn(() => Promise.resolve(json)),
  };
}
const activate = (from: Bundle, published?: string) => activateRuleSet(database, from, NOW, published);

function publication(number: number, rules: Rule[] = [feedRule(1)]): Publication {
  const text = writePart(partOf(rules));
  return {
    files: { 'vi-core': { number, sha256: sha256(text), text } },
    feed: writeFeedFile(feedFile()),
    version: number,
  };
}

async function take(number: number, rules?: Rule[]): Promise<StoredGeneration> {
  const made = publication(number, rules);
  const { active } = await readGenerations(database);
  return takeIntoUse(database, await makeGeneration(made), { origin: 'feed', ...made }, active, NOW);
}

/** Changes what is stored behind its hash. */
async function damage(generation: StoredGeneration, name: ContentName): Promise<void> {
  await database.contents.update([generation.id, name], { value: 'x' });
}

const titleIn = async (active: ActiveRuleSet, from: Bundle): Promise<number> => {
  const loaded = await readLoaded(database, active, from);
  return loaded === undefined ? -1 : wordsIn(loaded).version;
};

describe('the rule set in use', () => {
  it('is the package’s own on the first day, and is stored', async () => {
    const { generation, rulesFrom, problem } = await activate(bundle(3));
    expect(generation).toMatchObject({ origin: 'package', version: 7, rules: 1, files: { 'vi-core': { number: 3 } } });
    expect([rulesFrom, problem]).toEqual(['package', undefined]);
    expect(await database.generations.count()).toBe(1);
  });

  it('is not made again while the package is the same, nor read while the tabs have it', async () => {
    const first = await activate(bundle(3));
    const again = bundle(3);
    const { generation, loaded } = await activate(again);
    expect(generation).toEqual(first.generation);
    expect(loaded?.compiled).toEqual(first.loaded?.compiled);
    expect((await activate(again, first.generation.stamp)).loaded).toBeUndefined();
    expect(again.readRules).not.toHaveBeenCalled();
  });

  it('is the new package’s when other rules came with it', async () => {
    const before = await activate(bundle(0));
    const { generation } = await activate(bundle(0, 'pay a fee'));
    expect(generation.stamp).not.toBe(before.generation.stamp);
    expect(generation.news).toEqual([keyOf(ID)]);
  });

  it('is what was taken from the feed', async () => {
    await activate(bundle(3));
    const taken = await take(4);
    const { generation, rulesFrom, problem } = await activate(bundle(3));
    expect(generation).toEqual(taken);
    expect([rulesFrom, problem]).toEqual(['feed', undefined]);
  });

  it('is the package’s when that is newer than what was taken from the feed', async () => {
    await take(4);
    expect((await activate(bundle(5))).rulesFrom).toBe('package');
  });

  it('stays what was taken from the feed when the package is newer in one role and older in another', async () => {
    await take(4);
    const mixed = { ...bundle(5), files: { en: { number: 9, sha256: 'a' }, 'vi-core': { number: 3, sha256: 'b' } } };
    expect((await activate(mixed)).rulesFrom).toBe('feed');
  });

  it('is the package’s when it was built without a feed', async () => {
    await take(4);
    expect((await activate(bundle(0))).rulesFrom).toBe('package');
  });

  it('names the rules that are new in it, and those of the last days', async () => {
    await take(1);
    expect((await take(2, [feedRule(1), feedRule(2, 'mua thẻ nạp')])).news).toEqual([keyOf(idOf(2))]);
    expect((await take(3, [feedRule(1), feedRule(2, 'mua thẻ nạp'), feedRule(3, 'gửi mã')])).news.toSorted()).toEqual(
      [keyOf(idOf(2)), keyOf(idOf(3))].toSorted(),
    );
  });
});

describe('what is stored', () => {
  it('keeps the one in use and the one before, and nothing else', async () => {
    const [, second, third] = [await take(1), await take(2), await take(3)];
    const { active, previous } = await readGenerations(database);
    expect([active?.id, previous?.id]).toEqual([third.id, second.id]);
    expect(await database.generations.count()).toBe(2);
    expect(new Set((await database.contents.toArray()).map(({ generation }) => generation))).toEqual(
      new Set([second.id, third.id]),
    );
  });

  it.each<ContentName>(['vi-core', 'feed.json'])(
    'that is damaged in its %s gives way to the one before, which is said until it is mended',
    async (name) => {
      const [before, newest] = [await take(1), await take(2, [feedRule(1), feedRule(2, 'mua thẻ nạp')])];
      await damage(newest, name);
      for (let start = 0; start < 2; start += 1) {
        const { generation, rulesFrom, problem } = await activate(bundle(1));
        expect([generation.id, rulesFrom, problem]).toEqual([before.id, 'previous', 'rules-damaged']);
      }
      await take(2);
      expect(await activate(bundle(1))).toMatchObject({ rulesFrom: 'feed' });
      expect((await activate(bundle(1))).problem).toBeUndefined();
    },
  );

  it('that is damaged with the one before gives way to the package’s, which is said', async () => {
    const [before, newest] = [await take(1), await take(2)];
    await damage(newest, 'vi-core');
    await damage(before, 'feed.json');
    expect(await activate(bundle(1))).toMatchObject({ rulesFrom: 'package', problem: 'rules-damaged' });
    expect(await database.generations.count()).toBe(1);
  });

  it.each<ContentName>(['index', 'rules', 'words', 'lines'])(
    'that is damaged in its %s alone is made anew from its files',
    async (name) => {
      const newest = await take(2);
      const whole = await readLoaded(database, await activate(bundle(1)), bundle(1));
      await damage(newest, name);
      const { generation, rulesFrom, problem, loaded } = await activate(bundle(1));
      expect([generation.id, rulesFrom, problem]).toEqual([newest.id, 'feed', undefined]);
      expect(loaded).toEqual(whole);
      const stored = await database.contents.get([newest.id, name]);
      expect(stored?.value).not.toBe('x');
    },
  );

  it('that was compiled by another build is compiled anew', async () => {
    const newest = await take(2);
    const old = new ArrayBuffer(64);
    const { sha256Of } = await import('../../../utils/feed/hash.ts');
    await database.contents.update([newest.id, 'index'], { value: old, sha256: await sha256Of(old) });
    const { rulesFrom, loaded } = await activate(bundle(1));
    expect(rulesFrom).toBe('feed');
    expect(loaded?.compiled.index.byteLength).toBeGreaterThan(64);
  });

  it('of the package, damaged, is mended without a word', async () => {
    const { generation } = await activate(bundle(3));
    await damage(generation as StoredGeneration, 'index');
    expect(await activate(bundle(3))).toMatchObject({ rulesFrom: 'package' });
    expect((await activate(bundle(3))).problem).toBeUndefined();
  });

  it('that is damaged while it is in use is found out when it is read', async () => {
    const newest = await take(2);
    const active = await activate(bundle(1), newest.stamp);
    expect(active.loaded).toBeUndefined();
    await damage(newest, 'vi-core');
    expect(await readLoaded(database, active, bundle(1))).toBeUndefined();
  });

  it('gives back the files for the next patch', async () => {
    const made = publication(2);
    expect(await readPublication(database, await take(2))).toEqual(made);
  });
});

describe('storage that fails', () => {
  it('leaves all as it was when the disk is full', async () => {
    const newest = await take(1);
    vi.spyOn(database.contents, 'bulkAdd').mockImplementation(() => {
      throw new Dexie.QuotaExceededError('full');
    });
    await expect(take(2)).rejects.toThrow('full');
    vi.restoreAllMocks();
    const { generation, rulesFrom } = await activate(bundle(1));
    expect([generation.id, rulesFrom]).toEqual([newest.id, 'feed']);
    expect(await database.generations.count()).toBe(1);
  });

  it('leaves the package’s rules in use when the disk is full, which is said', async () => {
    vi.spyOn(database.generations, 'add').mockImplementation(() => {
      throw new Dexie.QuotaExceededError('full');
    });
    const active = await activate(bundle(3));
    expect(active).toMatchObject({ rulesFrom: 'package', problem: 'storage-full' });
    expect(active.generation.id).toBeUndefined();
    expect(await titleIn(active, bundle(3))).toBe(7);
  });

  it('leaves the package’s rules in use when it cannot be opened, which is said', async () => {
    vi.spyOn(database, 'transaction').mockRejectedValue(new Dexie.OpenFailedError('no'));
    expect(await activate(bundle(3))).toMatchObject({ rulesFrom: 'package', problem: 'storage-unavailable' });
  });
});
