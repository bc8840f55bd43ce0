import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ruleFile } from '../../../fixtures/rules.ts';

const CLI = join(import.meta.dirname, '..', '..', '..', '..', 'rules', 'cli');
let folder: string;
const path = (name: string): string => join(folder, name);
const run = (command: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(CLI, `${command}.ts`), ...args, '--packs', path('packs')], { encoding: 'utf8' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'beside-held-out-'));
  mkdirSync(path('packs/vi/grooming'), { recursive: true });
  writeFileSync(path('packs/vi/grooming/secret.yml'), ruleFile());
  const records = [
    { id: 'seen', family: 'prize/wheel', label: 'lure', category: 'prize', text: 'bánh xe may mắn' },
    { id: 'held', family: 'grooming/gaming-gift', label: 'lure', category: 'grooming', text: 'tặng em skin' },
    { id: 'joke', family: 'grooming/gaming-gift', label: 'benign', text: 'đừng nói với ai nha' },
  ];
  writeFileSync(
    path('corpus.jsonl'),
    records.map((record) => JSON.stringify({ kind: 'chat', lang: 'vi', ...record })).join('\n'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a fold that is kept out of view', () => {
  it('is not among the misses and alarms that a writer reads', () => {
    const printed = run('eval', path('corpus.jsonl'), '--fold', 'not-4/5', '--misses', '--alarms');
    expect(printed).toMatch(/^1 records .*: all families but those of fold 4 of 5$/mu);
    expect(printed).toMatch(/^MISS seen prize core\n {2}bánh xe may mắn$/mu);
    expect(printed).not.toMatch(/held|joke/u);
  });

  it('is judged without a word of its texts being shown', () => {
    const printed = run('eval', path('corpus.jsonl'), '--fold', '4/5', '--misses', '--alarms', '--hide');
    expect(printed).toMatch(/^MISS held grooming core$/mu);
    expect(printed).toMatch(/^ALARM joke benign\n {2}urgent at turn 0: 6b0c6c1e-[-0-9a-f]+$/mu);
    expect(printed).not.toMatch(/skin|đừng/u);
  });

  it('is judged for machines without its texts too', () => {
    const json = run('eval', path('corpus.jsonl'), '--fold', '4/5', '--misses', '--alarms', '--hide', '--json');
    expect(JSON.parse(json)).toMatchObject({
      selection: 'only the families of fold 4 of 5',
      missed: [{ id: 'held', family: 'grooming/gaming-gift' }],
      alarmed: [{ id: 'joke', warnings: [{ level: 'urgent', turn: 0 }] }],
    });
    expect(json).not.toMatch(/skin|đừng/u);
  });
});

describe('npm run rules -- coverage', () => {
  it('takes the same choice of records as eval, for people and for machines', () => {
    expect(run('rules', 'coverage', path('corpus.jsonl'), '--fold', '4/5')).toMatch(
      /“Told to keep it secret” costs more than it earns: 1 false alarm/u,
    );
    const result: unknown = JSON.parse(run('rules', 'coverage', path('corpus.jsonl'), '--fold', 'not-4/5', '--json'));
    expect(result).toMatchObject({ rules: [], silentRules: [{ title: 'Told to keep it secret' }], problems: [] });
  });

  it('says how it is used when it is given no file', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(CLI, 'rules.ts'), 'coverage'], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/^usage: npm run rules/u) });
  });
});
