/** Getting one file from a mirror: what the transport throws becomes a refusal of that file. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { FeedRefusal } from '../refusal.ts';
import {
  FILE_TIME,
  TransportError,
  type Transport,
  type TransportAnswer,
  type TransportErrorKind,
} from '../transport.ts';

export interface Mirror {
  /** Address of the folder of metadata. */
  metadataUrl: string;
  transport: Transport;
  signal: AbortSignal;
}

const CURES: Readonly<Record<TransportErrorKind, string>> = {
  offline: 'check the network, then ask again or ask another mirror',
  status: 'ask another mirror; look into this one’s log',
  'too-long': 'ask another mirror; have this one copy the repository again',
  timeout: 'ask another mirror; this one is too slow or overloaded',
  redirect: 'sign in to the network if it asks for that; else give the mirror’s final address',
};

/** SHA-256 in hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** An address with a slash at its end. */
export function asFolder(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

/**
 * Gets a file by its full address.
 *
 * @param file named in a refusal
 * @param holds SHA-256 of the copy held, when the answer may be that it is the same
 * @throws FeedRefusal
 */
export async function fetchUrl(
  { transport, signal }: Pick<Mirror, 'transport' | 'signal'>,
  url: string,
  file: string,
  bytes: number,
  holds?: string,
): Promise<TransportAnswer> {
  try {
    return await transport.get(url, { bytes, ms: FILE_TIME, signal, ...(holds === undefined ? {} : { holds }) });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const { kind, message, retryAfter } = error;
    throw new FeedRefusal(kind, file, message, CURES[kind], { cause: error, retryAfter });
  }
}

/** Gets a metadata file by its name. @throws FeedRefusal */
export async function fetchFile(mirror: Mirror, file: string, bytes: number, holds?: string): Promise<TransportAnswer> {
  return fetchUrl(mirror, asFolder(mirror.metadataUrl) + file, file, bytes, holds);
}
