/** The rules of a published repository, as a device would have them that takes everything. */
import { FeedError } from '../../feed/error.ts';
import { emptyPart, FEED_PATH, readFeedFile, readPart, type FeedFile, type RolePart } from '../../feed/format.ts';
import { mergeParts } from '../../feed/merge.ts';
import { FEED_ROLES, readTargetPath, type FeedRole } from '../../feed/path.ts';
import { readRollout, type Rollout } from '../../feed/rollout.ts';
import type { Metadata, TargetFile, Targets } from '@tufjs/models';
import type { Pack } from '../../language/model.ts';
import { loadPack, OWN_PACKS } from '../packs.ts';
import { readTarget, type Repository } from './repository.ts';
import type { Source } from './source.ts';

/** One of a role's rule files as metadata lists it. */
export interface RuleFile {
  number: number;
  target: TargetFile;
  rollout?: Rollout | undefined;
}

/** The rule files that a role's metadata lists, lowest number first. */
export function ruleFilesOf(metadata: Metadata<Targets> | undefined): RuleFile[] {
  return Object.values(metadata?.signed.targets ?? {})
    .flatMap((target) => {
      const found = readTargetPath(target.path);
      return found?.kind === 'rules' ? [{ number: found.number, target, rollout: readRollout(target.custom) }] : [];
    })
    .toSorted((one, other) => one.number - other.number);
}

/** What devices have now. */
export interface Live {
  /** As people call it. */
  name: string;
  parts: Record<FeedRole, RolePart>;
  feed?: FeedFile;
  pack: Pack;
}

/** The newest rules of every role. @throws FeedError when a file is missing or damaged. */
export async function liveOf(source: Source, { released }: Repository): Promise<Live | undefined> {
  if (released === undefined) return undefined;
  const parts = noParts();
  for (const role of FEED_ROLES) {
    const newest = ruleFilesOf(released.roles.get(role)?.metadata).at(-1);
    if (newest !== undefined) parts[role] = readPart(role, String(await readTarget(source, newest.target)));
  }
  const target = released.targets.metadata.signed.targets[FEED_PATH];
  if (target === undefined) throw new FeedError(source.name, 'has no feed.json', 'build and publish it again');
  const feed = readFeedFile(String(await readTarget(source, target)));
  const { version } = released.snapshot.metadata.signed;
  return {
    name: `the live rules (version ${version})`,
    parts,
    feed,
    pack: mergeParts(parts, feed.killed, version),
  };
}

let packaged: Pack | undefined;

/** What devices have before the first release: the rules of the package. */
export function packagedRules(): Live {
  packaged ??= loadPack(OWN_PACKS).pack;
  return { name: 'the rules of the package (nothing was published yet)', parts: noParts(), pack: packaged };
}

/** A part for each role, with nothing in it. */
export function noParts(): Record<FeedRole, RolePart> {
  return Object.fromEntries(FEED_ROLES.map((role) => [role, emptyPart()])) as Record<FeedRole, RolePart>;
}
