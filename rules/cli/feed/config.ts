/** `feed.config.json` of a publisher's working folder: who signs what, how long it holds, how often devices ask. */
import { join } from 'node:path';
import * as z from 'zod/mini';
import { FeedError } from '../../feed/error.ts';
import { MAX_INTERVAL, MAX_MIRRORS, MIN_INTERVAL } from '../../feed/limits.ts';
import { FEED_ROLES, type FeedRole } from '../../feed/path.ts';
import { issuesOf } from '../../language/schema.ts';
import { readJson } from './files.ts';

export const CONFIG_FILE = 'feed.config.json';

/** The roles whose keys stand in the root. */
export const TOP_ROLES = ['root', 'targets', 'snapshot', 'timestamp'] as const;
/** Every role of the feed, in the order in which they vouch for each other. */
export const ROLES = ['root', 'targets', ...FEED_ROLES, 'snapshot', 'timestamp'] as const;
export type Role = (typeof ROLES)[number];
/** The roles that people sign, in the order in which they have to. */
export const SIGNED_ROLES = ['root', 'targets', ...FEED_ROLES] as const;
export type SignedRole = (typeof SIGNED_ROLES)[number];
/** The roles whose keys are at hand where the feed is published. */
export const ONLINE_ROLES = ['snapshot', 'timestamp'] as const;

export interface RoleConfig {
  /** Names of signers; each has a key of its own for this role. */
  signers: string[];
  threshold: number;
  /** Days that a version holds. */
  days: number;
  /** Days before the end from which on it has to be signed anew. */
  resign: number;
}

export interface FeedConfig {
  /** A practice feed: its keys lie about as files. */
  drill: boolean;
  /** Hours between two checks of a device. */
  interval: number;
  mirrors: string[];
  roles: Record<Role, RoleConfig>;
}

const role = z.strictObject({
  signers: z
    .array(z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{0,40}$/, 'must be a lower-case name such as an')))
    .check(z.minLength(1), z.maxLength(20)),
  threshold: z.int().check(z.minimum(1), z.maximum(20)),
  days: z.int().check(z.minimum(1), z.maximum(3650)),
  resign: z.int().check(z.minimum(0), z.maximum(3650)),
});

const schema = z.strictObject({
  drill: z.boolean(),
  interval: z.int().check(z.minimum(MIN_INTERVAL), z.maximum(MAX_INTERVAL)),
  mirrors: z.array(z.string()).check(z.maxLength(MAX_MIRRORS)),
  roles: z.strictObject(Object.fromEntries(ROLES.map((name) => [name, role])) as Record<Role, typeof role>),
});

/** Validity and period of signing anew, in days. Source: feed.md 4.1; the timestamp is renewed every 6 to 12 hours, so one that is a day old is late. */
const PERIODS: Record<Role, Pick<RoleConfig, 'days' | 'resign'>> = {
  root: { days: 365, resign: 90 },
  targets: { days: 182, resign: 60 },
  'vi-core': { days: 60, resign: 20 },
  en: { days: 60, resign: 20 },
  minority: { days: 60, resign: 20 },
  'vi-urgent': { days: 14, resign: 5 },
  snapshot: { days: 7, resign: 3 },
  timestamp: { days: 7, resign: 6 },
};

const ONLINE = { signers: ['online'], threshold: 1 };

/** Three people, so that a drill can be held at one table. */
const DRILL: Record<Role, Pick<RoleConfig, 'signers' | 'threshold'>> = {
  root: { signers: ['an', 'binh', 'chi'], threshold: 2 },
  targets: { signers: ['an', 'binh'], threshold: 2 },
  'vi-core': { signers: ['an', 'binh'], threshold: 2 },
  en: { signers: ['an', 'binh'], threshold: 2 },
  minority: { signers: ['an', 'binh'], threshold: 2 },
  'vi-urgent': { signers: ['an', 'binh', 'chi'], threshold: 2 },
  snapshot: ONLINE,
  timestamp: ONLINE,
};

/** Source: feed.md 4.1. */
const PRODUCTION: typeof DRILL = {
  root: { signers: ['maintainers', 'ngo', 'police', 'ministry', 'custodian'], threshold: 3 },
  targets: { signers: ['maintainers', 'ngo', 'police', 'ministry'], threshold: 2 },
  'vi-core': { signers: ['editor-1', 'editor-2', 'editor-3', 'editor-4', 'editor-5'], threshold: 2 },
  en: { signers: ['editor-1', 'editor-2', 'editor-3', 'editor-4'], threshold: 2 },
  minority: { signers: ['editor-1', 'editor-2', 'editor-3', 'editor-4'], threshold: 2 },
  'vi-urgent': { signers: ['oncall-1', 'oncall-2', 'oncall-3', 'oncall-4', 'oncall-5'], threshold: 2 },
  snapshot: ONLINE,
  timestamp: ONLINE,
};

/** What `init` begins with. */
export function defaultConfig(drill: boolean): FeedConfig {
  const people = drill ? DRILL : PRODUCTION;
  return {
    drill,
    interval: 6,
    mirrors: [],
    roles: Object.fromEntries(
      ROLES.map((name) => [name, { ...people[name], ...PERIODS[name] }]),
    ) as FeedConfig['roles'],
  };
}

/** Reads a configuration. @throws FeedError that names the field and the cure. */
export function readConfig(file: string): FeedConfig {
  const value = readJson(file);
  if (value === undefined) throw new FeedError(file, 'is not there', 'begin with: npm run feed -- init DIR');
  return checkConfig(file, value);
}

/** @throws FeedError that names the field and the cure. */
export function checkConfig(file: string, value: unknown): FeedConfig {
  const [issue] = issuesOf(schema, value);
  if (issue !== undefined) throw new FeedError(`${file} ${issue.path.join('.')}`, issue.what, issue.cure);
  const config = value as FeedConfig;
  for (const name of ROLES) {
    const { signers, threshold, days, resign } = config.roles[name];
    const where = `${file} roles.${name}`;
    if (new Set(signers).size < signers.length)
      throw new FeedError(where, 'names a signer twice', 'name each once: one person is one signature');
    if (threshold > signers.length)
      throw new FeedError(
        where,
        `needs ${threshold} signatures of ${signers.length} signers`,
        'lower the threshold or name more signers',
      );
    if (resign >= days)
      throw new FeedError(where, 'would have to be signed anew from the first day', 'make “resign” less than “days”');
  }
  return config;
}

/** Where the configuration of a working folder stands. */
export function configFile(folder: string): string {
  return join(folder, CONFIG_FILE);
}

/** A role by its name. @throws FeedError that lists the names. */
export function roleNamed<T extends string>(name: string, known: readonly T[]): T {
  const found = known.find((one) => one === name);
  if (found === undefined) throw new FeedError(`“${name}”`, 'is no role here', `write one of: ${known.join(', ')}`);
  return found;
}

/** Whether a role signs rules. */
export function isFeedRole(name: string): name is FeedRole {
  return (FEED_ROLES as readonly string[]).includes(name);
}
