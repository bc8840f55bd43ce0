import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf, packFolder, run, type Outcome } from '../../../fixtures/command.ts';
import { RULE_ID } from '../../../fixtures/rules.ts';

const LURE = 'đừng nói với ai';
const lure = (id: string, text: string, more: object = {}) =>
  JSON.stringify({ id, label: 'lure', category: 'grooming', lang: 'vi', kind: 'chat', text, ...more });
const benign = (id: string, text: string, more: object = {}) =>
  JSON.stringify({ id, label: 'benign', lang: 'vi', kind: 'chat', text, ...more });
const turns = (...texts: string[]) => ({ text: undefined, turns: texts.map((text) => ({ from: 'them', text })) });

const packs = packFolder();
const corpora = folderOf({
  'good.jsonl': [
    lure('caught', LURE),
    lure('missed', 'chào em'),
    lure('in time', '', { ...turns('chào', LURE, 'gửi đi'), harm_turn: 2 }),
    lure('too late', '', { ...turns('chào', 'gửi đi', LURE), harm_turn: 1 }),
    lure('twin one', 'chào', { cluster: 'twins' }),
    lure('twin two', LURE, { cluster: 'twins' }),
    lure('near', LURE, { scope: 'adjacent', category: 'fake-shop' }),
    lure('unclear', LURE, { scope: 'ambiguous' }),
    benign('quiet', '', turns('chào', 'đi học')),
    benign('alarm', LURE),
    benign('hard', LURE, { scope: 'hard_neg' }),
    '',
  ].join('\n'),
  'bad.jsonl': ['{"id"', lure('caught', LURE), '{"id": "x", "text": "a"}', lure('y', LURE, { kind: 'letter' })].join(
    '\n',
  ),
});
afterAll(() => {
  packs.remove();
  corpora.remove();
});
const GOOD = join(corpora.path, 'good.jsonl');
const BAD = join(corpora.path, 'bad.jsonl');
const evaluate = (...args: string[]): Promise<Outcome> => run('eval', [...args, '--packs', packs.path]);

const share = (hits: number, of: number) => ({
  hits,
  of,
  share: of === 0 ? 0 : hits / of,
  interval: [expect.any(Number), expect.any(Number)],
});

describe('eval --json', () => {
  let outcome: Outcome;
  let result: Record<string, unknown>;
  beforeAll(async () => {
    outcome = await evaluate(GOOD, '--json');
    result = JSON.parse(outcome.stdout) as Record<string, unknown>;
  });

  it('has these fields and no other, with status 0', () => {
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(Object.keys(result).toSorted()).toEqual([
      'adjacent',
      'alarms',
      'by',
      'figures',
      'lead',
      'lures',
      'problems',
      'records',
      'selection',
      'skippedAmbiguous',
      'total',
      'warningsByRule',
    ]);
    expect(result).toMatchObject({ records: 11, skippedAmbiguous: 1, problems: [] });
  });

  it('counts what is caught by category, near-identical lures once, and how much of it in time', () => {
    const grooming = { category: 'grooming', language: 'vi', recall: share(4, 5), inTime: share(1, 2) };
    expect(result['lures']).toEqual([grooming]);
    expect(result['total']).toEqual({ recall: share(4, 5), inTime: share(1, 2) });
  });

  it('counts lures that are not promised apart', () => {
    expect(result['adjacent']).toEqual([
      { category: 'fake-shop', language: 'vi', recall: share(1, 1), inTime: share(0, 0) },
    ]);
  });

  it('counts false alarms per record and per message, hard look-alikes apart', () => {
    expect(result['alarms']).toEqual([
      { group: 'all', records: share(2, 3), messages: share(2, 4) },
      { group: 'vi chat hard negatives', records: share(1, 1), messages: share(1, 1) },
      { group: 'vi chat ordinary', records: share(1, 2), messages: share(1, 3) },
    ]);
  });

  it('counts for each rule how often it was right and wrong', () => {
    expect(result['warningsByRule']).toEqual({ [RULE_ID]: { lures: 5, benign: 2 } });
  });

  it('gives intervals that hold their share', () => {
    const { recall } = result['total'] as { recall: { share: number; interval: [number, number] } };
    expect(recall.interval[0]).toBeGreaterThan(0);
    expect(recall.interval[0]).toBeLessThan(recall.share);
    expect(recall.interval[1]).toBeGreaterThan(recall.share);
    expect(recall.interval[1]).toBeLessThan(1);
  });
});

describe('eval', () => {
  it('prints the same for people', async () => {
    const { status, stdout } = await evaluate(GOOD);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^11 records \(1 ambiguous ones left out\)$/m);
    expect(stdout).toMatch(/^vi +grooming +80\.0 % \[[\d.]+–[\d.]+\] 4\/5 +50\.0 % \[[\d.]+–[\d.]+\] 1\/2$/m);
    expect(stdout).toMatch(/^all +666\.67 \[.*\] 2\/3 +5000\.00 \[.*\] 2\/4$/m);
    expect(stdout).not.toMatch(/^(?:MISS|ALARM) /m);
  });

  it('lists the lures that were missed and the texts that were taken for one', async () => {
    const { stdout } = await evaluate(GOOD, '--misses', '--alarms');
    expect(stdout.match(/^(?:MISS|ALARM) \S+(?: one)?/gm)).toEqual([
      'MISS missed',
      'MISS twin one',
      'ALARM alarm',
      'ALARM hard',
    ]);
    expect(stdout).toContain('urgent at turn 0: Told to keep it secret: secrecy “đừng nói với ai”');
  });

  it('names lines that cannot be read by file and number, counts the others, and ends with status 1', async () => {
    const { status, stdout, stderr } = await evaluate(BAD, '--json');
    const problems = [
      `${BAD}:1 the line is no JSON object`,
      `${BAD}:3 the field “label” must be lure or benign`,
      `${BAD}:4 the field “kind” is "letter": write one of chat, sms, post, job, mail, page`,
    ];
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ records: 1, problems });
    expect(stderr.trim().split('\n')).toEqual(problems);
  });

  it('goes on to the next file when one is not there', async () => {
    const missing = join(corpora.path, 'none.jsonl');
    const { status, stdout } = await evaluate(missing, GOOD, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ records: 11, problems: [`${missing} is not there`] });
  });

  it.each([
    [[], /^usage: npm run --silent eval -- FILES…/],
    [[GOOD, '--jsn'], /^eval does not know --jsn\.\nusage: /],
  ])('tells how it is used: %s', async (args, message) => {
    const { status, stdout, stderr } = await evaluate(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('names packs that are not there', async () => {
    const { status, stderr } = await run('eval', [GOOD, '--packs', '/not/there']);
    expect(status).toBe(2);
    expect(stderr).toBe('/not/there is not there. Mend: name a folder of rule packs after --packs.\n');
  });
});
