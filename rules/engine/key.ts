/** A 32-bit key of a name (FNV-1a over UTF-16 units), the same in every rule set: what a conversation's memory keeps instead of text. */
export function keyOf(name: string): number {
  let key = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) key = Math.imul(key ^ name.charCodeAt(at), 0x01000193);
  return key | 0;
}
