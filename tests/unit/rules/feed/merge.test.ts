import { describe, expect, it } from 'vitest';
import { emptyPart, FeedError, type RolePart } from '../../../../rules/feed/format.ts';
import { mergeParts } from '../../../../rules/feed/merge.ts';
import { idOf, ruleOf } from '../../../fixtures/rules.ts';

const part = (changes: Partial<RolePart>): RolePart => ({ ...emptyPart(), ...changes });
const rule = (number: number, title = 'A lure') => ruleOf({ lure: ['tiền'] }, { id: idOf(number), title });
const signal = (title: string) => ({ name: 'hurry', title, patterns: ['nhanh'] });
const ids = (pack: { rules: { id: string }[] }): string[] => pack.rules.map(({ id }) => id);

describe('the rules of several roles', () => {
  it('are one rule set in the order of the roles', () => {
    const pack = mergeParts(
      {
        'vi-urgent': part({ rules: [rule(4)] }),
        en: part({ rules: [rule(2)] }),
        'vi-core': part({ rules: [rule(1)] }),
      },
      [],
      12,
    );
    expect(pack).toMatchObject({ format: 1, version: 12, date: rule(1).date });
    expect(ids(pack)).toEqual([idOf(1), idOf(2), idOf(4)]);
  });

  it('say once what two roles say alike, in whatever order of fields', () => {
    const reversed = Object.fromEntries(Object.entries(signal('Hurries')).toReversed()) as unknown as ReturnType<
      typeof signal
    >;
    const pack = mergeParts(
      {
        'vi-core': part({ signals: [signal('Hurries')], rules: [rule(1)] }),
        en: part({ signals: [reversed], rules: [rule(1)] }),
      },
      [],
      1,
    );
    expect(pack.signals).toHaveLength(1);
    expect(pack.rules).toHaveLength(1);
  });

  it.each<[string, Partial<RolePart>, Partial<RolePart>]>([
    ['signal hurry', { signals: [signal('Hurries')] }, { signals: [signal('Presses')] }],
    ['rule', { rules: [rule(1)] }, { rules: [rule(1, 'Another lure')] }],
    [
      'list place:border',
      { lists: [{ name: 'place:border', words: ['a'] }] },
      { lists: [{ name: 'place:border', words: ['b'] }] },
    ],
    [
      'tricks (vi) x',
      {
        texts: {
          vi: { tricks: { x: { name: 'a' } as never }, counterfacts: {} },
          en: { tricks: {}, counterfacts: {} },
        },
      },
      {
        texts: {
          vi: { tricks: { x: { name: 'b' } as never }, counterfacts: {} },
          en: { tricks: {}, counterfacts: {} },
        },
      },
    ],
  ])('are refused when two roles say unlike things of one %s; both are named', (name, one, other) => {
    const merge = () => mergeParts({ 'vi-core': part(one), minority: part(other) }, [], 1);
    expect(merge).toThrow(FeedError);
    expect(merge).toThrow(/vi-core and minority/u);
    expect(merge).toThrow(name);
  });

  it('know a word by every way that any role gives', () => {
    const pack = mergeParts(
      {
        'vi-core': part({ aliases: { không: ['ko', 'k'] } }),
        en: part({ aliases: { không: ['hok', 'k'], you: ['u'] } }),
      },
      [],
      1,
    );
    expect(pack.aliases).toEqual({ không: ['hok', 'k', 'ko'], you: ['u'] });
  });

  it('take nothing from what JavaScript objects have by themselves', () => {
    const pack = mergeParts({ 'vi-core': part({ aliases: { constructor: ['ctor'] } }) }, [], 1);
    expect(Object.entries(pack.aliases)).toEqual([['constructor', ['ctor']]]);
  });
});

describe('a rule that is switched off', () => {
  const parts = { 'vi-core': part({ rules: [rule(1), rule(2), rule(3)] }), 'vi-urgent': part({ kills: [idOf(2)] }) };

  it('is gone whether feed.json or the urgent role says so', () => {
    expect(ids(mergeParts(parts, [idOf(3)], 1))).toEqual([idOf(1)]);
  });

  it('is not switched off by a role that may not', () => {
    const others = { 'vi-core': parts['vi-core'], en: part({ kills: [idOf(1)] }) };
    expect(ids(mergeParts(others, [], 1))).toEqual([idOf(1), idOf(2), idOf(3)]);
  });

  it('may be one that no role has', () => {
    expect(ids(mergeParts(parts, [idOf(9)], 1))).toEqual([idOf(1), idOf(3)]);
  });
});
