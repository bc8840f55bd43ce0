import { afterEach, describe, expect, it } from 'vitest';
import { packFolder, run } from '../../../fixtures/command.ts';
import { ruleFile } from '../../../fixtures/rules.ts';

const open: { remove: () => void }[] = [];
afterEach(() => {
  for (const folder of open.splice(0)) folder.remove();
});
const folderWith = (files: Record<string, string> = {}): string => {
  const folder = packFolder(files);
  open.push(folder);
  return folder.path;
};
const RULE = 'vi/grooming/secret.yml';

describe('rules check', () => {
  it('counts what it has found good', async () => {
    expect(await run('rules', ['check', folderWith()])).toEqual({
      status: 0,
      stdout: '1 rules, 0 shared signals, 10 examples, 0 not as they should be\n',
      stderr: '',
    });
  });

  it.each([
    [
      'a missing field',
      { 'level:': '' },
      `${RULE}:1 level: the field is missing. Mend: write one of: notice, warning, urgent.`,
    ],
    [
      'an unknown field',
      { 'status:': 'state: stable\nstatus: stable' },
      `${RULE}:3 state: the field “state” is unknown.`,
    ],
    ['a level that is none', { 'level:': 'level: loud' }, `${RULE}:4 level: has a value that is not allowed.`],
    [
      'a bracket that is never closed',
      { '- (đừng': '    - (đừng' },
      `${RULE}:13 detection.secrecy[0]: “(” is never closed`,
    ],
    [
      'a signal that the condition never uses',
      { 'condition:': '  other: [ai]\n  condition: secrecy' },
      `${RULE}:14 detection.other:`,
    ],
    [
      'a condition of unknown names',
      { 'condition:': '  condition: secrecy and alone' },
      `${RULE}:14 detection.condition:`,
    ],
    ['a reach that is none', { 'within:': '  within: a while' }, `${RULE}:15 detection.within: “a while” is no reach`],
    [
      'a trick without a text',
      { 'explain:': 'explain: { trick: magic, counterfact: police-never-by-phone }' },
      `${RULE}:16 explain.trick:`,
    ],
    [
      'a shared signal that is not there',
      { '- (đừng': '    - nói <anyone>' },
      `${RULE}:13 detection.secrecy[0]: the shared signal <anyone>`,
    ],
    [
      'too few examples',
      { 'match:': '  match: [đừng nói ai]' },
      `${RULE}:18 tests.match: must hold at least 5 examples.`,
    ],
  ])('names file, line, field and cure of %s', async (_, changes, message) => {
    const { status, stdout } = await run('rules', ['check', folderWith({ [RULE]: ruleFile(changes) })]);
    expect(status).toBe(1);
    expect(stdout).toContain(message);
    expect(stdout).toMatch(/Mend: [^\n]+\.\n/);
  });

  it('names a pattern that has no word to be found by', async () => {
    const folder = folderWith({ [RULE]: ruleFile({ '- (đừng': "    - '[đừng] [nói]'" }) });
    const { status, stdout } = await run('rules', ['check', folder]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^vi\/grooming\/secret\.yml:13 detection\.secrecy\[0\]: .*has no word that must be there/);
  });

  it('names what is wrong in every file, not in the first alone', async () => {
    const folder = folderWith({
      [RULE]: ruleFile({ 'level:': 'level: loud' }),
      'vi/signals/anyone.yml': 'title: Anyone\npatterns:\n  - ai\n  - (ai\n',
      'vi/words/place.yml': 'title: Places\nlist: 7\nwords: [a]\n',
    });
    const { stdout } = await run('rules', ['check', folder]);
    const files = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(files).toEqual([`${RULE}:4`, 'vi/signals/anyone.yml:4', 'vi/words/place.yml:2']);
  });

  it('shows the examples that do not do as the rule says', async () => {
    const changes = {
      'match:': '  match: [đừng nói ai, đừng kể ai, không được nói với ai, đừng kể với bố mẹ, thôi nhé]',
      'ignore:': '  ignore: [nói với ai, kể cho bố mẹ, đừng buồn, không được ăn, đừng nói ai]',
    };
    const { status, stdout } = await run('rules', ['check', folderWith({ [RULE]: ruleFile(changes) })]);
    expect(status).toBe(1);
    expect(stdout.trim().split('\n')).toEqual([
      `${RULE} should match: them: thôi nhé`,
      `${RULE} should ignore, but “Told to keep it secret” spoke: them: đừng nói ai`,
      '1 rules, 0 shared signals, 10 examples, 2 not as they should be',
    ]);
  });

  it('names a folder that is not there', async () => {
    const { status, stdout } = await run('rules', ['check', '/not/there']);
    expect(status).toBe(1);
    expect(stdout).toBe('/not/there the folder is not there. Mend: name a folder of rule files.\n');
  });

  it.each([[[]], [['chek']], [['check', 'a', 'b']], [['schema', 'a']]])('tells how it is used: %s', async (args) => {
    const { status, stderr } = await run('rules', args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^usage: npm run rules -- check/);
  });
});
