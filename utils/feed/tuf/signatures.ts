/**
 * Checking signatures. Ed25519 and ECDSA are checked at once by @noble/curves. RSA is left to WebCrypto, which answers
 * later than the library can wait: its question is noted, `answerRsa` has it answered, and then the library is asked again.
 *
 * Answers are remembered by everything that they depend on (key, hash, signed bytes, signature), since the library checks
 * what our stricter count has just checked. A forgotten one costs time, or for RSA a refusal; it never makes a bad
 * signature good.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { fingerprint, type PublicKey } from './public-key.ts';

/** Most answers that are remembered: those of a refresh with 16 roles of 16 keys. */
const MOST_ANSWERS = 512;
const answers = new Map<string, boolean>();
const unanswered = new Map<string, SignatureCheck>();

/** Output of each hash that an RSA scheme may name, in bytes; its length is that of the usual salt. */
const RSA_HASHES: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };
/** The one hash that goes with each curve: `undefined` is how the library says that Ed25519 brings its own. */
const CURVE_HASHES: Readonly<Record<Exclude<PublicKey['type'], 'rsa'>, string | undefined>> = {
  ed25519: undefined,
  p256: 'sha256',
  p384: 'sha384',
};

export interface SignatureCheck {
  key: PublicKey;
  /** The name of the hash as the library gives it; undefined for Ed25519. */
  hash: string | undefined;
  signed: Uint8Array;
  signature: Uint8Array;
}

function questionOf({ key, hash, signed, signature }: SignatureCheck): string {
  return [fingerprint(key), hash ?? '', bytesToHex(sha256(signed)), bytesToHex(signature)].join(' ');
}

function remember(question: string, answer: boolean): boolean {
  const [oldest] = answers.keys();
  if (answers.size >= MOST_ANSWERS && oldest !== undefined) answers.delete(oldest);
  answers.set(question, answer);
  return answer;
}

/** Checks a signature on a curve; what cannot be read as a signature is a bad one. */
function checkOnCurve({ key, signed, signature }: SignatureCheck): boolean {
  try {
    // Strict as in RFC 8032, not as in ZIP 215: one signature has one form, and weak keys are refused.
    if (key.type === 'ed25519') return ed25519.verify(signature, signed, key.bytes, { zip215: false });
    const curve = key.type === 'p256' ? p256 : p384;
    // Half of all ordinary signatures have a high S; noble's low-S rule is one of Bitcoin's.
    return curve.verify(signature, signed, key.bytes, { lowS: false, format: 'der', prehash: true });
  } catch {
    return false;
  }
}

/**
 * Whether a signature is good. The hash has to be the one of the key's curve.
 *
 * Of an RSA signature it is not known at first: the answer is no, and `answerRsa` gets the true one.
 */
export function isGoodSignature(check: SignatureCheck): boolean {
  const question = questionOf(check);
  const known = answers.get(question);
  if (known !== undefined) return known;
  if (check.key.type === 'rsa') {
    unanswered.set(question, check);
    return false;
  }
  if (check.hash !== CURVE_HASHES[check.key.type]) return false;
  return remember(question, checkOnCurve(check));
}

/** RSA-PSS over SHA-256, SHA-384 or SHA-512, as TUF's schemes of that name have it. */
async function checkRsa({ key, hash = '', signed, signature }: SignatureCheck): Promise<boolean> {
  const hashLength = Object.hasOwn(RSA_HASHES, hash) ? RSA_HASHES[hash] : undefined;
  if (hashLength === undefined) return false;
  try {
    const algorithm = { name: 'RSA-PSS', hash: `SHA-${hash.slice(3)}` };
    const imported = await crypto.subtle.importKey('spki', key.bytes, algorithm, false, ['verify']);
    // securesystemslib salts with as many bytes as the hash has, OpenSSL with as many as fit.
    for (const saltLength of [hashLength, signature.length - hashLength - 2]) {
      const isGood = await crypto.subtle.verify(
        { name: 'RSA-PSS', saltLength },
        imported,
        new Uint8Array(signature),
        new Uint8Array(signed),
      );
      if (isGood) return true;
    }
  } catch {
    // A key or a signature that WebCrypto cannot read is a bad one.
  }
  return false;
}

/** Has WebCrypto check the RSA signatures that were asked about. True when there were any: then ask again. */
export async function answerRsa(): Promise<boolean> {
  const asked = [...unanswered];
  unanswered.clear();
  for (const [question, check] of asked) remember(question, await checkRsa(check));
  return asked.length > 0;
}
