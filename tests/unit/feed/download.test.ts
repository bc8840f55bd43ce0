// @vitest-environment node
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { downloadStated, downloadTarget, requireTarget, targetFile } from '../../../utils/feed/download.ts';
import { TransportError, type TransportAnswer, type TransportLimits } from '../../../utils/feed/transport.ts';

const { signal } = new AbortController();
const TEXT = new TextEncoder().encode('{"rule":{}}\n');
const HASH = createHash('sha256').update(TEXT).digest('hex');
const TARGET = { path: 'vi-core/7.jsonl', length: TEXT.length, sha256: HASH };

function answering(answer: TransportAnswer | Error): {
  get: (url: string, limits: TransportLimits) => Promise<TransportAnswer>;
  asked: [string, number][];
} {
  const asked: [string, number][] = [];
  return {
    asked,
    get: async (url, { bytes }) => {
      asked.push([url, bytes]);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

describe('downloading a target', () => {
  it('asks for it by its hash and takes no more bytes than were signed', async () => {
    const transport = answering({ status: 'ok', bytes: TEXT });
    expect(await downloadTarget('https://m.example/feed', TARGET, transport, signal)).toEqual(TEXT);
    expect(transport.asked).toEqual([[`https://m.example/feed/targets/vi-core/${HASH}.7.jsonl`, TEXT.length]]);
  });

  it.each([
    ['another length', TEXT.slice(1)],
    ['another letter', TEXT.map((byte, at) => (at === 3 ? byte ^ 1 : byte))],
    ['nothing', new Uint8Array()],
  ])('refuses %s', async (_, bytes) => {
    const ended = downloadTarget('https://m.example/', TARGET, answering({ status: 'ok', bytes }), signal);
    await expect(ended).rejects.toMatchObject({ name: 'FeedRefusal', kind: 'hash', file: TARGET.path });
  });

  it('says what a mirror has not got, and what went wrong on the way', async () => {
    const absent = downloadTarget('https://m.example/', TARGET, answering({ status: 'absent' }), signal);
    await expect(absent).rejects.toMatchObject({ kind: 'missing', file: TARGET.path });
    const failed = answering(new TransportError('status', 'the mirror answered 503', { retryAfter: 7 }));
    await expect(downloadTarget('https://m.example/', TARGET, failed, signal)).rejects.toMatchObject({
      kind: 'status',
      retryAfter: 7,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['no hash', {}],
    ['an unknown hash beside a good one', { sha256: HASH, md5: 'ab' }],
    ['a hash that leads elsewhere', { sha256: '../../secret' }],
    ['a weak hash alone', { md5: createHash('md5').update(TEXT).digest('hex') }],
  ])('refuses a target with %s', async (_, hashes) => {
    const target = { path: 'x', length: TEXT.length, hashes };
    const transport = answering({ status: 'ok', bytes: TEXT });
    const ended = downloadStated('https://m.example/t', target, true, transport, signal);
    await expect(ended).rejects.toMatchObject({ kind: 'hash' });
    expect(transport.asked.map(([url]) => url)).not.toContainEqual(expect.stringContaining('..'));
  });

  it('checks every hash that is stated', async () => {
    const sha512 = createHash('sha512').update(TEXT).digest('hex');
    const target = { path: 'x', length: TEXT.length, hashes: { sha256: HASH, sha512 } };
    await expect(requireTarget(target, TEXT)).resolves.toBeUndefined();
    await expect(requireTarget({ ...target, hashes: {} }, TEXT)).rejects.toThrow(/no hash/);
    await expect(requireTarget({ ...target, hashes: { sha256: HASH, sha512: HASH } }, TEXT)).rejects.toThrow(/sha512/);
    await expect(requireTarget({ ...target, hashes: { sha256: sha512 } }, TEXT)).rejects.toThrow(/sha256/);
  });
});

describe('the file of a target', () => {
  it.each([
    ['a.txt', 'ab', 'ab.a.txt'],
    ['a.txt', undefined, 'a.txt'],
    ['x/y/a.txt', 'ab', 'x/y/ab.a.txt'],
    ['/x/a.txt', 'ab', 'x/ab.a.txt'],
    ['a b?#%.txt', 'ab', 'ab.a%20b%3F%23%25.txt'],
    ['đ/..a', 'ab', '%C4%91/ab...a'],
    ['a\\b', 'ab', 'ab.a%5Cb'],
  ])('%s with %s is %s', (path, hash, file) => {
    expect(targetFile(path, hash)).toBe(file);
  });

  it.each(['../a', 'x/../../a', 'x/./a', '..'])('%s leads out and is refused', (path) => {
    expect(() => targetFile(path, 'ab')).toThrow(/out of the folder/);
  });
});
