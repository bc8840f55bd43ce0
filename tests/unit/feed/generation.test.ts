import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../rules/engine/key.ts';
import { writeFeedFile, writePart } from '../../../rules/feed/format.ts';
import { SMOKE_LURES, SMOKE_ORDINARY } from '../../../rules/feed/smoke.ts';
import type { Rule } from '../../../rules/language/model.ts';
import {
  BadPublication,
  makeGeneration,
  newRules,
  packOf,
  prepareRuleSet,
  type Publication,
  type RuleWords,
} from '../../../utils/feed/generation.ts';
import { idOf } from '../../fixtures/rules.ts';
import { pack, rule } from '../warning/builders.ts';
import { feedFile, feedRule, partOf, sha256 } from './feed-repository.ts';

const publication = (rules: Rule[], killed: string[] = []): Publication => {
  const text = writePart(partOf(rules));
  return {
    files: { 'vi-core': { number: 4, sha256: sha256(text), text } },
    feed: writeFeedFile(feedFile({ killed })),
    version: 12,
  };
};

describe('a rule set from the feed', () => {
  it('has the version of the snapshot, the day of its newest rule, and what people are shown', async () => {
    const ready = await makeGeneration(publication([feedRule(1), feedRule(2, 'mua thẻ nạp')]));
    expect(ready).toMatchObject({ version: 12, date: '2026-11-24', rules: 2 });
    const words = JSON.parse(ready.words) as RuleWords;
    expect(words.rules.map(({ id, title, level }) => [id, title, level]).toSorted()).toEqual([
      [idOf(1), 'A lure', 'warning'],
      [idOf(2), 'A lure', 'warning'],
    ]);
    expect(words.texts.en.tricks['tasks']?.headline).toBe('Why pay first?');
    expect(ready.words).not.toContain('mua thẻ nạp');
  });

  it('has the same stamp whenever it is made of the same rules, and another one for others', async () => {
    const stamps = await Promise.all(
      [[feedRule(1)], [feedRule(1)], [feedRule(1, 'vào tài khoản an toàn')]].map(
        async (rules) => (await makeGeneration(publication(rules))).stamp,
      ),
    );
    expect(stamps[0]).toBe(stamps[1]);
    expect(stamps[0]).not.toBe(stamps[2]);
  });

  it('knows which of its rules are new or other than before', async () => {
    const linesOf = async (rules: Rule[]) => (await makeGeneration(publication(rules))).lines;
    const before = await linesOf([feedRule(1), feedRule(2, 'mua thẻ nạp'), feedRule(4, 'gửi mã')]);
    const now = await linesOf([feedRule(1), feedRule(2, 'mua thẻ cào'), feedRule(3, 'nạp thẻ')]);
    expect(newRules(now, before).toSorted()).toEqual([keyOf(idOf(2)), keyOf(idOf(3))].toSorted());
    expect(newRules(now, now)).toEqual([]);
  });

  it('is refused with the file, the place and the cure', async () => {
    const bad = publication([feedRule(1)]);
    const file = bad.files['vi-core'];
    if (file !== undefined) file.text = `${file.text}{"zzz":{}}\n`;
    await expect(makeGeneration(bad)).rejects.toMatchObject({
      kind: 'bad-format',
      file: 'vi-core/4.jsonl',
      message: expect.stringMatching(/vi-core line \d+: the key “zzz” is unknown.*write rule/u) as unknown,
    });
  });

  it('leaves out what is switched off before anything is checked', () => {
    expect(packOf(publication([feedRule(1), feedRule(2)], [idOf(1)])).rules.map(({ id }) => id)).toEqual([idOf(2)]);
  });

  it('is refused, not thrown about, when a rule breaks what should read it', async () => {
    const broken = { ...feedRule(1), detection: null } as unknown as Rule;
    await expect(makeGeneration(publication([broken]))).rejects.toBeInstanceOf(BadPublication);
  });
});

describe('the trial texts', () => {
  it.each(SMOKE_ORDINARY)('stop a rule set that warns of “%s”', async (text) => {
    const words = text.split(/[^\p{L}\d]+/u).filter((word) => word !== '');
    const silly = feedRule(2, words.slice(0, 3).join(' '), { surfaces: ['job'] });
    await expect(makeGeneration(publication([feedRule(1), silly]))).rejects.toThrow(/warns of ordinary talk/u);
  });

  it('stop a rule set that is silent at every lure', async () => {
    await expect(makeGeneration(publication([feedRule(1, 'chuyện không ai nói')]))).rejects.toThrow(
      /none|no rule warns/u,
    );
    expect(SMOKE_LURES.length).toBeGreaterThan(4);
  });

  it('are not asked of the package’s own: with nothing to fall back on, little is better than nothing', async () => {
    expect((await prepareRuleSet(pack(rule('0c9a1c8e-7d5e-4b0a-9a3e-0f2f4a6b8c0d', 'warning')))).rules).toBe(1);
  });
});

describe('a rule set that is no good', () => {
  it('is refused with the place of its first fault', async () => {
    const broken = pack(rule('0c9a1c8e-7d5e-4b0a-9a3e-0f2f4a6b8c0d', 'warning', { condition: 'deposit and missing' }));
    await expect(prepareRuleSet(broken)).rejects.toThrow(/missing/u);
  });

  it.each([{}, [], null, { format: 2 }])('is refused when it is something else: %j', async (value) => {
    await expect(prepareRuleSet(value)).rejects.toMatchObject({ kind: 'bad-rules' });
  });
});
