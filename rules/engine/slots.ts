/** Slots: kinds of text that no word list can hold, such as amounts, phone numbers and links. */
import type { Tokens } from './fold.ts';
import { keyOf } from './key.ts';
import { MAX_SLOT_TEXT } from './limits.ts';
import { hashOf } from './signs.ts';
import { DIGIT, SIGN } from './symbols.ts';

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
  /** What an amount comes to in a month, when the text says for how long it is; else undefined. */
  perMonth?: number | undefined;
}

/** Stretches of time that an amount may be for, in the order of their numbers in compiled rules; 0 stands for none. */
const PERIODS = ['', 'hour', 'day', 'week', 'month'] as const;
/** How many of each make a month of work: 8 hours a day, 48 a week. Source: Vietnam's Labour Code 2019, article 105. */
const PER_MONTH = [0, 208, 26, 4.33, 1] as const;
const PERIOD_AFTER =
  /^ ?(?:\/ ?|(?:một|mot|mỗi|moi|1|per|an?|each|every) )(?:(giờ|gio|h|tiếng|tieng|hour|hr)|(ngày|ngay|day|ca|buổi|buoi|tối|toi|đêm|dem|night|shift)|(tuần|tuan|week|wk)|(tháng|thang|th|t|month|mo))(?![\p{L}])/iu;
const PERIOD_BEFORE =
  /(?:mỗi|moi|một|mot|each|every|per) (?:(giờ|gio|tiếng|tieng|hour)|(ngày|ngay|day|ca|buổi|buoi|tối|toi|đêm|dem)|(tuần|tuan|week)|(tháng|thang|month))[ :]{1,2}$/iu;

/** Thousands of đồng in one dollar, rounded: the comparison is about magnitude, not about a rate of exchange. */
const THOUSANDS_PER_DOLLAR = 25;

/** What the words after a number multiply it by, in thousands of đồng. Slang amounts: domain brief 2.0. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(tỷ|tỉ|ty|ti)$/, 1_000_000],
  [/^(triệu|trieu|triêu|triẹu|tr|củ|cu|m|mil|million)$/, 1000],
  [/^(lít|lit|xị|xi)$/, 100],
  [/^(k|nghìn|nghin|ngàn|ngan|cành|canh)$/, 1],
  [/^(đồng|dong|đ|d|vnđ|vnd)$/, 0.001],
  [/^(\$|usd|usdt|u|đô|do|dollars?|bucks)$/, THOUSANDS_PER_DOLLAR],
];

const NUMBER = String.raw`\d{1,3}(?:[.,]\d{3})+(?![\d])|\d+(?:[.,]\d{1,2})?`;
const UNIT = String.raw`tỷ|tỉ|ty|ti|triệu|trieu|triêu|triẹu|tr|củ|cu|m|mil|million|lít|lit|xị|xi|k|nghìn|nghin|ngàn|ngan|cành|canh|đồng|dong|đ|d|vnđ|vnd|(?<=\d)\$|\$(?! ?\d)|usdt|usd|u|đô|do|dollars?|bucks`;
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
const NUMBER_WORD =
  'một|mot|mốt|hai|ba|bốn|bon|tư|năm|nam|lăm|lam|sáu|sau|bảy|bay|tám|tam|chín|chin|mười|muoi|mươi|chục|chuc|trăm|tram|vài|vai|mấy|may';
const WRITTEN_NUMBER = new RegExp(
  String.raw`(?<![\p{L}])((?:${NUMBER_WORD})(?: (?:${NUMBER_WORD})){0,4}) (triệu|trieu|tỷ|tỉ|củ|nghìn|nghin|ngàn|ngan|lít|lit|xị|xi)(?![\p{L}])`,
  'giu',
);
const WRITTEN: Record<string, number> = {
  một: 1,
  mot: 1,
  hai: 2,
  ba: 3,
  mốt: 1,
  bốn: 4,
  bon: 4,
  tư: 4,
  lăm: 5,
  lam: 5,
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

/** Words by which a text without a digit may hold a slot: units of written amounts, beginnings and ends of links. */
export const SLOT_WORDS: readonly string[] =
  'triệu tỷ tỉ củ nghìn ngàn lít xị phần http https www com net vn me top xyz info io org app link shop vip cc site online club click'.split(
    ' ',
  );

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
  for (const found of text.matchAll(MONEY)) {
    const [whole, dollar, first = '', second, unit, tenth] = found;
    const thousands = moneyOf(second ?? first, unit, tenth, dollar !== undefined);
    if (thousands === undefined) continue;
    const lead = whole.length - whole.trimStart().length;
    places.push(amountAt(text, found.index + lead, found.index + whole.trimEnd().length, thousands));
  }
  for (const found of text.matchAll(WRITTEN_NUMBER)) {
    const [whole, words = '', unit = ''] = found;
    const thousands = clamp(numberOf(words.toLowerCase().split(' ')) * (factorOf(unit) ?? 0));
    if (thousands > 0) places.push(amountAt(text, found.index, found.index + whole.length, thousands));
  }
  return places;
}

