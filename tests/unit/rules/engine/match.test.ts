import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { MAX_TEXT } from '../../../../rules/engine/limits.ts';
import { Scanner } from '../../../../rules/engine/match.ts';
import type { Pack } from '../../../../rules/language/model.ts';
import { found, packOf, ruleOf } from '../../../fixtures/rules.ts';

const SETS: Partial<Pack> = {
  lists: [
    { name: 'vi:family', words: ['mẹ', 'bố mẹ', 'anh hai'] },
    { name: 'place:border', words: ['Mộc Bài', 'Bavet'] },
  ],
  signals: [
    { name: 'anyone', title: 'Anyone', patterns: ['ai', '{vi:family}', '(bạn|người) thân'] },
    { name: 'orders-secrecy', title: 'Secrecy', patterns: ['(đừng|cấm) ~1 (nói|kể) ~2 <anyone>'] },
  ],
};

describe('a pattern finds', () => {
  it.each([
    ['one word', 'tiền', 'gửi tiền nhé', ['tiền']],
    ['words that follow each other', 'gửi tiền', 'em gửi tiền nhé', ['gửi tiền']],
    ['words at the start of a text', 'gửi tiền', 'gửi tiền nhé em', ['gửi tiền']],
    ['words at the end of a text', 'gửi tiền', 'em nhé gửi tiền', ['gửi tiền']],
    ['words that are the whole text', 'gửi tiền', 'gửi tiền', ['gửi tiền']],
    ['words through line breaks and signs', 'gửi tiền', 'gửi:\n– “tiền”', ['gửi:\n– “tiền']],
    ['a word with a sign in it as the words on its sides', '24/24', 'bật cam 24/24 nhé', ['24/24']],
    ['the same words in other writing', '24/24', 'bật cam 24 24 nhé', ['24 24']],
    ['the first of several alternatives', '(đừng|cấm) nói', 'đừng nói', ['đừng nói']],
    ['the last of several alternatives', '(đừng|cấm) nói', 'cấm nói', ['cấm nói']],
    ['alternatives of several words', '(tuyệt đối không|đừng) nói', 'tuyệt đối không nói', ['tuyệt đối không nói']],
    ['an alternative that begins another', '(nhà|nhà nghỉ) ở', 'vào nhà nghỉ ở', ['nhà nghỉ ở']],
    ['the shorter of two such alternatives', '(nhà nghỉ|nhà) ở', 'vào nhà ở', ['nhà ở']],
    ['alternatives at the end', 'vào (nhà nghỉ|khách sạn)', 'vào khách sạn', ['vào khách sạn']],
    ['an option that is there', 'đừng [có] nói', 'đừng có nói', ['đừng có nói']],
    ['an option that is left out', 'đừng [có] nói', 'đừng nói', ['đừng nói']],
    ['an option of several words', 'gửi [cho anh] tiền', 'gửi cho anh tiền', ['gửi cho anh tiền']],
    ['one of several options', 'gửi [cho anh|ngay] tiền', 'gửi ngay tiền', ['gửi ngay tiền']],
    ['an option that comes first and is left out', '[em] gửi tiền', 'anh gửi tiền', ['gửi tiền']],
    ['two options of which one is there', 'gửi [ngay] [cho] tiền', 'gửi cho tiền', ['gửi cho tiền']],
    ['a gap without words in it', 'gửi ~3 tiền', 'gửi tiền', ['gửi tiền']],
    ['a gap of one word', 'gửi ~3 tiền', 'gửi ít tiền', ['gửi ít tiền']],
    ['a gap as wide as it may be', 'gửi ~3 tiền', 'gửi cho anh ít tiền', ['gửi cho anh ít tiền']],
    ['a gap that holds the next word too', 'gửi ~2 tiền mặt', 'gửi tiền tiền mặt', ['gửi tiền tiền mặt']],
    ['two gaps that share their words', 'gửi ~1 cho ~1 tiền', 'gửi ngay cho anh tiền', ['gửi ngay cho anh tiền']],
    ['a gap after an option', 'gửi [ngay] ~2 tiền', 'gửi ngay cho anh tiền', ['gửi ngay cho anh tiền']],
    ['a gap inside an alternative', '(gửi ~2 tiền|ck) ngay', 'gửi cho anh tiền ngay', ['gửi cho anh tiền ngay']],
    ['brackets in brackets', '(vào (nhà [nghỉ]|khách sạn)|ra ga) ngay', 'vào nhà nghỉ ngay', ['vào nhà nghỉ ngay']],
    ['brackets in brackets, the other way', '(vào (nhà [nghỉ]|khách sạn)|ra ga) ngay', 'ra ga ngay', ['ra ga ngay']],
    ['an option in an option', 'gửi [cho [mẹ] anh] tiền', 'gửi cho anh tiền', ['gửi cho anh tiền']],
    ['a word of a list', 'nói với {vi:family}', 'nói với mẹ', ['nói với mẹ']],
    ['a phrase of a list', 'sang {place:border} làm', 'sang Mộc Bài làm', ['sang Mộc Bài làm']],
    ['a shared signal', 'kể <anyone>', 'kể bố mẹ', ['kể bố mẹ']],
    [
      'a shared signal that uses another and a list',
      '<orders-secrecy> nhé',
      'đừng có nói với anh hai nhé',
      ['đừng có nói với anh hai nhé'],
    ],
    [
      'a shared signal in an alternative',
      '(<orders-secrecy>|im) ngay',
      'cấm kể người thân ngay',
      ['cấm kể người thân ngay'],
    ],
    ['a shared signal twice in one pattern', '<anyone> và <anyone>', 'anh hai và bạn thân', ['anh hai và bạn thân']],
    [
      'an amount that is large enough',
      'lương {money>=20tr} ~1 tháng',
      'lương 30 triệu một tháng',
      ['lương 30 triệu một tháng'],
    ],
    ['an age in an alternative', '(mới|chỉ) {age<18}', 'em mới 15 tuổi ạ', ['mới 15 tuổi']],
    ['a share in an option', 'hoa hồng [{percent>=10}] mỗi đơn', 'hoa hồng 20% mỗi đơn', ['hoa hồng 20% mỗi đơn']],
    ['a value in brackets behind an option', '[em] ({money} (ngay mai))', '5 triệu ngay mai', ['5 triệu ngay mai']],
    ['every place of a phrase', 'gửi tiền', 'gửi tiền đi, gửi tiền ngay', ['gửi tiền', 'gửi tiền']],
    ['overlapping places as one', 'tiền gửi tiền', 'tiền gửi tiền gửi tiền', ['tiền gửi tiền gửi tiền']],
  ])('%s', (_, pattern, text, words) => {
    expect(found(pattern, text, SETS)).toEqual(words);
  });

  it.each([
    ['an option at its end', 'gửi [em]', 'gửi em'],
    ['an option behind a gap', 'gửi ~3 [em]', 'gửi cho em'],
    ['a gap at the end of the text', 'gửi ~3 (tiền|[em] ạ)', 'gửi ạ'],
    ['two options at its end', 'gửi [ạ] [nhé]', 'gửi ạ nhé'],
    ['an option at its start', '[em] gửi', 'em gửi'],
    ['two options at its start', '[này] [em] gửi', 'này em gửi'],
    ['options on both sides', '[em] gửi [nhé]', 'em gửi nhé'],
  ])('the words that must be there, with or without %s', (_, pattern, text) => {
    const words = found(pattern, text);
    expect(words).toHaveLength(1);
    expect(words[0]).toContain('gửi');
  });
});

