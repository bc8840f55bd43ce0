import { describe, expect, it } from 'vitest';
import { columnOf } from '../../../../rules/cli/columns.ts';
import { foldOf, isSelected, parseFold } from '../../../../rules/cli/folds.ts';
import type { Warning } from '../../../../rules/cli/judge.ts';
import { leadOf } from '../../../../rules/cli/lead.ts';
import { describeSelection, readOptions } from '../../../../rules/cli/options.ts';
import { readLabelled, type LabelledRecord } from '../../../../rules/cli/records.ts';
import { reportOf } from '../../../../rules/cli/report.ts';
import { Tally, type Evaluation } from '../../../../rules/cli/tally.ts';
import type { Level } from '../../../../rules/language/model.ts';

let records = 0;
const recordOf = (fields: object): LabelledRecord =>
  readLabelled(JSON.stringify({ id: `r${(records += 1)}`, kind: 'chat', lang: 'vi', text: 'lời', ...fields }));
const lure = (fields: object = {}): LabelledRecord => recordOf({ label: 'lure', category: 'grooming', ...fields });
const benign = (fields: object = {}): LabelledRecord => recordOf({ label: 'benign', ...fields });
const warning = (turn: number, level: Level = 'warning'): Warning => ({
  rule: 'rule',
  category: 'grooming',
  level,
  turn,
  spans: [],
  why: '',
});

function evaluate(...judged: [LabelledRecord, ...Warning[]][]): Evaluation {
  const tally = new Tally();
  for (const [record, ...warnings] of judged) tally.add(record, warnings);
  return tally.result();
}

const counts = ({ hits, of }: { hits: number; of: number }): string => `${hits}/${of}`;

describe('the head of the report', () => {
  const evaluation = evaluate(
    [lure({ harm_turn: 4 }), warning(2)],
    [lure({ lang: 'en', harm_turn: 1 }), warning(3)],
    [lure({ lang: 'en' })],
    [lure({ lang: 'en', scope: 'adjacent' })],
    [benign({ scope: 'hard_neg' }), warning(0)],
    [benign({ turns: Array.from({ length: 9 }, () => ({ from: 'them', text: 'ừ' })), text: undefined }), warning(3)],
    [benign({ kind: 'job', scope: 'hard_neg' })],
    [benign({ kind: 'page' })],
  );
  const figure = (name: string, language: string) =>
    evaluation.figures.find((one) => one.figure === name && one.language === language);

  it('sets recall and in time of each language beside their goals', () => {
    expect(figure('recall of lures', 'vi')).toMatchObject({
      unit: 'lures',
      goal: { atLeast: 0.8 },
      measured: { hits: 1, of: 1 },
      reached: true,
    });
    expect(figure('recall of lures', 'en')).toMatchObject({ measured: { hits: 1, of: 2 }, reached: false });
    expect(figure('in time', 'en')).toMatchObject({ measured: { hits: 0, of: 1 }, goal: { atLeast: 0.65 } });
  });

  it('counts alarms on ordinary messages per message, all other alarms per record', () => {
    expect(figure('false alarms: ordinary messages', 'all')).toMatchObject({
      unit: 'messages',
      measured: { hits: 1, of: 9 },
      goal: { atMost: 0.0002 },
      reached: false,
    });
    expect(figure('false alarms: hard negatives', 'all')).toMatchObject({ unit: 'records', measured: { of: 1 } });
    expect(figure('false alarms: job ads', 'all')).toMatchObject({ measured: { hits: 0, of: 1 }, reached: true });
  });

  it('claims no goal where there was nothing to measure', () => {
    expect(figure('false alarms: job ads', 'en')).toMatchObject({ measured: { of: 0 }, reached: null });
  });

  it('is printed with interval, counts, goal and whether it is reached', () => {
    const lines = reportOf(evaluation, 'only families x');
    expect(lines[0]).toBe('8 records (0 ambiguous ones left out): only families x');
    expect(lines.find((line) => line.startsWith('recall of lures                  en'))).toMatch(
      /50\.0 % \[9\.5–90\.5\] 1\/2 +≥ 80 % of lures +missed$/u,
    );
    expect(lines.find((line) => line.startsWith('false alarms: ordinary messages'))).toMatch(/≤ 0\.02 % of messages/u);
  });
});

describe('the columns of false alarms', () => {
  it('take a real job ad for a job ad though its collection is marked as hard, and one written to mislead for a hard negative', () => {
    expect(columnOf(benign({ kind: 'job', scope: 'hard_neg' }))).toBe('job ads');
    expect(columnOf(benign({ kind: 'job', scope: 'hard_neg', family: 'real-recruiter/shop' }))).toBe('hard negatives');
  });

  it('take an article about lures for a hard negative, and other articles for news', () => {
    expect(columnOf(benign({ kind: 'page', scope: 'hard_neg' }))).toBe('hard negatives');
    expect(columnOf(benign({ kind: 'page' }))).toBe('news pages');
    expect(columnOf(benign({ kind: 'sms' }))).toBe('ordinary messages');
  });
});

