/** Beginning a feed: the working folder, the keys of a drill, the first root. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Key, Metadata, Root, Targets } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { FEED_ROLES } from '../../feed/path.ts';
import {
  checkConfig,
  configFile,
  defaultConfig,
  isFeedRole,
  ONLINE_ROLES,
  ROLES,
  TOP_ROLES,
  type FeedConfig,
  type Role,
} from './config.ts';
import { writeJson, writeWhole } from './files.ts';
import { makeKeyFile, readPublicKey, type SigningKey } from './keys.ts';
import { addSignature, draft } from './metadata.ts';
import { keysFolder, openWork, stage, type Work } from './work.ts';

export interface InitOptions {
  /** A practice feed, with keys as files for every role that has none yet. */
  drill: boolean;
  /** Roles, thresholds and periods; by default those of feed.md 4.1, or small ones for a drill. */
  config?: FeedConfig | undefined;
  /** Public keys of signers who keep their private ones; the signer is called as the file is. */
  keys?: { role: Role; file: string }[] | undefined;
  now: Date;
}

/** A key that is in a role, with the private half where this machine made it. */
interface Member {
  key: Key;
  signing?: SigningKey;
}

/** Begins a feed in a folder that is not there yet or empty. @throws FeedError; then nothing was made. */
export function createRepository(folder: string, options: InitOptions): Work {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new FeedError(folder, 'is there and not empty', 'name a new folder; nothing that is there is written over');
  mkdirSync(dirname(target), { recursive: true });
  const half = mkdtempSync(`${target}.new-`);
  try {
    fill(half, options);
    if (existsSync(target)) rmdirSync(target);
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  }
  return openWork(target);
}

function fill(folder: string, { drill, config, keys = [], now }: InitOptions): void {
  const settings = withGivenKeys(config ?? defaultConfig(drill), keys, drill);
  const work: Work = { folder, config: settings };
  const members = Object.fromEntries(ROLES.map((role) => [role, membersOf(work, role, keys)])) as Record<
    Role,
    Member[]
  >;
  writeJson(configFile(folder), settings);
  writeWhole(join(folder, '.gitignore'), 'keys/\n*.tmp\n');
  mkdirSync(join(folder, 'urgent'), { recursive: true });
  const root = firstRoot(settings, members, now);
  for (const { signing } of members.root) if (signing !== undefined) addSignature(root, signing);
  stage(work, 'root', root);
  stage(work, 'targets', firstTargets(settings, members, now));
}

/** The configuration with the names of the signers whose keys were given. */
function withGivenKeys(config: FeedConfig, keys: InitOptions['keys'] = [], drill: boolean): FeedConfig {
  const settings = structuredClone({ ...config, drill });
  for (const role of ROLES) {
    const given = keys.filter((one) => one.role === role);
    // Whether a file is a key at all is said before whether there are enough of them.
    for (const { file } of given) readPublicKey(file, signerOf(file));
    if (given.length > 0) settings.roles[role].signers = given.map(({ file }) => signerOf(file));
    else if (!drill && !(ONLINE_ROLES as readonly string[]).includes(role))
      throw new FeedError(
        `role ${role}`,
        'has no keys',
        `give the public key of each signer: --key ${role}=NAME.pem (${settings.roles[role].signers.join(', ')}); or practise with --drill`,
      );
  }
  return checkConfig('the configuration', settings);
}

/** A signer is called as the file of the key is. */
function signerOf(file: string): string {
  return basename(file)
    .replace(/(?:\.pub)?\.pem$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
}

function membersOf(work: Work, role: Role, keys: { role: Role; file: string }[]): Member[] {
  const given = keys.filter((one) => one.role === role);
  if (given.length > 0) return given.map(({ file }) => ({ key: readPublicKey(file, signerOf(file)) }));
  return work.config.roles[role].signers.map((signer) => {
    const signing = makeKeyFile(keyFile(work, signer, role), signer, remarkOf(work.config, signer, role));
    return { key: signing.key, signing };
  });
}

/** Where this machine keeps a signer's private key for a role. */
export function keyFile(work: Work, signer: string, role: Role): string {
  return join(keysFolder(work), signer, `${role}.pem`);
}

/** What stands above a key in its file. */
export function remarkOf({ drill }: FeedConfig, signer: string, role: Role): string {
  return drill
    ? `DRILL KEY of ${signer} for ${role}: for practice only, never for a feed that people have.`
    : `Key of ${signer} for ${role}: stays on the machine that publishes.`;
}

function firstRoot(config: FeedConfig, members: Record<Role, Member[]>, now: Date): Metadata<Root> {
  const { days, resign } = config.roles.root;
  return draft(
    'root',
    { version: 1, now, days, resign },
    {
      consistent_snapshot: true,
      keys: keysIn(TOP_ROLES.flatMap((role) => members[role])),
      roles: Object.fromEntries(
        TOP_ROLES.map((role) => [role, holdersIn(members[role], config.roles[role].threshold)]),
      ),
      // Names what it is to everybody who reads it; clients look at none of it.
      ...(config.drill ? { 'x-beside-drill': true } : {}),
    },
  );
}

function firstTargets(config: FeedConfig, members: Record<Role, Member[]>, now: Date): Metadata<Targets> {
  const { days, resign } = config.roles.targets;
  return draft(
    'targets',
    { version: 1, now, days, resign },
    {
      targets: {},
      delegations: {
        keys: keysIn(ROLES.filter(isFeedRole).flatMap((role) => members[role])),
        roles: FEED_ROLES.map((name) => ({
          name,
          ...holdersIn(members[name], config.roles[name].threshold),
          terminating: true,
          paths: [`${name}/*`],
        })),
      },
    },
  );
}

function keysIn(members: Member[]): Record<string, unknown> {
  return Object.fromEntries(members.map(({ key }) => [key.keyID, key.toJSON()]));
}

function holdersIn(members: Member[], threshold: number): { keyids: string[]; threshold: number } {
  const keyids = [...new Set(members.map(({ key }) => key.keyID))];
  if (keyids.length < members.length)
    throw new FeedError('a role', 'was given the same key twice', 'give each signer’s own key once');
  return { keyids, threshold };
}