describe('a pattern does not find', () => {
  it.each([
    ['its words in another order', 'gửi tiền', 'tiền gửi'],
    ['its words apart', 'gửi tiền', 'gửi ít tiền'],
    ['a part of its words', 'gửi tiền ngay', 'gửi tiền'],
    ['a word inside of another', 'an', 'bàn lan'],
    ['one alternative and then another', '(đừng|cấm) nói', 'đừng cấm hỏi'],
    ['half of an alternative', '(tuyệt đối không|đừng) nói', 'không nói'],
    ['something else where an option is', 'đừng [có] nói', 'đừng hề nói'],
    ['half of an option', 'gửi [cho anh] tiền', 'gửi cho tiền'],
    ['a gap wider than it may be', 'gửi ~3 tiền', 'gửi cho anh một ít tiền'],
    ['a word beyond a gap that ends with the text', 'gửi ~3 tiền', 'gửi cho anh'],
    ['a list word that is cut short', 'sang {place:border} làm', 'sang Mộc làm'],
    ['an amount that is too small', 'lương {money>=20tr} ~1 tháng', 'lương 5 triệu một tháng'],
    ['a shared signal whose words are apart', 'kể <anyone>', 'kể cho ai'],
    ['anything in no text', 'tiền', ''],
    ['anything in signs alone', 'tiền', '🙂 … !!! \u200b'],
  ])('%s', (_, pattern, text) => {
    expect(found(pattern, text, SETS)).toEqual([]);
  });
});

