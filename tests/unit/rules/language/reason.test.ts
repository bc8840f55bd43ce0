import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsWith, namesIn, parseCondition, type Condition } from '../../../../rules/language/condition.ts';
import { lackOf, reasonOf, sizeOf, writtenOf } from '../../../../rules/language/reason.ts';

const reason = (condition: string, seen: string): string =>
  reasonOf(parseCondition(condition), (name) => seen.split(' ').includes(name));
const lack = (condition: string, seen: string): string => {
  const found = lackOf(parseCondition(condition), (name) => seen.split(' ').includes(name));
  return found === undefined ? '' : writtenOf(found);
};

describe('the part of a condition that made it hold', () => {
  it.each([
    ['a', 'a', 'a'],
    ['(a and b) or c and not d', 'a b', 'a and b'],
    ['(a and b) or c and not d', 'c', 'c and not d'],
    ['(a and b) or c and not d', 'a b c', '(a and b) or (c and not d)'],
    ['a and (b or c) and not d', 'a c', 'a and c and not d'],
    ['a and (b or c)', 'a b c', 'a and (b or c)'],
    ['2 of (a, b, c)', 'a c', '2 of (a, c)'],
    ['2 of (a, b, c)', 'a b c', '2 of (a, b, c)'],
    ['1 of (a, b, c)', 'b', 'b'],
    ['1 of (a, b, c)', 'b c', 'b or c'],
    ['a and not (b or c)', 'a', 'a and not (b or c)'],
    ['a and not (b and c)', 'a c', 'a and not b'],
    ['a and not 2 of (b, c, d)', 'a b', 'a and not 2 of (b, c, d)'],
    ['a and not not b', 'a b', 'a and not not b'],
    ['a or not b', 'a', 'a'],
    ['a and (not b or c)', 'a', 'a and not b'],
    ['a and (b and (c or d))', 'a b d', 'a and b and d'],
    ['(a or b) or (a or c)', 'a', 'a'],
  ])('is told of “%s” with %s', (condition, seen, expected) => {
    expect(reason(condition, seen)).toBe(expected);
  });

  it('is nothing when the condition does not hold', () => {
    expect(reason('a and b', 'a')).toBe('');
  });
});

describe('what a condition lacks', () => {
  it.each([
    ['a and b', 'a', 'b'],
    ['a and b and not c', 'a c', 'b and not c'],
    ['a and not c', 'a c', 'not c'],
    ['(a and b) or c', '', 'c'],
    ['a or b', '', 'a or b'],
    ['a and (b or c)', '', 'a and (b or c)'],
    ['3 of (a, b, c, d)', 'a', '2 of (b, c, d)'],
    ['2 of (a, b, c)', 'a', 'b or c'],
    ['2 of (a, b)', '', 'a and b'],
    ['a and not (b or c)', 'a b c', 'not b and not c'],
    ['a and not (b and c)', 'a b c', 'not b or not c'],
    ['a and not 2 of (b, c, d)', 'a b c d', 'not 2 of (b, c, d)'],
    ['a and not 2 of (b, c, d)', 'a b c', 'not b or not c'],
    ['a', 'a', ''],
  ])('is told of “%s” with %s', (condition, seen, expected) => {
    expect(lack(condition, seen)).toBe(expected);
  });

  it('is as far as there are signals to come or to go', () => {
    const size = (condition: string, seen: string): number =>
      sizeOf(lackOf(parseCondition(condition), (name) => seen.includes(name)) ?? parseCondition('nothing'));
    expect(size('a and b and (c or d)', '')).toBe(3);
    expect(size('a and not 2 of (b, c, d)', 'abcd')).toBe(2);
  });
});

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const { condition: conditions } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...NAMES).map((name): Condition => ({ kind: 'signal', name })),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
    tie('condition').map((part): Condition => ({ kind: 'not', part })),
    fc
      .subarray(NAMES, { minLength: 1 })
      .chain((names) =>
        fc.integer({ min: 1, max: names.length }).map((least): Condition => ({ kind: 'of', least, names })),
      ),
  ),
}));

describe('of any condition', () => {
  it('what is written reads as the same', () => {
    fc.assert(
      fc.property(conditions, fc.subarray(NAMES), (condition, seen) => {
        const isTrue = (name: string): boolean => seen.includes(name);
        expect(holdsWith(parseCondition(writtenOf(condition)), isTrue)).toBe(holdsWith(condition, isTrue));
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('the reason holds by itself, and speaks of nothing else', () => {
    fc.assert(
      fc.property(conditions, fc.subarray(NAMES), (condition, seen) => {
        const isTrue = (name: string): boolean => seen.includes(name);
        const said = reasonOf(condition, isTrue);
        expect(said !== '').toBe(holdsWith(condition, isTrue));
        const part = said === '' ? condition : parseCondition(said);
        expect(holdsWith(part, isTrue)).toBe(said !== '');
        const { wanted, forbidden } = namesIn(condition);
        expect([...wanted, ...forbidden]).toEqual(expect.arrayContaining(Object.values(namesIn(part)).flat()));
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  it('there is a lack exactly when it does not hold, and never an empty one', () => {
    fc.assert(
      fc.property(conditions, fc.subarray(NAMES), (condition, seen) => {
        const isTrue = (name: string): boolean => seen.includes(name);
        const found = lackOf(condition, isTrue);
        expect((found === undefined ? 0 : sizeOf(found)) > 0).toBe(!holdsWith(condition, isTrue));
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
