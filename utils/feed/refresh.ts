/** One update of the feed's metadata: the TUF client workflow, then the roles that this feed delegates to. */
import { FEED_ROLES } from '../../rules/feed/path.ts';
import { FeedRefusal } from './refusal.ts';
import type { FeedStorage } from './storage.ts';
import { asFolder } from './tuf/fetch-file.ts';
import type { Root, Snapshot, Targets, Timestamp } from './tuf/library.ts';
import { newestIssue } from './tuf/time.ts';
import { startUpdate, walkRoots } from './tuf/roots.ts';
import type { Update } from './tuf/update.ts';
import { takeRole, takeSnapshot, takeTimestamp } from './tuf/workflow.ts';
import type { Transport } from './transport.ts';

/** Metadata that passed every check, as its signed parts. */
export interface TrustedMetadata {
  root: Root;
  timestamp: Timestamp;
  snapshot: Snapshot;
  targets: Targets;
  /** The roles of this feed that `targets` delegates to, by name. */
  roles: Map<string, Targets>;
  /** Roles that nobody signed anew in time; only with `leaveOutExpired`. What is held of them stays good, nothing new is taken. */
  expired: string[];
  /** Whether this refresh brought a newer root or timestamp. No reason to skip work: an earlier cycle may have stopped half-way. */
  isNew: boolean;
  /** The time that expiry was judged by, in ms since 1970: the newest of the clock, the build and the newest issue seen. */
  time: number;
}

export interface RefreshOptions {
  /** The clock, in ms since 1970. */
  now: number;
  /** When this Beside was built, in ms since 1970: it cannot be earlier than that. */
  buildTime: number;
  signal: AbortSignal;
  /** An expired delegated role is named in `expired` instead of refusing the whole; every other fault still refuses it. */
  leaveOutExpired?: boolean;
}

/** Takes everything below the root that this feed consists of. */
async function takeFeed(update: Update, leaveOutExpired: boolean): Promise<TrustedMetadata> {
  await takeTimestamp(update);
  await takeSnapshot(update);
  const targets = await takeRole(update, 'targets', 'root');
  const delegated = targets.delegations?.roles ?? {};
  const roles = new Map<string, Targets>();
  const expired: string[] = [];
  for (const role of FEED_ROLES.filter((name) => Object.hasOwn(delegated, name))) {
    try {
      roles.set(role, await takeRole(update, role, 'targets'));
    } catch (error) {
      if (!leaveOutExpired || !(error instanceof FeedRefusal) || error.kind !== 'expired') throw error;
      expired.push(role);
    }
  }
  const { store, isNew, time } = update;
  const { root, timestamp, snapshot } = store;
  if (timestamp === undefined || snapshot === undefined) throw new Error('the workflow ended without its result');
  return {
    root: root.signed,
    timestamp: timestamp.signed,
    snapshot: snapshot.signed,
    targets,
    roles,
    expired,
    isNew,
    time,
  };
}

/**
 * Brings the stored metadata up to what a mirror has, or refuses the mirror.
 *
 * @param base address of the repository; `metadata/` and `targets/` lie under it
 * @throws FeedRefusal; what was verified until then is kept, as TUF asks. Errors of the storage come as they are.
 */
export async function refresh(
  base: string,
  storage: FeedStorage,
  transport: Transport,
  options: RefreshOptions,
): Promise<TrustedMetadata> {
  const { now, buildTime, signal, leaveOutExpired = false } = options;
  const mirror = { metadataUrl: `${asFolder(base)}metadata/`, transport, signal };
  const update = await startUpdate({ storage, mirror }, Math.max(now, buildTime));
  await walkRoots(update);
  return takeFeed(update, leaveOutExpired);
}

/** The newest time at which any part of it was issued, as far as it can be believed, in ms since 1970. */
export function issueOf({ root, timestamp, snapshot, targets, roles }: TrustedMetadata): number {
  const parts = [root, timestamp, snapshot, targets, ...roles.values()];
  return parts.reduce((newest, part) => newestIssue(newest, part, root), 0);
}
