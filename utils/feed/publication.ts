/** The files that signed metadata names for this device: chosen, fetched, taken into use as one. */
import {
  FEED_PATH,
  FEED_ROLES,
  patchPath,
  readFeedFile,
  readTargetPath,
  ruleFilePath,
  type FeedFile,
  type FeedRole,
} from '../../rules/feed/format.ts';
import { MAX_FEED_FILE, MAX_PATCH, MAX_RULE_FILE, MAX_URGENT_FILE } from '../../rules/feed/limits.ts';
import { applyPatch } from '../../rules/feed/patch.ts';
import { chooseFile, readRollout } from '../../rules/feed/rollout.ts';
import type { RefusalKind } from '../settings/model.ts';
import { downloadTarget, type WantedTarget } from './download.ts';
import { BadPublication, type Publication, type ReadyRuleSet } from './generation.ts';
import { sha256Of } from './hash.ts';
import type { TrustedMetadata } from './refresh.ts';
import type { Transport } from './transport.ts';

/** The files of the rule set in use. */
export interface Held {
  files: Partial<Record<FeedRole, { number: number; sha256: string }>>;
  /** Of `feed.json`; undefined when there is none. */
  feedSha256: string | undefined;
  /** Undefined when it is damaged or not there. */
  read(name: FeedRole | typeof FEED_PATH): Promise<string | undefined>;
}

/** A publication that was refused before. It is not fetched again: millions of devices would fetch it again and again. */
export interface RefusedBefore {
  /** The hashes of its files, and the build that refused it. */
  key: string;
  kind: RefusalKind;
  file: string;
  what: string;
}

/** What taking a publication needs. */
export interface TakingParts {
  transport: Transport;
  held: Held;
  make(publication: Publication): Promise<ReadyRuleSet>;
  /** Takes a rule set into use, whole or not at all. */
  take(ready: ReadyRuleSet, publication: Publication): Promise<void>;
  /** Keeps a `feed.json` that changes no rule. */
  keepFeedFile(text: string): Promise<void>;
  /** This device's number in staged rollouts. */
  readDevice(): Promise<string>;
  /** Whether this device takes every file, whatever share it is meant for. */
  isEager: boolean;
  refusedBefore: RefusedBefore | undefined;
  buildTime: number;
  signal: AbortSignal;
  /** Something to tell of that does not stop the rest. */
  note(kind: RefusalKind, file: string, what: string): void;
  /** A publication that was refused now. */
  refused(publication: RefusedBefore): void;
}

/** Storage that fails is this device's fault: no other mirror helps. */
export class StorageTrouble extends Error {}

/** Gets what is new and takes it into use. @throws FeedRefusal when another mirror may have it, else BadPublication or StorageTrouble. */
export async function takePublication(
  run: TakingParts,
  base: string,
  trusted: TrustedMetadata,
): Promise<{ feed: FeedFile; hasChanged: boolean }> {
  const { held } = run;
  const target = wanted(trusted.targets, FEED_PATH, MAX_FEED_FILE);
  if (target === undefined) throw new BadPublication('bad-format', FEED_PATH, 'the publication has none');
  const isSameFeed = target.sha256 === held.feedSha256;
  const before = await held.read(FEED_PATH);
  const text = isSameFeed && before !== undefined ? before : await getText(run, base, target);
  const feed = readFeed(text);

  const files: Partial<Record<FeedRole, ChosenFile>> = {};
  for (const role of FEED_ROLES) {
    const file = await fileOf(run, base, trusted, role);
    if (file !== undefined) files[role] = file;
  }
  const isSameRules =
    FEED_ROLES.every((role) => isAlike(files[role], held.files[role])) &&
    (isSameFeed || (before !== undefined && killedIn(before) === killedIn(text)));
  if (isSameRules) {
    if (!isSameFeed) await storing(() => run.keepFeedFile(text));
    return { feed, hasChanged: false };
  }
  const key = [run.buildTime, target.sha256, ...FEED_ROLES.map((role) => files[role]?.sha256 ?? '')].join();
  const { refusedBefore } = run;
  if (refusedBefore?.key === key) {
    run.refused(refusedBefore);
    throw new BadPublication(refusedBefore.kind, refusedBefore.file, refusedBefore.what);
  }
  const publication: Publication = { files: {}, feed: text, version: trusted.snapshot.version };
  for (const role of FEED_ROLES) {
    const file = files[role];
    if (file === undefined) continue;
    const { number, sha256 } = file;
    publication.files[role] = { number, sha256, text: await file.read() };
  }
  try {
    const ready = await run.make(publication);
    await storing(() => run.take(ready, publication));
  } catch (error) {
    if (error instanceof BadPublication) run.refused({ key, kind: error.kind, file: error.file, what: error.message });
    throw error;
  }
  return { feed, hasChanged: true };
}

