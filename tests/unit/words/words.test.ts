import { describe, expect, it } from 'vitest';
import en from '../../../utils/words/en.json' with { type: 'json' };
import vi from '../../../utils/words/vi.json' with { type: 'json' };
import { say, wordsFor } from '../../../utils/words/words.ts';

const catalogues: Record<string, Record<string, { message: string; description: string }>> = { vi, en };
const placeholders = (message: string) => (message.match(/\{\w+\}/gu) ?? []).toSorted();
const all = Object.entries(catalogues).flatMap(([language, catalogue]) =>
  Object.entries(catalogue).map(([key, word]) => ({ language, key, ...word })),
);

describe('the words of the interface', () => {
  it('are complete in both languages', () => {
    expect(Object.keys(vi)).toEqual(Object.keys(en));
  });

  it.each(Object.keys(en))('ask for the same things in both languages: %s', (key) => {
    expect(placeholders(catalogues['vi']?.[key]?.message ?? '')).toEqual(
      placeholders(catalogues['en']?.[key]?.message ?? ''),
    );
  });

  it('never shout', () => {
    expect(all.filter(({ message }) => /[!！]/u.test(message))).toEqual([]);
  });

  it('never name what the teen fears', () => {
    expect(all.filter(({ message }) => /bắt cóc|kidnap|abduct/iu.test(message.normalize('NFC')))).toEqual([]);
  });

  it('never claim that something is a scam', () => {
    expect(all.filter(({ message }) => /this is a scam|đây là lừa đảo/iu.test(message))).toEqual([]);
  });

  it('carry a note for translators each, and are written in whole letters', () => {
    expect(all.filter(({ description }) => description.trim() === '')).toEqual([]);
    expect(all.filter(({ message }) => message !== message.normalize('NFC') || message !== message.trim())).toEqual([]);
  });
});

describe('saying a word', () => {
  it('fills in what it is given', () => {
    expect(say(wordsFor('vi'), 'tell_to', { name: 'Lan' })).toBe('Nói với Lan');
  });

  it('leaves a placeholder in sight that nobody filled', () => {
    expect(say(wordsFor('en'), 'tell_to')).toBe('Tell {name}');
  });

  it('does not read a name as a pattern', () => {
    expect(say(wordsFor('en'), 'tell_to', { name: '$& {name}' })).toBe('Tell $& {name}');
  });
});
