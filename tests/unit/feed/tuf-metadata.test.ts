// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { FeedRefusal } from '../../../utils/feed/refusal.ts';
import { MAX_TARGETS } from '../../../utils/feed/tuf/limits.ts';
import { readMetadataFile, type Kind } from '../../../utils/feed/tuf/metadata.ts';
import { inDays, Repository } from '../../fixtures/feed/tuf-repository.ts';

type Json = Record<string, unknown>;

const NAMES = { root: '1.root', timestamp: 'timestamp', snapshot: '1.snapshot', targets: '1.targets' };

/** A good file of a kind, as JSON to be bent. */
function goodFile(kind: Kind): { signed: Json; signatures: unknown } {
  const repository = new Repository();
  repository.delegate('targets', 'en');
  repository.publish();
  return JSON.parse(new TextDecoder().decode(repository.file(`metadata/${NAMES[kind]}.json`))) as ReturnType<
    typeof goodFile
  >;
}

/** The kind of the refusal that a text meets; undefined when it is read. */
function refusalOf(kind: Kind, text: string | Uint8Array): string | undefined {
  try {
    readMetadataFile(kind, typeof text === 'string' ? new TextEncoder().encode(text) : text, 'x.json');
    return undefined;
  } catch (error) {
    // It says which file, what is wrong and how to mend it; anything else is no refusal.
    return error instanceof FeedRefusal && /^x\.json: .+; .+/.test(error.message) ? error.kind : String(error);
  }
}

function bent(kind: Kind, bend: (signed: Json) => void): string {
  const file = goodFile(kind);
  bend(file.signed);
  return JSON.stringify(file);
}

