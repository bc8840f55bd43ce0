/** What a role's metadata lists next: rule files, how much of all devices takes them, and the patches that lead to them. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metadata, Targets } from '@tufjs/models';
import { canonicalJson } from '../../feed/json.ts';
import { PATCHES_KEPT } from '../../feed/limits.ts';
import { makePatch } from '../../feed/patch.ts';
import { patchPath, ruleFilePath, type FeedRole } from '../../feed/path.ts';
import type { Rollout } from '../../feed/rollout.ts';
import { filesBelow, sha256 } from './files.ts';
import { ruleFilesOf } from './live.ts';

/** Most rule files that are listed at once: each is one stage of rollout that has not come to its end. */
const MAX_LISTED = PATCHES_KEPT;

/** A target as it stands in metadata. */
export interface ListedTarget {
  length: number;
  hashes: { sha256: string };
  custom?: { rollout: Rollout };
}

export interface Listing {
  targets: Record<string, ListedTarget>;
  /** Files that are listed for the first time, by their path. */
  files: Map<string, string>;
  /** The number of the newest rule file; undefined when the role has none. */
  number: number | undefined;
  isChanged: boolean;
}

export interface ListingOrder {
  role: FeedRole;
  /** The published repository's folder, which holds every rule file that ever went out. */
  folder: string;
  metadata: Metadata<Targets> | undefined;
  /** The newest rules; undefined leaves them as they are. */
  text: string | undefined;
  /** Percent of devices; undefined leaves an old file as it is and gives a new one to all. */
  pct: number | undefined;
  /** Makes it other devices each time. */
  salt: string;
}

/** Works out a role's next listing. A file stays listed until a later one is for all devices. */
export function nextListing({ role, folder, metadata, text, pct, salt }: ListingOrder): Listing {
  const history = ruleFileHistory(folder, role);
  let listed = ruleFilesOf(metadata).map(({ number, rollout }) => ({ number, rollout }));
  const newest = listed.at(-1);
  const texts = new Map(history);
  const isNew = text !== undefined && text !== (newest === undefined ? '' : texts.get(newest.number));
  if (isNew) {
    const number = (newest?.number ?? 0) + 1;
    texts.set(number, text);
    listed.push({ number, rollout: pct === undefined || pct >= 100 ? undefined : { pct, salt } });
  } else if (newest !== undefined && pct !== undefined) {
    // The same salt, so that devices that are in stay in.
    listed = [
      ...listed.slice(0, -1),
      { ...newest, rollout: pct >= 100 ? undefined : { pct, salt: newest.rollout?.salt ?? salt } },
    ];
  }
  const lastForAll = listed.findLastIndex(({ rollout }) => rollout === undefined);
  listed = listed.slice(Math.max(0, lastForAll));
  // The oldest is the one that every device may take.
  if (listed.length > MAX_LISTED) listed = [...listed.slice(0, 1), ...listed.slice(1 - MAX_LISTED)];
  const targets: Record<string, ListedTarget> = {};
  const files = new Map<string, string>();
  const before = metadata?.signed.targets ?? {};
  const list = (path: string, content: string, rollout?: Rollout): void => {
    targets[path] = {
      length: Buffer.byteLength(content),
      hashes: { sha256: sha256(content) },
      ...(rollout === undefined ? {} : { custom: { rollout } }),
    };
    if (before[path]?.hashes['sha256'] !== targets[path].hashes.sha256) files.set(path, content);
  };
  for (const { number, rollout } of listed) {
    const content = texts.get(number) ?? '';
    list(ruleFilePath(role, number), content, rollout);
    for (let from = number - 1; from >= Math.max(1, number - PATCHES_KEPT); from -= 1) {
      const old = texts.get(from);
      const patch = old === undefined ? undefined : makePatch(old, content);
      // A patch that is as long as the file itself saves nothing.
      if (patch !== undefined && patch.length < content.length) list(patchPath(role, from, number), patch);
    }
  }
  const asBefore = Object.fromEntries(Object.entries(before).map(([path, target]) => [path, target.toJSON()]));
  return {
    targets,
    files,
    number: listed.at(-1)?.number,
    isChanged: canonicalJson(asBefore) !== canonicalJson(targets),
  };
}

/** Every rule file of a role that was ever published, by its number; one whose bytes are not as its name says is left out. */
function ruleFileHistory(folder: string, role: FeedRole): Map<number, string> {
  const base = join(folder, 'targets', role);
  const texts = new Map<number, string>();
  for (const file of filesBelow(base)) {
    const found = /^([0-9a-f]{64})\.([1-9]\d{0,8})\.jsonl$/.exec(basename(file));
    if (found === null) continue;
    const content = readFileSync(join(base, file));
    if (sha256(content) === found[1]) texts.set(Number(found[2]), content.toString('utf8'));
  }
  return texts;
}
