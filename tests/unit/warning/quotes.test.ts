import { describe, expect, it } from 'vitest';
import { placesToShow } from '../../../utils/warning/quotes.ts';

const TEXT = 'Em không được nói với bố mẹ, chị chuyển hồ sơ qua công an';
const place = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const shown = (...words: string[]) => placesToShow(words.map(place)).map(({ start, end }) => TEXT.slice(start, end));

describe('the words that a warning quotes and marks', () => {
  it('come in the order of the text', () => {
    expect(shown('chuyển hồ sơ', 'không được nói')).toEqual(['không được nói', 'chuyển hồ sơ']);
  });

  it('are one quotation where two signals saw overlapping words', () => {
    expect(shown('không được nói', 'nói với bố mẹ')).toEqual(['không được nói với bố mẹ']);
  });

  it('leave out a pronoun beside what was said', () => {
    expect(shown('Em', 'chị', 'không được nói với bố mẹ')).toEqual(['không được nói với bố mẹ']);
  });

  it('keep a short word when it is all that there is', () => {
    expect(shown('chị')).toEqual(['chị']);
  });
});
