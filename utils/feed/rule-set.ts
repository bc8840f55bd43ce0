/**
 * The rule set in use: the newest good one of what was taken from the feed and what came with the package. The package's
 * own is the floor, so that there are rules offline from the first second and after any loss of storage.
 */
import { viewRules, type CompiledBuffers } from '../../rules/engine/compiled.ts';
import { FEED_PATH, type FeedRole } from '../../rules/feed/path.ts';
import type { BesideDatabase, StoredFile, StoredGeneration } from '../store/database.ts';
import {
  commitGeneration,
  fallBack,
  readBuffer,
  readGenerations,
  readText,
  replaceContents,
  rolesOf,
  type Contents,
} from '../store/generations.ts';
import type { FeedState, RuleSetState } from '../settings/model.ts';
import {
  makeGeneration,
  newRules,
  prepareRuleSet,
  type Publication,
  type ReadyRuleSet,
  type RuleWords,
} from './generation.ts';
import { sha256Of } from './hash.ts';

/** For how long a rule counts as new, in ms: so long ago a message that is read again may have been read without it. */
const NEW_FOR = 7 * 86_400_000;
/** Most rules that count as new: after more, it is another rule set altogether. */
const MAX_NEWS = 2000;

/** What came with the package. */
export interface Bundle {
  /** Hash of `rules.json`; undefined where it is not known beforehand. */
  sha256?: string | undefined;
  /** The feed's rule files of which it was made; none when the package was built without a feed. */
  files: Partial<Record<FeedRole, StoredFile>>;
  /** Hash of the `feed.json` that it was made with. */
  feed?: string | undefined;
  /** The text of `rules.json`. */
  readRules(): Promise<string>;
}

/** The rule set in use, and what went wrong on the way to it. What it holds is read when it is needed. */
export interface ActiveRuleSet {
  /** `id` is missing when it could not be stored. */
  generation: Omit<StoredGeneration, 'id'> & { id?: number };
  rulesFrom: FeedState['rulesFrom'];
  problem?: RuleSetState['problem'];
  /** What is there already; undefined when nothing had to be read. */
  loaded?: LoadedRuleSet | undefined;
}

/** What a rule set holds. */
export interface LoadedRuleSet {
  compiled: CompiledBuffers;
  words: string;
}

/**
 * Finds the rule set to use.
 *
 * The stored one gives way to the package's where that is newer. One that is damaged gives way to the one before, then to
 * the package's, which is said; a compiled form of another build is made anew from the stored files. Storage that cannot
 * be used costs nothing but the time to compile.
 *
 * @param published stamp of the rule set that open tabs have; one that is in use still is not read again.
 */
export async function activateRuleSet(
  database: BesideDatabase,
  bundle: Bundle,
  now: number,
  published?: string,
): Promise<ActiveRuleSet> {
  let problem: RuleSetState['problem'];
  let isDamaged = false;
  let before: StoredGeneration | undefined;
  try {
    const { active, previous, isFallback } = await readGenerations(database);
    before = active;
    for (const generation of [active, previous]) {
      if (generation === undefined || !(await mayBeUsed(generation, bundle))) continue;
      const loaded = generation.stamp === published ? undefined : await load(database, generation, bundle);
      if (generation.stamp !== published && loaded === undefined) {
        isDamaged ||= generation.origin === 'feed';
        continue;
      }
      const isStandIn = isDamaged || isFallback;
      if (generation !== active) await fallBack(database, generation, isStandIn);
      return {
        generation,
        rulesFrom: generation.origin === 'package' ? 'package' : isStandIn ? 'previous' : 'feed',
        ...(isStandIn ? { problem: 'rules-damaged' } : {}),
        loaded,
      };
    }
    // The package's own, damaged in storage, is mended by storing it again; nothing newer was lost.
    if (isDamaged) problem = 'rules-damaged';
  } catch {
    problem = 'storage-unavailable';
  }
  const json = await bundle.readRules();
  const ready = await prepareRuleSet(JSON.parse(json));
  const loaded = { compiled: ready.compiled, words: ready.words };
  const { files, feed } = bundle;
  const facts = { origin: 'package', files, feed, bundle: bundle.sha256 ?? (await sha256Of(json)) } as const;
  try {
    const generation = await takeIntoUse(database, ready, facts, before, now, problem === 'rules-damaged');
    return { generation, rulesFrom: 'package', ...(problem === undefined ? {} : { problem }), loaded };
  } catch (error) {
    const { version, date, rules, stamp } = ready;
    return {
      generation: { ...facts, version, date, rules, stamp, taken: now, news: [] },
      rulesFrom: 'package',
      problem: isQuota(error) ? 'storage-full' : 'storage-unavailable',
      loaded,
    };
  }
}

/** Where a rule set comes from. */
export type Origin =
  (Pick<StoredGeneration, 'files' | 'bundle' | 'feed'> & { origin: 'package' }) | (Publication & { origin: 'feed' });

