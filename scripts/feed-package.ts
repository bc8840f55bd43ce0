/**
 * What of a published repository goes into the package: metadata and rule files as the floor, and `rules.json` made of them.
 * The repository is checked with the very client that the package carries; one that it would refuse stops the build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runnerImport } from 'vite';
import {
  FEED_PATH,
  FEED_ROLES,
  readFeedFile,
  readTargetPath,
  ruleFilePath,
  type FeedRole,
} from '../rules/feed/format.ts';
import { chooseFile, readRollout } from '../rules/feed/rollout.ts';
import type { Pack } from '../rules/language/model.ts';
import type { BuiltIn } from '../utils/feed/built-in.ts';
import { makeGeneration, packOf, type Publication } from '../utils/feed/generation.ts';
import { sha256Of } from '../utils/feed/hash.ts';
import type { FeedStorage } from '../utils/feed/storage.ts';
import type { Transport } from '../utils/feed/transport.ts';
import { ROOT } from './run.ts';
import { tufLibrary } from './tuf-library.ts';

/** Least time that the timestamp has to be good for at build, in hours: a package is not installed on the minute. */
const LEAST_HOURS = 24;
/** Stands for the folder in addresses. */
const BASE = 'https://folder.invalid/';

/** The floor that a package gets. */
export interface FeedPackage {
  /** Files by their path in the package. */
  files: Map<string, Buffer>;
  pack: Pack;
  publication: NonNullable<BuiltIn['publication']>;
}

/** Reads and checks a published repository. @throws Error that says what is wrong with it and how to mend it. */
export async function packageRepository(folder: string, now = Date.now()): Promise<FeedPackage> {
  const stop = (what: string, cure: string): never => {
    throw new Error(`BESIDE_FEED_REPOSITORY ${folder}: ${what}. ${cure}`);
  };
  const metadata = join(folder, 'metadata');
  const roots = existsSync(metadata)
    ? readdirSync(metadata).flatMap((name) => /^(\d+)\.root\.json$/.exec(name)?.[1] ?? [])
    : [];
  if (roots.length === 0)
    stop(
      'it has no metadata/N.root.json',
      'Name the folder that npm run feed -- publish has written, as an absolute path.',
    );
  const first = Math.min(...roots.map(Number));
  const stored = new Map<string, Uint8Array>([['root', readFileSync(join(metadata, `${first}.root.json`))]]);
  const { refresh } = await client();
  const trusted = await refresh(BASE, storageIn(stored), folderTransport(folder), {
    now,
    buildTime: now,
    signal: new AbortController().signal,
  }).catch((error: unknown) =>
    stop(`it is refused: ${messageOf(error)}`, 'Sign it anew with npm run feed, publish it, then build again.'),
  );
  const expires = Date.parse(trusted.timestamp.expires);
  if (expires - now < LEAST_HOURS * 3_600_000)
    stop(
      `its timestamp is good until ${trusted.timestamp.expires} only, less than ${LEAST_HOURS} hours`,
      'Sign the timestamp anew with npm run feed, publish it, then build again.',
    );

  const files = new Map<string, Buffer>();
  for (const [role, bytes] of stored) files.set(`feed/metadata/${encodeURIComponent(role)}.json`, Buffer.from(bytes));
  const read = async (path: string, sha256 = ''): Promise<string> => {
    const at = path.lastIndexOf('/') + 1;
    const file = join(folder, 'targets', `${path.slice(0, at)}${sha256}.${path.slice(at)}`);
    const bytes = existsSync(file) ? readFileSync(file) : stop(`${file} is not there`, 'Publish the repository anew.');
    if ((await sha256Of(new Uint8Array(bytes))) !== sha256) stop(`${file} was changed`, 'Publish the repository anew.');
    files.set(`feed/targets/${path}`, bytes);
    return bytes.toString('utf8');
  };
  const feedSha256 = trusted.targets.targets[FEED_PATH]?.hashes['sha256'];
  const feed = await read(FEED_PATH, feedSha256);
  const publication: Publication = { files: {}, feed, version: trusted.snapshot.version };
  const numbers: Partial<Record<FeedRole, { number: number; sha256: string }>> = {};
  for (const role of FEED_ROLES) {
    const targets = trusted.roles.get(role)?.targets ?? {};
    const listed = Object.entries(targets).flatMap(([path, { custom }]) => {
      const place = readTargetPath(path);
      return place?.kind === 'rules' && place.role === role
        ? [{ number: place.number, rollout: readRollout(custom) }]
        : [];
    });
    // A package goes to everybody: what is for a share of the devices only comes to them later, over the feed.
    const { number } = await chooseFile(listed, undefined, '', async () => 'ffffffff');
    if (number === undefined) continue;
    const path = ruleFilePath(role, number);
    const sha256 = targets[path]?.hashes['sha256'] ?? '';
    publication.files[role] = { number, sha256, text: await read(path, sha256) };
    numbers[role] = { number, sha256 };
  }
  try {
    await makeGeneration(publication);
  } catch (error) {
    stop(`its rules are refused: ${messageOf(error)}`, 'Mend them, publish the repository, then build again.');
  }
  const { interval, mirrors } = readFeedFile(feed);
  const { issueOf } = await client();
  return {
    files,
    pack: packOf(publication),
    publication: { files: numbers, feed: feedSha256 ?? '', interval, mirrors, expires, issued: issueOf(trusted) },
  };
}

/** What the environment asks for; a setting that cannot be followed stops the build. */
export async function feedFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ address?: string; feed?: FeedPackage }> {
  const [url, folder] = [env['BESIDE_FEED_URL'], env['BESIDE_FEED_REPOSITORY']].map((text) =>
    text === '' ? undefined : text,
  );
  if (url !== undefined && folder === undefined)
    throw new Error(
      'BESIDE_FEED_URL is set and BESIDE_FEED_REPOSITORY is not: the package would have nothing to check the feed by. Name the folder of the published repository as well.',
    );
  const feed = folder === undefined ? {} : { feed: await packageRepository(resolve(folder)) };
  if (url === undefined) return feed;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error(`BESIDE_FEED_URL ${url} is no web address. Write it as https://feed.example.vn/beside/.`);
  const { origin, pathname } = new URL(url);
  return { ...feed, address: `${origin}${pathname.endsWith('/') ? pathname : `${pathname}/`}` };
}

type Client = typeof import('../utils/feed/refresh.ts');
let imported: Promise<Client> | undefined;

/** The client, with the shims of the browser's build. */
async function client(): Promise<Client> {
  imported ??= runnerImport<Client>(join(ROOT, 'utils', 'feed', 'refresh.ts'), {
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [tufLibrary()],
  }).then(({ module }) => module);
  return imported;
}

function storageIn(stored: Map<string, Uint8Array>): FeedStorage {
  return {
    readMetadata: async (role) => stored.get(role),
    writeMetadata: async (role, bytes) => void stored.set(role, bytes),
    deleteMetadata: async (role) => void stored.delete(role),
    readFloor: async () => undefined,
    raiseFloor: async () => {},
  };
}

function folderTransport(folder: string): Transport {
  return {
    get: async (url) => {
      const file = join(folder, new URL(url).href.slice(BASE.length));
      return existsSync(file) ? { status: 'ok', bytes: new Uint8Array(readFileSync(file)) } : { status: 'absent' };
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
