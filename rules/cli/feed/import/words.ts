/** The words of examples, for drafting patterns: marks count only where a text has them. */

export interface Word {
  /** As it stands in a pattern: in small letters, or a slot. */
  text: string;
  /** Without its marks. */
  plain: string;
  /** Whether it says something of the trick. */
  isTelling: boolean;
}

const MONEY =
  /^(?:\$\d[\d.,]*|\d[\d.,]*(?:k|tr|triệu|trieu|tỷ|ty|củ|cu|đ|d|vnd|vnđ|usd|\$|nghìn|nghin|ngàn|ngan|m|xị|lít)\d?)$/iu;
const UNIT = /^(?:k|tr|triệu|trieu|tỷ|củ|đ|đồng|dong|vnd|vnđ|usd|nghìn|nghin|ngàn|ngan|dollars?|euros?|xị|lít)$/iu;
const NUMBER = /^\d[\d.,]*$/;
const LINK =
  /^(?:https?:\/\/|www\.)|^[\w-]+(?:\.[\w-]+)*\.(?:com|net|vn|org|top|xyz|info|site|online|shop|club|vip|me|cc|io)(?:\/\S*)?$/i;

/** Words that stand in texts of every kind. [judged] */
const COMMON = new Set(
  (
    'anh chị em bạn mình tôi tớ cậu mày tao nó họ ai gì này kia đó đây ạ à ơi nha nhé nhá nhe đi thôi rồi chưa đã đang sẽ là thì mà và với của cho có không ko k được đc ' +
    'các những một hai vào ra lên xuống ở tại trong ngoài khi nếu nên để vì do bởi cũng vẫn còn chỉ rất quá lắm như thế vậy sao nào về từ đến tới hay hoặc nhưng ' +
    'the a an i you he she it we they me my your his her our their is are was were be been am do does did to of in on at for with and or but if so as that this ' +
    'these those there here not no yes ok just very too can will would have has had from by about up out'
  ).split(' '),
);
const COMMON_PLAIN = new Set([...COMMON].map(plainWord));

/** A word without its marks. */
function plainWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** Reads the words of a text in order, values as slots. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const pieces = text.normalize('NFC').split(/[\s"“”‘’…()[\]{}<>|~!?;:]+/);
  const slot = (name: string): void => {
    words.push({ text: `{${name}}`, plain: `{${name}}`, isTelling: true });
  };
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = (pieces[index] ?? '').replace(/^[.,\-–—]+|[.,\-–—]+$/g, '');
    if (piece === '') continue;
    if (LINK.test(piece)) slot('link');
    else if (MONEY.test(piece.split('/')[0] ?? '')) slot('money');
    else if (NUMBER.test(piece) && UNIT.test((pieces[index + 1] ?? '').replace(/[.,]+$/, ''))) {
      slot('money');
      index += 1;
    } else if (/^(?:\+84|0)\d{8,10}$/.test(piece.replace(/[.\- ]/g, ''))) slot('phone');
    else
      for (const part of piece.split(/[^\p{L}\p{M}\p{N}]+/u).filter((one) => one !== '')) {
        const small = part.toLowerCase();
        const plain = plainWord(part);
        words.push({
          text: small,
          plain,
          isTelling: /\p{L}/u.test(part) && plain.length > 1 && !(small === plain ? COMMON_PLAIN : COMMON).has(small),
        });
      }
  }
  return words;
}

/** Whether two words may be one: equal, or one of them written without marks. */
export function isSame(one: Word, other: Word): boolean {
  return one.plain === other.plain && (one.text === other.text || one.text === one.plain || other.text === other.plain);
}

/** The one of two like words that says more: with its marks. */
export function fuller(one: Word, other: Word): Word {
  return one.text === one.plain ? other : one;
}
