/** Messages made of syllables and words by rank, for machines without the corpus: like real ones in what costs time. */
import { below, pick, pickByRank, randomFrom, shuffled, type Random } from './random.ts';

const ONSETS = 'b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x'.split(' ');
const RIMES =
  'a ac ai am an ang anh ao at ay âm ân âng ât âu ây ăm ăn ăng ăt e em en eo ê ên ênh êt êu i ia iêm iên iêng iêt iêu im in inh it iu ' +
  'o oa oai oan oc oe oi om on ong ot ô ôc ôi ôm ôn ông ôt ơ ơi ơm ơn ơt u ua uc ui um un ung uôc uôi uôn uông uôt ut uy uyên uyêt ư ưa ưc ưng ươc ươi ươm ươn ương ươt ưu';
const TONES = ['', '', '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'];
const ENGLISH = 'the to you and it is of in that for we on do have what not be me can with my are this your so'.split(
  ' ',
);
const ENGLISH_PARTS =
  'ba be con der en fer go hap in just ken lo mer ning over per qui res ster tion un ver wor yes ing'.split(' ');
const ENDS = ['', '', '', '.', '!', '?', ' 😂', ' 👍', '...', ' :))'];
/** Share of English messages. */
const ENGLISH_SHARE = 0.31;

function syllables(random: Random): string[] {
  const all = ONSETS.flatMap((onset) => RIMES.split(' ').map((rime) => onset + rime));
  return shuffled(random, all)
    .slice(0, 2200)
    .map((syllable) => syllable.replace(/[aăâeêioôơuưy](?=[^aăâeêioôơuưy]*$)/u, (vowel) => vowel + pick(random, TONES)))
    .map((syllable) => syllable.normalize('NFC'));
}

function englishWords(random: Random): string[] {
  const made = Array.from({ length: 6000 }, () =>
    Array.from({ length: 1 + below(random, 3) }, () => pick(random, ENGLISH_PARTS)).join(''),
  );
  return [...new Set([...ENGLISH, ...made])];
}

/** Messages of about so many UTF-16 units in all; mean length about 54. */
export function generateMessages(units: number): string[] {
  const random = randomFrom(0x3070d);
  const languages = { vietnamese: syllables(random), english: englishWords(random) };
  const messages: string[] = [];
  for (let length = 0; length < units;) {
    const words = random() < ENGLISH_SHARE ? languages.english : languages.vietnamese;
    const count = Math.max(1, Math.round(Math.exp(2 + 0.9 * (random() + random() + random() - 1.5))) + 2);
    const body = Array.from({ length: count }, () => pickByRank(random, words)).join(' ');
    const message = (random() < 0.5 ? body.charAt(0).toUpperCase() + body.slice(1) : body) + pick(random, ENDS);
    messages.push(message);
    length += message.length;
  }
  return messages;
}
