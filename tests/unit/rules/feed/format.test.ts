import { describe, expect, it } from 'vitest';
import {
  emptyPart,
  FeedError,
  readFeedFile,
  readPart,
  readTargetPath,
  writeFeedFile,
  writePart,
  patchPath,
  ruleFilePath,
  type FeedFile,
  type RolePart,
} from '../../../../rules/feed/format.ts';
import { bytesOf, canonicalJson } from '../../../../rules/feed/json.ts';
import { idOf, ruleOf } from '../../../fixtures/rules.ts';

const trick = { name: 'n', headline: 'h', explanation: 'e', checks: ['c'], now: ['n'], happened: ['h'] };
const counterfact = { text: 't', source: 's', url: 'https://example.org', date: '2026-11-24' };

function part(changes: Partial<RolePart> = {}): RolePart {
  return {
    rules: [ruleOf({ secrecy: ['đừng nói ai'] }), ruleOf({ money: ['chuyển tiền'] }, { id: idOf(2) })],
    signals: [{ name: 'vi-hurry', title: 'Hurries', patterns: ['nhanh lên', { exact: 'gấp' }] }],
    lists: [{ name: 'place:border', words: ['mộc bài'] }],
    aliases: { không: ['ko', 'hông'] },
    texts: {
      vi: { tricks: { isolation: trick }, counterfacts: { police: counterfact } },
      en: { tricks: { isolation: { ...trick, name: 'x' } }, counterfacts: {} },
    },
    kills: [],
    ...changes,
  };
}
const line = (value: unknown): string => `${canonicalJson(value)}\n`;

