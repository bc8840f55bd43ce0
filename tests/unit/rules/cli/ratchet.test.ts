import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Judge } from '../../../../rules/cli/judge.ts';
import { readCorpus, readRatchet, tightenRatchet } from '../../../../rules/cli/ratchet-files.ts';
import { compare, describeComparison, measure, type Ratchet } from '../../../../rules/cli/ratchet.ts';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { packOf, ruleOf } from '../../../fixtures/rules.ts';

const judgeOf = (...patterns: string[]): Judge => new Judge(compilePack(packOf([ruleOf({ words: patterns })])));
const chat = (id: string, label: string, more: object = {}) => ({ id, kind: 'chat', lang: 'vi', label, ...more });
const CORPUS = [
  chat('l1', 'lure', { category: 'grooming', harm_turn: 0, text: 'đừng nói ai nhé' }),
  chat('l2', 'lure', { category: 'sextortion', text: 'gửi tiền đi' }),
  chat('l3', 'lure', { category: 'prize', text: 'em đã trúng thưởng' }),
  chat('b1', 'benign', { text: 'đừng nói nữa' }),
  chat('b2', 'benign', { scope: 'hard_neg', text: 'gửi quà cho mẹ' }),
  chat('b3', 'benign', { scope: 'ambiguous', text: 'gửi tiền' }),
];

let folder: string;
const write = (records: readonly object[]): void =>
  writeFileSync(join(folder, 'corpus.jsonl'), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
const ratchet = (): Ratchet => readRatchet(folder);
const comparisonOf = (judge: Judge) => compare(ratchet(), measure(judge, readCorpus(folder)));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beside-ratchet-'));
  write(CORPUS);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the ratchet', () => {
  it('is written from nothing with floors, ceilings and what came of each record', () => {
    expect(tightenRatchet(judgeOf('đừng nói'), folder)).toEqual({
      status: 0,
      said: 'Written: 0 figures are better, 5 records new, 0 gone.',
    });
    expect(ratchet()).toEqual({
      floors: {
        vi: {
          closeness: { lures: 2, caught: 1, timed: 1, inTime: 1 },
          'money and goods': { lures: 1, caught: 0, timed: 0, inTime: 0 },
        },
      },
      ceilings: { vi: { 'hard negatives': { records: 1, alarms: 0 }, 'ordinary messages': { records: 1, alarms: 1 } } },
      records: {
        vi: {
          closeness: { l1: 'in time', l2: 'missed' },
          'money and goods': { l3: 'missed' },
          'hard negatives': { b2: 'quiet' },
          'ordinary messages': { b1: 'alarm' },
        },
      },
    });
  });

  it('has nothing to say when nothing changed', () => {
    tightenRatchet(judgeOf('đừng nói'), folder);
    expect(describeComparison(comparisonOf(judgeOf('đừng nói')))).toBe('');
    expect(tightenRatchet(judgeOf('đừng nói'), folder).said).toMatch(/nothing was written/u);
  });

  it('names the records behind a fall, and is not written then', () => {
    tightenRatchet(judgeOf('đừng nói', 'gửi tiền'), folder);
    const before = readFileSync(join(folder, 'ratchet.json'), 'utf8');
    const judge = judgeOf('gửi (tiền|quà)');
    expect(comparisonOf(judge)).toMatchObject({
      worse: [
        'vi, closeness: lures caught: 1, the ratchet holds 2. Changed: l1 (was in time, is missed)',
        'vi, closeness: lures warned of in time: 0, the ratchet holds 1. Changed: l1 (was in time, is missed)',
        'vi, hard negatives: false alarms: 1, the ratchet holds 0. Changed: b2 (was quiet, is alarm)',
      ],
      better: ['vi, ordinary messages: false alarms: 0, the ratchet holds 1. Changed: b1 (was alarm, is quiet)'],
    });
    expect(tightenRatchet(judge, folder)).toMatchObject({ status: 1 });
    expect(readFileSync(join(folder, 'ratchet.json'), 'utf8')).toBe(before);
  });

  it('asks for a better figure to be written, and takes it', () => {
    tightenRatchet(judgeOf('đừng nói'), folder);
    const better = judgeOf('đừng nói', 'trúng thưởng');
    expect(describeComparison(comparisonOf(better))).toMatch(
      /^Better than the ratchet; write it .*npm run rules -- ratchet/u,
    );
    expect(tightenRatchet(better, folder).status).toBe(0);
    expect(ratchet().floors['vi']?.['money and goods']).toMatchObject({ caught: 1 });
  });

  it('lets one lure of a group be exchanged for another', () => {
    tightenRatchet(judgeOf('đừng nói ai', 'trúng thưởng'), folder);
    expect(comparisonOf(judgeOf('gửi tiền', 'trúng thưởng', 'đừng nói ai')).worse).toEqual([]);
  });

  it('holds neither new nor lost records against the rules, but wants to know of them', () => {
    const judge = judgeOf('đừng nói');
    tightenRatchet(judge, folder);
    write([...CORPUS.slice(1), chat('l9', 'lure', { category: 'grooming', text: 'lạ' })]);
    const comparison = comparisonOf(judge);
    expect(comparison).toEqual({ worse: [], better: [], added: ['l9'], gone: ['l1'] });
    expect(describeComparison(comparison)).toMatch(/New in the corpus[^]*no more in the corpus: l1/u);
    expect(tightenRatchet(judge, folder).status).toBe(0);
    expect(ratchet().floors['vi']?.['closeness']).toEqual({ lures: 2, caught: 0, timed: 0, inTime: 0 });
  });

  it('says so when a figure in its file was changed by hand', () => {
    tightenRatchet(judgeOf('đừng nói'), folder);
    const changed = ratchet();
    const floor = changed.floors['vi']?.['closeness'];
    if (floor !== undefined) floor.caught = 2;
    writeFileSync(join(folder, 'ratchet.json'), JSON.stringify(changed));
    expect(comparisonOf(judgeOf('đừng nói')).worse).toEqual([
      'vi, closeness: lures caught: 1, the ratchet holds 2. Changed: no record, but the figure in the file',
    ]);
  });

  it('refuses a corpus in which two records have one id', () => {
    cpSync(join(folder, 'corpus.jsonl'), join(folder, 'twice.jsonl'));
    expect(() => measure(judgeOf('đừng nói'), readCorpus(folder))).toThrow('two records of the corpus have the id l1');
  });
});
