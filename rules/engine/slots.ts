/** Slots: kinds of text that no word list can hold, such as amounts, phone numbers and links. */
import type { Tokens } from './fold.ts';
import { keyOf } from './key.ts';
import { MAX_TEXT } from './limits.ts';

/** The slots in the order of their numbers in compiled rules. */
export const SLOT_NAMES = ['money', 'phone', 'link', 'handle', 'account', 'otp', 'age', 'date', 'percent'] as const;

/** Comparisons in the order of their numbers in compiled rules; 0 stands for none. */
export const OPERATORS = ['', '>=', '<=', '>', '<', '='] as const;

/** One slot found in a text; offsets are UTF-16 units. Money is in thousands of đồng, age in years, percent as such. */
export interface SlotPlace {
  slot: number;
  start: number;
  end: number;
  value: number;
}

/** Thousands of đồng in one dollar, rounded: the comparison is about magnitude, not about a rate of exchange. */
const THOUSANDS_PER_DOLLAR = 25;

/** What the words after a number multiply it by, in thousands of đồng. Slang amounts: domain brief 2.0. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(tỷ|tỉ|ty|ti)$/, 1_000_000],
  [/^(triệu|trieu|tr|củ|cu|m|mil|million)$/, 1000],
  [/^(lít|lit|xị|xi)$/, 100],
  [/^(k|nghìn|nghin|ngàn|ngan|cành|canh)$/, 1],
  [/^(đồng|dong|đ|d|vnđ|vnd)$/, 0.001],
  [/^(\$|usd|usdt|u|đô|do|dollars?|bucks)$/, THOUSANDS_PER_DOLLAR],
];

const NUMBER = String.raw`\d{1,3}(?:[.,]\d{3})+(?![\d])|\d+(?:[.,]\d{1,2})?`;
const UNIT = String.raw`tỷ|tỉ|ty|ti|triệu|trieu|tr|củ|cu|m|mil|million|lít|lit|xị|xi|k|nghìn|nghin|ngàn|ngan|cành|canh|đồng|dong|đ|d|vnđ|vnd|\$|usdt|usd|u|đô|do|dollars?|bucks`;
const END = String.raw`(?![\p{L}])`;

/** The forms in which each slot is written; every one is linear in the text. */
const FORMS: readonly (readonly [name: (typeof SLOT_NAMES)[number], form: RegExp])[] = [
  [
    'link',
    /\b(?:https?:\/\/|www\.)[^\s<>"]+|\b[a-z0-9][a-z0-9-]{0,40}\.(?:com|net|vn|me|top|xyz|info|io|org|app|link|shop|vip|cc|site|online|club|click)\b(?:\/[^\s<>"]*)?/giu,
  ],
  ['handle', /(?<![\w.])@[\w.]{3,40}/giu],
  ['phone', /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/gu],
  ['date', /(?<![\d/])\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?![\d/])/gu],
  ['percent', /(\d{1,4}(?:[.,]\d{1,2})?) ?(?:%|phần trăm|phan tram|percent)/giu],
  ['age', /(?<!\d)([1-9]\d?) ?(?:tuổi|tuoi|t(?![\p{L}])|y\.?o\.?(?![\p{L}])|years? old)/giu],
  ['account', /(?<!\d)\d{9,16}(?!\d)/gu],
  ['otp', /(?<!\d)\d{4,8}(?!\d)/gu],
];
const MONEY = new RegExp(
  String.raw`(?<![\d.,])(\$)? ?(${NUMBER})(?: ?(?:-|–|đến|den|tới|to) ?(${NUMBER}))? ?(?:(${UNIT})${END})?(?:(?<=tr|triệu|củ)(\d)(?!\d))?`,
  'giu',
);
const WRITTEN_NUMBER =
  /(một|mot|hai|ba|bốn|bon|năm|nam|sáu|sau|bảy|bay|tám|tam|chín|chin|mười|muoi|vài|vai|mấy|may)(?: (mươi|muoi|chục|chuc|trăm|tram))? (triệu|trieu|tỷ|tỉ|củ|nghìn|nghin|ngàn|ngan|lít|lit|xị|xi)(?![\p{L}])/giu;
const WRITTEN: Record<string, number> = {
  một: 1,
  mot: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  bon: 4,
  năm: 5,
  nam: 5,
  sáu: 6,
  sau: 6,
  bảy: 7,
  bay: 7,
  tám: 8,
  tam: 8,
  chín: 9,
  chin: 9,
  mười: 10,
  muoi: 10,
  vài: 3,
  vai: 3,
  mấy: 3,
  may: 3,
};

/** Keys of the tokens that begin a slot, one per kind: slots are found by another way than by hash. */
export function slotKey(slot: number): number {
  return keyOf(`slot:${SLOT_NAMES[slot] ?? ''}`);
}

