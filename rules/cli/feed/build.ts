/** Building a release: rule files, patches, `feed.json` and the metadata that is to be signed for them. */
import type { Metadata, Targets } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { FEED_PATH, writeFeedFile, writePart, type FeedFile, type RolePart } from '../../feed/format.ts';
import { canonicalJson } from '../../feed/json.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import { SIGNED_ROLES, type SignedRole } from './config.ts';
import { hashOf, writeTests, type Content, type TestsById } from './content.ts';
import { requireGood, type AcceptedAlarm } from './check.ts';
import { sha256 } from './files.ts';
import { nextKills, readKills, writeKills, type Kills } from './kills.ts';
import { nextListing, type ListedTarget } from './listing.ts';
import { liveOf, noParts, packagedRules } from './live.ts';
import { bytesOfMetadata, dateOf, draft, holdersOf, signingOf, termOf, type Term } from './metadata.ts';
import type { Repository } from './repository.ts';
import { folderSource } from './source.ts';
import { readEvent, replaceStaged, stagedFiles, writeEvent, type StagedEvent } from './staging.ts';
import { requireTerms, termFault } from './terms.ts';
import { requireMixturesFit, upcomingOf } from './upcoming.ts';
import { delegatorsOf, publishedFolder, publishedOf, stagedMetadata, stagedRoles, type Work } from './work.ts';

export interface BuildOptions {
  now: Date;
  /** The rules; without them those that are staged or live stay, which is for switching off, rollouts and signing anew. */
  content?: Pick<Content, 'parts' | 'tests'> | undefined;
  /** Roles to build; by default all when there is content, else those that an order is for. */
  only?: readonly SignedRole[] | undefined;
  /** Percent of devices that take the newest file, by role. */
  rollout?: Partial<Record<FeedRole, number>> | undefined;
  kill?: readonly string[] | undefined;
  unkill?: readonly string[] | undefined;
  /** Puts `kill` into `feed.json` instead of the urgent role. */
  lasting?: boolean | undefined;
  /** Roles to sign anew although nothing changed. */
  resign?: readonly SignedRole[] | undefined;
  /** Throws signatures away that were made for what is staged now. */
  again?: boolean | undefined;
  /** False alarms that the editors accepted. */
  alarms?: readonly AcceptedAlarm[] | undefined;
  /** Takes content that nobody checked; for drills and tests. */
  unchecked?: boolean | undefined;
}

/** What a build came to. */
export interface BuildResult {
  /** Roles with something to sign, with the version that it makes. */
  staged: { role: SignedRole; version: number; number?: number | undefined }[];
  /** Roles whose staged metadata is as it was, signatures included. */
  kept: SignedRole[];
}

/** Builds the next release into the signing event. @throws FeedError; then what was staged is as it was. */
export async function buildRelease(work: Work, options: BuildOptions): Promise<BuildResult> {
  const { now, content, unchecked = false } = options;
  if (unchecked && !work.config.drill)
    throw new FeedError('build', 'takes unchecked rules in a drill alone', 'run: npm run feed -- check');
  const published = await publishedOf(work);
  const live = published && (await liveOf(folderSource(publishedFolder(work)), published));
  const before = await upcomingOf(work, published);
  const parts = content?.parts ?? before.parts;
  const tests = content?.tests ?? before.tests;
  const kills = killsFor(work, options, [parts, before.parts, live?.parts ?? noParts()]);
  const withKills = { ...parts, 'vi-urgent': { ...parts['vi-urgent'], kills: kills.urgent } };
  const stager = new Stager(work, published, options, before.feed);
  for (const role of FEED_ROLES) stager.stageRules(role, withKills[role], tests[role], kills);
  stager.stageTargets(kills.lasting);
  stager.finish();
  try {
    const upcoming = await upcomingOf(work, published);
    requireMixturesFit(upcoming);
    requireTerms(work, published, now, 'build');
    const earlier = content === undefined ? readEvent(work) : undefined;
    const event: StagedEvent = {
      made: dateOf(now),
      content: hashOf(upcoming),
      alarms: [...(options.alarms ?? earlier?.alarms ?? [])],
      unchecked: unchecked || (earlier?.unchecked ?? false),
    };
    if (!event.unchecked) requireGood(upcoming, (live ?? packagedRules()).pack, event.alarms, 'build');
    if (stagedRoles(work).length > 0) writeEvent(work, event);
  } catch (error) {
    stager.undo();
    throw error;
  }
  writeKills(work, kills);
  return stager.result;
}

