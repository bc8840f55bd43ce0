/** What the library's store throws, and what is checked before it is asked, as refusals. */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { FeedRefusal } from '../refusal.ts';
import { BadVersionError, ExpiredMetadataError, LengthOrHashMismatchError, UnsignedMetadataError } from './library.ts';
import { readTime, type Dated } from './time.ts';

const HASHES = { sha256, sha384, sha512 };
/** The cure for what only one mirror can be at fault for. */
export const OTHER_MIRROR = 'ask another mirror; have this one copy the repository again';
const SIGN_ANEW = 'ask another mirror; when all say so, check the clock or have it signed anew';

/** An error of the library as a refusal of a file. Our own refusals stay as they are. */
export function refusalOf(error: unknown, file: string): FeedRefusal {
  if (error instanceof FeedRefusal) return error;
  const what = error instanceof Error ? error.message : String(error);
  const kind =
    error instanceof UnsignedMetadataError
      ? 'signature'
      : error instanceof ExpiredMetadataError
        ? 'expired'
        : error instanceof BadVersionError
          ? 'rollback'
          : error instanceof LengthOrHashMismatchError
            ? 'hash'
            : // The store's other complaint about a snapshot: a role that was there is gone.
              what.startsWith('Missing file')
              ? 'rollback'
              : 'format';
  return new FeedRefusal(kind, file, what, kind === 'expired' ? SIGN_ANEW : OTHER_MIRROR, { cause: error });
}

/** @throws FeedRefusal `expired` when a signed part's time is over. @param time in ms since 1970 */
export function requireFresh(signed: Dated, time: number, file: string): void {
  const expires = readTime(signed.expires);
  if (expires !== undefined && time < expires) return;
  throw new FeedRefusal('expired', file, `it was good until ${signed.expires}`, SIGN_ANEW);
}

/** Length and hashes of a file as signed metadata states them. */
export interface StatedFile {
  length?: number;
  hashes?: Readonly<Record<string, string>>;
}

/**
 * Checks bytes against every stated length and hash.
 *
 * @throws FeedRefusal `hash`, also for a hash of a kind that is not known here: it cannot be said to be right
 */
export function requireHashes({ length, hashes = {} }: StatedFile, bytes: Uint8Array, file: string): void {
  if (length !== undefined && length !== bytes.length) {
    throw new FeedRefusal('hash', file, `it has ${bytes.length} bytes instead of ${length}`, OTHER_MIRROR);
  }
  for (const [name, stated] of Object.entries(hashes)) {
    const hash = Object.hasOwn(HASHES, name) ? HASHES[name as keyof typeof HASHES] : undefined;
    if (hash === undefined) {
      throw new FeedRefusal(
        'hash',
        file,
        `its hash ${name} is of no kind that can be checked`,
        'publish it with SHA-256',
      );
    }
    if (bytesToHex(hash(bytes)) !== stated) throw new FeedRefusal('hash', file, `its ${name} is another`, OTHER_MIRROR);
  }
}

/**
 * Checks a metadata file against what the role above says of it: its bytes once they are there, its signed part once it is read.
 *
 * @throws FeedRefusal `hash` or `mix`
 */
export function requireMeta(
  meta: StatedFile & { version: number },
  got: Uint8Array | { version: number },
  file: string,
): void {
  if (got instanceof Uint8Array) requireHashes(meta, got, file);
  else if (got.version !== meta.version) {
    throw new FeedRefusal(
      'mix',
      file,
      `it is version ${got.version} where version ${meta.version} belongs`,
      OTHER_MIRROR,
    );
  }
}
