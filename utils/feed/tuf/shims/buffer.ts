/** As much of Node's `Buffer` as tuf-js and @tufjs/models use, over the browser's own parts. What they do not use, throws. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** Bytes that answer `toString('utf8')` and `toString('hex')`, and read one number. */
export class Bytes extends Uint8Array<ArrayBuffer> {
  /** @throws on text that is not UTF-8: what cannot be read exactly is not read at all. */
  override toString(encoding = 'utf8'): string {
    if (encoding === 'hex') return bytesToHex(this);
    if (encoding === 'utf8') return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this);
    throw new TypeError(`bytes cannot be written as ${encoding}`);
  }

  readUInt32BE(at = 0): number {
    return new DataView(this.buffer, this.byteOffset, this.byteLength).getUint32(at);
  }
}

/** Text or bytes as bytes. Unlike Node's, hex with a stray letter throws instead of ending there. */
function toBytes(value: string | Iterable<number>, encoding = 'utf8'): Bytes {
  if (typeof value !== 'string') return Bytes.from(value) as Bytes;
  if (encoding === 'hex') return Bytes.from(hexToBytes(value)) as Bytes;
  if (encoding === 'utf8') return Bytes.from(new TextEncoder().encode(value)) as Bytes;
  throw new TypeError(`text cannot be read as ${encoding}`);
}

/** Bytes one after another. */
function joinBytes(parts: readonly Uint8Array[]): Bytes {
  const joined = new Bytes(new ArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0)));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export const Buffer = { from: toBytes, concat: joinBytes };
