// @vitest-environment node
import { createHash as nodeHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Buffer as Bytes } from '../../../utils/feed/tuf/shims/buffer.ts';
import crypto from '../../../utils/feed/tuf/shims/crypto.ts';
import { minimatch } from '../../../utils/feed/tuf/shims/minimatch.ts';
import util from '../../../utils/feed/tuf/shims/util.ts';
import { Repository } from '../../fixtures/feed/tuf-repository.ts';
import { Metadata, MetadataKind } from '../../../utils/feed/tuf/library.ts';

describe('a path pattern', () => {
  it.each([
    ['*', 'anything', true],
    ['*', '', true],
    ['*', '.hidden', true],
    ['*.zip', 'a.zip', true],
    ['*.zip', 'a.zip.exe', false],
    ['v?.txt', 'v1.txt', true],
    ['v?.txt', 'v.txt', false],
    ['v?.txt', 'v12.txt', false],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXbXb', false],
    ['**', 'x', true],
    ['', '', true],
    ['', 'x', false],
    ['[ab]', 'a', false],
    ['[ab]', '[ab]', true],
    ['{a,b}', 'a', false],
    ['!a', 'b', false],
    ['a+', 'aa', false],
    ['.', 'x', false],
  ])('%s and %s: %s', (pattern, text, isMatch) => {
    expect(minimatch(text, pattern)).toBe(isMatch);
  });

  it('means the same as the regular expression that its two signs stand for', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(word, pattern, (text, wild) => {
        const source = wild.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(minimatch(text, wild)).toBe(new RegExp(`^${source}$`, 's').test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('of many stars takes no longer than its length allows', () => {
    const start = performance.now();
    expect(minimatch('a'.repeat(500), `${'a*'.repeat(200)}b`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(50);
  });
});

describe('the stand-ins for Node', () => {
  it.each(['sha256', 'sha384', 'sha512'])('hash like Node: %s', (name) => {
    for (const text of ['', 'abc', 'tiếng Việt', 'x'.repeat(1000)]) {
      const hash = crypto.createHash(name);
      hash.update(text);
      expect(hash.digest('hex')).toBe(nodeHash(name).update(text).digest('hex'));
    }
  });

  it.each(['md5', 'sha1', 'constructor', '__proto__', ''])('have no hash %s', (name) => {
    expect(() => crypto.createHash(name)).toThrow(TypeError);
  });

  it('read bytes and text as Node does, but nothing by halves', () => {
    expect(Bytes.from('đ').toString('hex')).toBe('c491');
    expect(Bytes.from('c491', 'hex').toString()).toBe('đ');
    expect(Bytes.concat([Bytes.from([1]), Bytes.from([2, 3])]).toString('hex')).toBe('010203');
    expect(Bytes.from([0, 0, 1, 0]).readUInt32BE()).toBe(256);
    expect(Bytes.from([9, 0, 0, 1, 0]).subarray(1, 5)).toHaveLength(4);
    for (const hex of ['abc', 'zz', 'abzz']) expect(() => Bytes.from(hex, 'hex')).toThrow(/hex/);
    expect(() => Bytes.from([0xff]).toString('utf8')).toThrow(TypeError);
    expect(() => Bytes.from('a', 'latin1')).toThrow(TypeError);
    expect(() => Bytes.from([1]).toString('base64')).toThrow(TypeError);
  });

  it('do not compare deeply: what would decide by it is refused', () => {
    expect(() => util.isDeepStrictEqual()).toThrow(/not part/);
  });

  it('are what the library runs on: a hash-bin role is found, and a comparison throws', () => {
    const repository = new Repository();
    const part = {
      ...repository.part('targets'),
      delegations: { keys: {}, succinct_roles: { keyids: [], threshold: 1, bit_length: 8, name_prefix: 'bin' } },
    };
    const { signed } = Metadata.fromJSON(MetadataKind.Targets, { signatures: [], signed: part } as never);
    const [found] = signed.delegations?.rolesForTarget('some/path') ?? [];
    expect(found?.role).toBe(`bin-${nodeHash('sha256').update('some/path').digest('hex').slice(0, 2)}`);
    expect(() => signed.equals(signed)).toThrow(/not part/);
  });
});
