import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activateRuleSet, prepareRuleSet, versionIn } from '../../../utils/feed/rule-set.ts';
import { BesideDatabase } from '../../../utils/store/database.ts';
import { pack, rule } from '../warning/builders.ts';

const ID = '0c9a1c8e-7d5e-4b0a-9a3e-0f2f4a6b8c0d';
const bundle = (version: number, phrase = 'pay the deposit first'): string =>
  JSON.stringify({
    ...pack(rule(ID, 'warning', { detection: { deposit: { patterns: [phrase] } } })),
    version,
  });
let database: BesideDatabase;

beforeEach(() => {
  database = new BesideDatabase(`rules-${crypto.randomUUID()}`);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.delete();
});
const activate = (json: string) => activateRuleSet(database, () => Promise.resolve(json), versionIn);

describe('the rule set in use', () => {
  it('is the package’s own on the first day, and is stored', async () => {
    const { ruleSet, problem } = await activate(bundle(3));
    expect(ruleSet).toMatchObject({ version: 3, rules: 1, date: '2026-11-20' });
    expect(problem).toBeUndefined();
    expect(await database.ruleSets.count()).toBe(1);
  });

  it('is the stored one when that is newer than the package’s', async () => {
    await database.ruleSets.put(prepareRuleSet(bundle(9)));
    expect((await activate(bundle(3))).ruleSet.version).toBe(9);
  });

  it('is the package’s when that is newer than the stored one', async () => {
    await database.ruleSets.put(prepareRuleSet(bundle(2)));
    expect((await activate(bundle(3))).ruleSet.version).toBe(3);
    expect((await database.ruleSets.toArray()).map(({ version }) => version)).toEqual([3]);
  });

  it('is the package’s when the same version came with other rules', async () => {
    await database.ruleSets.put(prepareRuleSet(bundle(3)));
    const { ruleSet } = await activate(bundle(3, 'pay a fee'));
    expect(ruleSet.pack).toContain('pay a fee');
  });

  it('is the stored one, compiled anew, when only its compiled form is damaged or of another build', async () => {
    const compiled = { index: new ArrayBuffer(5), rules: new ArrayBuffer(5) };
    await database.ruleSets.put({ ...prepareRuleSet(bundle(9)), compiled });
    const { ruleSet, problem } = await activate(bundle(3));
    expect(ruleSet.version).toBe(9);
    expect(problem).toBeUndefined();
    expect((await database.ruleSets.get(9))?.compiled).toEqual(ruleSet.compiled);
  });

  it('is the package’s when the stored one is damaged, which is then mended', async () => {
    const compiled = { index: new ArrayBuffer(5), rules: new ArrayBuffer(5) };
    await database.ruleSets.put({ ...prepareRuleSet(bundle(9)), compiled, pack: '{ "version": 9, ' });
    const { ruleSet, problem } = await activate(bundle(3));
    expect(ruleSet.version).toBe(3);
    expect(problem).toBeUndefined();
    expect((await database.ruleSets.toArray()).map(({ version }) => version)).toEqual([3]);
  });

  it('is the package’s when the storage is full, which is said', async () => {
    vi.spyOn(database.ruleSets, 'put').mockRejectedValue(new Dexie.QuotaExceededError('full'));
    const { ruleSet, problem } = await activate(bundle(3));
    expect(ruleSet.version).toBe(3);
    expect(problem).toBe('storage-full');
  });

  it('is the package’s when the storage cannot be opened, which is said', async () => {
    vi.spyOn(database.ruleSets, 'orderBy').mockImplementation(() => {
      throw new Dexie.OpenFailedError('no');
    });
    vi.spyOn(database, 'transaction').mockRejectedValue(new Dexie.OpenFailedError('no'));
    const { ruleSet, problem } = await activate(bundle(3));
    expect(ruleSet.version).toBe(3);
    expect(problem).toBe('storage-unavailable');
  });
});

describe('a rule set that is no good', () => {
  it('is refused with the place of its first fault', () => {
    const broken = { ...pack(rule(ID, 'warning', { condition: 'deposit and missing' })) };
    expect(() => prepareRuleSet(JSON.stringify(broken))).toThrow(/missing/u);
  });

  it('is refused when it is not JSON', () => {
    expect(() => prepareRuleSet('{')).toThrow(SyntaxError);
  });

  it.each(['{}', '[]', 'null', '{"format":2}'])('is refused when it is something else: %s', (json) => {
    expect(() => prepareRuleSet(json)).toThrow(/refused/u);
  });
});
