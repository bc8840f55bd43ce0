import { describe, expect, it } from 'vitest';
import { readTokens } from '../../../../rules/engine/fold.ts';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { MAX_TEXT } from '../../../../rules/engine/limits.ts';
import { Scanner } from '../../../../rules/engine/match.ts';
import { found, packOf, ruleOf } from '../../../fixtures/rules.ts';

describe('a word is found however it is typed', () => {
  it.each([
    ['as the rule writes it', 'tiền', 'gửi tiền nhé', 'tiền'],
    ['in capitals', 'tiền', 'GỬI TIỀN NHÉ', 'TIỀN'],
    ['decomposed', 'tiền', 'gửi tiền nhé'.normalize('NFD'), 'tiền'.normalize('NFD')],
    ['with the tone at its old place', 'hòa', 'hoà', 'hoà'],
    ['with the tone after the letter that it belongs to', 'tiền', 'tiên\u0300', 'tiên\u0300'],
    ['with repeated letters', 'đừng', 'đừngggg nói', 'đừngggg'],
    ['with Cyrillic letters that look alike', 'can', 'с\u0430n', 'с\u0430n'],
    ['with Greek letters that look alike', 'tong', 'tοng', 'tοng'],
    ['in full width', 'tien', 'ｔｉｅｎ', 'ｔｉｅｎ'],
    ['in mathematical letters', 'tien', '𝓽𝓲𝓮𝓷', '𝓽𝓲𝓮𝓷'],
    ['in white letters on black', 'tien', '🅃🅸🅔🅽', '🅃🅸🅔🅽'],
    ['with zero-width signs inside', 'tiền', 'ti\u200bề\u200dn', 'ti\u200bề\u200dn'],
    ['with soft hyphens inside', 'tiền', 'ti\u00adền', 'ti\u00adền'],
    ['with spaces between the letters', 'không', 'k h ô n g', 'k h ô n g'],
    ['with dots between the letters', 'không', 'k.h.ô.n.g', 'k.h.ô.n.g'],
    ['with spaces between decomposed letters', 'không', 'k h ô n g'.normalize('NFD'), 'k h ô n g'.normalize('NFD')],
    ['with emoji between the letters', 'không', 'k🙂h🙂ô❤️n👍🏽g', 'k🙂h🙂ô❤️n👍🏽g'],
    ['with digits for letters', 'tiền', 't1ền', 't1ền'],
    ['with signs for letters', 'lam', 'l@m', 'l@m'],
  ])('%s', (_, word, text, words) => {
    expect(found(word, text)).toEqual([words]);
  });

  it('but not as a part of another word', () => {
    expect(found('an', 'ban nan anh')).toEqual([]);
  });

  it('but not across spaces that separate words of one letter', () => {
    expect(found('abc', 'a b c')).toEqual([]);
  });

  it('and repeated digits stay a number of their own', () => {
    expect(found('113', 'gọi 1113')).toEqual([]);
    expect(found('113', 'gọi 113')).toEqual(['113']);
  });

  it('and a sign that is no letter is none', () => {
    expect(found('0', '🅪')).toEqual([]);
  });
});

describe('accents', () => {
  it.each([
    ['việc', 'viec'],
    ['việc', 'viêc'],
    ['việc', 'viẹc'],
    ['việc', 'việc'],
    ['đừng', 'dung'],
    ['đừng', 'đưng'],
    ['không', 'khong'],
  ])('that a text leaves out are forgiven: %s by %s', (word, text) => {
    expect(found(word, text)).toEqual([text]);
  });

  it.each([
    ['việc', 'viếc'],
    ['việc', 'viềc'],
    ['công an', 'công ăn'],
    ['bạn', 'bán'],
    ['bạn', 'bắn'],
    ['ma', 'má'],
    ['dung', 'đừng'],
    ['mo', 'mơ'],
    ['mơ', 'mô'],
  ])('that a text has and the rule has not are no match: %s by %s', (word, text) => {
    expect(found(word, text)).toEqual([]);
    expect(found(word, text.normalize('NFD'))).toEqual([]);
  });
});

describe('other ways to write a word', () => {
  const spellings = { aliases: { không: ['ko', 'hông'], 'chuyển khoản': ['ck'], Campuchia: ['cpc'] } };

  it.each([
    ['không', 'ko nói', ['ko']],
    ['không', 'hông nói', ['hông']],
    ['không nói', 'KO nói', ['KO nói']],
    ['chuyển khoản ngay', 'ck ngay nhé', ['ck ngay']],
    ['chuyển khoản ngay', 'chuyen khoan ngay', ['chuyen khoan ngay']],
    ['(đi|sang) Campuchia', 'sang cpc', ['sang cpc']],
  ])('stand for it in a pattern: %s in “%s”', (pattern, text, words) => {
    expect(found(pattern, text, spellings)).toEqual(words);
  });

  it('stand for nothing else', () => {
    expect(found('chuyển', 'ck ngay', spellings)).toEqual([]);
    expect(found('không', 'ck', spellings)).toEqual([]);
  });
});

describe('the places of words', () => {
  const placesOf = (text: string) => {
    const tokens = readTokens(text);
    return Array.from({ length: tokens.count }, (_, index) => text.slice(tokens.startOf(index), tokens.endOf(index)));
  };

  it('are those of the original text, quotation marks and unseen signs around them left out', () => {
    expect(placesOf('🙂 “Đừng”, ‘nói’\u200b vơ\u0301i\tAI!')).toEqual(['Đừng', 'nói', 'vơ\u0301i', 'AI']);
  });

  it('stay right over the pieces in which a long text is read', () => {
    const words = Array.from({ length: 3000 }, (_, index) => `từ${index}`);
    expect(placesOf(words.join(' '))).toEqual(words);
  });
});

describe('a text that is longer than is read', () => {
  const scanner = new Scanner(compilePack(packOf([ruleOf({ word: ['không'], sum: ['{money>=10tr}'] })])));

  it('is said to be cut, and its end is not judged', () => {
    expect(scanner.scan(`${' '.repeat(MAX_TEXT)}không 20 triệu`)).toEqual({ hits: [], truncated: true });
  });

  it('is read up to the bound', () => {
    const { hits, truncated } = scanner.scan(`${' '.repeat(MAX_TEXT - 5)}không`);
    expect(hits.map(({ places }) => places)).toEqual([[{ start: MAX_TEXT - 5, end: MAX_TEXT }]]);
    expect(truncated).toBe(false);
  });
});
