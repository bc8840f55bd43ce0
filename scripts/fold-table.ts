/**
 * Writes `rules/engine/fold-table.ts`: what each UTF-16 unit below U+2000 means for matching.
 *
 *     node scripts/n.mjs scripts/fold-table.ts
 *
 * Computing it with `String.prototype.normalize` in every frame would cost some 40 ms; the runs are read in under 1 ms.
 */
import { writeFileSync } from 'node:fs';
import { IGNORED, MARK_MODIFIERS, MARK_TONES, TABLE_SIZE } from '../rules/engine/symbols.ts';

/** Letters of other scripts that look like Latin ones. Source: Unicode confusables, the subset that a reader cannot tell apart. */
const LOOK_ALIKES: Record<string, string> = {
  a: 'аɑα',
  b: 'Ьʙ',
  c: 'сϲ',
  d: 'ԁɗ',
  e: 'еҽ',
  g: 'ɡց',
  h: 'һհ',
  i: 'іıιɩ',
  j: 'јϳ',
  k: 'кκ',
  l: 'ӏ',
  m: 'м',
  n: 'ոп',
  o: 'оοօ',
  p: 'рρ',
  q: 'ԛզ',
  r: 'г',
  s: 'ѕ',
  t: 'тτ',
  u: 'սυ',
  v: 'ѵν',
  w: 'ԝѡ',
  x: 'хχ',
  y: 'уү',
  z: 'ʐ',
  A: 'АΑ',
  B: 'ВΒ',
  C: 'С',
  E: 'ЕΕ',
  H: 'НΗ',
  I: 'ІΙ',
  J: 'Ј',
  K: 'КΚ',
  M: 'МΜ',
  N: 'Ν',
  O: 'ОΟ',
  P: 'РΡ',
  S: 'Ѕ',
  T: 'ТΤ',
  X: 'ХΧ',
  Y: 'ҮΥ',
  Z: 'Ζ',
};
const latinOf = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, alike]) =>
    [...alike].map((sign) => [sign, latin.toLowerCase()] as const),
  ),
);

/** Signs that are not seen, and apostrophes: a word goes on across them. */
const UNSEEN = [0xad, 0x34f, 0x61c, 0x180b, 0x180c, 0x180d, 0x180e, 0x27, 0x2bc, 0x2b9, 0x2018, 0x2019, 0x201b];
/** First and last of the unseen signs that stand together: zero-width, and those that turn the direction of writing. */
const UNSEEN_RUNS = [
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
] as const;

function isUnseen(unit: number): boolean {
  return UNSEEN.includes(unit) || UNSEEN_RUNS.some(([first, last]) => unit >= first && unit <= last);
}

/** What one UTF-16 unit means: symbol | tone << 6 | modifier << 11, as `rules/engine/symbols.ts` describes it. */
function entryOf(unit: number): number {
  const sign = String.fromCharCode(unit);
  if (isUnseen(unit)) return IGNORED;
  if (/\p{Mn}/u.test(sign)) return IGNORED | marksOf(sign);
  const plain = [...sign.normalize('NFKD')]
    .map((part) => latinOf.get(part) ?? latinOf.get(part.toLowerCase()) ?? part.toLowerCase())
    .join('');
  const [letter = '', ...marks] = plain.replace('đ', 'd\u0335').replace('ð', 'd\u0335');
  if (!/^[a-z0-9]$/.test(letter) || marks.some((mark) => !/\p{Mn}/u.test(mark))) return 0;
  const symbol = /[a-z]/.test(letter) ? letter.charCodeAt(0) - 96 : 27 + Number(letter);
  return symbol | marks.reduce((sum, mark) => sum | marksOf(mark), 0);
}

function marksOf(mark: string): number {
  return ((MARK_TONES[mark] ?? 0) << 6) | ((MARK_MODIFIERS[mark] ?? 0) << 11);
}

/** Entry, units skipped, length and step of a run, where there is a usual one. */
const USUAL = [undefined, 0, 1, 0];
const runs: string[] = [];
let end = 0;
for (let unit = 0; unit < TABLE_SIZE; unit += 1) {
  const entry = entryOf(unit);
  if (entry === 0) continue;
  const step = entryOf(unit + 1) === entry + 1 ? 1 : 0;
  let length = 1;
  while (unit + length < TABLE_SIZE && entryOf(unit + length) === entry + step * length) length += 1;
  const fields = [entry, unit - end, length, step];
  // What a run has in common with most is left out at its end.
  while (fields.length > 1 && fields.at(-1) === USUAL[fields.length - 1]) fields.pop();
  runs.push(fields.map((number) => number.toString(36)).join(' '));
  unit += length - 1;
  end = unit + 1;
}

writeFileSync(
  new URL('../rules/engine/fold-table.ts', import.meta.url),
  `/** Runs of the fold table, written by scripts/fold-table.ts: first entry, units skipped (0), length (1), step (0); base 36. */
export const FOLD_RUNS =
  '${runs.join(',')}';
`,
);
