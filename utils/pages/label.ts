/** Grammars of accessible labels: a closed list in the package, named by adapters. */

/** What a message's label says. */
export interface Label {
  name: string;
  text: string;
}

/** Longest beginning of a label, up to the name: “At June 24, 2026, 4:15 PM, ”. */
const LONGEST_TIME = 60;

/**
 * Reads a label such as “At 16:15, Name: text”, “Lúc 16:15, Tên: chữ”, “At June 24, 2026, 4:15 PM, Name: text”, in any
 * interface language: some words, a time with a colon, perhaps AM, PM, SA or CH, a comma, a name, a colon, the text.
 *
 * @returns undefined for a label of another form, and for one without text (a picture, a sticker).
 */
export function readLabel(label: string): Label | undefined {
  const time = /^[^:]{0,60}?\d{1,2}:\d{2}\s?(?:[AaPp]\.?[Mm]\.?|SA|CH)?,\s/.exec(label);
  if (time === null || time[0].length > LONGEST_TIME) return undefined;
  const rest = label.slice(time[0].length);
  const colon = rest.indexOf(': ');
  if (colon < 1) return undefined;
  const text = rest.slice(colon + 2).trim();
  return text === '' ? undefined : { name: rest.slice(0, colon).trim(), text };
}
