// @vitest-environment node
import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { p256, p384 } from '@noble/curves/nist.js';
import { describe, expect, it } from 'vitest';
import {
  fingerprint,
  readDescribedKey,
  readPem,
  readSpki,
  type PublicKey,
} from '../../../utils/feed/tuf/public-key.ts';
import { answerRsa, isGoodSignature, type SignatureCheck } from '../../../utils/feed/tuf/signatures.ts';

const TEXT = new TextEncoder().encode('what was signed');

function spkiOf(key: KeyObject): Uint8Array<ArrayBuffer> {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }));
}

/** A key pair and all that is asked of it. */
function pair(kind: 'ed25519' | 'p256' | 'p384' | 'rsa'): {
  spki: Uint8Array<ArrayBuffer>;
  pem: string;
  privateKey: KeyObject;
} {
  const { publicKey, privateKey } =
    kind === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' });
  return { spki: spkiOf(publicKey), pem: publicKey.export({ format: 'pem', type: 'spki' }) as string, privateKey };
}

/** One DER element. */
function element(tag: number, ...content: readonly (number | Uint8Array)[]): Uint8Array {
  const bytes = content.flatMap((part) => (typeof part === 'number' ? [part] : [...part]));
  const { length } = bytes;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return new Uint8Array([tag, ...size, ...bytes]);
}

/** The SPKI of an RSA key with this modulus, which begins with a set bit, and something behind the exponent. */
function rsaSpki(modulus: Uint8Array, behind: number[] = []): Uint8Array<ArrayBuffer> {
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  const numbers = element(0x30, element(0x02, 0, modulus), element(0x02, 1, 0, 1), ...behind);
  return new Uint8Array(element(0x30, algorithm, element(0x03, 0, numbers)));
}

const HASH = { ed25519: undefined, p256: 'sha256', p384: 'sha384' } as const;

function check(key: PublicKey, signature: Uint8Array, hash: string | undefined, text = TEXT): SignatureCheck {
  return { key, hash, signed: text, signature };
}

async function isGoodRsa(question: SignatureCheck): Promise<boolean> {
  isGoodSignature(question);
  await answerRsa();
  return isGoodSignature(question);
}

describe('a public key', () => {
  it.each(['ed25519', 'p256', 'p384', 'rsa'] as const)('of %s reads the same from DER and from PEM', (kind) => {
    const { spki, pem } = pair(kind);
    expect(readPem(pem)).toEqual(readSpki(spki));
    expect(readSpki(spki).type).toBe(kind);
    expect(readPem(pem.replaceAll('\n', '\r\n'))).toEqual(readSpki(spki));
  });

  it.each([
    ['ed25519', 'ed25519', 'ed25519', 32],
    ['p256', 'ecdsa', 'ecdsa-sha2-nistp256', 65],
    ['p384', 'ecdsa', 'ecdsa-sha2-nistp384', 97],
  ] as const)('of %s has one fingerprint in hex, in PEM and compressed', (kind, keyType, scheme, length) => {
    const { spki, pem } = pair(kind);
    const point = Buffer.from(spki.subarray(-length));
    const texts = [pem, point.toString('hex'), point.toString('hex').toUpperCase()];
    if (kind !== 'ed25519') texts.push((kind === 'p256' ? p256 : p384).Point.fromBytes(point).toHex(true));
    const prints = texts.map((text) => fingerprint(readDescribedKey({ keyType, scheme, keyVal: { public: text } })));
    expect(new Set(prints).size).toBe(1);
    expect(fingerprint(readSpki(pair(kind).spki))).not.toBe(prints[0]);
  });

  it.each(['ed25519', 'p256', 'p384', 'rsa'] as const)('of %s with a byte too many or too few is refused', (kind) => {
    const { spki } = pair(kind);
    expect(() => readSpki(new Uint8Array([...spki, 0]))).toThrow(TypeError);
    expect(() => readSpki(spki.slice(0, -1))).toThrow(TypeError);
    expect(() => readSpki(spki.slice(1))).toThrow(TypeError);
  });

  it.each([1024, 8200])('of RSA with %i bits is refused', (bits) => {
    expect(() => readSpki(rsaSpki(new Uint8Array(bits / 8).fill(0x91)))).toThrow(`${bits} bits`);
    expect(readSpki(rsaSpki(new Uint8Array(256).fill(0x91))).type).toBe('rsa');
  });

  it('of RSA in a longer form than the shortest is refused, so that it cannot count twice', () => {
    const modulus = new Uint8Array(256).fill(0x91);
    const spki = rsaSpki(modulus);
    // The outer length in three bytes where two are enough, and a modulus with one zero too many before it.
    expect(() => readSpki(new Uint8Array([0x30, 0x83, 0, ...spki.subarray(2)]))).toThrow(/shortest form/);
    expect(() => readSpki(rsaSpki(new Uint8Array([0, ...modulus])))).toThrow(/shortest form/);
    expect(() => readSpki(rsaSpki(modulus, [0]))).toThrow(/behind its end/);
  });

  it.each([
    ['no PEM', 'hello'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
    ['two keys', `${pair('ed25519').pem}${pair('ed25519').pem}`],
    ['letters that base64 has not got', pair('ed25519').pem.replace(/M/, '!')],
    ['text before it', ` ${pair('ed25519').pem}`],
  ])('in PEM is refused when it is %s', (_, pem) => {
    expect(() => readPem(pem)).toThrow(TypeError);
  });

  it('in hex is refused when it is of another length or has another letter', () => {
    const described = (text: string) => ({ keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: text } });
    expect(() => readDescribedKey(described('ab'.repeat(31)))).toThrow(TypeError);
    expect(() => readDescribedKey(described(`${'ab'.repeat(31)}zz`))).toThrow(/hex/);
    expect(() => readDescribedKey({ keyType: 'ed25519', scheme: 'ed25519', keyVal: {} })).toThrow(TypeError);
  });
});

