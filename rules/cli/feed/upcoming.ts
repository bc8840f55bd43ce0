/** What devices will have once everything that is staged is published. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metadata, TargetFile, Targets } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { emptyPart, FEED_PATH, readFeedFile, readPart, type FeedFile, type RolePart } from '../../feed/format.ts';
import { mergeParts } from '../../feed/merge.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import type { Rollout } from '../../feed/rollout.ts';
import { checkPack } from '../../language/check.ts';
import type { SignedRole } from './config.ts';
import { readTests, type TestsById } from './content.ts';
import { sha256 } from './files.ts';
import { ruleFilesOf } from './live.ts';
import { readTarget, type Repository } from './repository.ts';
import { folderSource, type Source } from './source.ts';
import { publishedFolder, stagedFolder, stagedMetadata, testsFolder, type Work } from './work.ts';

/** One of a role's rule files. */
export interface UpcomingFile {
  number: number;
  rollout: Rollout | undefined;
  part: RolePart;
}

export interface Upcoming {
  /** Every listed file of each role, lowest number first; none when the role has none. */
  files: Record<FeedRole, UpcomingFile[]>;
  /** The newest file of each role. */
  parts: Record<FeedRole, RolePart>;
  feed: FeedFile | undefined;
  tests: Record<FeedRole, TestsById>;
}

/**
 * Reads what is staged over what is published.
 *
 * @param taken tells which staged roles count; all by default.
 * @throws FeedError when a file is missing or is not as its metadata says.
 */
export async function upcomingOf(
  work: Work,
  published: Repository | undefined,
  taken: (role: SignedRole) => boolean = () => true,
): Promise<Upcoming> {
  const source = stagedOver(work);
  const files = {} as Upcoming['files'];
  const tests = {} as Upcoming['tests'];
  for (const role of FEED_ROLES) {
    const staged = taken(role) ? stagedMetadata(work, role) : undefined;
    files[role] = [];
    for (const { number, rollout, target } of ruleFilesOf(staged ?? published?.released?.roles.get(role)?.metadata))
      files[role].push({ number, rollout, part: readPart(role, await textOf(source, target)) });
    tests[role] = readTests(testsFile(work, role, taken(role)));
  }
  return {
    files,
    parts: Object.fromEntries(
      FEED_ROLES.map((role) => [role, files[role].at(-1)?.part ?? emptyPart()]),
    ) as Upcoming['parts'],
    feed: await feedFileOf(
      source,
      (taken('targets') ? stagedMetadata(work, 'targets') : undefined) ?? published?.released?.targets.metadata,
    ),
    tests,
  };
}

function testsFile(work: Work, role: FeedRole, isStaged: boolean): string {
  const staged = join(stagedFolder(work), 'tests', `${role}.json`);
  return isStaged && existsSync(staged) ? staged : join(testsFolder(work), `${role}.json`);
}

async function feedFileOf(source: Source, metadata: Metadata<Targets> | undefined): Promise<FeedFile | undefined> {
  const target = metadata?.signed.targets[FEED_PATH];
  return target === undefined ? undefined : readFeedFile(await textOf(source, target));
}

async function textOf(source: Source, target: TargetFile): Promise<string> {
  return (await readTarget(source, target)).toString('utf8');
}

/** Targets as they are staged, else as they are published. */
function stagedOver(work: Work): Source {
  const published = folderSource(publishedFolder(work));
  return {
    name: work.folder,
    read: (path) => {
      // Staged files carry plain names, for people to read; the hash in the wanted name says whether it is that file.
      const [, folder = '', hash, name = ''] = /^targets\/(.*?)([0-9a-f]{64})\.([^/]+)$/.exec(path) ?? [];
      const file = join(stagedFolder(work), 'targets', folder, name);
      if (hash !== undefined && existsSync(file)) {
        const bytes = readFileSync(file);
        if (sha256(bytes) === hash) return Promise.resolve(bytes);
      }
      return published.read(path);
    },
  };
}

/** Reads the bytes of a target, staged or published. @throws FeedError */
export function readUpcoming(work: Work, target: TargetFile): Promise<Buffer> {
  return readTarget(stagedOver(work), target);
}

/**
 * Sees to it that every mixture of rule files that a device can have is a good rule set: with staged rollouts some devices
 * have the new file of one role beside the old one of another.
 *
 * @throws FeedError that names the mixture.
 */
export function requireMixturesFit({ files, feed }: Pick<Upcoming, 'files' | 'feed'>): void {
  const roles = FEED_ROLES.filter((role) => files[role].length > 0);
  for (const choice of mixtures(roles.map((role) => files[role]))) {
    const mixture = roles.map((role, index) => `${role} ${choice[index]?.number ?? ''}`).join(', ');
    const cure =
      'give both roles the same rollout in one build (--rollout all=PCT), or build for all devices (--rollout all=100)';
    try {
      const parts = Object.fromEntries(roles.map((role, index) => [role, choice[index]?.part]));
      const [issue] = checkPack(mergeParts(parts as Partial<Record<FeedRole, RolePart>>, feed?.killed ?? [], 1));
      if (issue !== undefined) throw new FeedError(issue.path.join(' '), issue.what, issue.cure);
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      throw new FeedError(
        `devices with ${mixture}`,
        `could not use these rules together: ${error.message}`,
        roles.some((role) => files[role].length > 1) ? cure : error.cure,
      );
    }
  }
}

/** Every choice of one file per role that some device can come to. */
function mixtures(listed: UpcomingFile[][]): UpcomingFile[][] {
  let found: UpcomingFile[][] = [[]];
  for (const files of listed) found = found.flatMap((choice) => files.map((file) => [...choice, file]));
  return found.filter((choice) => listed.every((files, index) => isPossible(choice, listed, files, index)));
}

/** Whether a device that is kept from a newer file of this role can have the files of the others that it has. */
function isPossible(
  choice: readonly UpcomingFile[],
  listed: readonly UpcomingFile[][],
  files: readonly UpcomingFile[],
  index: number,
): boolean {
  const own = choice[index] as UpcomingFile;
  return files
    .filter(({ number }) => number > own.number)
    .every(({ rollout }) =>
      choice.every((other, at) => {
        const shares = (listed[at] ?? []).filter(({ rollout: theirs }) => theirs?.salt === rollout?.salt);
        // Devices below the smaller percentage have both files, and those above the larger one have neither.
        return !(shares.includes(other) && rollout !== undefined && (other.rollout?.pct ?? 100) <= rollout.pct);
      }),
    );
}
