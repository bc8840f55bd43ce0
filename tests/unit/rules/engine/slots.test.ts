import { describe, expect, it } from 'vitest';
import { found } from '../../../fixtures/rules.ts';

describe('a slot finds what no word list can hold', () => {
  it.each([
    ['money', 'gửi 500k', '500k'],
    ['money', 'gửi 10tr', '10tr'],
    ['money', 'gửi 1tr5', '1tr5'],
    ['money', 'gửi 20-30 triệu', '20-30 triệu'],
    ['money', 'gửi 1.500.000đ', '1.500.000đ'],
    ['money', 'gửi 2.000.000', '2.000.000'],
    ['money', 'gửi 5 củ', '5 củ'],
    ['money', 'gửi $400', '400'],
    ['money', 'gửi 400 usd', '400 usd'],
    ['money', 'gửi hai triệu', 'hai triệu'],
    ['money', 'gửi hai tỷ', 'hai tỷ'],
    ['money', 'gửi hai tỉ', 'hai tỉ'],
    ['money', 'gửi mười lăm triệu', 'mười lăm triệu'],
    ['money', 'gửi hai mươi lăm củ', 'hai mươi lăm củ'],
    ['money', 'gửi 10 trieu', '10 trieu'],
    ['money', 'gửi １０ triệu', '１０ triệu'],
    ['money', 'gửi 10\u00a0triệu', '10\u00a0triệu'],
    ['money', 'gửi 1\u200b0 triệu', '1\u200b0 triệu'],
    ['money', 'gửi 10 người', undefined],
    ['money', 'gửi 2026', undefined],
    ['money', 'gửi 10 trang', undefined],
    ['phone', 'gửi 0912345678', '0912345678'],
    ['phone', 'gửi +84 912 345 678', '84 912 345 678'],
    ['phone', 'gửi 0912.345.678', '0912.345.678'],
    ['phone', 'gửi 091234567', undefined],
    ['phone', 'gửi 09123456789', undefined],
    ['link', 'gửi https://bit.ly/abc', 'https://bit.ly/abc'],
    ['link', 'gửi www.lure.xyz', 'www.lure.xyz'],
    ['link', 'gửi lure-job.top', 'lure-job.top'],
    ['link', 'gửi rồi.nhé', undefined],
    ['handle', 'gửi @hr_lan.99', 'hr_lan.99'],
    ['handle', 'gửi hr@lan', undefined],
    ['account', 'gửi 1903456789012', '1903456789012'],
    ['account', 'gửi 12345678', undefined],
    ['otp', 'gửi 482913', '482913'],
    ['otp', 'gửi 123', undefined],
    ['age', 'gửi 15 tuổi', '15 tuổi'],
    ['age', 'gửi 15t', '15t'],
    ['age', 'gửi 15 years old', '15 years old'],
    ['age', 'gửi 15 tin', undefined],
    ['date', 'gửi 24/11', '24/11'],
    ['date', 'gửi 24-11-2026', '24-11-2026'],
    ['date', 'gửi 24/11/2026/1', undefined],
    ['percent', 'gửi 30%', '30'],
    ['percent', 'gửi 30 phần trăm', '30 phần trăm'],
    ['percent', 'gửi 30 phần', undefined],
  ])('{%s} in “%s”', (slot, text, words) => {
    expect(found(`gửi {${slot}}`, text)).toEqual(
      words === undefined ? [] : [text.slice(0, text.indexOf(words)) + words],
    );
  });

  it.each(['gửi 10 triệu', 'gửi hai triệu', 'gửi 15 tỷ'])('also in decomposed text: “%s”', (text) => {
    const decomposed = text.normalize('NFD');
    expect(found('gửi {money}', decomposed)).toEqual([decomposed]);
  });
});

describe('a comparison', () => {
  it.each([
    ['{money>=10tr}', '10 triệu', true],
    ['{money>=10tr}', '9tr9', false],
    ['{money>=10tr}', '$400', true],
    ['{money>=10tr}', '$399', false],
    ['{money>=10tr}', '1 tỷ', true],
    ['{money>10tr}', '10 triệu', false],
    ['{money<100k}', '99k', true],
    ['{money<100k}', '100k', false],
    ['{money<=100k}', '100.000đ', true],
    ['{money>=10tr}', '5-10 triệu', true],
    ['{money=500k}', '500 nghìn', true],
    ['{age<18}', '15 tuổi', true],
    ['{age<18}', '18 tuổi', false],
    ['{percent>=30}', '30%', true],
    ['{percent>=30}', '29,4%', false],
  ])('weighs the amount: %s with “%s”', (slot, text, matches) => {
    expect(found(`có ${slot}`, `có ${text}`)).toHaveLength(matches ? 1 : 0);
  });
});

describe('a slot among other words', () => {
  it('may stand before, between and after them', () => {
    expect(found('lương {money} mỗi tháng', 'lương 30 triệu mỗi tháng')).toEqual(['lương 30 triệu mỗi tháng']);
    expect(found('{money} ~2 tháng', '30 triệu một tháng')).toEqual(['30 triệu một tháng']);
  });

  it('does not let its neighbours be somewhere else', () => {
    expect(found('lương {money} tháng', 'lương cao 30 triệu tháng')).toEqual([]);
  });

  it.each(['{link} nhận thưởng', 'vào {link} nhận thưởng'])('may be a long link: %s', (pattern) => {
    const text = 'vào https://bidv-khuyenmai.xyz/nhan-qua/tri-an/abc?id=1&ref=2 nhận thưởng';
    expect(found(pattern, text)).toHaveLength(1);
  });

  it('may be a phone number in single digits', () => {
    expect(found('{phone} nhận thưởng', '0 9 1 2 3 4 5 6 7 8 nhận thưởng')).toHaveLength(1);
  });

  it('is several kinds at once when it looks like several', () => {
    expect(found('gọi {phone}', 'gọi 0912345678')).toHaveLength(1);
    expect(found('gọi {account}', 'gọi 0912345678')).toHaveLength(1);
  });
});

describe('a word list', () => {
  const lists = { lists: [{ name: 'place:border', words: ['Mộc Bài', 'Bavet'] }] };

  it('is a slot under its own name', () => {
    expect(found('sang {place:border} làm', 'sang moc bai làm', lists)).toEqual(['sang moc bai làm']);
    expect(found('sang {place:border} làm', 'sang Bavet làm', lists)).toEqual(['sang Bavet làm']);
    expect(found('sang {place:border} làm', 'sang Mộc làm', lists)).toEqual([]);
  });
});

describe('an amount in dollars', () => {
  it.each([
    ['$5k', '{money>=$4k}', 'earn $5k'],
    ['$2m', '{money>=$1m}', 'win $2m'],
    ['$400', '{money>=10tr}', 'pay $400'],
  ])('%s is what it says', (_, pattern, text) => {
    expect(found(pattern, text)).toHaveLength(1);
  });

  it('is no more than it says', () => {
    expect(found('{money>=$6k}', 'earn $5k')).toEqual([]);
    expect(found('{money>=10tr}', 'pay $5')).toEqual([]);
  });
});
