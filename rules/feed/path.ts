/** Where the feed's files stand. */
import { MAX_NUMBER } from './limits.ts';

/** The roles that sign rules, in the order in which their rules are merged. */
export const FEED_ROLES = ['vi-core', 'en', 'minority', 'vi-urgent'] as const;
export type FeedRole = (typeof FEED_ROLES)[number];

/** The path of the file that says what holds for the whole feed. */
export const FEED_PATH = 'feed.json';

/** What a path of the feed leads to. */
export type FeedTarget =
  | { kind: 'feed' }
  | { kind: 'rules'; role: FeedRole; number: number }
  | { kind: 'patch'; role: FeedRole; from: number; to: number };

/** The path of a role's rule file by its number, such as `vi-core/42.jsonl`. */
export function ruleFilePath(role: FeedRole, number: number): string {
  return `${role}/${number}.jsonl`;
}

/** The path of the patch from one of a role's rule files to a later one, such as `vi-core/41-42.patch`. */
export function patchPath(role: FeedRole, from: number, to: number): string {
  return `${role}/${from}-${to}.patch`;
}

/** What a path leads to; undefined when it is none that this version of Beside knows. */
export function readTargetPath(path: string): FeedTarget | undefined {
  if (path === FEED_PATH) return { kind: 'feed' };
  const [folder, name = '', ...rest] = path.split('/');
  const role = FEED_ROLES.find((known) => known === folder);
  if (role === undefined || rest.length > 0) return undefined;
  const found = /^([1-9]\d{0,8})(?:\.jsonl|-([1-9]\d{0,8})\.patch)$/.exec(name);
  if (found === null) return undefined;
  const number = Number(found[1]);
  if (found[2] === undefined) return { kind: 'rules', role, number };
  const to = Number(found[2]);
  return number < to && to <= MAX_NUMBER ? { kind: 'patch', role, from: number, to } : undefined;
}
