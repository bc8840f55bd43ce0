/** Where a published repository is read from: a folder, or an address. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FeedError } from '../../feed/error.ts';
import { MAX_RULE_FILE } from '../../feed/limits.ts';

/** Longest time for one file, in ms. */
const FILE_MS = 20_000;

export interface Source {
  /** As people call it. */
  name: string;
  /** A file by its path within the repository; undefined when it is not there. @throws FeedError when nobody can say. */
  read: (path: string) => Promise<Buffer | undefined>;
}

/** A folder or an http(s) address as a source. */
export function sourceOf(place: string): Source {
  return /^https?:\/\//.test(place) ? urlSource(place) : folderSource(place);
}

/** A folder as a source. */
export function folderSource(folder: string): Source {
  return {
    name: folder,
    read: (path) => {
      const file = join(folder, path);
      return Promise.resolve(existsSync(file) ? readFileSync(file) : undefined);
    },
  };
}

function urlSource(base: string): Source {
  const root = base.endsWith('/') ? base : `${base}/`;
  return { name: base, read: (path) => fetchFile(new URL(path, root).href) };
}

async function fetchFile(url: string): Promise<Buffer | undefined> {
  const fail = (what: string): never => {
    throw new FeedError(url, what, 'check the address and the server, then try again');
  };
  try {
    const response = await fetch(url, { redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(FILE_MS) });
    if ([403, 404, 410].includes(response.status)) return undefined;
    if (!response.ok || response.body === null) return fail(`answers with ${response.status}`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > MAX_RULE_FILE) return fail(`is longer than ${MAX_RULE_FILE} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof FeedError) throw error;
    const { cause, message } = error as Error;
    return fail(`cannot be fetched (${cause instanceof Error ? cause.message : message})`);
  }
}
