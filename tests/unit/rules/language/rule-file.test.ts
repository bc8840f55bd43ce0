import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../../rules/language/problem.ts';
import { readAliases, readList, readRule, readSignal, readTexts } from '../../../../rules/language/source.ts';
import { RULE_ID, ruleFile } from '../../../fixtures/rules.ts';

const FILE = 'vi/grooming/secrecy.yml';
const problemsOf = (changes: Record<string, string>) => {
  const read = readRule(FILE, ruleFile(changes));
  return read.ok ? [] : read.problems.map(describeProblem);
};
const faultOf = (changes: Record<string, string>) => problemsOf(changes)[0] ?? 'no problem';

describe('a good rule file', () => {
  it('becomes the rule that is published, without the notes and examples of its editor', () => {
    const read = readRule(FILE, ruleFile());
    expect(read).toMatchObject({
      ok: true,
      value: {
        file: FILE,
        rule: {
          id: RULE_ID,
          level: 'urgent',
          detection: { secrecy: { patterns: ['(đừng|không được) ~2 (nói|kể) ~3 (ai|bố mẹ)'] } },
          condition: 'secrecy',
          within: 'message',
          from: 'them',
        },
      },
    });
    expect(JSON.stringify(read.ok && read.value.rule)).not.toMatch(/surprise|đừng buồn/u);
  });

  it('judges one message of the other side unless it says otherwise', () => {
    const read = readRule(FILE, ruleFile({ within: '' }));
    expect(read.ok && read.value.rule).toMatchObject({ within: 'message', from: 'them' });
  });

  it('may write one pattern without a list, and name a shared signal with a speaker of its own', () => {
    const read = readRule(
      FILE,
      ruleFile({
        'secrecy:': '  secrecy: đừng nói ai\n  asked: { signal: asks-age, from: me }',
        '- (': '',
        condition: '  condition: secrecy and asked',
      }),
    );
    expect(read.ok && read.value.rule.detection).toEqual({
      secrecy: { patterns: ['đừng nói ai'] },
      asked: { signal: 'asks-age', from: 'me' },
    });
  });

  it('may give its examples as a text, as turns of both sides, or on another surface', () => {
    const read = readRule(
      FILE,
      ruleFile({
        surfaces: 'surfaces: [job, chat]',
        'match:': '  match: [a, b, c, [{ them: d }, { me: e }], { on: mail, text: f }]',
      }),
    );
    expect(read.ok && read.value.tests.match.slice(2)).toEqual([
      { surface: 'job', turns: [{ from: 'them', text: 'c' }] },
      {
        surface: 'chat',
        turns: [
          { from: 'them', text: 'd' },
          { from: 'me', text: 'e' },
        ],
      },
      { surface: 'mail', turns: [{ from: 'them', text: 'f' }] },
    ]);
  });
});

