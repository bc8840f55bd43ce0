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

/** Two more keys of a token that is several words without their spaces: a token that has all three bits is rarely chance. */
export function squeezedKey(hash: number): number {
  const key = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return Math.imul(key ^ (key >>> 12), 0x297a2d39);
}
/** As `squeezedKey`, mixed otherwise. */
export function otherSqueezedKey(hash: number): number {
  const key = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return Math.imul(key ^ (key >>> 16), 0x27d4eb2f);
}

/** Whether a filter of a power of two of bits has the bit of a key. */
export function hasBit(filter: Int32Array, key: number): boolean {
  const bit = key >>> (Math.clz32(filter.length * 32) + 1);
  return (((filter[bit >>> 5] as number) >>> bit) & 1) !== 0;
}
