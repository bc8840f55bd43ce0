import { describe, expect, it } from 'vitest';
import { tryRule, type Trial } from '../../../../rules/cli/trial.ts';
import { readRule } from '../../../../rules/language/source.ts';
import { DISGUISES } from '../../../fixtures/disguises.ts';
import { packOf, ruleFile } from '../../../fixtures/rules.ts';

/** Tries a rule, made from the ordinary one by changing lines, on texts: `me: …`, `on job: …`, or the other side’s in a chat. */
const tried = (changes: Record<string, string>, texts: readonly string[], stranger = false): Trial => {
  const read = readRule('rule.yml', ruleFile(changes));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const turns = texts.map((text) => ({
    from: text.startsWith('me: ') ? ('me' as const) : ('them' as const),
    text: text.replace(/^(?:me|on job): /, ''),
  }));
  const surface = texts.some((text) => text.startsWith('on job: ')) ? 'job' : 'chat';
  return tryRule(packOf([]), read.value.rule, turns, { surface, stranger });
};
const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');

const ALONE = { 'condition:': '  alone: [một mình]\n  condition: secrecy and alone' };
const REPORTING = { 'condition:': '  reporting: [cảnh báo]\n  condition: secrecy and not reporting' };

describe('a rule that stays quiet', () => {
  it.each<[string, Record<string, string>, string[], string]>([
    ['a signal is missing', ALONE, ['đi một mình'], 'secrecy is missing; with that it would have spoken.'],
    [
      'one of several is missing',
      { 'condition:': '  alone: [một mình]\n  far: [xa lắm]\n  condition: secrecy and (alone or far)' },
      ['đừng nói ai'],
      'alone or far is missing; with that it would have spoken.',
    ],
    [
      'some of a list are missing',
      { 'condition:': '  a: [một]\n  b: [hai]\n  c: [ba]\n  condition: 3 of (secrecy, a, b, c)' },
      ['đừng nói ai'],
      '2 of (a, b, c) is missing; with that it would have spoken.',
    ],
    [
      'a “not” held it back',
      REPORTING,
      ['cảnh báo: đừng nói với ai'],
      'reporting held it back (the condition forbids it); without that it would have spoken.',
    ],
    [
      'both',
      REPORTING,
      ['cảnh báo'],
      'secrecy is missing, and reporting held it back (the condition forbids it); with the one and without the other it would have spoken.',
    ],
    [
      'the text is of another kind',
      {},
      ['on job: đừng nói ai'],
      'it is for chat, and this was read as job (--on says as what).',
    ],
    [
      'somebody else says it',
      {},
      ['me: đừng nói ai'],
      'secrecy is missing (secrecy stands in turn 0, but only what “them” says counts); with that it would have spoken.',
    ],
    [
      'it is too long ago',
      { ...ALONE, 'within:': '  within: 2 messages' },
      ['đừng nói ai', 'chào', 'đi một mình'],
      'secrecy is missing (secrecy stands in turn 0, too far from turn 2 for “within: 2 messages”); with that it would have spoken.',
    ],
    [
      'nobody says that it is a stranger',
      { 'condition:': '  unknown: { fact: stranger }\n  condition: secrecy and unknown' },
      ['đừng nói ai'],
      'unknown is missing; with that it would have spoken.',
    ],
    [
      'too few messages carry it',
      {
        'explain:':
          'correlation: { type: event_count, timespan: 1h, count: 3 }\nexplain: { trick: a-b, counterfact: c-d }',
      },
      ['đừng nói ai', 'chào', 'đừng kể ai'],
      'secrecy occurs in 2 messages, and the correlation asks for 3.',
    ],
    [
      'the order is another',
      {
        ...ALONE,
        'explain:':
          'correlation: { type: temporal_ordered, timespan: 1h, signals: [secrecy, alone] }\nexplain: { trick: a-b, counterfact: c-d }',
      },
      ['đi một mình', 'đừng nói ai'],
      'the correlation asks for secrecy, alone in this order, and alone comes too early (secrecy in turn 1, alone in turn 0).',
    ],
  ])('says so when %s', (_, changes, turns, expected) => {
    expect(tried(changes, turns).sentence).toBe(`It stays quiet: ${expected}`);
  });

  it('is explained at the latest of the turns that came closest', () => {
    expect(tried(REPORTING, ['chào', 'cảnh báo: đừng nói ai', 'cảnh báo']).turn).toBe(1);
    expect(tried(ALONE, ['đừng nói ai', 'chào', 'đi một mình']).turn).toBe(2);
  });
});