/** A number in Vietnamese words: “hai mươi lăm” is 25. */
function numberOf(words: readonly string[]): number {
  let total = 0;
  let part = 0;
  for (const word of words) {
    if (/^tr[ăa]m$/.test(word)) {
      total += (part || 1) * 100;
      part = 0;
    } else if (/^(mươi|chục|chuc)$/.test(word) || (word === 'muoi' && part > 0)) part = (part || 1) * 10;
    else part += WRITTEN[word] ?? 0;
  }
  return total + part;
}

/** An amount with what it comes to in a month, when the words around it say for how long it is. */
function amountAt(text: string, start: number, end: number, value: number): SlotPlace {
  const found =
    PERIOD_AFTER.exec(text.slice(end, end + 16)) ?? PERIOD_BEFORE.exec(text.slice(Math.max(0, start - 16), start));
  const period = found === null ? 0 : found.slice(1).findIndex((word) => word !== undefined) + 1;
  return { slot: 0, start, end, value, perMonth: period === 0 ? undefined : clamp(value * (PER_MONTH[period] ?? 0)) };
}

/** An amount as a pattern writes it (`10tr`, `500k`, `$400`, `20`), as a slot's value; undefined when it cannot be read. */
function readAmount(slot: string, written: string): number | undefined {
  if (slot !== 'money') return /^\d+$/.test(written) ? Number(written) : undefined;
  const found = new RegExp(String.raw`^(\$)?(${NUMBER}) ?(${UNIT})?$`, 'iu').exec(written);
  return found === null ? undefined : moneyOf(found[2] ?? '', found[3], undefined, found[1] !== undefined);
}

function moneyOf(
  written: string,
  unit: string | undefined,
  tenth: string | undefined,
  isDollar: boolean,
): number | undefined {
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(written);
  const number = Number(grouped ? written.replace(/[.,]/g, '') : written.replace(',', '.'));
  const factor = isDollar ? dollarsOf(unit) * THOUSANDS_PER_DOLLAR : unit === undefined ? undefined : factorOf(unit);
  // “10.000.000” without a unit can only be đồng; a bare “10” or “2.026” is no amount.
  if (factor === undefined) return grouped && number >= 10_000 ? clamp(number / 1000) : undefined;
  return clamp((number + (tenth === undefined ? 0 : Number(tenth) / 10)) * factor);
}

/** What a unit behind a sum in dollars multiplies it by: $5k, $2m. */
function dollarsOf(unit: string | undefined): number {
  return /^(m|mil|million|tr|triệu)$/i.test(unit ?? '') ? 1_000_000 : /^k$/i.test(unit ?? '') ? 1000 : 1;
}

function factorOf(unit: string): number | undefined {
  return UNITS.find(([form]) => form.test(unit.toLowerCase()))?.[1];
}

function clamp(value: number): number {
  return Math.min(2_000_000_000, Math.round(value));
}

/** A comparison of a pattern's slot: `10tr` or `10tr/month`, as value and number of the period. Undefined when it cannot be read. */
export function readComparison(slot: string, written: string): { value: number; period: number } | undefined {
  const [amount = '', period = ''] = slot === 'money' ? written.split('/', 2) : [written];
  const value = readAmount(slot, amount);
  const number = (PERIODS as readonly string[]).indexOf(period);
  return value === undefined || number < 0 ? undefined : { value, period: number };
}

/**
 * Whether a slot's value stands in the compared relation; `operator` is an index of OPERATORS, `period` of PERIODS. With
 * a period, both sides are what they come to in a month.
 */
export function compares(
  value: number,
  perMonth: number | undefined,
  operator: number,
  wanted: number,
  period: number,
): boolean {
  if (operator === 0) return true;
  const ours = period === 0 ? value : perMonth;
  if (ours === undefined) return false;
  const theirs = period === 0 ? wanted : wanted * (PER_MONTH[period] ?? 0);
  switch (OPERATORS[operator]) {
    case '>=':
      return ours >= theirs;
    case '<=':
      return ours <= theirs;
    case '>':
      return ours > theirs;
    case '<':
      return ours < theirs;
    default:
      return ours === theirs;
  }
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