describe('a metadata file', () => {
  it.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
    'of the %s is read, with members that nobody knows',
    (kind) => {
      expect(
        refusalOf(
          kind,
          bent(kind, () => {}),
        ),
      ).toBeUndefined();
      expect(
        refusalOf(
          kind,
          bent(kind, (signed) => (signed['x-own'] = { deep: [1, null, true, 'đ'] })),
        ),
      ).toBeUndefined();
    },
  );

  it.each([
    ['not JSON', '{'],
    ['empty', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['with a byte-order mark', `\ufeff${bent('timestamp', () => {})}`],
    ['not UTF-8', new Uint8Array([...new TextEncoder().encode('{"a":"'), 0xff, 0x22, 0x7d])],
  ])('that is %s is refused', (_, text) => {
    expect(refusalOf('timestamp', text)).toBe('format');
  });

  it.each<[string, Kind, (signed: Json) => void]>([
    ['of another kind', 'timestamp', (signed) => (signed['_type'] = 'snapshot')],
    ['without a version', 'root', (signed) => delete signed['version']],
    ['of version 0', 'timestamp', (signed) => (signed['version'] = 0)],
    ['of version −1', 'timestamp', (signed) => (signed['version'] = -1)],
    ['of version 1.5', 'timestamp', (signed) => (signed['version'] = 1.5)],
    ['of a version beyond counting', 'timestamp', (signed) => (signed['version'] = 2 ** 53)],
    ['of a version in letters', 'timestamp', (signed) => (signed['version'] = '1')],
    ['that expires never', 'timestamp', (signed) => (signed['expires'] = 'never')],
    ['that expires without a zone', 'timestamp', (signed) => (signed['expires'] = '2030-01-01T00:00:00')],
    ['that expires in a year alone', 'timestamp', (signed) => (signed['expires'] = '2030')],
    ['that expires on 30 February', 'timestamp', (signed) => (signed['expires'] = '2030-02-30T00:00:00Z')],
    ['of another TUF', 'timestamp', (signed) => (signed['spec_version'] = '2.0.0')],
    ['that names no snapshot', 'timestamp', (signed) => (signed['meta'] = {})],
    ['that lists version 0', 'snapshot', (signed) => (signed['meta'] = { 'targets.json': { version: 0 } })],
    [
      'with a threshold of 0',
      'root',
      (signed) => ((signed['roles'] as Record<string, Json>)['root']!['threshold'] = 0),
    ],
    [
      'with a key id twice',
      'root',
      (signed) => {
        const role = (signed['roles'] as Record<string, { keyids: string[] }>)['root']!;
        role.keyids.push(role.keyids[0]!);
      },
    ],
    ['without a role', 'root', (signed) => delete (signed['roles'] as Json)['snapshot']],
    [
      'with 33 keys of a role',
      'root',
      (signed) => {
        (signed['roles'] as Record<string, Json>)['root']!['keyids'] = Array.from(
          { length: 33 },
          (_, count) => `k${count}`,
        );
      },
    ],
    [
      'with a path of 600 letters',
      'targets',
      (signed) => {
        signed['targets'] = { ['a'.repeat(600)]: { length: 1, hashes: { sha256: 'ab' } } };
      },
    ],
  ])('%s is refused', (_, kind, bend) => {
    expect(refusalOf(kind, bent(kind, bend))).toBe('format');
  });

  it.each(['', '__proto__', 'constructor', 'toString', 'root', 'snapshot', '\ud800', 'ộ'.repeat(23)])(
    'with a delegation to “%s” is refused',
    (name) => {
      const text = bent('targets', (signed) => {
        const { roles } = signed['delegations'] as { roles: Json[] };
        roles[0]!['name'] = name;
      });
      expect(refusalOf('targets', text)).toBe('format');
    },
  );

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'prototype'])(
    'with a member named %s anywhere is refused',
    (name) => {
      const text = bent('targets', (signed) => (signed['x'] = { deep: 'HERE' })).replace('"deep"', `"${name}"`);
      expect(refusalOf('targets', text)).toBe('format');
      const key = bent('root', (signed) => (signed['keys'] = {})).replace(
        '"keys":{}',
        `"keys":{"${name}":{"keytype":"ed25519","scheme":"ed25519","keyval":{"public":"00"}}}`,
      );
      expect(refusalOf('root', key)).toBe('format');
    },
  );

  it.each<[string, Kind, (signed: Json) => void]>([
    ['a second file in a timestamp', 'timestamp', (signed) => ((signed['meta'] as Json)['more.json'] = { version: 1 })],
    [
      'hash bins beside delegations',
      'targets',
      (signed) => {
        (signed['delegations'] as Json)['succinct_roles'] = {
          keyids: [],
          threshold: 1,
          bit_length: 1,
          name_prefix: 'b',
        };
      },
    ],
    ['a list where an object belongs', 'snapshot', (signed) => (signed['meta'] = [{ version: 1 }])],
  ])('that holds %s, which no signature would cover, is refused', (_, kind, bend) => {
    expect(refusalOf(kind, bent(kind, bend))).toBe('format');
  });

  it.each<[string, (signed: Json) => void]>([
    [
      '513 members in one place',
      (signed) => (signed['x'] = Object.fromEntries(Array.from({ length: 513 }, (_, at) => [`m${at}`, 0]))),
    ],
    ['a list of 513', (signed) => (signed['x'] = Array.from({ length: 513 }, () => 0))],
    [
      '20,001 values',
      (signed) => (signed['x'] = Array.from({ length: 40 }, () => Array.from({ length: 500 }, () => 0))),
    ],
    ['25 levels', (signed) => (signed['x'] = JSON.parse(`${'['.repeat(25)}${']'.repeat(25)}`) as unknown)],
  ])('with %s is refused', (_, bend) => {
    expect(refusalOf('targets', bent('targets', bend))).toBe('too-long');
  });

  it('of half a million levels is refused, not a crash', () => {
    const text = bent('targets', (signed) => (signed['x'] = 'HERE')).replace(
      '"HERE"',
      `${'['.repeat(5e5)}${']'.repeat(5e5)}`,
    );
    expect(refusalOf('targets', text)).toMatch(/too-long|format/);
  });

  it('as large and as full as the bounds allow is read in a moment', () => {
    const hashes = { sha256: 'a'.repeat(64) };
    const many = <T>(value: (at: number) => T) =>
      Array.from({ length: 512 }, (_, at) => [`${at}-${'n'.repeat(40)}`, value(at)] as const);
    const text = bent('targets', (signed) => {
      signed['expires'] = inDays(9);
      signed['targets'] = Object.fromEntries(many(() => ({ length: 1, hashes })));
      signed['delegations'] = {
        keys: Object.fromEntries(
          many(() => ({ keytype: 'ed25519', scheme: 'ed25519', keyval: { public: 'a'.repeat(64) } })),
        ),
        roles: many((at) => ({ name: `r${at}`, keyids: [], threshold: 1, terminating: true, paths: ['*'] })).map(
          ([, role]) => role,
        ),
      };
    });
    expect(text.length).toBeLessThan(MAX_TARGETS);
    const start = performance.now();
    expect(refusalOf('targets', text)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
