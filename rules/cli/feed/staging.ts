/** Replacing the signing event as a whole: its files are the old ones or the new ones, never some of each. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { FeedError } from '../../feed/error.ts';
import { issuesOf } from '../../language/schema.ts';
import type { AcceptedAlarm } from './check.ts';
import { filesBelow, readJson, writeJson } from './files.ts';
import { stagedFolder, type Work } from './work.ts';

/** What is known of a signing event besides its files. */
export interface StagedEvent {
  /** When it was built, ISO 8601. */
  made: string;
  /** Of all rules and examples, by `hashOf`. */
  content: string;
  /** False alarms that the editors have accepted, with their reasons. */
  alarms: AcceptedAlarm[];
  /** A drill’s content that nobody checked. */
  unchecked: boolean;
}

const schema = z.strictObject({
  made: z.string(),
  content: z.string(),
  alarms: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
  unchecked: z.boolean(),
});

const eventFile = (work: Work): string => join(stagedFolder(work), 'event.json');

/** What is known of the signing event; undefined when nothing was built. @throws FeedError when the file is damaged. */
export function readEvent(work: Work): StagedEvent | undefined {
  const file = eventFile(work);
  const value = readJson(file);
  if (value === undefined) return undefined;
  const [issue] = issuesOf(schema, value);
  if (issue !== undefined)
    throw new FeedError(`${file} ${issue.path.join('.')}`, issue.what, 'build the release again');
  return value as StagedEvent;
}

/** Keeps what is known of the signing event. */
export function writeEvent(work: Work, event: StagedEvent): void {
  writeJson(eventFile(work), event);
}

/** Every file of the signing event, by its path in it. */
export function stagedFiles(work: Work): Map<string, Buffer> {
  const folder = stagedFolder(work);
  healSwap(folder);
  return new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path))]));
}

/** Puts these files in the place of all that were staged. */
export function replaceStaged(work: Work, files: ReadonlyMap<string, string | Uint8Array>): void {
  const folder = stagedFolder(work);
  const [next, old] = [`${folder}.new`, `${folder}.old`];
  rmSync(next, { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(next, path)), { recursive: true });
    writeFileSync(join(next, path), content);
  }
  healSwap(folder);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, old);
  if (files.size > 0) renameSync(next, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Takes the old files back when a machine stopped between the two renames. */
function healSwap(folder: string): void {
  if (!existsSync(folder) && existsSync(`${folder}.old`)) renameSync(`${folder}.old`, folder);
}
