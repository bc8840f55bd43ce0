/** Ways in which people hide words from filters; each keeps the text readable for a person. */
import { pick, randomFrom, type Random } from './random.ts';

/** Rewrites the words of a text, which stand one space apart. */
export type Disguise = (text: string, random: Random) => string;

/** A text without its marks, `đ` as `d`. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .normalize('NFC');
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  h: 'һ',
  i: 'і',
  j: 'ј',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
};
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0' };
const UNSEEN = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'];
const SEPARATORS = ['.', '_', '-', '/', ', ', ' ... ', ' 👍 ', '*', ' | '];
/** First code points of mathematical letters: a bold, a bold script, a sans-serif, a monospace. */
const MATHEMATICAL = [0x1d41a, 0x1d4ea, 0x1d5ba, 0x1d68a];

/** Places something after every letter (with its combining marks) that has a letter behind it. */
function between(text: string, sign: () => string): string {
  return text.replace(/\p{L}\p{M}*(?=\p{L})/gu, (letter) => letter + sign());
}

/** Some vowels of a word as digits; at least one letter stays a letter. */
function leetWord(word: string, random: Random): string {
  const places = [...word.matchAll(/[aeio]/g)].map(({ index }) => index);
  const first = places.length === word.length ? 1 : 0;
  const chosen = new Set(places.slice(first).filter((_, at) => at === 0 || random() < 0.6));
  return Array.from(word, (letter, at) => (chosen.has(at) ? (LEET[letter] ?? letter) : letter)).join('');
}

const TONES = '\u0300\u0301\u0309\u0303\u0323';

/** The other of the two spellings of a tone: `hoà` for `hòa`, `khỏe` for `khoẻ`. */
function withOtherTonePlace(text: string): string {
  const old = new RegExp(`(o|u)([${TONES}])(a|e|y)(?![\\p{L}\\p{M}])`, 'giu');
  const fresh = new RegExp(`(?<!q)(oa|oe|uy)([${TONES}])(?![\\p{L}\\p{M}])`, 'giu');
  const apart = text.normalize('NFD');
  const isPair = (one: string, other: string): boolean => ['oa', 'oe', 'uy'].includes((one + other).toLowerCase());
  const moved = apart.replace(old, (found, one: string, tone: string, other: string) =>
    isPair(one, other) ? one + other + tone : found,
  );
  return (
    moved === apart
      ? apart.replace(fresh, (_, pair: string, tone: string) => pair.charAt(0) + tone + pair.slice(1))
      : moved
  ).normalize('NFC');
}

/** Disguises that cost nothing to see through; the goal is every one of them. */
export const PLAIN_DISGUISES: Readonly<Record<string, Disguise>> = {
  plain: (text) => text,
  'no marks': withoutMarks,
  upper: (text) => text.toUpperCase(),
  NFC: (text) => text.normalize('NFC'),
  NFD: (text) => text.normalize('NFD'),
  homoglyphs: (text) => withoutMarks(text).replace(/[a-z]/g, (letter) => LOOK_ALIKES[letter] ?? letter),
  'zero-width': (text, random) => between(text, () => pick(random, UNSEEN)),
  'soft hyphen, VS16': (text) => between(text, () => '\u00ad\ufe0f'),
  'full width': (text) =>
    text.normalize('NFD').replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'repeated letters': (text, random) =>
    text.replace(/\p{L}(?!\p{L})/gu, (letter) => letter.repeat(pick(random, [2, 3, 5]))),
  separators: (text, random) => text.replace(/ /g, () => pick(random, SEPARATORS)),
  'tone placement': withOtherTonePlace,
};

/** Disguises that need a second reading; the goal is nearly all of them. */
export const DEEP_DISGUISES: Readonly<Record<string, Disguise>> = {
  leet: (text, random) =>
    withoutMarks(text)
      .split(' ')
      .map((word) => leetWord(word, random))
      .join(' '),
  'spaced, gaps kept': (text) =>
    text
      .split(' ')
      .map((word) => [...word.normalize('NFC')].join(' '))
      .join('   '),
  'spaced evenly': (text) => [...text.normalize('NFC').replace(/ /g, '')].join(' '),
  squeezed: (text) => text.replace(/ /g, ''),
  mathematical: (text, random) => {
    const first = pick(random, MATHEMATICAL);
    return withoutMarks(text).replace(/[a-z]/g, (letter) => String.fromCodePoint(first + letter.charCodeAt(0) - 97));
  },
};

const COMMON: readonly Disguise[] = [
  withoutMarks,
  PLAIN_DISGUISES['NFD'] as Disguise,
  PLAIN_DISGUISES['homoglyphs'] as Disguise,
  PLAIN_DISGUISES['zero-width'] as Disguise,
  DEEP_DISGUISES['leet'] as Disguise,
  DEEP_DISGUISES['spaced, gaps kept'] as Disguise,
];

/** Share of messages that are disguised in the measured text. */
export const DISGUISED_SHARE = 0.06;

/** Messages of which `DISGUISED_SHARE` are disguised, each in one of several ways. */
export function disguiseSome(messages: readonly string[], ways: readonly Disguise[] = COMMON): string[] {
  const random = randomFrom(0xd15);
  return messages.map((message) => (random() < DISGUISED_SHARE ? pick(random, ways)(message, random) : message));
}
