/** As much of Node's `crypto` as @tufjs/models uses, over @noble and WebCrypto. What it does not use, is not there. */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { readPem, readSpki, type PublicKey } from '../public-key.ts';
import { isGoodSignature } from '../signatures.ts';
import { Buffer, type Bytes } from './buffer.ts';

const HASHES = { sha256, sha384, sha512 };

/** Node's names of the curves, by which the library checks that a key fits its scheme. */
const CURVES: Readonly<Partial<Record<PublicKey['type'], string>>> = { p256: 'prime256v1', p384: 'secp384r1' };

/** A key as the library looks at it. */
interface KeyObject {
  asymmetricKeyType: 'ed25519' | 'ec' | 'rsa';
  asymmetricKeyDetails: { namedCurve: string | undefined };
  key: PublicKey;
}

/** A hash that is fed piece by piece. @throws on a name that is not SHA-256, SHA-384 or SHA-512. */
function createHash(name: string): {
  update(part: string | Uint8Array): unknown;
  digest(encoding?: 'hex'): string | Bytes;
} {
  if (!Object.hasOwn(HASHES, name)) throw new TypeError(`there is no hash ${name}`);
  const hash = HASHES[name as keyof typeof HASHES].create();
  const fed = {
    update(part: string | Uint8Array) {
      hash.update(typeof part === 'string' ? new TextEncoder().encode(part) : part);
      return fed;
    },
    digest(encoding?: 'hex') {
      const digest = Buffer.from(hash.digest());
      return encoding === 'hex' ? digest.toString('hex') : digest;
    },
  };
  return fed;
}

/** Reads a public key in PEM, or in DER as the library builds it from hex. @throws TypeError */
function createPublicKey(source: string | { key: Uint8Array }): KeyObject {
  const key = typeof source === 'string' ? readPem(source) : readSpki(new Uint8Array(source.key));
  return {
    asymmetricKeyType: key.type === 'ed25519' || key.type === 'rsa' ? key.type : 'ec',
    asymmetricKeyDetails: { namedCurve: CURVES[key.type] },
    key,
  };
}

/** Whether a signature is good. */
function verify(
  hash: string | undefined,
  signed: Uint8Array,
  { key }: { key: KeyObject },
  signature: Uint8Array,
): boolean {
  return isGoodSignature({ key: key.key, hash, signed, signature });
}

const constants = { RSA_PKCS1_PSS_PADDING: 6 };

export default { createHash, createPublicKey, verify, constants };
