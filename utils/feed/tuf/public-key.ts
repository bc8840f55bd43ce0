/**
 * Reading public keys: Ed25519, ECDSA on P-256 and P-384, and RSA, as SPKI in DER or PEM, or as bare hex.
 *
 * An SPKI of a curve is a fixed beginning and a point of fixed length, so it is compared, not parsed. RSA alone has
 * lengths to read; whatever is not the one shortest form of DER is refused.
 */
import { p256, p384 } from '@noble/curves/nist.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { fromBase64 } from '../../base64.ts';

export type KeyType = 'ed25519' | 'p256' | 'p384' | 'rsa';

export interface PublicKey {
  type: KeyType;
  /** The point as it stands in the key; for RSA the whole SPKI, as WebCrypto wants it. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** What comes before the point, and the length of the point, for each kind of key that has one. Sources: RFC 8410, RFC 5480. */
const POINTS: readonly { type: KeyType; start: string; length: number }[] = [
  { type: 'ed25519', start: '302a300506032b6570032100', length: 32 },
  { type: 'p256', start: '3059301306072a8648ce3d020106082a8648ce3d030107034200', length: 65 },
  { type: 'p256', start: '3039301306072a8648ce3d020106082a8648ce3d030107032200', length: 33 },
  { type: 'p384', start: '3076301006072a8648ce3d020106052b81040022036200', length: 97 },
  { type: 'p384', start: '3046301006072a8648ce3d020106052b81040022033200', length: 49 },
];
/** AlgorithmIdentifier of rsaEncryption with its NULL. Source: RFC 8017, A.1. */
const RSA_ALGORITHM = '300d06092a864886f70d0101010500';
/** Shortest and longest RSA modulus, in bits: the shortest that is held to be safe, the longest that is quick to check. */
const RSA_BITS = { least: 2048, most: 8192 };

const PEM = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;

/** One DER element of the wanted tag from the start of the bytes. @throws when it is not there in its shortest form. */
function readElement(
  bytes: Uint8Array<ArrayBuffer>,
  tag: number,
): { content: Uint8Array<ArrayBuffer>; rest: Uint8Array<ArrayBuffer> } {
  let length = bytes[1] ?? -1;
  let at = 2;
  if (length > 0x80) {
    const size = length - 0x80;
    length = 0;
    for (; at < 2 + size; at += 1) length = length * 256 + (bytes[at] ?? 0);
    const isShortest = size <= 3 && length >= (size === 1 ? 0x80 : 256 ** (size - 1));
    if (!isShortest) throw new TypeError('the public key has a length that is not in its shortest form');
  }
  if (bytes[0] !== tag || length < 0 || length === 0x80 || at + length > bytes.length) {
    throw new TypeError('the public key is not DER');
  }
  return { content: bytes.subarray(at, at + length), rest: bytes.subarray(at + length) };
}

/** A positive whole number in its shortest form, without the zero that stands for its sign. */
function readNumber(bytes: Uint8Array<ArrayBuffer>): {
  number: Uint8Array<ArrayBuffer>;
  rest: Uint8Array<ArrayBuffer>;
} {
  const { content, rest } = readElement(bytes, 0x02);
  const [first = 0x80, second = 0] = content;
  if (first >= 0x80 || (first === 0 && second < 0x80))
    throw new TypeError('the RSA key has a number that is not in its shortest form');
  return { number: first === 0 ? content.subarray(1) : content, rest };
}

/** Checks an RSA key from the outside in. @throws when it is not exactly an SPKI of a modulus and an exponent. */
function checkRsa(spki: Uint8Array<ArrayBuffer>): void {
  const outer = readElement(spki, 0x30);
  const algorithmLength = RSA_ALGORITHM.length / 2;
  if (bytesToHex(outer.content.subarray(0, algorithmLength)) !== RSA_ALGORITHM)
    throw new TypeError('the public key is of no known kind');
  const bits = readElement(outer.content.subarray(algorithmLength), 0x03);
  if (bits.content[0] !== 0) throw new TypeError('the RSA key has unused bits');
  const inner = readElement(bits.content.subarray(1), 0x30);
  const modulus = readNumber(inner.content);
  const exponent = readNumber(modulus.rest);
  if (outer.rest.length + bits.rest.length + inner.rest.length + exponent.rest.length > 0) {
    throw new TypeError('the RSA key has something behind its end');
  }
  const size = modulus.number.length * 8;
  if (size < RSA_BITS.least || size > RSA_BITS.most) {
    throw new TypeError(`the RSA key has ${size} bits; ${RSA_BITS.least} to ${RSA_BITS.most} are allowed`);
  }
}

/** Reads a SubjectPublicKeyInfo in DER. @throws TypeError when it is not exactly one of the known kinds. */
export function readSpki(spki: Uint8Array<ArrayBuffer>): PublicKey {
  for (const { type, start, length } of POINTS) {
    const startLength = start.length / 2;
    if (spki.length === startLength + length && bytesToHex(spki.subarray(0, startLength)) === start) {
      return { type, bytes: spki.slice(startLength) };
    }
  }
  checkRsa(spki);
  return { type: 'rsa', bytes: spki };
}

/** Reads a SubjectPublicKeyInfo in PEM. @throws TypeError */
export function readPem(pem: string): PublicKey {
  const body = PEM.exec(pem)?.[1]?.replaceAll(/\s/g, '');
  if (body === undefined || body.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(body)) {
    throw new TypeError('the public key is not PEM');
  }
  return readSpki(new Uint8Array(fromBase64(body)));
}

/** What TUF metadata says of a key. */
export interface DescribedKey {
  keyType: string;
  scheme: string;
  keyVal: Readonly<Record<string, string>>;
}

/** Reads a key as TUF metadata describes it: PEM, or the hex of the point. @throws TypeError */
export function readDescribedKey(key: DescribedKey): PublicKey {
  const text = Object.hasOwn(key.keyVal, 'public') ? (key.keyVal['public'] ?? '') : '';
  if (text.startsWith('-----')) return readPem(text);
  const bytes = hexToBytes(text);
  const type: KeyType = key.keyType === 'ed25519' ? 'ed25519' : key.scheme === 'ecdsa-sha2-nistp384' ? 'p384' : 'p256';
  if (!POINTS.some((point) => point.type === type && point.length === bytes.length)) {
    throw new TypeError(`a ${type} key cannot have ${bytes.length} bytes`);
  }
  return { type, bytes: new Uint8Array(bytes) };
}

/**
 * The same text for the same key, however it is written: PEM or hex, compressed or not, whatever its key id. By it one
 * key counts once toward a threshold.
 */
export function fingerprint({ type, bytes }: PublicKey): string {
  const curve = type === 'p256' ? p256 : type === 'p384' ? p384 : undefined;
  return `${type}:${curve === undefined ? bytesToHex(bytes) : curve.Point.fromBytes(bytes).toHex(true)}`;
}
