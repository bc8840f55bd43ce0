/** The floor: versions below which nothing is taken, kept apart from the metadata so that losing one of both costs nothing. */
import { FeedRefusal } from '../refusal.ts';
import type { Floor } from '../storage.ts';
import type { Metadata, Root } from './library.ts';
import { delegationOf, fingerprintOf } from './threshold.ts';
import { newestIssue } from './time.ts';

const ONLINE_ROLES = ['timestamp', 'snapshot'] as const;

interface OnlineKeys {
  threshold: number;
  keys: string[];
}

/** The timestamp's and the snapshot's keys and thresholds, as text that `hasRotated` reads. */
export function describeKeys(root: Metadata<Root>): string {
  const roles = ONLINE_ROLES.map((role) => {
    const { keys, threshold } = delegationOf(root, role) ?? { keys: [], threshold: 1 };
    return [role, { threshold, keys: [...new Set(keys.map((key) => fingerprintOf(key) ?? key.keyID))].sort() }];
  });
  return JSON.stringify(Object.fromEntries(roles));
}

/**
 * Whether enough keys of the timestamp or the snapshot went that those who held them can have signed alone. Then their
 * version numbers say nothing any more: a thief may have counted them up. A key that is only added rotates nothing.
 * Source: TUF 1.0.34, 5.3.11.
 */
export function hasRotated(before: string, after: string): boolean {
  try {
    const [old, now] = [before, after].map((text) => JSON.parse(text) as Record<string, OnlineKeys>);
    return ONLINE_ROLES.some((role) => {
      const { threshold, keys } = old?.[role] ?? { threshold: 0, keys: [] };
      const gone = keys.filter((key) => now?.[role]?.keys.includes(key) !== true);
      return gone.length >= threshold;
    });
  } catch {
    return true;
  }
}

/** The floor as it holds under a root: as kept, or without the numbers and times of keys that are gone. */
export function floorUnder(kept: Floor | undefined, root: Metadata<Root>, rotated: boolean): Floor {
  const keys = describeKeys(root);
  const holds = kept !== undefined && !rotated;
  const { timestamp, snapshot, issued } = holds ? kept : { timestamp: 0, snapshot: 0, issued: 0 };
  return {
    root: Math.max(kept?.root ?? 0, root.signed.version),
    timestamp,
    snapshot,
    keys,
    issued: newestIssue(issued, root.signed, root.signed),
  };
}

/** @throws FeedRefusal `rollback` when a version is lower than one that this device has seen. */
export function requireFloor(version: number, lowest: number, file: string): void {
  if (version >= lowest) return;
  throw new FeedRefusal(
    'rollback',
    file,
    `version ${version} is older than version ${lowest}, which this device has seen`,
    'ask another mirror; have this one copy the repository again',
  );
}
