import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFolder, run, type Outcome } from '../../../fixtures/command.ts';
import { RULE_ID, ruleFile } from '../../../fixtures/rules.ts';

const packs = packFolder();
afterAll(packs.remove);

interface Answer {
  id: string | null;
  error?: string;
  warnings?: { rule: string; turn: number; spans: [number, number][]; why: string }[];
}
const answersOf = ({ stdout }: Outcome): Answer[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
const line = (record: object | string): string => (typeof record === 'string' ? record : JSON.stringify(record));
const scan = (records: readonly (object | string)[], ...args: string[]): Promise<Outcome> =>
  run('scan', ['--packs', packs.path, ...args], `${records.map(line).join('\n')}\n`);

const LURE = 'Này em, đừng nói với ai nhé';

describe('scan answers a good record', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await scan([
      { id: 'one', kind: 'chat', turns: [{ from: 'them', text: LURE }] },
      { id: 'quiet', kind: 'chat', turns: [{ from: 'them', text: 'Đi học thôi' }] },
      { id: 'text', kind: 'sms', text: LURE },
      { id: 'no kind', text: LURE },
      { id: 'mine', kind: 'chat', turns: [{ from: 'me', text: LURE }] },
      { id: 'elsewhere', kind: 'job', text: LURE },
      { id: 'empty', kind: 'chat', turns: [] },
      { id: 'late', kind: 'chat', turns: ['Chào em', 'Em khỏe không', LURE].map((text) => ({ from: 'them', text })) },
      { id: 8, text: '' },
    ]);
  });
  const answerTo = (id: string) => answersOf(outcome).find((answer) => answer.id === id);

  it('with what rule warns, how strongly, where and why', () => {
    expect(answerTo('one')).toEqual({
      id: 'one',
      warnings: [
        {
          rule: RULE_ID,
          category: 'grooming',
          level: 'urgent',
          turn: 0,
          spans: [[LURE.indexOf('đừng'), LURE.indexOf(' nhé')]],
          why: 'Told to keep it secret: secrecy “đừng nói với ai” → secrecy',
        },
      ],
    });
  });

  it('with no warning for an ordinary text', () => {
    expect(answerTo('quiet')).toEqual({ id: 'quiet', warnings: [] });
  });

  it('with a “text” as with one turn of the other side', () => {
    expect(answerTo('text')?.warnings).toEqual(answerTo('one')?.warnings);
  });

  it('as a chat when it names no kind', () => {
    expect(answerTo('no kind')?.warnings).toEqual(answerTo('one')?.warnings);
  });

  it('by the rules for its kind and its speakers alone', () => {
    expect(answerTo('mine')?.warnings).toEqual([]);
    expect(answerTo('elsewhere')?.warnings).toEqual([]);
  });

  it('without turns', () => {
    expect(answerTo('empty')).toEqual({ id: 'empty', warnings: [] });
  });

  it('with the turn at which the warning is raised', () => {
    expect(answerTo('late')?.warnings?.map(({ turn }) => turn)).toEqual([2]);
  });

  it('that has a number for an id', () => {
    expect(answerTo('8')).toEqual({ id: '8', warnings: [] });
  });

  it('with status 0, in the order of the input, and nothing beside the answers', () => {
    expect(outcome.status).toBe(0);
    expect(outcome.stderr).toBe('');
    expect(answersOf(outcome).map(({ id }) => id)).toEqual([
      'one',
      'quiet',
      'text',
      'no kind',
      'mine',
      'elsewhere',
      'empty',
      'late',
      '8',
    ]);
  });
});