describe('a pattern is found by whichever of its words is rare', () => {
  it.each([
    ['the first', 'nhắc chi anh em'],
    ['the middle one', 'anh em nhắc chi anh'],
    ['the last', 'anh em chi nhắc'],
    ['none of them', 'anh em chi'],
    ['the one between options', 'chi [anh em] nhắc [của] là'],
    ['the one before an option', 'nhắc [anh] chi'],
  ])('%s', (_, pattern) => {
    const words = pattern.replace(/[[\]]/g, '');
    expect(found(pattern, words)).toEqual([words]);
    expect(found(pattern, `của là ${words} và cho`)).toEqual([words]);
  });

  it('also behind a gap that is as wide as it may be', () => {
    const text = `anh ${'một '.repeat(12)}nhắc`;
    expect(found('anh ~12 nhắc', text)).toEqual([text]);
    expect(found('anh ~12 nhắc', text.replace('anh', 'anh hai'))).toEqual([]);
  });
});

describe('words that look the same without their marks', () => {
  it.each([
    ['công an', 'cong an', 'công ăn'],
    ['chuyển', 'chuyen', 'chuyện'],
    ['chuyển', 'chuyên', 'chuyến'],
    ['mượn tiền', 'muon tien', 'muốn tiền'],
    ['ma túy', 'ma tuy', 'mà tuy'],
    ['bắt cóc', 'bat coc', 'bát cốc'],
    ['cọc', 'coc', 'cóc'],
    ['cọc', 'coc', 'cốc'],
    ['nợ', 'no', 'nó'],
    ['phí', 'phi', 'phì'],
    ['thẻ ngành', 'the nganh', 'thế ngành'],
    ['bạn', 'ban', 'bán'],
    ['bạn', 'ban', 'bận'],
    ['bạn', 'ban', 'bắn'],
    ['đóng', 'dong', 'đông'],
    ['đóng', 'đong', 'đồng'],
    ['lương', 'luong', 'lượng'],
    ['đặt', 'dat', 'đất'],
  ])('%s is found in “%s”, never in “%s”', (words, bare, other) => {
    expect(found(words, `thì ${bare} nhé`)).toEqual([bare]);
    for (const form of ['NFC', 'NFD'] as const) {
      expect(found(words, `thì ${words} nhé`.normalize(form))).toEqual([words.normalize(form)]);
      expect(found(words, `thì ${other} nhé`.normalize(form))).toEqual([]);
      expect(found(words, `thì ${other.toUpperCase()} nhé`.normalize(form))).toEqual([]);
    }
  });

  it('are held to the marks of each word by itself', () => {
    expect(found('công an', 'cong ăn')).toEqual([]);
    expect(found('công an', 'công an ăn')).toEqual(['công an']);
    expect(found('bắt cóc', 'bắt coc')).toEqual(['bắt coc']);
    expect(found('bắt cóc', 'bat cốc')).toEqual([]);
  });

  it('and a rule without marks asks for a text without marks', () => {
    expect(found('cong an', 'cong an')).toEqual(['cong an']);
    expect(found('cong an', 'công an')).toEqual([]);
  });
});

