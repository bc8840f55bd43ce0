import { describe, expect, it } from 'vitest';
import { Coverage, type CoverageResult } from '../../../../rules/cli/coverage.ts';
import { coverageReport } from '../../../../rules/cli/coverage-report.ts';
import { Judge } from '../../../../rules/cli/judge.ts';
import { readLabelled, type LabelledRecord } from '../../../../rules/cli/records.ts';
import { SignalFinder, unusedSignals } from '../../../../rules/cli/signals.ts';
import { compilePack } from '../../../../rules/engine/compile.ts';
import type { Pack } from '../../../../rules/language/model.ts';
import { packOf, ruleOf } from '../../../fixtures/rules.ts';

const signal = (name: string, ...patterns: string[]) => ({ name, title: name, patterns });
const idOf = (number: number): string => `6b0c6c1e-0000-4000-8000-00000000000${number}`;
let records = 0;
const record = (label: 'lure' | 'benign', text: string, more: object = {}): LabelledRecord =>
  readLabelled(JSON.stringify({ id: `r${(records += 1)}`, kind: 'chat', lang: 'vi', label, text, ...more }));

function coverageOf(pack: Pack, corpus: readonly LabelledRecord[]): CoverageResult {
  const judge = new Judge(compilePack(pack));
  const finder = new SignalFinder(pack);
  const coverage = new Coverage(pack, finder.signals);
  for (const one of corpus) {
    const signals = one.turns.map(({ text }) => finder.find(text));
    coverage.add(one, judge.judge(one), signals);
  }
  return coverage.result();
}

const SIGNALS = [
  signal('secret', 'đừng nói', 'giữ kín'),
  signal('hotel', '(khách sạn|nhà nghỉ)'),
  signal('anyone', 'bất kỳ ai'),
  signal('unheard', 'không ai nhắc'),
];
const PACK = packOf(
  [
    ruleOf({ quiet: { signal: 'secret' }, room: { signal: 'hotel' } }, { id: idOf(1), title: 'Room and secret' }),
    ruleOf({ quiet: { signal: 'secret' } }, { id: idOf(2), title: 'Only a secret' }),
    ruleOf({ own: ['(gặp|thấy) <anyone>'] }, { id: idOf(3), title: 'Meets anyone' }),
  ],
  { signals: SIGNALS },
);

describe('which rule caught what', () => {
  const { rules, silentRules, costlyRules } = coverageOf(PACK, [
    record('lure', 'em vào khách sạn, đừng nói ai', { category: 'isolation-ransom' }),
    record('lure', 'ở nhà nghỉ nhé, giữ kín', { category: 'isolation-ransom' }),
    record('lure', 'giữ kín nha', { category: 'grooming' }),
    record('benign', 'đừng nói cho mẹ biết quà sinh nhật'),
    record('benign', 'chuyện này giữ kín nha'),
    record('benign', 'đừng nói bậy', { scope: 'ambiguous' }),
  ]);

  it('is told with what no other rule caught', () => {
    expect(rules).toMatchObject([
      { title: 'Only a secret', lures: 3, onlyLures: 1, alarms: 2, onlyAlarms: 2, caught: { grooming: 1 } },
      { title: 'Room and secret', lures: 2, onlyLures: 0, alarms: 0, caught: { 'isolation-ransom': 2 } },
    ]);
  });

  it('names the rules that never speak', () => {
    expect(silentRules).toEqual([{ rule: idOf(3), title: 'Meets anyone', category: 'grooming' }]);
  });

  it('names in a sentence the rule that costs more alarms than the lures that it alone earns', () => {
    expect(costlyRules.map(({ sentence }) => sentence)).toEqual([
      '“Only a secret” costs more than it earns: 2 false alarms, and 1 lure that no other rule caught (3 with others). Without it all 2 alarms would go.',
    ]);
  });

  it('counts near-identical lures once and adjacent ones apart', () => {
    const [row] = coverageOf(PACK, [
      record('lure', 'giữ kín nha', { cluster: 'c1' }),
      record('lure', 'giữ kín nha em', { cluster: 'c1' }),
      record('lure', 'đừng nói ai', { scope: 'adjacent' }),
    ]).rules;
    expect(row).toMatchObject({ title: 'Only a secret', lures: 1, onlyLures: 1, adjacent: 1 });
  });
});

describe('where signals occur', () => {
  it('is told in shares of ordinary messages, most frequent first, shared signals and own ones by name', () => {
    const { signals } = coverageOf(PACK, [
      record('benign', '', {
        text: undefined,
        turns: [
          { from: 'them', text: 'khách sạn đẹp' },
          { from: 'me', text: 'khách sạn rẻ, giữ kín nhé' },
          { from: 'them', text: 'ừ' },
          { from: 'them', text: 'đi đâu cũng gặp bất kỳ ai' },
        ],
      }),
      record('benign', 'giữ kín', { scope: 'hard_neg' }),
      record('lure', 'giữ kín'),
    ]);
    expect(signals.map(({ name, ordinary }) => [name, ordinary.hits, ordinary.of])).toEqual([
      ['hotel', 2, 4],
      ['secret', 1, 4],
      ['anyone', 1, 4],
      ['Meets anyone: own', 1, 4],
      ['unheard', 0, 4],
    ]);
    expect(signals.find(({ name }) => name === 'secret')?.lures).toMatchObject({ hits: 1, of: 1 });
  });

  it('names the shared signals that no rule uses, not even within a pattern', () => {
    expect(unusedSignals(PACK)).toEqual(['unheard']);
    expect(unusedSignals(packOf([], { signals: [signal('age', '{age<18} và {money>5tr}')] }))).toEqual(['age']);
    const nested = { signals: [signal('outer', 'nói <inner>'), signal('inner', 'ai')] };
    expect(unusedSignals(packOf([ruleOf({ outer: { signal: 'outer' } })], nested))).toEqual([]);
  });
});

describe('the printed coverage', () => {
  it('begins with what costs too much and says “none” where there is nothing', () => {
    expect(coverageReport(coverageOf(PACK, [])).slice(0, 3)).toEqual([
      'RULES THAT COST MORE THAN THEY EARN',
      'none',
      '',
    ]);
  });

  it('says after a rule which other categories it caught', () => {
    const lines = coverageReport(coverageOf(PACK, [record('lure', 'giữ kín', { category: 'runaway' })]));
    expect(lines).toContain('1 (1)       0         0 (0)       grooming: Only a secret; also runaway 1');
  });
});