/** Stores a rule set and takes it into use. @throws errors of the database, such as a full disk: then all is as before. */
export async function takeIntoUse(
  database: BesideDatabase,
  ready: ReadyRuleSet,
  from: Origin,
  before: StoredGeneration | undefined,
  now: number,
  isFallback = false,
): Promise<StoredGeneration> {
  const { version, date, rules, compiled, words, lines, stamp } = ready;
  const contents: Contents = { words, lines, ...compiled };
  const files: StoredGeneration['files'] = {};
  if (from.origin === 'feed') {
    contents[FEED_PATH] = from.feed;
    for (const role of rolesOf(from)) {
      const file = from.files[role];
      if (file === undefined) continue;
      contents[role] = file.text;
      files[role] = { number: file.number, sha256: file.sha256 };
    }
  } else Object.assign(files, from.files);
  return commitGeneration(
    database,
    {
      origin: from.origin,
      version,
      date,
      rules,
      files,
      feed: from.origin === 'feed' ? await sha256Of(from.feed) : from.feed,
      ...(from.origin === 'package' && from.bundle !== undefined ? { bundle: from.bundle } : {}),
      stamp,
      taken: now,
      news: before === undefined ? [] : await newsSince(database, before, lines, now),
    },
    contents,
    isFallback,
  );
}

async function newsSince(
  database: BesideDatabase,
  before: StoredGeneration,
  lines: ArrayBuffer,
  now: number,
): Promise<number[]> {
  const then = await readBuffer(database, before.id, 'lines');
  if (then === undefined) return [];
  const earlier = now - before.taken < NEW_FOR ? before.news : [];
  const news = [...new Set([...newRules(lines, then), ...earlier])];
  return news.length > MAX_NEWS ? [] : news;
}

/** Whether a stored rule set is not made old by the package. */
async function mayBeUsed(generation: StoredGeneration, bundle: Bundle): Promise<boolean> {
  if (generation.origin === 'package')
    return generation.bundle === (bundle.sha256 ?? (await sha256Of(await bundle.readRules())));
  return rolesOf(bundle).length > 0 && !isNewer(bundle.files, generation.files);
}

/** Whether files are newer than others: of no role an older number, of one at least a newer. */
function isNewer(files: StoredGeneration['files'], than: StoredGeneration['files']): boolean {
  const numberIn = (all: StoredGeneration['files'], role: FeedRole): number => all[role]?.number ?? 0;
  const roles = [...rolesOf({ files }), ...rolesOf({ files: than })];
  return (
    roles.every((role) => numberIn(files, role) >= numberIn(than, role)) &&
    roles.some((role) => numberIn(files, role) > numberIn(than, role))
  );
}

/** Reads what a stored rule set holds; made anew where it is damaged or of another build; undefined when that cannot be. */
async function load(
  database: BesideDatabase,
  generation: StoredGeneration,
  bundle: Bundle,
): Promise<LoadedRuleSet | undefined> {
  const publication = generation.origin === 'feed' ? await readPublication(database, generation) : undefined;
  // The files are looked at although the compiled form would do: damage is to be known before the next patch needs them.
  if (generation.origin === 'feed' && publication === undefined) return undefined;
  const [index, rules, words, lines] = [
    await readBuffer(database, generation.id, 'index'),
    await readBuffer(database, generation.id, 'rules'),
    await readText(database, generation.id, 'words'),
    await readBuffer(database, generation.id, 'lines'),
  ];
  if (index !== undefined && rules !== undefined && words !== undefined && lines !== undefined)
    if (viewRules({ index, rules }) !== undefined) return { compiled: { index, rules }, words };
  try {
    const ready =
      publication === undefined
        ? await prepareRuleSet(JSON.parse(await bundle.readRules()))
        : await makeGeneration(publication);
    generation.stamp = ready.stamp;
    await replaceContents(database, generation, { ...ready.compiled, words: ready.words, lines: ready.lines });
    return { compiled: ready.compiled, words: ready.words };
  } catch {
    // Another build may find no good what an earlier one took.
    return undefined;
  }
}

/** The files of a stored rule set that came from the feed; undefined when one is damaged. */
export async function readPublication(
  database: BesideDatabase,
  generation: StoredGeneration,
): Promise<Publication | undefined> {
  const feed = await readText(database, generation.id, FEED_PATH);
  if (feed === undefined) return undefined;
  const publication: Publication = { files: {}, feed, version: generation.version };
  for (const role of rolesOf(generation)) {
    const [file, text] = [generation.files[role], await readText(database, generation.id, role)];
    if (file === undefined || text === undefined) return undefined;
    publication.files[role] = { ...file, text };
  }
  return publication;
}

/** What a rule set in use holds; read, and made anew if it has to be, when it is not there already. */
export async function readLoaded(
  database: BesideDatabase,
  active: ActiveRuleSet,
  bundle: Bundle,
): Promise<LoadedRuleSet | undefined> {
  const { generation } = active;
  if (active.loaded === undefined && generation.id !== undefined)
    active.loaded = await load(database, { ...generation, id: generation.id }, bundle);
  return active.loaded;
}

/** What people are shown of the rules in use. */
export function wordsIn({ words }: LoadedRuleSet): RuleWords {
  return JSON.parse(words) as RuleWords;
}

/** Whether an error of the database says that the disk or the share of it is full. */
export function isQuota(error: unknown): boolean {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: { name?: string } };
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError';
}