describe('a malformed rule file is refused with file, line, field and cure', () => {
  it.each([
    [
      'an unknown field',
      { level: 'level: urgent\nlevle: urgent' },
      `${FILE}:5 levle: the field “levle” is unknown. Mend: delete it or correct its spelling; rules/README.md lists the fields.`,
    ],
    [
      'a missing field',
      { level: '' },
      `${FILE}:1 level: the field is missing. Mend: write one of: notice, warning, urgent.`,
    ],
    ['a missing title', { title: '' }, `${FILE}:1 title: the field is missing. Mend: add a text.`],
    ['a wrong type', { title: 'title: [a, b]' }, `${FILE}:1 title: is not a text. Mend: write a text.`],
    [
      'a level that does not exist',
      { level: 'level: deadly' },
      `${FILE}:4 level: has a value that is not allowed. Mend: write one of: notice, warning, urgent.`,
    ],
    [
      'an id that is no UUID',
      { 'id:': 'id: rule-1' },
      `${FILE}:2 id: must be a UUID (version 4). Mend: see the examples in rules/README.md.`,
    ],
    [
      'too few examples',
      { 'match:': '  match: [a, b, c, d]' },
      `${FILE}:18 tests.match: must hold at least 5 examples. Mend: give at least 5.`,
    ],
    [
      'an example of an unknown shape',
      { 'ignore:': '  ignore: [a, b, c, d, { they: e }]' },
      `${FILE}:19 tests.ignore[4]: must be a text, a list of turns (them: … / me: …), or on: job with text: …. Mend: see the examples in rules/README.md.`,
    ],
    [
      'a title that is too long',
      { title: `title: ${'a'.repeat(121)}` },
      `${FILE}:1 title: is too long or too large (at most 120). Mend: shorten or split it.`,
    ],
    [
      'a bad pattern',
      { '- (': '    - đừng nói\n    - (đừng|không ~2 nói' },
      `${FILE}:14 detection.secrecy[1]: “(” is never closed (column 1 of “(đừng|không ~2 nói”). Mend: add the matching “)”.`,
    ],
    [
      'a bad condition',
      { condition: '  condition: secrecy and' },
      `${FILE}:14 detection.condition: the condition wants the name of a signal where it has the end (word 3 of “secrecy and”). Mend: write for example: secrecy and (alone or 2 of (a, b, c)) and not reporting.`,
    ],
    [
      'a condition that names an unknown signal',
      { condition: '  condition: secrecy and alone' },
      `${FILE}:14 detection.condition: the condition names “alone”, which is no signal of this rule. Mend: write one of: secrecy.`,
    ],
    [
      'a signal that nothing uses',
      { 'secrecy:': '  alone: một mình\n  secrecy:' },
      `${FILE}:12 detection.alone: the condition never uses this signal. Mend: use it in the condition or delete it.`,
    ],
    [
      'a condition that any text fulfils',
      { condition: '  condition: not secrecy' },
      `${FILE}:14 detection.condition: the condition holds on a text without any signal. Mend: ask for at least one signal, not only “not”.`,
    ],
    [
      'a reach that is none',
      { within: '  within: next week' },
      `${FILE}:15 detection.within: “next week” is no reach. Mend: write message, 1 to 500 messages, or a time up to 30 days such as 30m, 12h, 3d.`,
    ],
    [
      'an entry with patterns and a shared signal at once',
      { 'secrecy:': '  secrecy: { patterns: [a], signal: bb }', '- (': '' },
      `${FILE}:12 detection.secrecy: needs either patterns, a shared signal or a fact. Mend: write a list of patterns, { signal: name } or { fact: stranger }.`,
    ],
    [
      'a correlation without its count',
      {
        explain:
          'correlation: { type: event_count, timespan: 3d }\nexplain: { trick: isolation, counterfact: no-call }',
      },
      `${FILE}:16 correlation.count: count belongs to event_count, and event_count needs it. Mend: add count: 3, or choose temporal.`,
    ],
    [
      'a star that refers to nothing',
      { title: 'title: *secret' },
      `${FILE}:1 the YAML cannot be read: Unresolved alias (the anchor must be set before the alias): secret. Mend: put a text that begins with “*” in single quotes.`,
    ],
    [
      'a key written twice',
      { level: 'level: urgent\nlevel: notice' },
      `${FILE}:5 the YAML cannot be read: Map keys must be unique. Mend: check the indentation, and put a text that holds “: ” or begins with a sign in single quotes.`,
    ],
  ])('%s', (_, changes, message) => {
    expect(faultOf(changes)).toBe(message);
  });

  it('names every fault at once, each with its own line', () => {
    expect(problemsOf({ level: 'level: deadly', date: 'date: today' }).map((line) => line.split(' ')[0])).toEqual([
      `${FILE}:4`,
      `${FILE}:8`,
    ]);
  });

  it('has more signals than the engine can hold', () => {
    const names = Array.from({ length: 25 }, (_, index) => `s${index}`);
    expect(
      faultOf({
        'secrecy:': names.map((name) => `  ${name}: một mình`).join('\n'),
        '- (': '',
        condition: `  condition: ${names.join(' or ')}`,
      }),
    ).toBe(`${FILE}:12 detection: 25 signals are more than 24. Mend: join some, or split the rule.`);
  });
});

describe('the other files of a pack', () => {
  it('are read: shared signals under the name of their file, word lists, spellings, texts', () => {
    expect(readSignal('vi/signals/asks-age.yml', 'title: Asks the age\npatterns: [mấy tuổi]')).toEqual({
      ok: true,
      value: { name: 'asks-age', title: 'Asks the age', patterns: ['mấy tuổi'] },
    });
    expect(readList('vi/words/border.yml', 'title: Border\nlist: place:border\nwords: [Mộc Bài]')).toEqual({
      ok: true,
      value: { name: 'place:border', words: ['Mộc Bài'] },
    });
    expect(readAliases('vi/words/aliases.yml', 'title: Spellings\naliases: { không: [ko, k] }')).toEqual({
      ok: true,
      value: { không: ['ko', 'k'] },
    });
    expect(readTexts('vi/texts.yml', 'tricks: {}\ncounterfacts: {}').ok).toBe(true);
  });

  it.each([
    [
      'a bad pattern of a shared signal',
      () => readSignal('s.yml', 'title: S\npatterns:\n  - mấy tuổi\n  - ~3 nhé'),
      's.yml:4 patterns[1]: the pattern begins or ends with a gap. Mend: put a word before and after each ~n.',
    ],
    [
      'a word list under a bad name',
      () => readList('w.yml', 'title: W\nlist: Border Places\nwords: [a]'),
      'w.yml:2 list: must look like place:border. Mend: see the examples in rules/README.md.',
    ],
    [
      'a spelling that is no list',
      () => readAliases('a.yml', 'title: A\naliases:\n  không: ko'),
      'a.yml:3 aliases.không: is not a list. Mend: write a list.',
    ],
    [
      'a trick without its headline',
      () =>
        readTexts(
          't.yml',
          'counterfacts: {}\ntricks:\n  some-trick: { name: N, explanation: E, checks: [C], now: [N], happened: [H] }',
        ),
      't.yml:3 tricks.some-trick.headline: the field is missing. Mend: add a text.',
    ],
  ])('are refused with file, line, field and cure: %s', (_, read, message) => {
    const result = read();
    expect(result.ok ? [] : result.problems.map(describeProblem)).toEqual([message]);
  });
});
