/** Keys of signers, as every TUF client knows them: Ed25519, and ECDSA on P-256 and P-384 as tokens have it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Key, Signature } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { sha256, writeWhole } from './files.ts';

/** Names the owner of a key in signed metadata, as tuf-on-ci does. */
const OWNER = 'x-tuf-on-ci-keyowner';

const CURVES: Partial<Record<string, { scheme: string; hash: string }>> = {
  prime256v1: { scheme: 'ecdsa-sha2-nistp256', hash: 'sha256' },
  secp384r1: { scheme: 'ecdsa-sha2-nistp384', hash: 'sha384' },
};

/** A private key with its public half as it stands in metadata. */
export interface SigningKey {
  key: Key;
  sign: (bytes: Uint8Array) => Signature;
}

/** A public key as it stands in metadata; `owner` is the signer's name. The id is the one that securesystemslib gives it. */
function keyOf(publicKey: KeyObject, owner: string, where: string): Key {
  let parts: { keytype: string; scheme: string; value: string };
  if (publicKey.asymmetricKeyType === 'ed25519') {
    const { x = '' } = publicKey.export({ format: 'jwk' });
    parts = { keytype: 'ed25519', scheme: 'ed25519', value: Buffer.from(x, 'base64url').toString('hex') };
  } else {
    const curve = CURVES[publicKey.asymmetricKeyDetails?.namedCurve ?? ''];
    if (curve === undefined)
      throw new FeedError(
        where,
        'is no key of a kind that the feed takes',
        'make an Ed25519, ECDSA P-256 or ECDSA P-384 key',
      );
    parts = {
      keytype: 'ecdsa',
      scheme: curve.scheme,
      value: String(publicKey.export({ type: 'spki', format: 'pem' })),
    };
  }
  const { keytype, scheme, value } = parts;
  return new Key({
    // Canonical JSON of TUF, which leaves line ends as they are.
    keyID: sha256(`{"keytype":"${keytype}","keyval":{"public":"${value}"},"scheme":"${scheme}"}`),
    keyType: keytype,
    scheme,
    keyVal: { public: value },
    unrecognizedFields: { [OWNER]: `@${owner}` },
  });
}

/** Whose key it is. */
export function ownerOf(key: Key): string {
  const owner = key.unrecognizedFields?.[OWNER];
  return typeof owner === 'string' ? owner.replace(/^@/, '') : key.keyID.slice(0, 8);
}

function readPem(file: string): string {
  if (!existsSync(file)) throw new FeedError(file, 'is not there', 'name the file of a key (PEM)');
  return readFileSync(file, 'utf8');
}

/** Reads the public key of a signer who keeps the private one. @throws FeedError, also for a private key: nobody hands that over. */
export function readPublicKey(file: string, owner: string): Key {
  const pem = readPem(file);
  if (pem.includes('PRIVATE KEY'))
    throw new FeedError(
      file,
      'is a private key, which stays with its owner',
      `give the public half: openssl pkey -in ${file} -pubout -out ${owner}.pub.pem`,
    );
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey(pem);
  } catch {
    throw new FeedError(file, 'is no public key', 'give a file that begins with -----BEGIN PUBLIC KEY-----');
  }
  return keyOf(publicKey, owner, file);
}

/** Reads a private key to sign with (PKCS#8 or SEC1, PEM). */
export function readSigningKey(file: string, owner = 'you'): SigningKey {
  const pem = readPem(file);
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new FeedError(
      file,
      pem.includes('PUBLIC KEY') ? 'is a public key, which cannot sign' : 'is no private key without a passphrase',
      'give a file that begins with -----BEGIN PRIVATE KEY-----',
    );
  }
  return signingKeyOf(privateKey, owner, file);
}

function signingKeyOf(privateKey: KeyObject, owner: string, where: string): SigningKey {
  const key = keyOf(createPublicKey(privateKey), owner, where);
  const hash = CURVES[privateKey.asymmetricKeyDetails?.namedCurve ?? '']?.hash ?? null;
  return {
    key,
    sign: (bytes) => new Signature({ keyID: key.keyID, sig: sign(hash, bytes, privateKey).toString('hex') }),
  };
}

/** Makes an Ed25519 key and writes its private half into a file that only its owner may read. */
export function makeKeyFile(file: string, owner: string, remark: string): SigningKey {
  if (existsSync(file))
    throw new FeedError(
      file,
      'is there already, and a key is never written over',
      'take another folder, or keep the key',
    );
  const { privateKey } = generateKeyPairSync('ed25519');
  // What stands before the first line of a PEM is for people.
  writeWhole(file, `${remark}\n${String(privateKey.export({ type: 'pkcs8', format: 'pem' }))}`, 0o600);
  return signingKeyOf(privateKey, owner, file);
}
