/** Texts that nobody would write: half signs, piles of marks, unseen signs, disguised words of the rules, and a lot of each. */
import * as fc from 'fast-check';
import { texts } from '../fixtures/arbitrary.ts';
import { DISGUISES } from '../fixtures/disguises.ts';

const units = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((unit) => String.fromCharCode(unit));
const points = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((point) => String.fromCodePoint(point));

/** One or a few units of every kind that folding treats in its own way. */
const sign = fc.oneof(
  units(0x20, 0x7e),
  units(0, 0xffff),
  units(0xd800, 0xdfff),
  units(0xd83c, 0xd83c),
  units(0xd835, 0xd835),
  units(0x300, 0x36f),
  units(0x1ea0, 0x1ef9),
  units(0x24b6, 0x24e9),
  units(0xff01, 0xff5e),
  fc.constantFrom('\u00ad', '\u200b', '\u200d', '\u2060', '\u2064', '\u202e', '\ufeff', '\ufe0f', '\u0131', '\u0130'),
  fc.constantFrom('0', '1', '@', '$', '+', '|', '!', '.', ',', '-', '/', '%', '\n', '\u2028', '\u0000'),
  points(0x1d400, 0x1d7ff),
  points(0x1f130, 0x1f189),
  points(0x1f300, 0x1faff),
  points(0x10000, 0x10ffff),
  fc.constantFrom('👩‍👩‍👧‍👧', '👮🏽‍♂️', '🇻🇳', 'ﬁ', 'Ǆ', 'ß', '½', '㎏', '１０tr'),
);

/** Things that slots look for, whole and broken. */
const amount = fc.constantFrom(
  '10tr', '1tr5', '10.000.000đ', '$400', '400 $', 'hai mươi lăm triệu', '500k/ngày', 'mỗi tháng 8tr', '0912 345 678',
  '+84.912.345.678', '999999999999999999tr', '0.0.0.0', '1,,,2k', 'http://', 'a.b.c.com/', '@', '@abc', '16t', '16 tuổi',
  '1/1/1/1', '100%%', '12345678', '1-', '1 - 2 - 3tr', 'năm năm năm năm triệu',
); // prettier-ignore

const phrase = fc
  .tuple(
    fc.constantFrom(...Object.values(DISGUISES)),
    fc.constantFrom(
      'đừng nói với ai',
      'công an',
      'chuyển khoản ngay',
      'keep it secret',
      'việc nhẹ lương cao',
      'một mình',
    ),
  )
  .map(([disguise, words]) => disguise(words));

const part = fc.oneof(
  { arbitrary: fc.array(sign, { maxLength: 12 }).map((signs) => signs.join('')), weight: 5 },
  { arbitrary: fc.tuple(sign, fc.integer({ min: 1, max: 60 })).map(([one, times]) => one.repeat(times)), weight: 1 },
  { arbitrary: amount, weight: 2 },
  { arbitrary: phrase, weight: 2 },
  { arbitrary: texts(true), weight: 2 },
);

/** A text of up to some thousand units. */
export const wildTexts: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')), weight: 8 },
  { arbitrary: fc.array(part, { maxLength: 12 }).map((parts) => parts.join(' ')), weight: 8 },
  { arbitrary: fc.array(units(0, 0xffff), { maxLength: 200 }).map((all) => all.join('')), weight: 2 },
);

/** A text of ten thousand to more units than are read, by saying a short one again and again. */
export const longTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    fc.constantFrom(' ', '', '.', '\u200b'),
    fc.constantFrom(10_000, 70_000, 300_000, 1_100_000),
  )
  .map(([text, between, length]) => {
    const once = text + between;
    return once.repeat(Math.ceil(length / Math.max(1, once.length)));
  });
