/** Finding a target: the roles that may speak for its path, in the order in which they are trusted. */
import { FeedRefusal } from '../refusal.ts';
import { MAX_DELEGATIONS } from './limits.ts';
import type { Targets } from './library.ts';
import type { Update } from './update.ts';
import { takeRole } from './workflow.ts';

export type Target = Targets['targets'][string];

/**
 * Searches the delegations before their own, parents before children (TUF 1.0.34, 5.6.7), taking each role on the way.
 *
 * @returns undefined when no role that may speak for the path lists it
 * @throws FeedRefusal when a role on the way is refused: what comes after it is less trusted
 */
export async function findTarget(update: Update, path: string): Promise<Target | undefined> {
  const visited = new Set<string>();
  const toVisit = [{ role: 'targets', delegator: 'root' }];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const { role, delegator } = next;
    if (visited.has(role)) continue;
    if (visited.size > MAX_DELEGATIONS) {
      throw new FeedRefusal(
        'too-long',
        path,
        `more than ${MAX_DELEGATIONS} roles may list it`,
        'narrow the paths of the delegations',
      );
    }
    const { targets, delegations } = await takeRole(update, role, delegator);
    if (Object.hasOwn(targets, path)) return targets[path];
    visited.add(role);
    const children: typeof toVisit = [];
    for (const child of delegations?.rolesForTarget(path) ?? []) {
      children.push({ role: child.role, delegator: role });
      if (!child.terminating) continue;
      // Nobody after this role, on any level, may speak for the path.
      toVisit.length = 0;
      break;
    }
    toVisit.push(...children.toReversed());
  }
  return undefined;
}
