import { describe, expect, it } from 'vitest';
import { found } from '../../../fixtures/rules.ts';

/** What is found of a phrase that stands between other words, and of one that is the whole text. */
const foundIn = (pattern: string, disguised: string): string[] => [
  ...found(pattern, `Này em, ${disguised} nhé!`),
  ...found(pattern, disguised),
];

describe('a phrase is found, with its exact place, when it is written', () => {
  it.each([
    ['in capitals', 'công an', 'CÔNG AN'],
    ['in mixed case', 'công an', 'cÔnG An'],
    ['with a capital đ', 'đừng nói', 'ĐỪNG NÓI'],
    ['with an Icelandic đ', 'đừng nói', 'Ðừng nói'],
    ['decomposed', 'chuyển tiền', 'chuyển tiền'.normalize('NFD')],
    ['decomposed, in capitals', 'chuyển tiền', 'CHUYỂN TIỀN'.normalize('NFD')],
    ['half composed', 'chuyển tiền', 'chuyê\u0309n tiê\u0300n'],
    ['with the new place of the tone', 'thủy', 'thuỷ'],
    ['with the old place of the tone', 'hoà', 'hòa'],
    ['with the old place of the tone, decomposed', 'thuý', 'thúy'.normalize('NFD')],
    ['with a tone on the wrong vowel', 'nước', 'nứơc'],
    ['with tones left out', 'chuyển tiền', 'chuyên tiên'],
    ['with only tones', 'nước', 'nuớc'],
    ['with Cyrillic letters', 'công an', '\u0441ông \u0430n'],
    ['with Greek letters', 'cong an', 'c\u03bfng \u03b1n'],
    ['with a Cyrillic letter that has its mark in it', 'ăn tiền', '\u04d1n tiền'],
    ['with a Cyrillic letter that has its mark behind it', 'ăn tiền', '\u0430\u0306n tiền'],
    ['with a Greek letter that has its tone in it', 'có tiền', 'c\u03cc tiền'],
    ['with a Greek letter that has its tone behind it', 'có tiền', 'c\u03bf\u0301 tiền'],
    ['with capital Greek letters', 'tien', '\u03a4\u0399\u0395\u039d'],
    ['with a dotless i', 'tien', 't\u0131en'],
    ['with zero-width spaces in words', 'công an', 'cô\u200bng a\u200bn'],
    ['with zero-width joiners in words', 'công an', 'c\u200dô\u200cng a\u2060n'],
    ['with a byte order mark in a word', 'công an', 'cô\ufeffng an'],
    ['with soft hyphens in words', 'công an', 'cô\u00adng a\u00adn'],
    ['with signs that turn the direction', 'công an', 'cô\u202eng a\u202cn'],
    ['in full width', 'viec nhe', 'ｖｉｅｃ ｎｈｅ'],
    ['in full width capitals', 'viec nhe', 'ＶＩＥＣ ＮＨＥ'],
    ['with full width spaces', 'viec nhe', 'viec\u3000nhe'],
    ['with spaces that do not break', 'công an', 'công\u00a0an'],
    ['with letters repeated', 'công an', 'cccôôôngg annnn'],
    ['with marked letters repeated', 'đừng nói', 'đừừừừng nóiiii'],
    ['with a letter repeated in the rule', 'xoong nồi', 'xong nồi'],
    ['with dots between the words', 'công an', 'công.an'],
    ['with many dots between the words', 'công an', 'công......an'],
    ['with underscores between the words', 'công an', 'công_an'],
    ['with hyphens between the words', 'công an', 'công-an'],
    ['with emoji between the words', 'công an', 'công👮an'],
    ['with emoji of many parts between the words', 'công an', 'công 👨‍👩‍👧 👍🏽 ❤️ an'],
    ['with line breaks between the words', 'công an', 'công\r\n\tan'],
    ['with digits for letters', 'công an', 'c0ng 4n'],
    ['with a digit for a first letter', 'an ninh', '4n ninh'],
    ['with digits for letters in every word', 'send me a photo', 's3nd m3 a ph070'],
    ['with a digit for a letter that has a mark', 'việc nhẹ', 'v1ệc nhẹ'],
    ['with several digits for letters', 'zalo', 'z4l0'],
    ['with a sign for a letter', 'lam', 'l@m'],
    ['with a dollar for a letter', 'casino', 'ca$ino'],
    ['in mathematical bold', 'viec nhe', '𝐯𝐢𝐞𝐜 𝐧𝐡𝐞'],
    ['in mathematical script', 'viec nhe', '𝓿𝓲𝓮𝓬 𝓷𝓱𝓮'],
    ['in mathematical letters without serifs', 'viec nhe', '𝗏𝗂𝖾𝖼 𝗇𝗁𝖾'],
    ['in mathematical letters with marks added', 'công an', '𝐜𝐨\u0302𝐧𝐠 𝐚𝐧'],
    ['in letters on squares', 'viec nhe', '🅅🄸🅔🅒 🅝🅗🄴'],
    ['in letters in circles', 'viec nhe', 'ⓥⓘⓔⓒ ⓝⓗⓔ'],
    ['with letters spaced out', 'zalo', 'z a l o'],
    ['with letters spaced out and marked', 'không', 'k h ô n g'],
    ['with dots between the letters', 'zalo', 'z.a.l.o'],
    ['with underscores between the letters', 'zalo', 'z_a_l_o'],
    ['with hyphens between the letters', 'lương', 'l-ư-ơ-n-g'],
    ['with emoji between the letters', 'lương', 'l💰ư💰ơ💰n💰g'],
    ['with letters spaced out, in capitals', 'telegram', 'T E L E G R A M'],
    ['with letters spaced out, decomposed', 'lương', 'l ư ơ n g'.normalize('NFD')],
    ['with one word of a phrase spaced out', 'chuyển tiền', 'c h u y ể n tiền'],
    ['with two disguises at once', 'không nói', 'K H Ô N G n0́i'],
  ])('%s', (_, pattern, disguised) => {
    expect(foundIn(pattern, disguised)).toEqual([disguised, disguised]);
  });
});

