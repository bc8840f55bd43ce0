import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderOf, packFolder, run } from '../../../fixtures/command.ts';

const open: { remove: () => void }[] = [];
afterEach(() => {
  for (const folder of open.splice(0)) folder.remove();
});
const kept = <Folder extends { remove: () => void }>(folder: Folder): Folder => {
  open.push(folder);
  return folder;
};

const line = (id: number, label: 'lure' | 'benign', text: string): string =>
  JSON.stringify({
    id: `r${id}`,
    kind: 'chat',
    lang: 'vi',
    label,
    category: 'grooming',
    family: `f${id}`,
    style: [],
    turns: [{ from: 'them', text }],
    scope: 'core',
  });
const CORPUS = [
  ...Array.from({ length: 30 }, (_, id) => line(id, 'lure', 'đừng nói ai nhé, quà lớn')),
  ...Array.from({ length: 30 }, (_, id) => line(100 + id, 'benign', 'đừng nói ai nhé, sinh nhật mẹ')),
].join('\n');
const SIGNALS = {
  'vi/signals/big-gift.yml': 'title: A big gift\nweight: { them: 1, me: 9 }\npatterns:\n  - quà lớn\n',
  'vi/signals/birthday.yml': 'title: A birthday\npatterns:\n  - sinh nhật\n',
  'vi/signals/never.yml': 'title: What nobody says\nweight: { them: 7 }\npatterns:\n  - không ai nói\n',
};

describe('rules weigh', () => {
  it('writes into the signals’ files what they weigh, replaces what stood there, and says how the rules would do', async () => {
    const packs = kept(packFolder(SIGNALS));
    const corpus = kept(folderOf({ 'corpus.jsonl': CORPUS }));
    const { status, stdout, stderr } = await run('rules', [
      'weigh',
      'vi',
      join(corpus.path, 'corpus.jsonl'),
      '--packs',
      packs.path,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const file = (name: string): string => readFileSync(join(packs.path, 'vi/signals', `${name}.yml`), 'utf8');
    expect(file('big-gift')).toMatch(/^title: A big gift\nweight: \{ them: \d+ \}\npatterns:\n {2}- quà lớn\n$/);
    expect(file('birthday')).toMatch(/^title: A birthday\nweight: \{ them: -\d+ \}\n/);
    expect(file('never')).not.toContain('weight');
    expect(stdout).toContain('30 lures, 30 harmless records; 2 signals weigh something, 3 files changed');
    expect(stdout).toMatch(/\n +\d+ +30\/30 +0\/30\n/);
  });

  it('asks for a language', async () => {
    const { status, stderr } = await run('rules', ['weigh', 'fr', 'corpus.jsonl']);
    expect(status).toBe(2);
    expect(stderr).toContain('weigh needs a language: vi or en.');
  });
});