/** Whether a text can hold a slot at all; most messages cannot, and then nothing below runs. */
export function mayHaveSlots(text: string): boolean {
  return /[\p{Nd}\p{Mn}@]|\.[a-z]|tri[eệ]u|t[ỷỉ]|ngh[iì]n|ng[aà]n|c[uủ]|l[ií]t|x[iị]/iu.test(text);
}

/** Finds every slot of a text, in the order of the text; the same place may be several slots. */
export function findSlots(text: string): SlotPlace[] {
  const read = text.slice(0, MAX_TEXT);
  const plain = plainForm(read);
  const places = findPlainSlots(plain?.text ?? read).toSorted((one, other) => one.start - other.start);
  if (plain === undefined) return places;
  const originalOf = (offset: number): number => plain.offsets[offset] ?? read.length;
  return places.map((place) => ({ ...place, start: originalOf(place.start), end: originalOf(place.end) }));
}

const UNSEEN = /[\p{Default_Ignorable_Code_Point}]/gu;

/** A text in the form in which slots are looked for (letters composed, plain digits and spaces, nothing unseen), with the offset that each of its units had; undefined when it is in that form. */
function plainForm(text: string): { text: string; offsets: number[] } | undefined {
  if (text.replace(UNSEEN, '').normalize('NFKC') === text) return undefined;
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
  for (const found of text.matchAll(MONEY)) {
    const [whole, dollar, first = '', second, unit, tenth] = found;
    const thousands = moneyOf(second ?? first, dollar ?? unit, tenth);
    if (thousands === undefined) continue;
    const lead = whole.length - whole.trimStart().length;
    places.push({ slot: 0, start: found.index + lead, end: found.index + whole.trimEnd().length, value: thousands });
  }
  for (const found of text.matchAll(WRITTEN_NUMBER)) {
    const [whole, digit = '', scale = '', unit = ''] = found;
    const times = scale === '' ? 1 : /^tr/i.test(scale) ? 100 : 10;
    const thousands = (WRITTEN[digit.toLowerCase()] ?? 0) * times * (factorOf(unit) ?? 0);
    places.push({ slot: 0, start: found.index, end: found.index + whole.length, value: clamp(thousands) });
  }
  return places;
}

/** An amount as a pattern writes it (`10tr`, `500k`, `$400`, `20`), as a slot's value; undefined when it cannot be read. */
export function readAmount(slot: string, written: string): number | undefined {
  if (slot !== 'money') return /^\d+$/.test(written) ? Number(written) : undefined;
  const found = new RegExp(String.raw`^(\$)?(${NUMBER}) ?(${UNIT})?$`, 'iu').exec(written);
  return found === null ? undefined : moneyOf(found[2] ?? '', found[1] ?? found[3], undefined);
}

function moneyOf(written: string, unit: string | undefined, tenth: string | undefined): number | undefined {
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(written);
  const number = Number(grouped ? written.replace(/[.,]/g, '') : written.replace(',', '.'));
  const factor = unit === undefined ? undefined : factorOf(unit);
  // “10.000.000” without a unit can only be đồng; a bare “10” or “2.026” is no amount.
  if (factor === undefined) return grouped && number >= 10_000 ? clamp(number / 1000) : undefined;
  return clamp((number + (tenth === undefined ? 0 : Number(tenth) / 10)) * factor);
}

function factorOf(unit: string): number | undefined {
  return UNITS.find(([form]) => form.test(unit.toLowerCase()))?.[1];
}

function clamp(value: number): number {
  return Math.min(2_000_000_000, Math.round(value));
}

/** Whether a slot's value stands in the compared relation; `operator` is an index of OPERATORS. */
export function compares(value: number, operator: number, wanted: number): boolean {
  switch (OPERATORS[operator]) {
    case '>=':
      return value >= wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '<':
      return value < wanted;
    case '=':
      return value === wanted;
    default:
      return true;
  }
}

/** A slot at the token with which it begins, and the index of the token after it. */
export interface PlacedSlot {
  slot: number;
  value: number;
  after: number;
}

/** The slots of a text, in its order, by the index of the token with which they begin. */
export function placeSlots(places: readonly SlotPlace[], tokens: Tokens): Map<number, PlacedSlot[]> {
  const placed = new Map<number, PlacedSlot[]>();
  let at = 0;
  for (const { slot, value, start, end } of places) {
    while (at < tokens.count && (tokens.start[at] ?? 0) < start) at += 1;
    const begin = tokens.start[at] ?? 0;
    // A slot may begin with a sign that belongs to no token: “$400”, “@name”, “+84…”.
    if (at >= tokens.count || begin > start + 2 || begin >= end) continue;
    let after = at + 1;
    while (after < tokens.count && (tokens.start[after] ?? 0) < end) after += 1;
    const here = placed.get(at) ?? [];
    placed.set(at, here);
    here.push({ slot, value, after });
  }
  return placed;
}