describe('scan answers a bad line', () => {
  const bad: [what: string, record: object | string, id: string | null, error: string][] = [
    ['that is no JSON', '{"id": "x", ', null, 'the line is no JSON object'],
    ['that is a list', '[1, 2]', null, 'the line is no JSON object'],
    ['that is null', 'null', null, 'the line is no JSON object'],
    ['without an id', { kind: 'chat', text: LURE }, null, 'the field “id” is missing: give a text'],
    [
      'of an unknown kind',
      { id: 'x', kind: 'letter', text: LURE },
      'x',
      'the field “kind” is "letter": write one of chat, sms, post, job, mail, page',
    ],
    [
      'of a kind that every object has',
      { id: 'x', kind: 'constructor', text: LURE },
      'x',
      'the field “kind” is "constructor": write one of chat, sms, post, job, mail, page',
    ],
    ['without turns and text', { id: 'x', kind: 'chat' }, 'x', 'the record has neither “turns” nor “text”'],
    [
      'with a turn of nobody',
      { id: 'x', turns: [{ from: 'them', text: 'a' }, { text: 'b' }] },
      'x',
      'turn 1 needs “from” (them or me) and “text”',
    ],
    [
      'with a turn without text',
      { id: 'x', turns: [{ from: 'me' }] },
      'x',
      'turn 0 needs “from” (them or me) and “text”',
    ],
    ['with a turn that is null', { id: 'x', turns: [null] }, 'x', 'turn 0 needs “from” (them or me) and “text”'],
  ];
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await scan(bad.flatMap(([, record], index) => [record, { id: `good ${index}`, text: LURE }]));
  });

  it.each(bad.map(([what, , id, error], index) => ({ what, id, error, index })))(
    '$what with what is wrong, and goes on',
    ({ id, error, index }) => {
      const [answer, next] = answersOf(outcome).slice(index * 2);
      expect(answer).toEqual({ id, error });
      expect(next).toMatchObject({ id: `good ${index}`, warnings: [{ rule: RULE_ID }] });
    },
  );

  it('with status 1 at the end', () => {
    expect(outcome.status).toBe(1);
    expect(answersOf(outcome)).toHaveLength(bad.length * 2);
  });
});

describe('scan', () => {
  it('passes over empty lines and reads lines that end as on Windows', async () => {
    const outcome = await run('scan', ['--packs', packs.path], `\r\n${line({ id: 'a', text: LURE })}\r\n\r\n`);
    expect(answersOf(outcome)).toMatchObject([{ id: 'a', warnings: [{ rule: RULE_ID }] }]);
    expect(outcome.status).toBe(0);
  });

  it('has nothing to say to nothing', async () => {
    expect(await run('scan', ['--packs', packs.path])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('answers the last line though no line break ends it', async () => {
    const outcome = await run('scan', ['--packs', packs.path], line({ id: 'a', text: LURE }));
    expect(answersOf(outcome)).toHaveLength(1);
  });

  it('keeps the order of many records', async () => {
    const ids = Array.from({ length: 2000 }, (_, index) => `record ${index}`);
    const outcome = await scan(ids.map((id, index) => ({ id, text: index % 3 === 0 ? LURE : 'chào' })));
    expect(answersOf(outcome).map(({ id }) => id)).toEqual(ids);
  });

  it('judges with the bundled packs when none are named', async () => {
    const outcome = await run('scan', [], line({ id: 'a', text: 'chào em' }));
    expect(outcome).toEqual({ status: 0, stdout: '{"id":"a","warnings":[]}\n', stderr: '' });
  });

  it.each([
    [['--packs', '/not/there'], '/not/there is not there. Mend: name a folder of rule packs after --packs.\n'],
    [['--packs'], '--packs needs a folder.\n'],
  ])('says how to mend the option: %s', async (args, message) => {
    expect(await run('scan', args, line({ id: 'a', text: LURE }))).toEqual({ status: 2, stdout: '', stderr: message });
  });

  it('names an option that it does not know', async () => {
    const { status, stderr } = await scan([], '--fast');
    expect(status).toBe(2);
    expect(stderr).toContain('“--fast”');
  });

  it.each([
    ['a pattern', { '- (đừng': '    - (đừng ~2 nói' }, /^\S+secret\.yml:13 detection\.secrecy\[0\]: “\(” is never/],
    ['a level', { 'level:': 'level: loud' }, /^\S+secret\.yml:4 level: has a value that is not allowed\. Mend: /],
    ['the YAML', { 'title:': 'title: [a' }, /^\S+secret\.yml:\d+ the YAML cannot be read.*Mend: /],
  ])('refuses a pack with a fault in %s, with its place and cure', async (_, changes, message) => {
    const faulty = packFolder({ 'vi/grooming/secret.yml': ruleFile(changes) });
    const { status, stdout, stderr } = await run('scan', ['--packs', faulty.path], line({ id: 'a', text: LURE }));
    faulty.remove();
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('Mend: ');
  });

  it('refuses a pack whose version cannot be read, with its place and cure', async () => {
    const faulty = packFolder({ 'pack.json': '{ "version": ' });
    const { status, stderr } = await run('scan', ['--packs', faulty.path], line({ id: 'a', text: LURE }));
    faulty.remove();
    expect(status).toBe(2);
    expect(stderr).toMatch(/^pack\.json.*Mend: /);
  });
});
