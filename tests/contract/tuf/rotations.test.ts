/** Chains of roots, and new keys of the other roles: which signatures carry a change and which do not. */
import { describe, expect } from 'vitest';
import { makeKey, type KeyScheme, type SigningKey } from '../../fixtures/feed/keys.ts';
import type { Repository } from '../../fixtures/feed/repository.ts';
import { accepts, expectStored, it, refuses } from '../../fixtures/feed/tuf-command.ts';

/** Keys that are stated, threshold, keys that sign: one digit is one key. */
type Keys = `${number} ${number} ${number}`;

const made = new Map<KeyScheme, SigningKey[]>();

function keysOf(
  repository: Repository,
  keys: Keys,
): { stated: SigningKey[]; signing: SigningKey[]; threshold: number } {
  const pool = made.get(repository.scheme) ?? Array.from({ length: 10 }, () => makeKey(repository.scheme));
  made.set(repository.scheme, pool);
  const [stated = '', threshold, signing = ''] = keys.split(' ');
  const pick = (digits: string): SigningKey[] => [...digits].flatMap((digit) => pool[Number(digit)] ?? []);
  return { stated: pick(stated), signing: pick(signing), threshold: Number(threshold) };
}

describe('a chain of roots', () => {
  /** Each chain is followed to its end, or to the root before it. */
  const chains: [what: string, end: 'taken' | 'refused', roots: Keys[]][] = [
    ['one key gives way to another', 'taken', ['1 1 1', '2 1 21', '2 1 2']],
    ['one key gives way, strangers sign too', 'taken', ['1 1 314', '2 1 3214', '2 1 324']],
    ['other three of five sign each time', 'taken', ['01234 3 024', '01234 3 041', '01234 3 013', '01234 3 013']],
    ['one of five changes', 'taken', ['01234 3 024', '01345 3 041']],
    ['one of five changes, signed by both groups between', 'taken', ['01234 3 024', '01345 3 0245', '01345 3 045']],
    ['all five change, signed by both groups between', 'taken', ['01234 3 024', '56789 3 024567', '56789 3 567']],
    ['the threshold rises from 1 to 2 of 3', 'taken', ['123 1 1', '123 2 12']],
    ['the threshold falls from 2 to 1 of 3', 'taken', ['123 2 12', '123 1 12', '123 1 1']],
    ['a second key comes and is needed', 'taken', ['1 1 1', '12 2 12']],
    ['the old key has not signed', 'refused', ['1 1 1', '2 1 234']],
    ['the new key has not signed', 'refused', ['1 1 1', '2 1 134']],
    ['too few of the new five have signed', 'refused', ['01234 3 024', '01345 3 024']],
    ['too few of the old five have signed', 'refused', ['01234 3 024', '01345 3 045']],
    ['the risen threshold is not met', 'refused', ['123 1 1', '123 2 2']],
    ['the threshold before the fall is not met', 'refused', ['123 2 12', '123 1 1']],
  ];

  it.for(chains)('%s: the last one is %s', async ([, end, roots], { repository, client }) => {
    repository.startOver('root');
    for (const root of roots) {
      repository.replaceKeys('root', keysOf(repository, root));
      repository.publish('root');
    }
    repository.publish('targets', 'snapshot', 'timestamp');
    await accepts(client.init(repository.bytes('root', 1)));
    if (end === 'taken') await accepts(client.refresh());
    else await refuses(client.refresh());
    expectStored(client, 'root', repository.bytes('root', end === 'taken' ? roots.length : roots.length - 1));
  });
});

describe('a root after a gap', () => {
  it('is not looked for, so that no version is left out', async ({ repository, ready }) => {
    repository.publish('root', 'root');
    repository.published.get('root')?.splice(1, 1, Buffer.from('{}'));
    await refuses(ready.refresh());
    expect(ready.trusted()).toEqual({ root: 1 });
    expect(repository.asked).toEqual(['2.root']);
  });
});

describe('new keys of another role', () => {
  const changes: [what: string, end: 'taken' | 'refused', keys: Keys][] = [
    ['another key', 'taken', '2 1 2'],
    ['a key, strangers sign too', 'taken', '1 1 314'],
    ['another key that has not signed', 'refused', '2 1 134'],
    ['three of five, one of the signers is a stranger', 'refused', '01345 3 024'],
    ['three of five, two sign', 'refused', '01345 3 04'],
    ['three of five, 0 2 4 sign', 'taken', '01234 3 024'],
    ['three of five, 0 4 1 sign', 'taken', '01234 3 041'],
    ['three of five, 0 1 3 sign', 'taken', '01234 3 013'],
    ['three of five, 1 2 3 sign', 'taken', '01234 3 123'],
    ['three of five, 2 3 4 sign', 'taken', '01234 3 234'],
  ];
  const roles = ['timestamp', 'snapshot', 'targets'] as const;
  const cases = roles.flatMap((role) => changes.map((change) => [role, ...change] as const));

  it.for(cases)('%s, %s: is %s', async ([role, , end, keys], { repository, ready }) => {
    repository.replaceKeys(role, keysOf(repository, keys));
    repository.publish('root', 'targets', 'snapshot', 'timestamp');
    if (end === 'taken') await accepts(ready.refresh());
    else await refuses(ready.refresh());
    expect(ready.stored(role)).toEqual(end === 'taken' ? repository.bytes(role) : undefined);
  });
});