describe('a phrase of several words is found when all of its letters stand apart,', () => {
  it.each([
    ['wider between the words', 'công an', 'c ô n g  a n'],
    ['wider between more words', 'việc nhẹ lương cao', 'v i ệ c  n h ẹ  l ư ơ n g  c a o'],
    ['all alike', 'công an', 'c ô n g a n'],
    ['all alike, without marks', 'việc nhẹ', 'v i e c n h e'],
    ['with dots', 'công an', 'c.ô.n.g a.n'],
    ['with dots everywhere', 'công an', 'c.ô.n.g.a.n'],
    ['with stars', 'công an', 'c*ô*n*g a*n'],
    ['with middle dots', 'lương cao', 'l·ư·ơ·n·g c·a·o'],
    ['with hyphens everywhere', 'lương cao', 'l-ư-ơ-n-g-c-a-o'],
  ])('%s', (_, pattern, disguised) => {
    expect(foundIn(pattern, disguised)).toEqual([disguised, disguised]);
  });
});

describe('a phrase whose words are written as one is found', () => {
  it.each([
    ['as a hashtag', 'việc nhẹ lương cao', 'viecnheluongcao', '#viecnheluongcao'],
    ['as a hashtag with capitals', 'việc nhẹ lương cao', 'ViecNheLuongCao', '#ViecNheLuongCao'],
    ['as a hashtag with marks', 'việc nhẹ lương cao', 'việcnhẹlươngcao', '#việcnhẹlươngcao'],
    ['without a space', 'chuyển khoản', 'chuyenkhoan', 'em chuyenkhoan cho anh'],
    ['without a space, with marks', 'chuyển khoản', 'chuyểnkhoản', 'em chuyểnkhoản cho anh'],
    ['among other words', 'công an (phường|xã)', 'congan phường', 'ra congan phường nhé'],
  ])('%s', (_, pattern, words, text) => {
    expect(found(pattern, text)).toEqual([words]);
  });

  it.each([
    ['has other marks', 'công an', '#côngăn'],
    ['is a part of a longer word', 'an ninh', 'banninh'],
  ])('but not when the one word %s', (_, pattern, text) => {
    expect(found(pattern, text)).toEqual([]);
  });
});

describe('a sign behind a disguised word is no letter of it:', () => {
  it.each(['!', '!!!', '$', '.', '?', ')', '”', '@', '…', '🙂', ',', '/'])('%s', (sign) => {
    expect(found('photo', `ph0to${sign} nhé`)).toEqual(['ph0to']);
    expect(found('photo', `ph0to${sign}`)).toEqual(['ph0to']);
  });
});

describe('what looks like a disguise and is none is not taken for one:', () => {
  it.each([
    ['three single letters', 'anh', 'a n h'],
    ['a digit that is a digit', 'an', 'lớp 4n2'],
    ['an amount', 'so', '50'],
    ['an amount with its unit', '200 k', '200k'],
    ['the unit of an amount', 'k', '200k'],
    ['a mail address', 'cong an', 'cong@nhe.vn'],
    ['a sentence with other marks', 'công an', 'C Ô N G Ă N'],
    ['a leet word with other marks', 'bạn', 'b4́n'],
    ['letters of a list', 'abcd', 'a) x b) y c) z d)'],
  ])('%s', (_, pattern, text) => {
    expect(found(pattern, text)).toEqual([]);
  });
});

describe('another way to write a word', () => {
  const spellings = {
    aliases: {
      không: ['ko', 'hông', 'khum'],
      'chuyển khoản': ['ck'],
      'mọi người': ['mn', 'mọi ng'],
      được: ['đc', 'dc'],
    },
  };
  it.each([
    ['stands for it', 'không nói', 'ko nói'],
    ['stands for it in an alternative', '(đừng|không) nói', 'khum nói'],
    ['stands for it in an option', 'được [không] nói', 'đc ko nói'],
    ['stands for several words', 'chuyển khoản ngay', 'ck ngay'],
    ['has several words itself', 'nói mọi người', 'nói mọi ng'],
    ['stands for two words in one pattern', 'không được chuyển khoản', 'ko dc ck'],
    ['may leave out its marks', 'không nói', 'hong nói'],
    ['may be disguised', 'không nói', 'KOOO nói'],
    ['may stand beside gaps', 'không ~2 chuyển khoản', 'ko ai cho ck'],
    ['leaves the word itself as it was', 'không được', 'không được'],
  ])('%s', (_, pattern, text) => {
    expect(found(pattern, text, spellings)).toEqual([text]);
  });

  it.each([
    ['for a part of its words', 'chuyển tiền', 'ck tiền'],
    ['with other marks than it has', 'không nói', 'kò nói'],
    ['for a word of the rule with other marks', 'khống', 'ko'],
  ])('does not stand %s', (_, pattern, text) => {
    expect(found(pattern, text, spellings)).toEqual([]);
  });
});