function killsFor(work: Work, options: BuildOptions, sets: Record<FeedRole, RolePart>[]): Kills {
  const known = new Map(
    sets.flatMap((parts) =>
      FEED_ROLES.flatMap((role) => parts[role].rules.map(({ id, title }) => [id, title] as const)),
    ),
  );
  const { kill = [], unkill = [], lasting = false } = options;
  const before = readKills(work);
  const given = options.content?.parts['vi-urgent'].kills ?? [];
  return nextKills(
    { ...before, urgent: [...new Set([...before.urgent, ...given])].sort() },
    { kill, unkill, lasting },
    known,
  );
}

/** Gathers what is to be staged, over what is staged already. */
class Stager {
  readonly result: BuildResult = { staged: [], kept: [] };
  readonly #work: Work;
  readonly #published: Repository | undefined;
  readonly #options: BuildOptions;
  readonly #feed: FeedFile | undefined;
  readonly #before: Map<string, Buffer>;
  readonly #files: Map<string, string | Uint8Array>;
  readonly #salt: string;

  constructor(work: Work, published: Repository | undefined, options: BuildOptions, feed: FeedFile | undefined) {
    this.#work = work;
    this.#published = published;
    this.#options = options;
    this.#feed = feed;
    this.#before = stagedFiles(work);
    this.#files = new Map(this.#before);
    // One salt for a build, so that a device takes the new files of all roles or of none.
    const texts = FEED_ROLES.map((role) =>
      options.content === undefined ? '' : writePart(options.content.parts[role]),
    );
    this.#salt = sha256(`${published?.released?.snapshot.metadata.signed.version ?? 0}\n${texts.join('\n')}`).slice(
      0,
      16,
    );
  }

  stageRules(role: FeedRole, part: RolePart, tests: TestsById, kills: Kills): void {
    const { content, rollout = {} } = this.#options;
    const published = this.#published?.released?.roles.get(role)?.metadata;
    const isOrdered = rollout[role] !== undefined || (role === 'vi-urgent' && this.#killsUrgently(kills));
    const isDue = published === undefined || this.#isDue(role, published);
    if (!this.#isWanted(role, content !== undefined || isOrdered || isDue)) return;
    const text =
      content !== undefined || isOrdered || stagedMetadata(this.#work, role) !== undefined
        ? writePart(part)
        : undefined;
    const { targets, files, number, isChanged } = nextListing({
      role,
      folder: publishedFolder(this.#work),
      metadata: published,
      text,
      pct: rollout[role],
      salt: this.#salt,
    });
    this.#drop(role);
    if (content !== undefined) this.#files.set(`tests/${role}.json`, writeTests(tests));
    if (!isChanged && !isDue) return;
    for (const [path, file] of files) this.#files.set(`targets/${path}`, file);
    this.#stage(role, { targets }, number);
  }

  stageTargets(killed: readonly string[]): void {
    const published = this.#published?.released?.targets.metadata;
    const staged = stagedMetadata(this.#work, 'targets');
    const base = staged ?? published;
    const { interval, mirrors } = this.#work.config;
    const feed: Omit<FeedFile, 'issued'> = { format: 1, interval, mirrors, killed: [...killed] };
    const { issued: _, ...before } = this.#feed ?? { issued: '' };
    const isChanged = canonicalJson(before) !== canonicalJson(feed);
    const isDue = published === undefined || this.#isDue('targets', published);
    if (base === undefined || !this.#isWanted('targets', isChanged || isDue || staged !== undefined)) return;
    const isKept = !isChanged && this.#feed !== undefined && (staged !== undefined || !isDue);
    const file = writeFeedFile({ ...feed, issued: isKept ? (this.#feed?.issued ?? '') : dateOf(this.#options.now) });
    const target: ListedTarget = { length: Buffer.byteLength(file), hashes: { sha256: sha256(file) } };
    const delegations = base.signed.delegations?.toJSON();
    const asPublished =
      published &&
      canonicalJson([published.signed.targets[FEED_PATH]?.toJSON(), published.signed.delegations?.toJSON()]);
    if (!isDue && asPublished === canonicalJson([target, delegations])) {
      this.#drop('targets');
      return;
    }
    this.#files.set(`targets/${FEED_PATH}`, file);
    this.#stage('targets', { targets: { [FEED_PATH]: target }, delegations }, undefined);
  }

  /** Puts what was gathered in the place of what was staged. */
  finish(): void {
    const lost = SIGNED_ROLES.filter((role) => this.#isSignedBefore(role) && !this.#isAsBefore(role));
    if (lost.length > 0 && this.#options.again !== true)
      throw new FeedError(
        'build',
        `would throw away signatures that were made for ${lost.join(', ')}`,
        'publish first; or build --again, and have it signed again; or build --only for the other roles',
      );
    replaceStaged(this.#work, this.#hasMetadata() ? this.#files : new Map());
  }

  /** Puts back what was staged before. */
  undo(): void {
    replaceStaged(this.#work, this.#before);
  }

  #hasMetadata(): boolean {
    return [...this.#files.keys()].some((path) => path.startsWith('metadata/'));
  }

  #isWanted(role: SignedRole, isTouched: boolean): boolean {
    const { only } = this.#options;
    return only === undefined ? isTouched : only.includes(role);
  }

  #killsUrgently({ urgent }: Kills): boolean {
    return canonicalJson(urgent) !== canonicalJson(readKills(this.#work).urgent);
  }

  #isDue(role: SignedRole, published: Metadata<Targets>): boolean {
    const { left, resign } = termOf(published, this.#options.now);
    return (
      left <= resign ||
      this.#options.resign?.includes(role) === true ||
      this.#mustVouchAnew(role, published) ||
      termFault(role, published, this.#options.now) !== undefined
    );
  }

  /** Whether the keys of a role changed so that what is published no longer has enough signatures. */
  #mustVouchAnew(role: SignedRole, published: Metadata<Targets>): boolean {
    return delegatorsOf(this.#work, this.#published, role).some(
      (delegator) => signingOf(published, holdersOf(delegator, role)).missing > 0,
    );
  }

  /** Forgets what is staged for a role. */
  #drop(role: SignedRole): void {
    this.#files.delete(`metadata/${role}.json`);
    const own = role === 'targets' ? `targets/${FEED_PATH}` : `targets/${role}/`;
    for (const path of this.#files.keys()) if (path.startsWith(own)) this.#files.delete(path);
  }

  #stage(role: Exclude<SignedRole, 'root'>, fields: object, number: number | undefined): void {
    const published =
      role === 'targets' ? this.#published?.released?.targets : this.#published?.released?.roles.get(role);
    const version = (published?.metadata.signed.version ?? 0) + 1;
    const config = this.#work.config.roles[role];
    const { now } = this.#options;
    const { days, resign } = config;
    const term: Term = { version, now, days, resign };
    const next = draft(role, term, fields);
    const staged = stagedMetadata(this.#work, role);
    const isSame =
      staged !== undefined &&
      staged.signed.version === version &&
      canonicalJson({ ...staged.signed.toJSON(), expires: '' }) ===
        canonicalJson({ ...next.signed.toJSON(), expires: '' }) &&
      termOf(staged, now).left > resign &&
      termFault(role, staged, now, { before: published?.metadata, config }) === undefined;
    this.#files.set(`metadata/${role}.json`, bytesOfMetadata(isSame ? staged : next));
    if (isSame) this.result.kept.push(role);
    else this.result.staged.push({ role, version, number });
  }

  #isSignedBefore(role: SignedRole): boolean {
    const bytes = this.#before.get(`metadata/${role}.json`);
    return bytes !== undefined && bytes.includes('"sig"');
  }

  #isAsBefore(role: SignedRole): boolean {
    const [before, after] = [this.#before, this.#files].map((files) => files.get(`metadata/${role}.json`));
    return before !== undefined && after !== undefined && Buffer.compare(Buffer.from(before), Buffer.from(after)) === 0;
  }
}
