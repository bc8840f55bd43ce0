/** Amounts of money as people write them, what they come to in a month, and comparisons of amounts. */
import { MAX_AMOUNT } from './limits.ts';

/** One amount found in a text; offsets are UTF-16 units. */
export interface Amount {
  start: number;
  end: number;
  /** In thousands of đồng. */
  value: number;
  /** What it comes to in a month, when the text says for how long it is; else undefined. */
  perMonth?: number | undefined;
}

/** Comparisons in the order of their numbers in compiled rules; 0 stands for none. */
export const OPERATORS = ['', '>=', '<=', '>', '<', '='] as const;

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

/** Units of money: how many thousands of đồng each is, its names in speech, and the forms that stand behind digits only. */
const UNITS: readonly (readonly [factor: number, spoken: string, written: string])[] = [
  [1_000_000, 'tỷ tỉ', 'ty ti'],
  [1000, 'triệu trieu củ', 'triêu triẹu tr cu m mil million'],
  [100, 'lít lit xị xi', ''],
  [1, 'nghìn nghin ngàn ngan', 'k cành canh'],
  [0.001, '', 'đồng dong đ d vnđ vnd'],
  [THOUSANDS_PER_DOLLAR, '', 'usd usdt u đô do dollar dollars bucks'],
];
const FACTORS = new Map(
  UNITS.flatMap(([factor, spoken, written]) =>
    `${spoken} ${written}`.split(' ').flatMap((unit): [string, number][] => (unit === '' ? [] : [[unit, factor]])),
  ),
);
/** Every unit of money in letters, in lower case. */
export const MONEY_UNITS: readonly string[] = [...FACTORS.keys()];
/** The units that follow a number in words. */
export const SPOKEN_UNITS: readonly string[] = UNITS.flatMap(([, spoken]) => spoken.split(' ')).filter(Boolean);

/** Numbers as words. */
const DIGITS = new Map(
  'một=1 mot=1 mốt=1 hai=2 ba=3 bốn=4 bon=4 tư=4 năm=5 nam=5 lăm=5 lam=5 sáu=6 sau=6 bảy=7 bay=7 tám=8 tam=8 chín=9 chin=9 mười=10 muoi=10 vài=3 vai=3 mấy=3 may=3'
    .split(' ')
    .map((pair): [string, number] => [pair.slice(0, pair.indexOf('=')), Number(pair.slice(pair.indexOf('=') + 1))]),
);
const TENS = ['mươi', 'chục', 'chuc'];
const HUNDREDS = ['trăm', 'tram'];

const NUMBER = String.raw`\d{1,3}(?:[.,]\d{3})+(?![\d])|\d+(?:[.,]\d{1,2})?`;
const UNIT = String.raw`${MONEY_UNITS.join('|')}|(?<=\d)\$|\$(?! ?\d)`;
const END = String.raw`(?![\p{L}])`;
const MONEY = new RegExp(
  String.raw`(?<![\d.,])(\$)? ?(${NUMBER})(?: ?(?:-|–|đến|den|tới|to) ?(${NUMBER}))? ?(?:(${UNIT})${END})?(?:(?<=tr|triệu|củ)(\d)(?!\d))?`,
  'giu',
);
const NUMBER_WORD = [...DIGITS.keys(), ...TENS, ...HUNDREDS].join('|');
const IN_WORDS = new RegExp(
  String.raw`(?<![\p{L}])((?:${NUMBER_WORD})(?: (?:${NUMBER_WORD})){0,4}) (${SPOKEN_UNITS.join('|')})${END}`,
  'giu',
);
const AMOUNT_OF_PATTERN = new RegExp(String.raw`^(\$)?(${NUMBER}) ?(${UNIT})?$`, 'iu');

/** Finds the amounts of a text: those in digits, then those in words. */
export function findAmounts(text: string): Amount[] {
  const amounts: Amount[] = [];
  for (const found of text.matchAll(MONEY)) {
    const [whole, dollar, first = '', second, unit, tenth] = found;
    const thousands = moneyOf(second ?? first, unit, tenth, dollar !== undefined);
    if (thousands === undefined) continue;
    const lead = whole.length - whole.trimStart().length;
    amounts.push(amountAt(text, found.index + lead, found.index + whole.trimEnd().length, thousands));
  }
  for (const found of text.matchAll(IN_WORDS)) {
    const [whole, words = '', unit = ''] = found;
    const thousands = clamp(numberOf(words.toLowerCase().split(' ')) * (factorOf(unit) ?? 0));
    if (thousands > 0) amounts.push(amountAt(text, found.index, found.index + whole.length, thousands));
  }
  return amounts;
}

/** A number in Vietnamese words: “hai mươi lăm” is 25. */
function numberOf(words: readonly string[]): number {
  let total = 0;
  let part = 0;
  for (const word of words) {
    if (HUNDREDS.includes(word)) {
      total += (part || 1) * 100;
      part = 0;
    } else if (TENS.includes(word) || (word === 'muoi' && part > 0)) part = (part || 1) * 10;
    else part += DIGITS.get(word) ?? 0;
  }
  return total + part;
}

/** An amount with what it comes to in a month, when the words around it say for how long it is. */
function amountAt(text: string, start: number, end: number, value: number): Amount {
  const found =
    PERIOD_AFTER.exec(text.slice(end, end + 16)) ?? PERIOD_BEFORE.exec(text.slice(Math.max(0, start - 16), start));
  const period = found === null ? 0 : found.slice(1).findIndex((word) => word !== undefined) + 1;
  return { start, end, value, perMonth: period === 0 ? undefined : clamp(value * (PER_MONTH[period] ?? 0)) };
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
  return unit === '$' ? THOUSANDS_PER_DOLLAR : FACTORS.get(unit.toLowerCase());
}

function clamp(value: number): number {
  return Math.min(MAX_AMOUNT, Math.round(value));
}

/** A comparison of a pattern's slot: `10tr` or `10tr/month`, as value and number of the period. Undefined when it cannot be read. */
export function readComparison(slot: string, written: string): { value: number; period: number } | undefined {
  const [amount = '', period = ''] = slot === 'money' ? written.split('/', 2) : [written];
  const value = slot === 'money' ? readAmount(amount) : /^\d+$/.test(amount) ? Number(amount) : undefined;
  const number = (PERIODS as readonly string[]).indexOf(period);
  return value === undefined || number < 0 ? undefined : { value, period: number };
}

/** An amount as a pattern writes it: `10tr`, `500k`, `$400`. */
function readAmount(written: string): number | undefined {
  const found = AMOUNT_OF_PATTERN.exec(written);
  return found === null ? undefined : moneyOf(found[2] ?? '', found[3], undefined, found[1] !== undefined);
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