function faultOf(read: () => unknown): FeedError {
  try {
    read();
  } catch (error) {
    if (error instanceof FeedError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('a role’s rule file', () => {
  it('is read as it was written', () => {
    const read = readPart('vi-core', writePart(part()));
    expect(read).toEqual({
      ...part(),
      rules: expect.arrayContaining(part().rules) as unknown,
      aliases: { không: ['hông', 'ko'] },
    });
    expect(read.rules).toHaveLength(2);
  });

  it('is the same bytes whatever order its content comes in, and whatever is undefined', () => {
    const { rules, texts, ...rest } = part();
    const shuffled = {
      texts: { en: texts.en, vi: texts.vi },
      ...rest,
      rules: rules
        .toReversed()
        .map((rule) => ({ correlation: undefined, ...Object.fromEntries(Object.entries(rule).toReversed()) })),
      aliases: { không: ['hông', 'ko', 'ko'] },
    } as unknown as RolePart;
    expect(writePart(shuffled)).toBe(writePart(part()));
  });

  it('may be empty', () => {
    expect(writePart(emptyPart())).toBe('');
    expect(readPart('en', '')).toEqual(emptyPart());
  });

  it('names the role, the line and the cure when something is wrong', () => {
    const error = faultOf(() => readPart('en', `${line({ alias: { word: 'a', ways: ['b'] } })}${line({ joke: {} })}`));
    expect(error.where).toBe('en line 2');
    expect(error.message).toMatch(/joke/u);
    expect(error.cure).toMatch(/rule, signal/u);
  });

  it.each([
    ['a key that is unknown', line({ adapter: {} }), /unknown/u],
    ['two keys', line({ rule: { id: 'x' }, signal: { name: 'y' } }), /one key/u],
    ['no key', '{}\n', /one key/u],
    ['a list', '[]\n', /one key/u],
    ['no JSON', '{"rule":\n', /not JSON/u],
    ['an empty line', '\n', /line before/u],
    ['a line without an end', '{"rule":{"id":"x"}}', /no end/u],
    ['a rule that is a text', line({ rule: 'x' }), /no fields/u],
    ['a rule without an id', line({ rule: { title: 'x' } }), /“id”/u],
    ['a signal without a name', line({ signal: {} }), /“name”/u],
    ['an alias with a field too many', line({ alias: { word: 'a', ways: [], why: 1 } }), /other way/u],
    ['an alias of no list', line({ alias: { word: 'a', ways: 'b' } }), /other way/u],
    ['a text of no language', line({ trick: { id: 'x', ...trick } }), /language/u],
    ['a text of a language that is unknown', line({ trick: { id: 'x', language: 'fr', ...trick } }), /language/u],
    ['spaces', '{ "rule": {"id":"x"}}\n', /one way/u],
    ['keys out of order', '{"rule":{"title":"t","id":"x"}}\n', /one way/u],
    ['a key given twice', '{"rule":{"id":"x","id":"y"}}\n', /one way/u],
    ['needless escapes', '{"rule":{"id":"\\u0078"}}\n', /one way/u],
    ['a key that means something to JavaScript', '{"rule":{"__proto__":{"id":"x"},"id":"y"}}\n', /one way/u],
    ['an alias that means something to JavaScript', '{"alias":{"ways":["x"],"word":"__proto__"}}\n', /other way/u],
    ['a kill outside of vi-urgent', line({ kill: idOf(1) }), /vi-urgent alone/u],
    ['a line that is too long', line({ rule: { id: 'x'.repeat(70_000) } }), /characters/u],
  ])('is refused with %s', (_, text, what) => {
    expect(() => readPart('vi-core', text)).toThrow(what);
    expect(() => readPart('vi-core', text)).toThrow(FeedError);
  });

  it('is refused when its lines are not sorted, or one stands twice', () => {
    const [one, other] = [line({ rule: { id: 'a' } }), line({ rule: { id: 'b' } })];
    expect(readPart('vi-core', one + other).rules).toHaveLength(2);
    expect(() => readPart('vi-core', other + one)).toThrow(/line 2.*after the line before/u);
    expect(() => readPart('vi-core', one + one)).toThrow(/line 2/u);
  });

  it('is refused when it gives one id two rules', () => {
    const text = line({ rule: { id: 'a', title: 'x' } }) + line({ rule: { id: 'a', title: 'y' } });
    expect(() => readPart('vi-core', text)).toThrow(/line 2.*second time/u);
  });

  it('is refused beyond 8 MB, counted in bytes and not in letters', () => {
    const lines = Array.from({ length: 100 }, (_, index) =>
      line({ list: { name: `n${String(index).padStart(3, '0')}`, words: ['ạ'.repeat(40_000)] } }),
    ).join('');
    expect(lines.length).toBeLessThan(8 * 1024 * 1024);
    expect(() => readPart('vi-core', lines)).toThrow(/longer than 8388608 bytes/u);
  });
});

describe('the urgent role', () => {
  const small = (count: number, first: object = {}): string =>
    Array.from({ length: count }, (_, index) => line({ rule: { ...first, id: idOf(index) } })).join('');

  it('may have 50 rules and no more', () => {
    expect(readPart('vi-urgent', small(50)).rules).toHaveLength(50);
    expect(() => readPart('vi-urgent', small(51))).toThrow(/51 rules, more than 50/u);
    expect(readPart('vi-core', small(51)).rules).toHaveLength(51);
  });

  it('may switch off 20 rules and no more', () => {
    const kills = (count: number): string =>
      Array.from({ length: count }, (_, index) => line({ kill: idOf(index) })).join('');
    expect(readPart('vi-urgent', kills(20)).kills).toHaveLength(20);
    expect(() => readPart('vi-urgent', kills(21))).toThrow(/21 rules off, more than 20/u);
  });

  it('switches off rules by their id alone', () => {
    for (const kill of ['all', '*', 7, { id: idOf(1) }, `${idOf(1)} `])
      expect(() => readPart('vi-urgent', line({ kill })), String(kill)).toThrow(/names no rule/u);
  });

  it('may have 16 KB and no more', () => {
    const text = small(4, { title: 'x'.repeat(4200) });
    expect(() => readPart('vi-urgent', text)).toThrow(/longer than 16384 bytes/u);
    expect(readPart('en', text).rules).toHaveLength(4);
  });
});

describe('feed.json', () => {
  const file: FeedFile = {
    format: 1,
    issued: '2026-11-25T10:00:00Z',
    interval: 6,
    mirrors: ['https://mirror.example.vn/beside/', 'http://127.0.0.1:8080/'],
    killed: [idOf(1)],
  };

  it('is read as it was written, the same bytes each time', () => {
    expect(readFeedFile(writeFeedFile(file))).toEqual(file);
    expect(writeFeedFile(Object.fromEntries(Object.entries(file).toReversed()) as unknown as FeedFile)).toBe(
      writeFeedFile(file),
    );
  });

  it.each<[string, object]>([
    ['another format', { format: 2 }],
    ['a field that is unknown', { script: 'x' }],
    ['no time', { issued: undefined }],
    ['a time without its zone', { issued: '2026-11-25T10:00:00' }],
    ['a time that does not exist', { issued: '2026-13-45T10:00:00Z' }],
    ['an interval of no time', { interval: 0 }],
    ['an interval of a week', { interval: 168 }],
    ['half an hour', { interval: 1.5 }],
    ['a mirror without encryption', { mirrors: ['http://mirror.example.vn/'] }],
    ['a mirror that is a script', { mirrors: ['javascript:alert(1)/'] }],
    ['a mirror with a name and password', { mirrors: ['https://me:pw@mirror.example.vn/'] }],
    ['a mirror with a question', { mirrors: ['https://mirror.example.vn/?who=/'] }],
    ['a mirror that is no folder', { mirrors: ['https://mirror.example.vn/beside'] }],
    ['a killed rule that is no id', { killed: ['all'] }],
    ['too many mirrors', { mirrors: Array.from({ length: 65 }, (_, index) => `https://m${index}.example/`) }],
  ])('is refused with %s', (_, changes) => {
    const error = faultOf(() => readFeedFile(JSON.stringify({ ...file, ...changes })));
    expect(error.where).toContain(`feed.json ${Object.keys(changes)[0]}`);
    expect(error.cure).not.toBe('');
  });

  it('is refused when it is too long or no JSON', () => {
    expect(() => readFeedFile(`${writeFeedFile(file)}${' '.repeat(70_000)}`)).toThrow(/longer/u);
    expect(() => readFeedFile('{')).toThrow(/not JSON/u);
    expect(() => readFeedFile('null')).toThrow(FeedError);
  });
});

describe('a path of the feed', () => {
  it('leads to what it was made for', () => {
    expect(readTargetPath('feed.json')).toEqual({ kind: 'feed' });
    expect(readTargetPath(ruleFilePath('vi-urgent', 7))).toEqual({ kind: 'rules', role: 'vi-urgent', number: 7 });
    expect(readTargetPath(patchPath('en', 41, 42))).toEqual({ kind: 'patch', role: 'en', from: 41, to: 42 });
  });

  it.each([
    'vi-core/0.jsonl',
    'vi-core/07.jsonl',
    'vi-core/1e3.jsonl',
    'vi-core/-1.jsonl',
    'vi-core/1234567890.jsonl',
    'vi-core/42-41.patch',
    'vi-core/42-42.patch',
    'vi-core/../en/1.jsonl',
    'other/1.jsonl',
    'constructor/1.jsonl',
    'vi-core/1.jsonl/x',
    'vi-core/1.json',
    '/vi-core/1.jsonl',
    'feed.json/',
    '',
  ])('is unknown when it is %s', (path) => {
    expect(readTargetPath(path)).toBeUndefined();
  });
});

describe('the length of a text in UTF-8', () => {
  it.each(['', 'abc', 'đừng nói với ai', '中文', '👧🏽 con'])('is that of its bytes: %j', (text) => {
    expect(bytesOf(text)).toBe(new TextEncoder().encode(text).length);
  });
});
