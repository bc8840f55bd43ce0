import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderOf, packFolder, run, type Outcome } from '../../../fixtures/command.ts';
import { ruleFile } from '../../../fixtures/rules.ts';

const RULE = 'vi/grooming/secret.yml';
const open: { remove: () => void }[] = [];
afterEach(() => {
  for (const folder of open.splice(0)) folder.remove();
});
/** Tries a rule, made from the ordinary one by changing lines, with these arguments. */
const tryOn = (changes: Record<string, string>, args: readonly string[], input?: string): Promise<Outcome> => {
  const folder = packFolder({ [RULE]: ruleFile(changes) });
  open.push(folder);
  return run('rules', ['try', join(folder.path, RULE), ...args], input);
};
const lines = ({ stdout }: Outcome): string[] => stdout.trimEnd().split('\n');
const ALONE = { 'condition:': '  alone: [một mình]\n  condition: secrecy and alone' };

describe('rules try', () => {
  it('shows how a text is read, the words of each signal, and by what the rule speaks', async () => {
    const outcome = await tryOn({}, ['Này, ĐỪNGGG nói với ai nhé']);
    expect(outcome.status).toBe(0);
    expect(lines(outcome)).toEqual([
      'TURN 0 them: Này, ĐỪNGGG nói với ai nhé',
      '  read as     này · đừng · nói · với · ai · nhé',
      '  secrecy    “ĐỪNGGG nói với ai”',
      '',
      'THE RULE at turn 0',
      '  ✓ secrecy  in turn 0',
      '  ✓secrecy → speaks (urgent)',
      'It speaks at turn 0 because of: secrecy.',
    ]);
  });

  it.each([
    ['đừng n0i với ai', 'đừng · n0i · với · ai', 'đừng · nói · với · ai'],
    ['đ.ừ.n.g nói với ai', 'đ · ừ · n · g · nói · với · ai', 'đừng · nói · với · ai'],
    ['k được nói với ai', 'k · được · nói · với · ai', 'không · được · nói · với · ai'],
  ])('shows what a disguise or a short form stands for: %s', async (text, plain, undisguised) => {
    const shown = lines(await tryOn({}, [text]));
    expect(shown[1]).toBe(`  read as     ${plain}`);
    expect(shown[2]).toBe(`  stands for  ${undisguised}`);
    expect(shown.at(-1)).toBe('It speaks at turn 0 because of: secrecy.');
  });

  it('shows no second reading of a plain text, whatever its marks', async () => {
    expect((await tryOn({}, ['DUNG nói voi ai, chào 100k'])).stdout).not.toContain('stands for');
  });

  it('marks in the condition what is there', async () => {
    const outcome = await tryOn(
      { 'condition:': '  alone: [một mình]\n  far: [xa lắm]\n  condition: secrecy and (alone or far)' },
      ['đừng nói ai'],
    );
    expect(lines(outcome)).toContain('  ✓secrecy and (✗alone or ✗far) → stays quiet');
  });

  it('reads the text from stdin', async () => {
    const outcome = await tryOn({}, ['-'], 'đừng nói\nvới ai\n');
    expect(lines(outcome)[0]).toBe('TURN 0 them: đừng nói với ai');
    expect(lines(outcome).at(-1)).toBe('It speaks at turn 0 because of: secrecy.');
  });

  it('reads turns from stdin, one a line', async () => {
    const changes = { ...ALONE, 'within:': '  within: 3 messages' };
    const outcome = await tryOn(changes, ['--turns', '-'], 'them: đừng nói ai\n\nme: dạ\nđi một mình\n');
    expect(lines(outcome).at(-1)).toBe('It speaks at turn 2 because of: secrecy and alone.');
  });

  it('names the turn that came closest, and what was missing there', async () => {
    const changes = { ...ALONE, 'within:': '  within: 2 messages' };
    const outcome = await tryOn(changes, ['--turns', 'them: đừng nói ai', 'me: đi một mình', 'chào', '--on', 'chat']);
    expect(lines(outcome)).toContain('  ✗ alone    in turn 1, but only what “them” says counts');
    expect(lines(outcome).at(-1)).toBe(
      'It stays quiet: alone is missing (alone stands in turn 1, but only what “them” says counts); with that it would have spoken.',
    );
  });

  it('takes a rule from anywhere, and what it shares from the packs that are named', async () => {
    const packs = packFolder({ 'vi/signals/anyone.yml': 'title: Anyone\npatterns: [ai, người nào]\n' });
    const other = folderOf({ 'draft.yml': ruleFile({ '- (đừng': '    - đừng nói <anyone>' }) });
    open.push(packs, other);
    const outcome = await run('rules', [
      'try',
      join(other.path, 'draft.yml'),
      'đừng nói người nào',
      '--packs',
      packs.path,
    ]);
    expect(lines(outcome).at(-1)).toBe('It speaks at turn 0 because of: secrecy.');
  });
});

describe('rules try refuses', () => {
  it('a rule with a fault, and names it', async () => {
    const { status, stdout } = await tryOn({ 'level:': 'level: loud' }, ['đừng nói ai']);
    expect(status).toBe(1);
    expect(stdout).toContain('secret.yml:4 level: has a value that is not allowed.');
  });

  it('a rule that uses what is not there, and names it', async () => {
    const { status, stdout } = await tryOn({ '- (đừng': '    - đừng nói <nobody-knows>' }, ['đừng nói ai']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/<nobody-knows> does not exist\. Mend: .+\.\n$/);
  });

  it('a file that is not there', async () => {
    expect(await run('rules', ['try', '/not/there.yml', 'a'])).toEqual({
      status: 2,
      stdout: '',
      stderr: '/not/there.yml is not there.\n',
    });
  });

  it.each([
    [[], 'usage:'],
    [['a', 'b'], 'usage:'],
    [['a', '--on', 'moon'], '--on needs one of chat, post, job, mail, page.\nusage:'],
    [['a', '--loud'], 'try does not know --loud.\nusage:'],
    [['--turns', '-'], 'there is no turn to read.\nusage:'],
  ])('what it does not understand: %s', async (args, message) => {
    const { status, stderr } = await tryOn({}, args);
    expect(status).toBe(2);
    expect(stderr.startsWith(message)).toBe(true);
  });
});
