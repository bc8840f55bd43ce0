import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../../rules/language/condition.ts';
import { isSpace, isWords, parsePattern } from '../../../../rules/language/pattern.ts';
import { LanguageError } from '../../../../rules/language/problem.ts';
import { parseReach } from '../../../../rules/language/span.ts';

const refusalOf = (read: () => unknown): { what: string; cure: string } => {
  try {
    read();
  } catch (error) {
    if (error instanceof LanguageError) return { what: error.message, cure: error.cure };
    throw error;
  }
  return { what: 'not refused', cure: '' };
};

describe('a pattern', () => {
  it('is words, alternatives, optional words, gaps, slots and shared signals', () => {
    expect(parsePattern('vào [cái] (nhà nghỉ|khách sạn) ~3 {money>=10tr} {place:border} <asks-age>')).toEqual([
      { kind: 'word', text: 'vào' },
      { kind: 'maybe', branches: [[{ kind: 'word', text: 'cái' }]] },
      {
        kind: 'any',
        branches: [
          [
            { kind: 'word', text: 'nhà' },
            { kind: 'word', text: 'nghỉ' },
          ],
          [
            { kind: 'word', text: 'khách' },
            { kind: 'word', text: 'sạn' },
          ],
        ],
      },
      { kind: 'gap', most: 3 },
      { kind: 'slot', name: 'money', comparison: { operator: '>=', value: '10tr' } },
      { kind: 'slot', name: 'place:border' },
      { kind: 'signal', name: 'asks-age' },
    ]);
  });

  it.each([
    ['', 'the pattern is empty', 'write at least one word'],
    ['~2 nói', 'the pattern begins or ends with a gap', 'put a word before and after each ~n'],
    ['nói ~2', 'the pattern begins or ends with a gap', 'put a word before and after each ~n'],
    ['nói ~ai', '“~” needs a number of words (column 5 of “nói ~ai”)', 'write ~1 to ~12, with a space after it'],
    ['nói ~0 ai', '“~” needs a number of words (column 5 of “nói ~0 ai”)', 'write ~1 to ~12, with a space after it'],
    ['nói ~13 ai', '“~” needs a number of words (column 5 of “nói ~13 ai”)', 'write ~1 to ~12, with a space after it'],
    ['(a|b', '“(” is never closed (column 1 of “(a|b”)', 'add the matching “)”'],
    ['[a', '“[” is never closed (column 1 of “[a”)', 'add the matching “]”'],
    ['(a]', '“(” is never closed (column 1 of “(a]”)', 'add the matching “)”'],
    ['a)', '“)” has nothing to close (column 2 of “a)”)', 'delete it or open it before'],
    ['a > b', '“>” has nothing to close (column 3 of “a > b”)', 'delete it or open it before'],
    ['a|b', '“|” stands outside of brackets (column 2 of “a|b”)', 'write (a|b), or two patterns'],
    ['(a|)', 'an alternative is empty (column 4 of “(a|)”)', 'write a word in it, or use [x] for “may be left out”'],
    ['{Money}', 'a slot is not well formed (column 1 of “{Money}”)', 'write {money}, {money>=10tr} or {place:border}'],
    ['<Asks Age>', 'a shared signal is not well formed (column 1 of “<Asks Age>”)', 'write <name-of-the-signal>'],
  ])('is refused with its column and a cure: %s', (source, what, cure) => {
    expect(refusalOf(() => parsePattern(source))).toEqual({ what, cure });
  });

  it('may be as long and as deep as a person can read, and no more', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(parsePattern(nested(6))).toHaveLength(1);
    expect(refusalOf(() => parsePattern(nested(7))).what).toContain('brackets are nested deeper than 6');
    expect(parsePattern('a'.repeat(600))).toHaveLength(1);
    expect(refusalOf(() => parsePattern('a'.repeat(601))).what).toBe('the pattern has 601 characters, more than 600');
  });
});

describe('a condition', () => {
  it('binds “not” before “and” before “or”', () => {
    expect(parseCondition('a or b and not c')).toEqual({
      kind: 'or',
      parts: [
        { kind: 'signal', name: 'a' },
        {
          kind: 'and',
          parts: [
            { kind: 'signal', name: 'b' },
            { kind: 'not', part: { kind: 'signal', name: 'c' } },
          ],
        },
      ],
    });
  });

  it('may count signals', () => {
    expect(parseCondition('2 of (a, b, c)')).toEqual({ kind: 'of', least: 2, names: ['a', 'b', 'c'] });
  });

  it.each([
    ['a b', 'the condition wants “and”, “or” or the end where it has “b” (word 2 of “a b”)'],
    ['(a or b', 'the condition wants “)” where it has the end (word 5 of “(a or b”)'],
    ['a & b', 'the condition wants “and”, “or” or the end where it has “&” (word 2 of “a & b”)'],
    ['and a', 'the condition wants the name of a signal where it has “and” (word 1 of “and a”)'],
    ['2 of a', 'the condition wants “(” where it has “a” (word 3 of “2 of a”)'],
    [
      '2 of (a, not b)',
      'the condition wants names of signals in the list of “of” where it has “)” (word 8 of “2 of (a, not b)”)',
    ],
    ['3 of (a, b)', '“3 of” is asked of 2 signals'],
    ['0 of (a, b)', '“0 of” is asked of 2 signals'],
    ['2 of (a, a)', '“a” stands twice in the list of “of”'],
  ])('is refused at the word where it goes wrong: %s', (source, what) => {
    const refusal = refusalOf(() => parseCondition(source));
    expect(refusal.what).toBe(what);
    expect(refusal.cure).toMatch(/^(write|name)/u);
  });
});

describe('a reach', () => {
  it.each([
    ['message', { messages: 1, milliseconds: 2_592_000_000 }],
    ['12 messages', { messages: 12, milliseconds: 2_592_000_000 }],
    ['30m', { messages: 500, milliseconds: 1_800_000 }],
    ['12h', { messages: 500, milliseconds: 43_200_000 }],
    ['30d', { messages: 500, milliseconds: 2_592_000_000 }],
  ])('is a number of messages or a stretch of time: %s', (source, reach) => {
    expect(parseReach(source)).toEqual(reach);
  });

  it.each(['0 messages', '501 messages', '0m', '31d', '3 weeks', '-1h', '1.5h', ''])('is refused: “%s”', (source) => {
    expect(refusalOf(() => parseReach(source))).toEqual({
      what: `“${source}” is no reach`,
      cure: 'write message, 1 to 500 messages, or a time up to 30 days such as 30m, 12h, 3d',
    });
  });
});

describe('a pattern of words alone', () => {
  it('has between its words whatever a regular expression takes for space', () => {
    const spaces = Array.from({ length: 0x1_0000 }, (_, unit) => unit).filter(isSpace);
    expect(spaces).toEqual(
      Array.from({ length: 0x1_0000 }, (_, unit) => unit).filter((unit) => /\s/.test(String.fromCharCode(unit))),
    );
    expect(isSpace(Number.NaN)).toBe(false);
  });

  it.each(['', ' ', 'a (b|c)', 'a ~2 b', '{money}', '<secrecy>', 'a]', 'a'.repeat(601)])(
    'is not this: “%s”',
    (source) => {
      expect(isWords(source)).toBe(false);
    },
  );
});
