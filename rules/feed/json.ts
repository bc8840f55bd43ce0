/** One way to write a value as JSON, so that the same content is the same bytes on every machine. */

/** Writes a value without spaces and with the keys of every object in code-unit order; fields that are `undefined` are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries.sort(byKey).map(([key, field]) => [key, sorted(field)]));
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : Number(one > other);
}

/** How many bytes a well-formed text has in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Two halves of a surrogate pair are four bytes together.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** Whether a text has more bytes than that in UTF-8. */
export function isLonger(text: string, bytes: number): boolean {
  // A unit is at least one byte and at most three.
  return text.length > bytes || (text.length * 3 > bytes && bytesOf(text) > bytes);
}
