// @vitest-environment node
/** Taking what is good: by a patch or whole, once for many who ask, and 10,000 rules of it. */
import { describe, expect } from 'vitest';
import type { Fault } from '../../../fixtures/feed/faulty-server.ts';
import { it } from '../../../fixtures/feed/scene.ts';

describe('a patch', () => {
  it.for<[string, string]>([
    ['leads to another text', 'a0 1\n{"alias":{"ways":["k"],"word":"không"}}\n'],
    ['leads out of the file', 'd900 3\n'],
    ['is none', 'nonsense\n'],
  ])('that is well signed and %s costs the whole file, and nothing else', async ([, patch], { scene }) => {
    scene.publisher.addRules('vi-core', ['tài khoản an toàn', 'mua thẻ nạp']);
    scene.publisher.repository.addFile('vi-core', 'vi-core/1-2.patch', patch);
    const news = scene.publisher.release();
    scene.serve(news);
    const state = await scene.device.check();
    expect(state.refusal).toBeUndefined();
    await scene.expectIn(state, news);
    expect(scene.server.paths().some((path) => path.endsWith('.2.jsonl'))).toBe(true);
  });

  it.for<Fault>(['hang', 'drip', 'bomb', 'flip', 'short', 'long', { cutAt: 7 }, { status: 503 }, { instead: '' }])(
    'that is answered with %j costs the whole file, and nothing else',
    async (fault, { scene }) => {
      const news = scene.publishNews();
      scene.misbehave('1-2.patch', fault);
      await scene.expectTaken(await scene.device.check(), news);
    },
  );
});

describe('many at once', () => {
  it('two tabs and an alarm make one check', async ({ scene }) => {
    const news = scene.publishNews();
    const [state] = await Promise.all([scene.device.check(), scene.device.check(), scene.device.check()]);
    await scene.expectIn(state, news);
    expect(scene.server.asked.filter(({ path }) => path.endsWith('timestamp.json'))).toHaveLength(1);
  });

  it('10,000 rules are taken, then one per cent of them by a patch', async ({ scene }) => {
    const phrases = Array.from({ length: 10_000 }, (_, index) =>
      index === 0 ? 'tài khoản an toàn' : `mồi ${spelt(index)} nhử`,
    );
    scene.publisher.addRules('vi-core', phrases);
    const large = scene.publisher.release();
    scene.serve(large);
    const state = await scene.device.check();
    expect(state.refusal).toBeUndefined();
    await scene.expectIn(state, large);
    expect(await scene.device.ruleIds()).toHaveLength(10_001);
    scene.server.paths();
    scene.publisher.addRules(
      'vi-core',
      phrases.map((phrase, index) => (index % 100 === 50 ? `${phrase} nữa` : phrase)),
    );
    const patched = scene.publisher.release();
    scene.serve(patched);
    await scene.expectIn(await scene.device.check(), patched);
    const taken = scene.server.paths().filter((path) => path.startsWith('targets/'));
    expect(taken.map((path) => path.replace(/^.*[0-9a-f]{64}\./u, ''))).toEqual(['2-3.patch']);
  }, 60_000);
});

/** A number in letters, since words are what rules are made of. */
function spelt(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
