/** What a developer would write to make spellings equal before a search. */

/** Lower case, no marks, `đ` as `d`, one space for whatever is no letter or digit. */
export function normalise(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** The same between two spaces, in which ` word ` finds whole words only. */
export function padded(text: string): string {
  return ` ${normalise(text)} `;
}
