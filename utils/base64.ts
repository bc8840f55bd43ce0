/** Bytes as base64 and back; the newer built-in where the browser has it, since it is many times faster. */

interface FastBytes {
  toBase64?(): string;
}

/** Bytes to base64. */
export function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  const fast = (bytes as Uint8Array & FastBytes).toBase64?.();
  if (fast !== undefined) return fast;
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Base64 to bytes. @throws on text that is no base64. */
export function fromBase64(text: string): ArrayBuffer {
  const { fromBase64: fast } = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (fast !== undefined) return fast.call(Uint8Array, text).buffer;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes.buffer;
}
