/**
 * The rule set in use: the newest good one of what is stored and what came with the package. The package's own is the
 * floor, so that there are rules offline from the first second and after any loss of storage.
 */
import { compilePack } from '../../rules/engine/compile.ts';
import { viewRules } from '../../rules/engine/compiled.ts';
import { checkPack } from '../../rules/language/check.ts';
import type { Pack } from '../../rules/language/model.ts';
import type { BesideDatabase, StoredRuleSet } from '../store/database.ts';

/** Checks and compiles a rule set from its JSON. @throws when it is no good rule set; the message names the first fault. */
export function prepareRuleSet(json: string): StoredRuleSet {
  const value: unknown = JSON.parse(json);
  const [issue] = checkPack(value);
  if (issue !== undefined) throw new Error(`the rule set is refused: ${issue.path.join('.')} ${issue.what}`);
  const pack = value as Pack;
  const { index, rules } = compilePack(pack);
  return {
    version: pack.version,
    date: pack.date,
    rules: pack.rules.length,
    compiled: { index, rules },
    pack: json,
  };
}

/** Compiles a stored rule set anew and keeps it; undefined when it is no good rule set any more. */
async function recompile(database: BesideDatabase, pack: string): Promise<StoredRuleSet | undefined> {
  try {
    const ruleSet = prepareRuleSet(pack);
    await database.ruleSets.put(ruleSet);
    return ruleSet;
  } catch {
    return undefined;
  }
}

/** What is in use, and what went wrong on the way to it. */
export interface ActiveRuleSet {
  ruleSet: StoredRuleSet;
  problem?: 'rules-damaged' | 'storage-unavailable' | 'storage-full';
}

/**
 * Finds the rule set to use.
 *
 * A stored one that is older than the package's, or damaged, gives way to the package's, which is stored in its place; a
 * compiled form of another build is compiled again from the stored pack. Storage that cannot be used costs nothing but
 * the time to compile.
 */
export async function activateRuleSet(
  database: BesideDatabase,
  readBundle: () => Promise<string>,
  buildOf: (json: string) => number,
): Promise<ActiveRuleSet> {
  const bundle = await readBundle();
  let problem: ActiveRuleSet['problem'];
  try {
    const stored = await database.ruleSets.orderBy('version').last();
    const isCurrent = stored !== undefined && (stored.version > buildOf(bundle) || stored.pack === bundle);
    if (isCurrent && viewRules(stored.compiled) !== undefined) return { ruleSet: stored };
    if (isCurrent) problem = 'rules-damaged';
    // Compiled by another build of Beside, its published form is as good as it was.
    const again = isCurrent && stored.pack !== bundle ? await recompile(database, stored.pack) : undefined;
    if (again !== undefined) return { ruleSet: again };
  } catch {
    problem = 'storage-unavailable';
  }
  const ruleSet = prepareRuleSet(bundle);
  try {
    await database.transaction('rw', database.ruleSets, async () => {
      await database.ruleSets.clear();
      await database.ruleSets.put(ruleSet);
    });
    // A damaged set that was replaced by a good one is mended.
    if (problem === 'rules-damaged') problem = undefined;
  } catch (error) {
    problem = isQuota(error) ? 'storage-full' : 'storage-unavailable';
  }
  return problem === undefined ? { ruleSet } : { ruleSet, problem };
}

/** Whether an error of the database says that the disk or the share of it is full. */
export function isQuota(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: { name?: string } };
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError';
}

/** The version that a published rule set says it has; 0 when it says none. */
export function versionIn(json: string): number {
  return Number(/"version":\s*(\d+)/.exec(json)?.[1] ?? 0);
}
