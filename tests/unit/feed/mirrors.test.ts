// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { mirrorOrder } from '../../../utils/feed/mirrors.ts';

const address = 'https://feed.example/b';
const signedMirrors = ['https://one.example/', 'https://two.example/x', 'https://three.example/'];

describe('the order of mirrors', () => {
  it('is the school’s own in their order, the signed ones, the address that is built in', () => {
    const order = mirrorOrder({
      policyMirrors: ['http://10.0.0.2/feed', 'http://10.0.0.3/feed'],
      address,
      signedMirrors,
      random: () => 0.999,
    });
    expect(order).toEqual([
      'http://10.0.0.2/feed/',
      'http://10.0.0.3/feed/',
      'https://one.example/',
      'https://two.example/x/',
      'https://three.example/',
      'https://feed.example/b/',
    ]);
  });

  it('gives each signed mirror the same share of first places', () => {
    let state = 1;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const firsts = new Map<string | undefined, number>();
    for (let count = 0; count < 6000; count += 1) {
      const [first] = mirrorOrder({ address, signedMirrors, random });
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    expect([...firsts.keys()].sort()).toEqual([
      'https://one.example/',
      'https://three.example/',
      'https://two.example/x/',
    ]);
    for (const share of firsts.values()) expect(Math.abs(share - 2000)).toBeLessThan(200);
  });

  it('names each address once, where it first comes, however it is written', () => {
    const order = mirrorOrder({
      policyMirrors: ['https://FEED.example:443/b'],
      address,
      signedMirrors: ['https://feed.example/b/'],
      random: () => 0,
    });
    expect(order).toEqual(['https://feed.example/b/']);
  });

  it('is the built-in address alone where nothing else is known', () => {
    expect(mirrorOrder({ address, signedMirrors: [], random: Math.random })).toEqual(['https://feed.example/b/']);
  });

  it.each([
    '',
    'nonsense',
    'ftp://x.example/',
    'javascript:alert(1)',
    'file:///etc/',
    'https://user:secret@x.example/',
    'https://x.example/?q=1',
    'https://x.example/#a',
  ])('leaves out “%s”', (text) => {
    const order = mirrorOrder({ policyMirrors: [text], address, signedMirrors: [text], random: () => 0 });
    expect(order).toEqual(['https://feed.example/b/']);
  });
});