describe('a rule that speaks', () => {
  it('names the part of its condition that held', () => {
    const changes = { 'condition:': '  alone: [một mình]\n  far: [xa lắm]\n  condition: secrecy and (alone or far)' };
    expect(tried(changes, ['đừng nói ai, xa lắm']).sentence).toBe('It speaks at turn 0 because of: secrecy and far.');
  });

  it('knows what the site knows', () => {
    const changes = { 'condition:': '  unknown: { fact: stranger }\n  condition: secrecy and unknown' };
    expect(tried(changes, ['đừng nói ai'], true)).toMatchObject({
      sentence: 'It speaks at turn 0 because of: secrecy and unknown.',
      entries: [
        { name: 'secrecy', isTrue: true, where: 'in turn 0' },
        { name: 'unknown', isTrue: true, where: 'the site says so' },
      ],
    });
  });

  it('is not read further', () => {
    expect(tried({}, ['đừng nói ai', 'chào']).turns).toHaveLength(1);
  });
});

describe('a text is read', () => {
  it.each([
    ['ĐỪNGGG nói… VỚI aí!', 'đừng nói với aí'],
    ['d\u00adung no\u200bi', 'dung noi'],
    ['ｄｕｎｇ đừng', 'dung đừng'],
    ['hoà hòa 1000', 'hoà hòa 1000'],
    ['👍 …', ''],
  ])('as it is compared: %s', (text, words) => {
    expect(tried({}, [text]).turns[0]?.reading).toEqual({
      words: words === '' ? [] : words.split(' '),
      undisguised: undefined,
    });
  });

  it.each(Object.keys(DISGUISES))('in its words, whatever hides them: %s', (name) => {
    const changes = { '- (đừng': '    - chuyển khoản ngay' };
    const { turns } = tried(changes, [DISGUISES[name]?.('chuyển khoản ngay') ?? '']);
    const { words, undisguised } = turns[0]?.reading ?? { words: [], undisguised: undefined };
    expect(bare((undisguised ?? words).join(' '))).toBe('chuyen khoan ngay');
  });
});

describe('a rule that asks for evidence', () => {
  const own = packOf([], {
    signals: [
      { name: 'gift', title: 'A gift', patterns: ['quà'], weight: { them: 6 } },
      { name: 'yes', title: 'Yes', patterns: ['dạ'], weight: { me: 4 } },
      { name: 'party', title: 'A party', patterns: ['tiệc'], weight: { them: -3 } },
    ],
  });
  const trial = (...turns: Trial['turns'][number]['text'][]): Trial => {
    const read = readRule(
      'rule.yml',
      ruleFile({ 'explain:': 'evidence: 10\nexplain: { trick: isolation, counterfact: police-never-by-phone }' }),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return tryRule(
      own,
      read.value.rule,
      turns.map((text) => ({ from: text.startsWith('me: ') ? 'me' : 'them', text: text.replace('me: ', '') })),
      { surface: 'chat', stranger: false },
    );
  };

  it('shows what each sign weighs, the heaviest first, and that it is too little', () => {
    const { evidence, sentence } = trial('có quà, có tiệc', 'me: dạ', 'đừng nói ai nhé');
    expect(evidence).toEqual({
      asked: 10,
      sum: 7,
      signs: [
        { name: 'gift', from: 'them', turn: 0, weight: 6 },
        { name: 'yes', from: 'me', turn: 1, weight: 4 },
        { name: 'party', from: 'them', turn: 0, weight: -3 },
      ],
    });
    expect(sentence).toBe(
      'It stays quiet: its condition holds, but the signs of the conversation weigh 7, and it asks for 10.',
    );
  });

  it('shows what it weighed when it was enough', () => {
    const { evidence, speaks } = trial('có quà', 'me: dạ', 'đừng nói ai nhé');
    expect([evidence?.sum, speaks]).toEqual([10, true]);
  });
});
