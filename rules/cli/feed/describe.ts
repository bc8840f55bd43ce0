/** What is to be signed, in plain words: a signer sees which rules change, not which hashes. */
import type { Key, Metadata, Root, Targets } from '@tufjs/models';
import { emptyPart, FEED_PATH, readFeedFile, readPart, type FeedFile, type RolePart } from '../../feed/format.ts';
import { mergeParts } from '../../feed/merge.ts';
import { canonicalJson } from '../../feed/json.ts';
import type { FeedRole } from '../../feed/path.ts';
import type { Pack } from '../../language/model.ts';
import { ruleChanges } from './compare.ts';
import { isFeedRole, TOP_ROLES, type SignedRole } from './config.ts';
import { ownerOf } from './keys.ts';
import { ruleFilesOf } from './live.ts';
import { holdersOf, termOf, type Delegator } from './metadata.ts';
import type { Repository } from './repository.ts';
import { readUpcoming, upcomingOf } from './upcoming.ts';
import { stagedMetadata, type Work } from './work.ts';

/** Says what the staged metadata of a role changes, line by line. */
export async function describeStaged(
  work: Work,
  published: Repository | undefined,
  role: SignedRole,
  now: Date,
): Promise<string[]> {
  if (role === 'root') {
    const next = stagedMetadata(work, 'root');
    return next === undefined ? [] : [headOf('root', next, now), ...keyChanges(published?.root, next, TOP_ROLES)];
  }
  const next = stagedMetadata(work, role);
  if (next === undefined) return [];
  const before =
    role === 'targets' ? published?.released?.targets.metadata : published?.released?.roles.get(role)?.metadata;
  const lines = isFeedRole(role)
    ? await ruleLines(work, published, role, before, next)
    : await feedLines(work, before, next);
  return [headOf(role, next, now), ...(lines.length === 0 ? ['  nothing changes; it only holds for longer'] : lines)];
}

function headOf(role: string, next: Metadata<Root> | Metadata<Targets>, now: Date): string {
  const { version, expires } = next.signed;
  return `${role}, version ${version}, holds until ${expires.slice(0, 10)} (${Math.round(termOf(next, now).left)} days)`;
}

async function ruleLines(
  work: Work,
  published: Repository | undefined,
  role: FeedRole,
  before: Metadata<Targets> | undefined,
  next: Metadata<Targets>,
): Promise<string[]> {
  const [old, files] = [ruleFilesOf(before), ruleFilesOf(next)];
  const partOf = async (listed: typeof files): Promise<RolePart> => {
    const newest = listed.at(-1);
    return newest === undefined ? emptyPart() : readPart(role, String(await readUpcoming(work, newest.target)));
  };
  const [from, to] = [await partOf(old), await partOf(files)];
  const { added, changed, removed, shared } = ruleChanges(packOf(role, from), packOf(role, to));
  const kills = new Set(to.kills);
  const { files: all } = await upcomingOf(work, published);
  const titles = new Map(
    Object.values(all).flatMap((listed) =>
      listed.flatMap(({ part }) => part.rules.map(({ id, title }) => [id, title] as const)),
    ),
  );
  const reach = files.map(
    ({ number, rollout }) => `file ${number} for ${rollout === undefined ? 'all' : `${rollout.pct} % of`} devices`,
  );
  const wasReach = old.map(({ number, rollout }) => `${number} ${rollout?.pct ?? ''}`).join();
  const isReach = files.map(({ number, rollout }) => `${number} ${rollout?.pct ?? ''}`).join();
  return [
    ...(files.length === 0 || wasReach === isReach ? [] : [`  ${reach.join(', ')}; ${to.rules.length} rules`]),
    ...firstOf(
      added.map(({ level, title }) => `  + new      ${level}: ${title}`),
      'new',
    ),
    ...firstOf(
      changed.map(({ level, title }) => `  ~ changed  ${level}: ${title}`),
      'changed',
    ),
    ...firstOf(
      removed.map(({ title }) => `  - removed  ${title}`),
      'removed',
    ),
    ...(shared.length === 0 ? [] : [`  ~ shared by rules: ${listOf(shared)}`]),
    ...to.kills
      .filter((id) => !from.kills.includes(id))
      .map((id) => `  × switches off  ${titles.get(id) ?? 'a rule'} (${id})`),
    ...from.kills
      .filter((id) => !kills.has(id))
      .map((id) => `  ○ no longer switches off  ${titles.get(id) ?? 'a rule'} (${id})`),
  ];
}

/** More lines than anybody reads before signing are counted instead; check and the rule files show them all. */
function firstOf(lines: readonly string[], kind: string, most = 24): string[] {
  return lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most), `    … and ${lines.length - most} more that are ${kind}`];
}

/** The first few, and how many more there are. */
export function listOf(names: readonly string[], most = 8): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

function packOf(role: FeedRole, part: RolePart): Pack {
  return mergeParts({ [role]: { ...part, kills: [] } }, [], 1);
}

async function feedLines(
  work: Work,
  before: Metadata<Targets> | undefined,
  next: Metadata<Targets>,
): Promise<string[]> {
  const feedOf = async (metadata: Metadata<Targets> | undefined): Promise<FeedFile | undefined> => {
    const target = metadata?.signed.targets[FEED_PATH];
    return target === undefined ? undefined : readFeedFile(String(await readUpcoming(work, target)));
  };
  const [from, to] = [await feedOf(before), await feedOf(next)];
  const lineOf = (feed: FeedFile): string =>
    `devices ask every ${feed.interval} hours; mirrors: ${feed.mirrors.join(', ') || 'none'}; rules switched off: ${feed.killed.join(', ') || 'none'}`;
  return [
    ...(to === undefined ? ['  feed.json is not built yet'] : []),
    ...(to === undefined || canonicalJson(from) === canonicalJson(to)
      ? []
      : [`  feed.json of ${to.issued}: ${lineOf(to)}`]),
    ...keyChanges(before, next, Object.keys(next.signed.delegations?.roles ?? {})),
  ];
}

/** Which keys may sign a role from now on, and how many have to. */
function keyChanges(before: Delegator | undefined, next: Delegator, roles: readonly string[]): string[] {
  return roles.flatMap((role) => {
    const old = before === undefined ? undefined : holdersOf(before, role);
    const { keys, threshold } = holdersOf(next, role);
    const describe = (key: Key): string => `${ownerOf(key)} (${key.keyID.slice(0, 8)})`;
    if (old === undefined) return [`  ${role}: ${threshold} of ${keys.map(describe).join(', ')}`];
    const ids = (some: readonly Key[]): string[] => some.map(({ keyID }) => keyID);
    const added = keys.filter(({ keyID }) => !ids(old.keys).includes(keyID));
    const removed = old.keys.filter(({ keyID }) => !ids(keys).includes(keyID));
    if (old.threshold === threshold && canonicalJson(ids(old.keys)) === canonicalJson(ids(keys))) return [];
    return [
      `  ${role}: ${threshold} of ${keys.length} must sign${old.threshold === threshold ? '' : ` (it was ${old.threshold})`}`,
      ...added.map((key) => `    + ${describe(key)}`),
      ...removed.map((key) => `    - ${describe(key)}`),
    ];
  });
}
