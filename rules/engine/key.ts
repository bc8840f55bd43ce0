/** A 32-bit key of a name (FNV-1a over UTF-16 units), the same in every rule set: what a conversation's memory keeps instead of text. */
export function keyOf(name: string): number {
  let key = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) key = Math.imul(key ^ name.charCodeAt(at), 0x01000193);
  return key | 0;
}

/** Factors of the keys below; odd, with well mixed high bits. `filter.ts` has the same keys in its loop. */
export const SINGLE = { salt: 0x5bd1e995, factor: 0x9e3779b1 | 0 } as const;
export const PAIR = { inner: 0x85ebca6b | 0, factor: 0xc2b2ae35 | 0 } as const;

/** The key of one token in the index, from the hash of its letters. Its high bits choose a bit of the filter. */
export function singleKey(hash: number): number {
  return Math.imul(hash ^ SINGLE.salt, SINGLE.factor);
}

/** The key of two tokens that follow each other. */
export function pairKey(first: number, second: number): number {
  return Math.imul(Math.imul(first, PAIR.inner) ^ second, PAIR.factor);
}

/** Where the bits of a token that is several words without their spaces stand in the second filter: all in one number. */
export function squeezedPlace(hash: number, length: number): number {
  const key = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (((key ^ (key >>> 12)) >>> 16) * length) >>> 16;
}

/** Those bits. */
export function squeezedMask(hash: number): number {
  const key = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return (1 << (key >>> 27)) | (1 << (key >>> 22)) | (1 << (key >>> 17)) | (1 << (key >>> 12));
}

/** Hashes below this are words of at most four letters, which are too short to be several. */
const SHORT_WORDS = 37 ** 4;

/** Whether the second filter has a token: one in fifty that it has not is taken for one. */
export function maySqueeze(filter: Int32Array, hash: number): boolean {
  if (hash >>> 0 < SHORT_WORDS) return false;
  const mask = squeezedMask(hash);
  return ((filter[squeezedPlace(hash, filter.length)] as number) & mask) === mask;
}

/** One of 16 bits for a word: a set of words has those of all its words, so that most others need not be looked for in it. */
export function setBitOf(hash: number): number {
  return 1 << (Math.imul(hash, 0x9e3779b1) >>> 28);
}

/** Whether a filter of a power of two of bits has the bit of a key. */
export function hasBit(filter: Int32Array, key: number): boolean {
  const bit = key >>> (Math.clz32(filter.length * 32) + 1);
  return (((filter[bit >>> 5] as number) >>> bit) & 1) !== 0;
}
