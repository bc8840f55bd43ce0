/** `feed verify`: a published feed through the eyes of the real client. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePack } from '../../../engine/compile.ts';
import { FeedError } from '../../../feed/error.ts';
import { FEED_PATH, readFeedFile, readPart, type RolePart } from '../../../feed/format.ts';
import { mergeParts } from '../../../feed/merge.ts';
import { applyPatch } from '../../../feed/patch.ts';
import { FEED_ROLES, readTargetPath, type FeedRole } from '../../../feed/path.ts';
import { checkPack } from '../../../language/check.ts';
import {
  addressOf,
  nowOf,
  placeOf,
  readArguments,
  required,
  workIfAny,
  type Arguments,
  type Command,
} from '../args.ts';
import { buildClient, RealClient } from '../client.ts';
import { ROLES } from '../config.ts';
import { ruleFilesOf } from '../live.ts';
import { termOf } from '../metadata.ts';
import { readRepository, targetsOf, type Released, type Repository } from '../repository.ts';
import { serveFolder } from '../serve.ts';
import { sourceOf } from '../source.ts';
import { publishedFolder } from '../work.ts';
import { count, say, table } from './say.ts';

export const verify: Command = {
  brief: 'reads a published feed with the real client',
  usage: `usage: npm run feed -- verify URL|DIR [--root FILE] [--client FILE]
  Builds the extension's client, lets it refresh and download every rule file and patch, merges and compiles the rules, and
  says what devices get. A folder is served on this machine meanwhile.
  --root FILE    the first root that is trusted; by default the working folder's, else the one that the feed shows
  --client FILE  a client that was built before (npm run build:tuf-client prints its path)
Exit status 1 when a device would refuse it.
`,
  run: async (given) => {
    const args = readArguments(given, ['root=', 'client='], 1);
    const place = addressOf(required(args, 0, 'The address or folder'));
    const served = /^https?:/.test(place) ? undefined : await serveFolder(existing(place));
    const base = served?.address ?? (place.endsWith('/') ? place : `${place}/`);
    const built = args.text('client');
    const client = new RealClient(built === undefined ? await buildClient() : placeOf(built), base);
    try {
      const root = rootFor(args) ?? (await sourceOf(base).read('metadata/1.root.json'));
      if (root === undefined)
        throw new FeedError(place, 'has no metadata/1.root.json', 'name the base of a published feed');
      if (rootFor(args) === undefined) say(['No root to trust was given, so the one that the feed shows is believed.']);
      await client.refresh(root);
      const repository = await readRepository(sourceOf(base), root);
      if (repository.released === undefined)
        throw new FeedError(place, 'has published nothing yet', 'publish a release');
      say(await lookThrough(client, repository, repository.released, nowOf(args)));
      return 0;
    } finally {
      client.close();
      await served?.close();
    }
  },
};

function existing(folder: string): string {
  if (!existsSync(folder))
    throw new FeedError(folder, 'is not there', 'name the folder or the address of a published feed');
  return folder;
}

function rootFor(args: Arguments): Buffer | undefined {
  const given = args.text('root');
  if (given !== undefined) return readFileSync(placeOf(given));
  const work = workIfAny(args);
  const own = work && join(publishedFolder(work), 'metadata', '1.root.json');
  return own !== undefined && existsSync(own) ? readFileSync(own) : undefined;
}

/** Takes every file as the client hands it out, and says what the whole comes to. */
async function lookThrough(client: RealClient, { root }: Repository, released: Released, now: Date): Promise<string[]> {
  const texts = new Map<string, string>();
  for (const { path } of targetsOf(released)) texts.set(path, String(await client.download(path)));
  const feed = readFeedFile(texts.get(FEED_PATH) ?? '');
  const parts: Partial<Record<FeedRole, RolePart>> = {};
  for (const role of FEED_ROLES) {
    const newest = ruleFilesOf(released.roles.get(role)?.metadata).at(-1);
    if (newest !== undefined) parts[role] = readPart(role, texts.get(newest.target.path) ?? '');
  }
  const { version } = released.snapshot.metadata.signed;
  const pack = mergeParts(parts, feed.killed, version);
  const [issue] = checkPack(pack);
  if (issue !== undefined) throw new FeedError(issue.path.join(' '), issue.what, issue.cure);
  compilePack(pack);
  const patches = checkPatches(texts);
  const files = FEED_ROLES.flatMap((role) =>
    ruleFilesOf(released.roles.get(role)?.metadata).map((file) => ({ role, ...file })),
  );
  const rows = ROLES.flatMap((role) => {
    const metadata =
      {
        root,
        targets: released.targets.metadata,
        snapshot: released.snapshot.metadata,
        timestamp: released.timestamp.metadata,
      }[role as string] ?? released.roles.get(role)?.metadata;
    return metadata === undefined
      ? []
      : [
          [
            role,
            String(metadata.signed.version),
            metadata.signed.expires.slice(0, 16).replace('T', ' '),
            termOf(metadata, now).left.toFixed(1),
          ],
        ];
  });
  return [
    'The real client takes this feed.',
    ...(root.signed.unrecognizedFields['x-beside-drill'] === true ? ['It is a DRILL.'] : []),
    `Release ${version} of ${feed.issued}: ${count(pack.rules.length, 'rule')}, ${count(pack.signals.length, 'shared signal')}; devices ask every ${feed.interval} hours.`,
    ...files.map(
      ({ role, number, target, rollout }) =>
        `  ${role} ${number}: ${(target.length / 1000).toFixed(1)} kB, for ${rollout === undefined ? 'all devices' : `${rollout.pct} % of devices`}`,
    ),
    `  ${count(patches, 'patch', 'patches')}, each of which gives the file that is signed`,
    ...[...feed.killed, ...(parts['vi-urgent']?.kills ?? [])].map((id) => `  switched off: ${id}`),
    ...feed.mirrors.map((mirror) => `  mirror: ${mirror}`),
    ...table([['role', 'version', 'holds until (UTC)', 'days left'], ...rows]),
  ];
}

/** Applies every patch whose beginning is listed as well. @throws FeedError when one leads elsewhere. */
function checkPatches(texts: ReadonlyMap<string, string>): number {
  let patches = 0;
  for (const [path, patch] of texts) {
    const found = readTargetPath(path);
    if (found?.kind !== 'patch') continue;
    patches += 1;
    const [from, to] = [texts.get(`${found.role}/${found.from}.jsonl`), texts.get(`${found.role}/${found.to}.jsonl`)];
    if (from !== undefined && to !== undefined && applyPatch(from, patch) !== to)
      throw new FeedError(path, 'does not lead to the file that is signed', 'build again');
  }
  return patches;
}