describe('the rows by field', () => {
  it('put a record into the row of each of its styles', () => {
    const { by } = evaluate(
      [lure({ style: ['teencode', 'dialect-hue'] }), warning(0)],
      [lure({ style: ['teencode'] })],
      [benign({ style: ['teencode'] })],
    );
    expect(by.style.map(({ value, recall, records: alarmed }) => [value, counts(recall), counts(alarmed)])).toEqual([
      ['dialect-hue', '1/1', '0/0'],
      ['teencode', '1/2', '0/1'],
    ]);
  });

  it('tell by level how many lures had it as their strongest warning, so that levels add up', () => {
    const { by, total } = evaluate(
      [lure({ harm_turn: 2 }), warning(0, 'notice'), warning(3, 'urgent')],
      [lure({ harm_turn: 2 }), warning(1, 'warning')],
      [lure()],
      [benign(), warning(0, 'notice'), warning(0, 'urgent')],
    );
    expect(
      by.level.map(({ value, recall, inTime, messages }) => [value, counts(recall), counts(inTime), counts(messages)]),
    ).toEqual([
      ['notice', '0/3', '1/2', '0/1'],
      ['warning', '1/3', '1/2', '0/1'],
      ['urgent', '1/3', '0/2', '1/1'],
    ]);
    expect(counts(total.recall)).toBe('2/3');
  });

  it('count a cluster of near-identical lures once, at its best', () => {
    const { by, total, lures } = evaluate(
      [lure({ cluster: 'c', harm_turn: 1, kind: 'sms' })],
      [lure({ cluster: 'c', harm_turn: 1, kind: 'sms' }), warning(0)],
      [lure({ kind: 'sms' })],
    );
    expect(counts(total.recall)).toBe('1/2');
    expect(by.kind.map(({ value, recall, inTime }) => [value, counts(recall), counts(inTime)])).toEqual([
      ['sms', '1/2', '1/1'],
    ]);
    expect(lures).toMatchObject([{ category: 'grooming', language: 'vi', recall: { hits: 1, of: 2 } }]);
  });
});

describe('how early a warning came', () => {
  it('is counted in turns from the first warning to the harm, over the caught lures that say when that is', () => {
    const { lead } = evaluate(
      [lure({ harm_turn: 5 }), warning(4), warning(1)],
      [lure({ harm_turn: 2 }), warning(2)],
      [lure({ harm_turn: 2 }), warning(3)],
      [lure({ harm_turn: 2 })],
      [lure(), warning(0)],
    );
    expect(lead).toEqual({
      of: 3,
      mean: 1,
      median: 0,
      distribution: [
        { turns: -1, lures: 1 },
        { turns: 0, lures: 1 },
        { turns: 4, lures: 1 },
      ],
    });
  });

  it('has the middle of two as its median, and none of nothing', () => {
    expect(leadOf([4, 0, 1, 3]).median).toBe(2);
    expect(leadOf([])).toEqual({ of: 0, mean: null, median: null, distribution: [] });
  });
});

describe('leaving families out', () => {
  const families = Array.from({ length: 500 }, (_, index) => `category-${index % 24}/story-${index}`);

  it('puts every family into just one fold, about as many into each', () => {
    const sizes = [1, 2, 3, 4, 5].map((fold) => families.filter((family) => foldOf(family, 5) === fold).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500);
    for (const size of sizes) expect(size).toBeGreaterThan(70);
  });

  it('puts a family into the fold in which it always was', () => {
    expect(['grooming/gaming-gift', 'prize/wheel', 'homework-photo'].map((family) => foldOf(family, 5))).toEqual([
      4, 5, 5,
    ]);
  });

  it('shows a writer all families but those by which the rules are judged', () => {
    const held = { families: [], leftOut: [], fold: parseFold('2/5') };
    const seen = { families: [], leftOut: [], fold: parseFold('not-2/5') };
    for (const family of families.slice(0, 40)) {
      const record = lure({ family });
      expect(isSelected(record, held)).not.toBe(isSelected(record, seen));
    }
  });

  it('keeps records of a cluster together when they have no family', () => {
    const selection = { families: [], leftOut: [], fold: parseFold('1/3') };
    const chosen = Array.from({ length: 20 }, () => isSelected(lure({ cluster: 'c9' }), selection));
    expect(new Set(chosen).size).toBe(1);
  });

  it('chooses families by the beginning of their names', () => {
    const record = lure({ family: 'grooming/gaming-gift' });
    expect(isSelected(record, { families: ['grooming/'], leftOut: [] })).toBe(true);
    expect(isSelected(record, { families: ['prize', 'sext'], leftOut: [] })).toBe(false);
    expect(isSelected(record, { families: [], leftOut: ['grooming/gaming'] })).toBe(false);
    expect(isSelected(lure(), { families: ['grooming'], leftOut: [] })).toBe(false);
  });

  it.each(['0/5', '6/5', '5', 'not 1/5', '1/0', 'x/5'])('does not take “%s” for a fold', (text) => {
    expect(parseFold(text)).toBeUndefined();
  });
});

describe('the options of eval', () => {
  it('choose records and name files in any order', () => {
    const { files, flags, selection } = readOptions(
      'eval',
      ['a.jsonl', '--fold', 'not-1/5', '--json', 'b.jsonl', '--leave-out', 'prize/', '--family', 'p'],
      ['--json'],
    );
    expect(files).toEqual(['a.jsonl', 'b.jsonl']);
    expect([...flags]).toEqual(['--json']);
    expect(describeSelection(selection)).toBe(
      'only families p; without families prize/; all families but those of fold 1 of 5',
    );
  });

  it.each([
    [['a.jsonl', '--loud'], 'eval does not know --loud.'],
    [['a.jsonl', '--fold'], '--fold needs K/N or not-K/N.'],
    [['a.jsonl', '--fold', '9/5'], '--fold needs K/N or not-K/N, such as 1/5.'],
    [['a.jsonl', '--family', '--json'], '--family needs the beginning of a family.'],
  ])('say what is wrong with %j', (args, message) => {
    expect(() => readOptions('eval', args, ['--json'])).toThrow(message);
  });
});
