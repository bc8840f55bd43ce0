/**
 * The feed client as a program, for TUF's conformance suite and for looking at a repository by hand:
 *
 *     tuf-client --metadata-dir D init ROOT
 *     tuf-client --metadata-dir D --metadata-url U refresh
 *     tuf-client --metadata-dir D --metadata-url U --target-name T … --target-base-url B --target-dir D2 download
 *
 * It ends with 0 when all of it succeeded, else with 1 and one line on stderr. The protocol is the suite's CLIENT-CLI.md.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadStated, requireTarget, type StatedTarget } from '../../utils/feed/download.ts';
import { FeedRefusal } from '../../utils/feed/refusal.ts';
import { fetchTransport } from '../../utils/feed/transport.ts';
import { findTarget } from '../../utils/feed/tuf/walk.ts';
import { startUpdate, walkRoots } from '../../utils/feed/tuf/roots.ts';
import type { Update } from '../../utils/feed/tuf/update.ts';
import { takeRole, takeSnapshot, takeTimestamp } from '../../utils/feed/tuf/workflow.ts';
import { folderStorage, initFolder, readIfThere, writeWhole } from './storage.ts';

const USAGE =
  'usage: tuf-client --metadata-dir DIR (init ROOT | --metadata-url URL refresh | ' +
  '--metadata-url URL --target-name NAME … --target-base-url URL --target-dir DIR download)';

/** Most bytes of one target: the program holds it in memory. */
const MAX_TARGET = 256 * 1024 * 1024;

class UsageError extends Error {}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'metadata-dir': { type: 'string' },
    'metadata-url': { type: 'string' },
    'target-name': { type: 'string', multiple: true },
    'target-base-url': { type: 'string' },
    'target-dir': { type: 'string' },
  },
});

/** An option that the command cannot do without. */
function need(name: 'metadata-dir' | 'metadata-url' | 'target-base-url' | 'target-dir'): string {
  const value = values[name];
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing; ${USAGE}`);
  return value;
}

const transport = fetchTransport(fetch, async () => true);
const { signal } = new AbortController();

/** The top-level metadata, brought up to date. */
async function update(): Promise<Update> {
  const mirror = { metadataUrl: need('metadata-url'), transport, signal };
  const job = await startUpdate({ storage: folderStorage(need('metadata-dir')), mirror }, Date.now());
  await walkRoots(job);
  await takeTimestamp(job);
  await takeSnapshot(job);
  await takeRole(job, 'targets', 'root');
  return job;
}

/** Whether the file that is there already is the target. */
async function isHeld(target: StatedTarget, file: string): Promise<boolean> {
  const bytes = readIfThere(file);
  try {
    if (bytes !== undefined) await requireTarget(target, new Uint8Array(bytes));
    return bytes !== undefined;
  } catch {
    return false;
  }
}

/** Finds and gets one target into the folder, under its encoded path. */
async function download(job: Update, path: string): Promise<void> {
  const found = await findTarget(job, path);
  if (found === undefined) throw new FeedRefusal('missing', path, 'no role lists it', 'ask the publisher for its path');
  const { length, hashes } = found;
  if (length > MAX_TARGET)
    throw new FeedRefusal('too-long', path, `it has ${length} bytes`, `at most ${MAX_TARGET} are taken`);
  const folder = need('target-dir');
  const file = join(folder, encodeURIComponent(path));
  const target = { path, length, hashes };
  if (await isHeld(target, file)) return;
  const isPrefixed = job.store.root.signed.consistentSnapshot;
  const bytes = await downloadStated(need('target-base-url'), target, isPrefixed, transport, signal);
  mkdirSync(folder, { recursive: true });
  writeWhole(file, bytes);
}

async function run(): Promise<void> {
  const [command, root, ...more] = positionals;
  if (command === 'init' && root !== undefined && more.length === 0)
    initFolder(need('metadata-dir'), readFileSync(root));
  else if (command === 'refresh' && root === undefined) await update();
  else if (command === 'download' && root === undefined) {
    const names = values['target-name'] ?? [];
    if (names.length === 0) throw new UsageError(`--target-name is missing; ${USAGE}`);
    need('target-base-url');
    need('target-dir');
    const job = await update();
    for (const name of names) await download(job, name);
  } else throw new UsageError(USAGE);
}

try {
  await run();
} catch (error) {
  const isExpected = error instanceof FeedRefusal || error instanceof UsageError;
  process.stderr.write(`tuf-client: ${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}
