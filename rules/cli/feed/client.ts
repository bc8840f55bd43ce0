/** The real client, as an executable around the very code of the browser build; `rules/` imports nothing of it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FeedError } from '../../feed/error.ts';
import { filesBelow } from './files.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the executable and returns its path. @throws FeedError with what the build said. */
export async function buildClient(): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [join(ROOT, 'scripts', 'n.mjs'), 'scripts/tuf-client.ts'], {
      cwd: ROOT,
    });
    const path = stdout.trim().split('\n').at(-1);
    if (path !== undefined && path !== '') return path;
    throw new Error('it printed no path');
  } catch (error) {
    throw new FeedError('npm run build:tuf-client', saidBy(error), 'see to it that the checkout builds');
  }
}

/** What a child process said when it failed. */
function saidBy(error: unknown): string {
  const { stderr = '', message } = error as Error & { stderr?: string };
  return `failed: ${stderr.trim() === '' ? message : stderr.trim()}`;
}

/** A client with metadata of its own, on one feed. */
export class RealClient {
  readonly #folder = mkdtempSync(join(tmpdir(), 'beside-verify-'));
  readonly #client: string;
  readonly #base: string;

  /** @param base address of the feed, ending in `/`. */
  constructor(client: string, base: string) {
    this.#client = client;
    this.#base = base;
  }

  /** Starts with a root and brings the metadata up to date. @throws FeedError with what the client said. */
  async refresh(root: Buffer): Promise<void> {
    const file = join(this.#folder, 'first-root.json');
    writeFileSync(file, root);
    await this.#call(['--metadata-dir', this.#metadata(), 'init', file]);
    await this.#call(['--metadata-dir', this.#metadata(), '--metadata-url', `${this.#base}metadata`, 'refresh']);
  }

  /** Fetches a target as the client takes it. @throws FeedError with what the client said. */
  async download(path: string): Promise<Buffer> {
    const folder = mkdtempSync(join(this.#folder, 'target-'));
    const metadata = ['--metadata-dir', this.#metadata(), '--metadata-url', `${this.#base}metadata`];
    const target = ['--target-name', path, '--target-base-url', `${this.#base}targets`, '--target-dir', folder];
    await this.#call([...metadata, ...target, 'download']);
    const [file] = filesBelow(folder);
    if (file === undefined) throw new FeedError(path, 'was not stored by the client', 'see what the client says');
    return readFileSync(join(folder, file));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #metadata(): string {
    const folder = join(this.#folder, 'metadata');
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  async #call(args: string[]): Promise<void> {
    try {
      await run(process.execPath, [this.#client, ...args]);
    } catch (error) {
      throw new FeedError(
        `the client (${args.at(-1) ?? ''})`,
        saidBy(error),
        'devices would refuse this feed for the same reason',
      );
    }
  }
}