describe('an exact pattern asks for every mark as it is written', () => {
  it.each([
    ['công an', 'công an', true],
    ['công an', 'CÔNG AN', true],
    ['công an', 'công an'.normalize('NFD'), true],
    ['công an', 'cong an', false],
    ['công an', 'công ăn', false],
    ['nợ', 'nơ', false],
    ['hoà', 'hòa', true],
    ['(nợ|vay) ~1 tiền', 'nợ nhiều tiền', true],
    ['(nợ|vay) ~1 tiền', 'no nhiều tiền', false],
  ])('%s on “%s”: %s', (exact, text, isFound) => {
    const { hits } = new Scanner(compilePack(packOf([ruleOf({ word: { patterns: [{ exact }] } })]))).scan(text);
    expect(hits).toHaveLength(isFound ? 1 : 0);
  });
});

describe('a bound that is reached', () => {
  const scan = (text: string) => new Scanner(compilePack(packOf([ruleOf({ word: ['gửi tiền'] })]))).scan(text);

  it('is not told of a text that is read whole', () => {
    expect(scan('').truncated).toBe(false);
    expect(scan('x'.repeat(MAX_TEXT)).truncated).toBe(false);
    expect(scan('x '.repeat(MAX_TEXT / 2)).truncated).toBe(false);
  });

  it('is told of a text of more units, and what was read still counts', () => {
    const { hits, truncated } = scan(`gửi tiền ${'x'.repeat(MAX_TEXT)}`);
    expect(truncated).toBe(true);
    expect(hits.map(({ places }) => places)).toEqual([[{ start: 0, end: 8 }]]);
  });

  it('is forgotten with the next text', () => {
    const scanner = new Scanner(compilePack(packOf([ruleOf({ word: ['gửi tiền'] })])));
    expect(scanner.scan('x '.repeat(MAX_TEXT)).truncated).toBe(true);
    expect(scanner.scan('gửi tiền')).toMatchObject({ hits: [{ places: [{ start: 0, end: 8 }] }], truncated: false });
  });

  it('leaves a phrase that is repeated without end a few places', () => {
    const { hits, truncated } = scan('gửi tiền, '.repeat(2000));
    expect(hits).toHaveLength(1);
    expect(hits[0]?.places.length).toBeLessThanOrEqual(16);
    expect(hits[0]?.places[0]).toEqual({ start: 0, end: 8 });
    expect(truncated).toBe(false);
  });
});

describe('one scanner', () => {
  it('says the same of a text whatever it has read before', () => {
    const rules = compilePack(packOf([ruleOf({ money: ['gửi {money}'], secret: ['đừng ~2 nói'] })]));
    const texts = ['gửi 5 triệu', 'đừng có nói', 'k h ô n g', '', 'đ.ừ.n.g nói, gửi 5 củ', 'gửi 5 triệu đừng nói'];
    const used = new Scanner(rules);
    for (const text of [...texts, ...texts.toReversed()])
      expect(used.scan(text)).toEqual(new Scanner(rules).scan(text));
  });

  it.each([
    [['tiền', 'chuyển', 'tiền ~1 chuyển nhắc']],
    [['tiền ~1 chuyển nhắc', 'tiền', 'chuyển']],
    [['nhắc', 'chuyển nhắc', 'tiền chuyển', 'tiền']],
  ])('gives places of one signal that overlap as one: %s', (patterns) => {
    const { hits } = new Scanner(compilePack(packOf([ruleOf({ signal: patterns })]))).scan('gửi tiền chuyển nhắc');
    expect(hits.map(({ places }) => places)).toEqual([[{ start: 4, end: 20 }]]);
  });

  it('finds many signals of many rules in one text', () => {
    const names = Array.from({ length: 200 }, (_, index) => `từ${index}x`);
    const rules = Array.from({ length: 20 }, (_, index) =>
      ruleOf(Object.fromEntries(names.slice(index * 10, index * 10 + 10).map((name, entry) => [`e${entry}`, [name]])), {
        id: `6b0c6c1e-0000-4000-8000-${String(index).padStart(12, '0')}`,
      }),
    );
    const { hits } = new Scanner(compilePack(packOf(rules))).scan(names.join(' '));
    expect(hits).toHaveLength(200);
  });
});