describe('a signature', () => {
  it.each(['ed25519', 'p256', 'p384'] as const)('of %s is good for its text and key alone', (kind) => {
    const { spki, privateKey } = pair(kind);
    const key = readSpki(spki);
    const signature = new Uint8Array(sign(HASH[kind] ?? null, TEXT, privateKey));
    expect(isGoodSignature(check(key, signature, HASH[kind]))).toBe(true);
    expect(isGoodSignature(check(key, signature, HASH[kind], TEXT.slice(1)))).toBe(false);
    expect(isGoodSignature(check(readSpki(pair(kind).spki), signature, HASH[kind]))).toBe(false);
    expect(isGoodSignature(check(key, new Uint8Array(0), HASH[kind]))).toBe(false);
    for (const at of [0, 1, 5, signature.length - 1]) {
      const bent = signature.slice();
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(isGoodSignature(check(key, bent, HASH[kind]))).toBe(false);
    }
  });

  it.each([
    ['p256', 'sha384'],
    ['p384', 'sha256'],
    ['p256', undefined],
    ['ed25519', 'sha256'],
  ] as const)('of %s over another hash (%s) is not good', (kind, hash) => {
    const { spki, privateKey } = pair(kind);
    const signature = new Uint8Array(sign(kind === 'ed25519' ? null : (hash ?? 'sha256'), TEXT, privateKey));
    expect(isGoodSignature(check(readSpki(spki), signature, hash))).toBe(false);
  });

  it('of ECDSA is good with a high S as with a low one: ordinary signers write both', () => {
    const { spki, privateKey } = pair('p256');
    const key = readSpki(spki);
    const first = p256.Signature.fromBytes(new Uint8Array(sign('sha256', TEXT, privateKey)), 'der');
    const other = new p256.Signature(first.r, p256.Point.Fn.ORDER - first.s);
    const good = [first, other].map((one) => isGoodSignature(check(key, one.toBytes('der'), 'sha256')));
    expect(good).toEqual([true, true]);
    expect(first.hasHighS()).not.toBe(other.hasHighS());
  });

  it('of a weak Ed25519 key, which fits every text, is not good', () => {
    const weak: PublicKey = { type: 'ed25519', bytes: new Uint8Array(32).fill(1, 0, 1) };
    const signature = new Uint8Array(64).fill(1, 0, 1);
    expect(isGoodSignature(check(weak, signature, undefined))).toBe(false);
  });

  it.each([
    ['as many bytes as the hash has', 32],
    ['as many bytes as fit', constants.RSA_PSS_SALTLEN_MAX_SIGN],
  ])('of RSA-PSS is good with a salt of %s', async (_, saltLength) => {
    const { spki, privateKey } = pair('rsa');
    const key = readSpki(spki);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = new Uint8Array(sign('sha256', TEXT, { key: privateKey, padding, saltLength }));
    expect(await isGoodRsa(check(key, signature, 'sha256'))).toBe(true);
    expect(await isGoodRsa(check(key, signature, 'sha256', TEXT.slice(1)))).toBe(false);
    expect(await isGoodRsa(check(key, signature, 'sha512'))).toBe(false);
    expect(await isGoodRsa(check(key, signature, 'md5'))).toBe(false);
    expect(await isGoodRsa(check(key, signature.slice(1), 'sha256'))).toBe(false);
  });

  it('of RSA is not good before WebCrypto was asked, nor in the old padding', async () => {
    const { spki, privateKey } = pair('rsa');
    const signature = new Uint8Array(sign('sha256', TEXT, privateKey));
    const question = check(readSpki(spki), signature, 'sha256');
    expect(isGoodSignature(question)).toBe(false);
    expect(await answerRsa()).toBe(true);
    expect(await answerRsa()).toBe(false);
    expect(isGoodSignature(question)).toBe(false);
  });

  it('stays what it is when more have been checked than are remembered', () => {
    const { spki, privateKey } = pair('ed25519');
    const key = readSpki(spki);
    const signature = new Uint8Array(sign(null, TEXT, privateKey));
    const texts = Array.from({ length: 600 }, (_, count) => new TextEncoder().encode(String(count)));
    for (const text of texts) expect(isGoodSignature(check(key, new Uint8Array(64), undefined, text))).toBe(false);
    expect(isGoodSignature(check(key, signature, undefined))).toBe(true);
  });
});
