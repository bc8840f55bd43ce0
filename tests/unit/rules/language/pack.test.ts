import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { checkPack } from '../../../../rules/language/check.ts';
import type { Pack } from '../../../../rules/language/model.ts';
import { LanguageError } from '../../../../rules/language/problem.ts';
import { packOf, RULE_ID, ruleOf } from '../../../fixtures/rules.ts';

const TRICK = {
  name: 'Secrets',
  headline: 'Someone asks you to keep this secret',
  explanation: 'Because it would end at once.',
  checks: ['Ask.'],
  now: ['Wait.'],
  happened: ['Tell.'],
};
const FACT = { text: 'Police never do.', source: 'Police', url: 'https://example.org', date: '2026-11-24' };
const TEXTS = { tricks: { 'some-trick': TRICK }, counterfacts: { 'some-fact': FACT } };
const good = (patterns: string[], changes: Partial<Pack> = {}): Pack =>
  packOf([ruleOf({ secrecy: patterns })], { texts: { vi: TEXTS, en: TEXTS }, ...changes });
const signal = (name: string, ...patterns: string[]) => ({ name, title: name, patterns });

const refusalOf = (pack: Pack) => {
  try {
    compilePack(pack);
  } catch (error) {
    if (error instanceof LanguageError) return { path: error.path.join('.'), what: error.message, cure: error.cure };
    throw error;
  }
  return 'compiled';
};

describe('a rule set', () => {
  it('has nothing against it when every name is there once', () => {
    const pack = good(['đừng nói <anyone> ở {place:border}'], {
      signals: [signal('anyone', 'ai', 'bố mẹ')],
      lists: [{ name: 'place:border', words: ['Mộc Bài'] }],
    });
    expect(checkPack(pack)).toEqual([]);
    expect(refusalOf(pack)).toBe('compiled');
  });

  const place = `rules.${RULE_ID}`;
  it.each([
    [
      'an unknown shared signal in a pattern',
      good(['nói <anyone>']),
      `${place}.detection.secrecy.0`,
      'the shared signal <anyone> does not exist',
      'add rules/packs/<language>/signals/anyone.yml or correct the name',
    ],
    [
      'an unknown shared signal deep in brackets',
      good(['nói', 'kể [(<anyone>|ai)]']),
      `${place}.detection.secrecy.1`,
      'the shared signal <anyone> does not exist',
      'add rules/packs/<language>/signals/anyone.yml or correct the name',
    ],
    [
      'an unknown list',
      good(['ở {place:border}'], { lists: [{ name: 'rank', words: ['vàng'] }] }),
      `${place}.detection.secrecy.0`,
      'the slot {place:border} does not exist',
      'write one of: money, phone, link, handle, account, otp, age, date, percent, rank',
    ],
    [
      'an unknown list in a shared signal',
      good(['nói'], { signals: [signal('anyone', 'ai', 'ở {family}')] }),
      'signals.anyone.1',
      'the slot {family} does not exist',
      'write one of: money, phone, link, handle, account, otp, age, date, percent',
    ],
    [
      'an entry that names no shared signal',
      good([], { rules: [ruleOf({ secrecy: { signal: 'orders-secrecy' } })], signals: [signal('anyone', 'ai')] }),
      `${place}.detection.secrecy`,
      'the shared signal “orders-secrecy” does not exist',
      'write one of: anyone',
    ],
    [
      'one id twice',
      good([], { rules: [ruleOf({ a: ['x'] }), ruleOf({ b: ['y'] })] }),
      `${place}.id`,
      `the id ${RULE_ID} is used twice`,
      'give one of the two rules a new UUID',
    ],
    [
      'one name for two shared signals',
      good(['nói'], { signals: [signal('anyone', 'ai'), signal('anyone', 'anybody')] }),
      'signals.anyone',
      'the name anyone is used twice',
      'give one of the two another name, such as one with its language in it',
    ],
    [
      'one name for two lists',
      good(['nói'], {
        lists: [
          { name: 'rank', words: ['a'] },
          { name: 'rank', words: ['b'] },
        ],
      }),
      'lists.rank',
      'the name rank is used twice',
      'give one of the two another name, such as one with its language in it',
    ],
    [
      'a trick without a text',
      good(['nói'], { texts: { vi: TEXTS, en: { ...TEXTS, tricks: {} } } }),
      `${place}.explain.trick`,
      'the trick “some-trick” has no text in en',
      'add it to rules/packs/en/texts.yml',
    ],
    [
      'a counter-fact without a text',
      good(['nói'], { texts: { vi: { ...TEXTS, counterfacts: {} }, en: TEXTS } }),
      `${place}.explain.counterfact`,
      'the counter-fact “some-fact” has no text in vi',
      'add it to rules/packs/vi/texts.yml',
    ],
    [
      'a bad pattern in a shared signal',
      good(['nói'], { signals: [signal('anyone', '(ai')] }),
      'signals.anyone.0',
      '“(” is never closed (column 1 of “(ai”)',
      'add the matching “)”',
    ],
  ])('is faulted with place and cure for %s', (_, pack, path, what, cure) => {
    expect(
      checkPack(pack)
        .map((issue) => ({ ...issue, path: issue.path.join('.') }))
        .slice(0, 1),
    ).toEqual([{ path, what, cure }]);
  });

  it.each([
    ['a field that the language does not have', { ...good(['nói']), script: 'alert(1)' }, 'script'],
    ['another format', { ...good(['nói']), format: 2 }, 'format'],
    ['something that is no rule set', 'rules', ''],
  ])('is refused whole when it has %s', (_, value, path) => {
    expect(checkPack(value).map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('compiling', () => {
  const at = `rules.${RULE_ID}.detection.secrecy`;
  it.each([
    [
      'signals that refer to each other in a circle',
      good(['nói <one>'], { signals: [signal('one', 'a <two>'), signal('two', 'b <one>')] }),
      `${at}.0`,
      '<one> refers to itself',
      'take the circle apart',
    ],
    [
      'a shared signal that is its own part',
      good([], { rules: [ruleOf({ secrecy: { signal: 'one' } })], signals: [signal('one', 'a', 'b <one>')] }),
      'signals.one.1',
      '<one> refers to itself',
      'take the circle apart',
    ],
    [
      'a pattern that spans too many words',
      good(['nói', 'a ~12 b ~12 c ~12 d']),
      `${at}.1`,
      '“a ~12 b ~12 c ~12 d” may span 40 words, more than 31',
      'narrow its gaps, or make two signals of it',
    ],
    [
      'a pattern without a word that must be there',
      good(['[a] [b]']),
      `${at}.0`,
      '“[a] [b]” has no word that must be there',
      'add a word outside of [brackets]',
    ],
    [
      'a pattern without letters',
      good(['…']),
      `${at}.0`,
      '“…” has no letter or digit that can be matched',
      'write it in letters',
    ],
    [
      'a comparison with no amount',
      good(['gửi {money>=much}']),
      `${at}.0`,
      '{money>=much} compares with no amount',
      'write for example {money>=10tr}, {money>=500k/day} or {age<18}',
    ],
  ])('refuses, with place and cure, %s', (_, pack, path, what, cure) => {
    expect(refusalOf(pack)).toEqual({ path, what, cure });
  });

  it('takes a shared signal that many others use without going in circles', () => {
    expect(
      refusalOf(
        good(['<one> <two>'], { signals: [signal('one', 'a <base>'), signal('two', 'b <base>'), signal('base', 'c')] }),
      ),
    ).toBe('compiled');
  });
});
