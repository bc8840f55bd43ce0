/** Slots: kinds of text that no word list can hold, such as amounts, phone numbers and links. */
import { findAmounts, SPOKEN_UNITS, type Amount } from './amounts.ts';
import type { Tokens } from './fold.ts';
import { keyOf } from './key.ts';
import { MAX_SLOT_TEXT } from './limits.ts';
import { DIGIT, SIGN } from './symbols.ts';
import { hashOf } from './word.ts';

/** The slots in the order of their numbers in compiled rules. */
export const SLOT_NAMES = ['money', 'phone', 'link', 'handle', 'account', 'otp', 'age', 'date', 'percent'] as const;

/** One slot found in a text. The value of money is in thousands of đồng, that of an age in years, that of a share in percent. */
export interface SlotPlace extends Amount {
  slot: number;
}

const LINK_ENDINGS = 'com net vn me top xyz info io org app link shop vip cc site online club click';

/** The forms in which each slot but money is written; every one is linear in the text. */
const FORMS: readonly (readonly [name: (typeof SLOT_NAMES)[number], form: RegExp])[] = [
  [
    'link',
    new RegExp(
      String.raw`\b(?:https?:\/\/|www\.)[^\s<>"]+|\b[a-z0-9][a-z0-9-]{0,40}\.(?:${LINK_ENDINGS.replaceAll(' ', '|')})\b(?:\/[^\s<>"]*)?`,
      'giu',
    ),
  ],
  ['handle', /(?<![\w.])@[\w.]{3,40}/giu],
  ['phone', /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/gu],
  ['date', /(?<![\d/])\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?![\d/])/gu],
  ['percent', /(\d{1,4}(?:[.,]\d{1,2})?) ?(?:%|phần trăm|phan tram|percent)/giu],
  ['age', /(?<!\d)([1-9]\d?) ?(?:tuổi|tuoi|t(?![\p{L}])|y\.?o\.?(?![\p{L}])|years? old)/giu],
  ['account', /(?<!\d)\d{9,16}(?!\d)/gu],
  ['otp', /(?<!\d)\d{4,8}(?!\d)/gu],
];
const MONEY = SLOT_NAMES.indexOf('money');

/** Keys of the tokens that begin a slot, one per kind: slots are found by another way than by hash. */
export function slotKey(slot: number): number {
  return keyOf(`slot:${SLOT_NAMES[slot] ?? ''}`);
}

/** Words by which a text without a digit may hold a slot: units of amounts in words, beginnings and ends of links. */
export const SLOT_WORDS: readonly string[] = [
  ...SPOKEN_UNITS,
  'phần',
  'http',
  'https',
  'www',
  ...LINK_ENDINGS.split(' '),
];

const SLOT_HASHES = new Set(SLOT_WORDS.map((word) => hashOf(word)));

/** Whether a text may hold a slot at all. */
export function mayHoldSlot({ traits, hash, count }: Tokens): boolean {
  if ((traits & (DIGIT | SIGN)) !== 0) return true;
  for (let at = 0; at < count; at += 1) if (SLOT_HASHES.has(hash[at] as number)) return true;
  return false;
}

/** Finds every slot of a text, in the order of the text; the same place may be several slots. */
export function findSlots(text: string): SlotPlace[] {
  const read = text.slice(0, MAX_SLOT_TEXT);
  const plain = plainForm(read);
  const places = findPlainSlots(plain?.text ?? read).toSorted((one, other) => one.start - other.start);
  if (plain === undefined) return places;
  const originalOf = (offset: number): number => plain.offsets[offset] ?? read.length;
  return places.map((place) => ({ ...place, start: originalOf(place.start), end: originalOf(place.end) }));
}

/** Letters of the two languages, composed, and what else stands on a keyboard. */
const PLAIN = /^[\n\r\t -~À-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ]*$/;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}]/gu;

/** A text in the form in which slots are looked for (letters composed, plain digits and spaces, nothing unseen), with the offset that each of its units had; undefined when it is in that form. */
function plainForm(text: string): { text: string; offsets: number[] } | undefined {
  if (PLAIN.test(text) || text.replace(UNSEEN, '').normalize('NFKC') === text) return undefined;
  const offsets: number[] = [];
  let plain = '';
  for (const { 0: written, index } of text.matchAll(/.\p{M}*/gsu)) {
    const composed = written.replace(UNSEEN, '').normalize('NFKC');
    for (let unit = 0; unit < composed.length; unit += 1) offsets.push(index);
    plain += composed;
  }
  return { text: plain, offsets };
}

function findPlainSlots(text: string): SlotPlace[] {
  const places: SlotPlace[] = [];
  for (const [name, form] of FORMS) {
    for (const found of text.matchAll(form)) {
      const value = Number((found[1] ?? '0').replace(',', '.'));
      places.push({
        slot: SLOT_NAMES.indexOf(name),
        start: found.index,
        end: found.index + found[0].length,
        value: Math.round(value),
      });
    }
  }
  for (const amount of findAmounts(text)) places.push({ slot: MONEY, ...amount });
  return places;
}

/** A slot with the token with which it begins, and the one after it. */
export interface PlacedSlot extends SlotPlace {
  at: number;
  after: number;
}

/** Finds the tokens of slots, which come in the order of the text. */
export function placeSlots(places: readonly SlotPlace[], tokens: Tokens): PlacedSlot[] {
  let at = 0;
  return places.flatMap((place) => {
    while (at < tokens.count && tokens.startOf(at) < place.start) at += 1;
    // A slot may begin with a sign that belongs to no token: “$400”, “@name”, “+84…”.
    if (at >= tokens.count || tokens.startOf(at) > place.start + 2 || tokens.startOf(at) >= place.end) return [];
    let after = at + 1;
    while (after < tokens.count && tokens.startOf(after) < place.end) after += 1;
    return [{ ...place, at, after }];
  });
}
