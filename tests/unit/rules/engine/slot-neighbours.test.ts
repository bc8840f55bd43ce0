import { describe, expect, it } from 'vitest';
import { found } from '../../../fixtures/rules.ts';

describe('an amount is found for itself, whatever number stands beside it:', () => {
  it.each([
    ['a number before dollars', '{money}', 'ca 8 $400', ['400']],
    ['a phone number before dollars', '{money}', 'gọi 0912345678 $20', ['20']],
    ['a large amount in dollars behind a number', '{money>=10tr}', 'tháng 1 $400', ['400']],
    ['dollars before a number', '{money}', '$400 8 ca', ['400']],
    ['dollars behind their number', '{money}', 'lương 400$ 8 ca', ['400']],
    ['two amounts', '{money}', '500k 10 triệu', ['500k', '10 triệu']],
    ['an amount behind a share', '{money}', '30% 500k', ['500k']],
    ['a share behind an amount', '{percent}', '500k 30%', ['30']],
    ['an amount behind a phone number', '{money}', '0912345678 500k', ['500k']],
    ['a phone number behind an amount', '{phone}', '500k 0912345678', ['0912345678']],
    ['an amount behind a date', '{money}', 'ngày 24/11 500k', ['500k']],
    ['two ends of one amount', '{money>=10tr}', 'lương 5 - 10 triệu', ['5 - 10 triệu']],
    ['an age behind an amount', '{age<18}', '5tr cho em 16 tuổi', ['16 tuổi']],
  ])('%s', (_, pattern, text, words) => {
    expect(found(pattern, text)).toEqual(words);
  });
});

describe('the unit of an amount may leave out its marks', () => {
  it.each(['10 triệu', '10 trieu', '10 triêu', '10 TRIỆU', '10 triẹu', '2 tỷ', '2 ty', '50 nghìn', '50 nghin'])(
    '%s',
    (amount) => {
      for (const form of ['NFC', 'NFD'] as const)
        expect(found('{money}', `lương ${amount} nhé`.normalize(form))).toEqual([amount.normalize(form)]);
    },
  );
});