function isAlike(one: Numbered | undefined, other: Numbered | undefined): boolean {
  return one?.number === other?.number && one?.sha256 === other?.sha256;
}

interface Numbered {
  number: number;
  sha256: string;
}

interface ChosenFile extends Numbered {
  read(): Promise<string>;
}

/** The file of a role that this device is to have; undefined when none. */
async function fileOf(
  run: TakingParts,
  base: string,
  trusted: TrustedMetadata,
  role: FeedRole,
): Promise<ChosenFile | undefined> {
  const held = run.held.files[role];
  const keep = held === undefined ? undefined : { ...held, read: () => readHeld(run, role, held.number) };
  if (trusted.expired.includes(role)) {
    run.note('expired', `${role}.json`, 'its signers have not signed it anew in time');
    return keep;
  }
  const signed = trusted.roles.get(role);
  // A role that is no longer trusted with rules takes them with it.
  if (signed === undefined) return undefined;
  const listed = Object.entries(signed.targets).flatMap(([path, { custom }]) => {
    const place = readTargetPath(path);
    return place?.kind === 'rules' && place.role === role
      ? [{ number: place.number, rollout: readRollout(custom) }]
      : [];
  });
  const { number, isRollback } = await chooseFile(listed, held?.number, await run.readDevice(), sha256Of, run.isEager);
  if (isRollback) {
    const newest = Math.max(0, ...listed.map((file) => file.number));
    run.note('rollback', ruleFilePath(role, newest), `number ${held?.number} is in use and stays`);
    return keep;
  }
  if (number === undefined) return undefined;
  const target = wanted(signed, ruleFilePath(role, number), role === 'vi-urgent' ? MAX_URGENT_FILE : MAX_RULE_FILE);
  if (target === undefined) return keep;
  return { number, sha256: target.sha256, read: () => readNew(run, base, trusted, role, target) };
}

async function readHeld(run: TakingParts, role: FeedRole, number: number): Promise<string> {
  const text = await run.held.read(role);
  if (text === undefined) throw new StorageTrouble(`${ruleFilePath(role, number)} that is in use cannot be read`);
  return text;
}

/** A signed rule file: as it is held, or by a patch where one leads to it, or whole. */
async function readNew(
  run: TakingParts,
  base: string,
  trusted: TrustedMetadata,
  role: FeedRole,
  target: WantedTarget,
): Promise<string> {
  const held = run.held.files[role];
  const text = held === undefined ? undefined : await run.held.read(role);
  if (held === undefined || text === undefined) return getText(run, base, target);
  if (held.sha256 === target.sha256) return text;
  const place = readTargetPath(target.path);
  const signed = trusted.roles.get(role);
  const to = place?.kind === 'rules' ? place.number : 0;
  try {
    const patch = signed === undefined ? undefined : wanted(signed, patchPath(role, held.number, to), MAX_PATCH);
    if (patch !== undefined && patch.length < target.length) {
      const patched = applyPatch(text, await getText(run, base, patch));
      const bytes = new TextEncoder().encode(patched);
      if (bytes.length === target.length && (await sha256Of(bytes)) === target.sha256) return patched;
    }
  } catch (error) {
    // The whole file is as good; but a mirror that does not answer is not asked for more.
    if (run.signal.aborted) throw error;
  }
  return getText(run, base, target);
}

/** What signed metadata says of a file; undefined when it does not list it. @throws BadPublication when it is too large or has no SHA-256. */
function wanted(signed: TrustedMetadata['targets'], path: string, most: number): WantedTarget | undefined {
  const file = Object.hasOwn(signed.targets, path) ? signed.targets[path] : undefined;
  if (file === undefined) return undefined;
  const sha256 = file.hashes['sha256'];
  if (sha256 === undefined) throw new BadPublication('bad-format', path, 'it is listed without a SHA-256');
  if (file.length > most) throw new BadPublication('too-large', path, `${file.length} bytes are more than ${most}`);
  return { path, length: file.length, sha256 };
}

async function getText(run: TakingParts, base: string, target: WantedTarget): Promise<string> {
  const bytes = await downloadTarget(base, target, run.transport, run.signal);
  try {
    // A mark at the beginning would be taken away, and the text would have another hash.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BadPublication('bad-format', target.path, 'it is no UTF-8');
  }
}

function readFeed(text: string): FeedFile {
  try {
    return readFeedFile(text);
  } catch (error) {
    throw new BadPublication('bad-format', FEED_PATH, messageOf(error));
  }
}

function killedIn(feed: string): string {
  try {
    return readFeedFile(feed).killed.toSorted().join();
  } catch {
    return '?';
  }
}

/** A failure to store is this device's fault, whatever it is. */
async function storing(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new StorageTrouble(messageOf(error), { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
