import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FEED_PATH, type FeedRole } from '../../../rules/feed/format.ts';
import { runCycle, type CycleParts, type CycleResult } from '../../../utils/feed/cycle.ts';
import { makeGeneration, type Publication, type ReadyRuleSet } from '../../../utils/feed/generation.ts';
import type { Held, RefusedBefore } from '../../../utils/feed/publication.ts';
import { TransportError, type Transport } from '../../../utils/feed/transport.ts';
import { memoryStorage, type MemoryStorage } from '../../fixtures/feed/memory-storage.ts';
import { inDays } from '../../fixtures/feed/repository.ts';
import { idOf } from '../../fixtures/rules.ts';
import { BASE, feedRule, FeedRepository, partOf, sha256 } from './feed-repository.ts';

const OTHER = 'https://other.example.vn/';

/** A device that keeps what it takes. */
class Device {
  readonly storage: MemoryStorage;
  readonly asked: string[] = [];
  publication: Publication | undefined;
  ready: ReadyRuleSet | undefined;
  taken = 0;
  made = 0;
  refused: RefusedBefore | undefined;
  resting: Record<string, number> = {};
  now = Date.now();
  isFull = false;

  constructor(repository: FeedRepository) {
    this.storage = memoryStorage({ root: new Uint8Array(repository.bytes('root', 1)) });
  }

  get numbers(): Partial<Record<FeedRole, number>> {
    return Object.fromEntries(
      Object.entries(this.publication?.files ?? {}).map(([role, { number }]) => [role, number]),
    );
  }

  async check(transport: Transport, change: Partial<CycleParts> = {}): Promise<CycleResult> {
    this.asked.length = 0;
    const { publication } = this;
    const held: Held = {
      files: publication?.files ?? {},
      feedSha256: publication === undefined ? undefined : sha256(publication.feed),
      read: async (name) => (name === FEED_PATH ? publication?.feed : publication?.files[name]?.text),
    };
    const result = await runCycle({
      storage: this.storage,
      transport,
      mirrors: [BASE],
      held,
      make: (one) => {
        this.made += 1;
        return makeGeneration(one);
      },
      take: async (ready, one) => {
        if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
        this.ready = ready;
        this.publication = one;
        this.taken += 1;
      },
      keepFeedFile: async (feed) => {
        if (this.publication !== undefined) this.publication = { ...this.publication, feed };
      },
      readDevice: async () => 'device',
      isEager: false,
      refusedBefore: this.refused,
      resting: this.resting,
      now: () => this.now,
      isOnline: () => true,
      buildTime: 0,
      signal: new AbortController().signal,
      ...change,
    });
    this.refused = result.refused;
    this.resting = result.resting;
    return result;
  }
}

let repository: FeedRepository;
let device: Device;
const asked: string[] = [];
const check = (change?: Partial<CycleParts>) => {
  asked.length = 0;
  return device.check(repository.transport(asked), change);
};
const filesAsked = (): string[] =>
  asked
    .filter((url) => url.includes('/targets/'))
    .map((url) => url.replace(/^.*\//u, '').replace(/^[0-9a-f]{64}\./u, ''));

beforeEach(() => {
  repository = new FeedRepository();
  repository
    .setFeed()
    .addRules('vi-core', 1, partOf([feedRule(1)]))
    .release();
  device = new Device(repository);
});

describe('a check of the feed', () => {
  it('takes what is published, and says what signed metadata says', async () => {
    const result = await check();
    expect(result).toMatchObject({ isGood: true, hasChanged: true });
    expect(result.refusal).toBeUndefined();
    expect(result.answer?.feed?.interval).toBe(6);
    expect(result.answer?.expires).toBeGreaterThan(Date.now());
    expect(device.ready).toMatchObject({ version: 2, rules: 1, date: '2026-11-24' });
    expect(device.numbers).toEqual({ 'vi-core': 1 });
  });

  it('fetches and compiles nothing when nothing is new', async () => {
    await check();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: false });
    expect(filesAsked()).toEqual([]);
    expect(device.made).toBe(1);
  });

  it('takes a new rule by a patch alone', async () => {
    await check();
    repository.addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')])).release();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
    expect(filesAsked()).toEqual(['1-2.patch']);
    expect(device.ready?.rules).toBe(2);
  });

  it('takes the whole file when the patch leads elsewhere, is no patch, or is not there', async () => {
    await check();
    for (const [number, patch] of [
      [2, 'a0 1\nx\n'],
      [3, 'nonsense\n'],
      [4, undefined],
    ] as const) {
      const rules = Array.from({ length: number }, (_, index) =>
        feedRule(index + 1, index === 0 ? undefined : `mua thẻ số ${'abcdefg'[index]}`),
      );
      repository.addRules('vi-core', number, partOf(rules));
      if (patch === undefined) repository.dropFile('vi-core', `vi-core/${number - 1}-${number}.patch`);
      else repository.addFile('vi-core', `vi-core/${number - 1}-${number}.patch`, patch);
      repository.release();
      expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
      expect(filesAsked()).toContain(`${number}.jsonl`);
      expect(device.ready?.rules).toBe(number);
    }
  });

  it('compiles nothing when only feed.json changed, and keeps that', async () => {
    await check();
    repository.setFeed({ interval: 12, mirrors: [OTHER] }).release();
    const result = await check();
    expect(result).toMatchObject({ isGood: true, hasChanged: false });
    expect(result.answer?.feed).toMatchObject({ interval: 12, mirrors: [OTHER] });
    expect(device.made).toBe(1);
    await check();
    expect(filesAsked()).toEqual([]);
  });

  it('leaves out a rule that feed.json switches off, with the rule files as they are', async () => {
    repository.addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')])).release();
    await check();
    repository.setFeed({ killed: [idOf(2)] }).release();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
    expect(device.ready?.words).not.toContain(idOf(2));
    expect(filesAsked()).toEqual(['feed.json']);
  });

  it('leaves out a rule that the urgent role switches off', async () => {
    repository.addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')])).release();
    await check();
    repository.addRules('vi-urgent', 1, partOf([], { kills: [idOf(2)] })).release();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
    expect(device.ready?.rules).toBe(1);
    expect(device.numbers).toEqual({ 'vi-core': 2, 'vi-urgent': 1 });
  });

  it('takes away the rules of a role that is no longer trusted with any', async () => {
    repository.addRules('en', 1, partOf([feedRule(2, 'buy gift cards')])).release();
    await check();
    expect(device.ready?.rules).toBe(2);
    const { delegations } = repository.targets();
    if (delegations !== undefined) delegations.roles = delegations.roles.filter(({ name }) => name !== 'en');
    repository.release();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
    expect(device.ready?.rules).toBe(1);
  });
});

describe('a rule set that is well signed and no good', () => {
  const bad: [string, string, (repository: FeedRepository) => void][] = [
    [
      'has a rule that does not parse',
      'bad-rules',
      (r) => r.addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, '(a')])),
    ],
    [
      'has a rule with an unknown field',
      'bad-rules',
      (r) => r.addRules('vi-core', 2, partOf([feedRule(1, 'x y', { script: 1 } as object)])),
    ],
    [
      'warns of ordinary talk',
      'bad-rules',
      (r) => r.addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, 'hôm nay')])),
    ],
    ['warns of no lure', 'bad-rules', (r) => r.addRules('vi-core', 2, partOf([feedRule(2, 'chuyện không ai nói')]))],
    ['has no rule left', 'bad-rules', (r) => r.setFeed({ killed: [idOf(1)] })],
    ['says unlike things in two roles', 'bad-rules', (r) => r.addRules('en', 1, partOf([feedRule(1, 'another')]))],
    ['has a line that is unknown', 'bad-format', (r) => r.addFile('vi-core', 'vi-core/2.jsonl', '{"adapter":{}}\n')],
    [
      'is no text',
      'bad-format',
      (r) => r.addFile('vi-core', 'vi-core/2.jsonl', Buffer.from([0xff, 0xfe]).toString('latin1')),
    ],
    ['is no rule file', 'bad-format', (r) => r.addFile('vi-core', 'vi-core/2.jsonl', 'x')],
    ['has an unknown feed.json', 'bad-format', (r) => r.addFile('targets', 'feed.json', '{"format":2}')],
    [
      'has too many urgent rules',
      'bad-format',
      (r) => r.addRules('vi-urgent', 1, partOf([], { kills: Array.from({ length: 21 }, (_, index) => idOf(index)) })),
    ],
    [
      'has too long an urgent file',
      'too-large',
      (r) => r.addRules('vi-urgent', 1, partOf(Array.from({ length: 49 }, (_, index) => feedRule(index + 10, 'x y')))),
    ],
    [
      'has too long a rule file',
      'too-large',
      (r) => r.addFile('vi-core', 'vi-core/2.jsonl', 'x'.repeat(8 * 1024 * 1024 + 1)),
    ],
    ['has no feed.json', 'bad-format', (r) => r.dropFile('targets', 'feed.json')],
  ];

  it.each(bad)('is refused whole when it %s, and the last good one stays', async (_, kind, spoil) => {
    await check();
    const { publication } = device;
    spoil(repository);
    repository.release();
    const result = await check();
    expect(result).toMatchObject({ isGood: false, hasChanged: false, refusal: { kind, mirror: 'feed.example.vn' } });
    expect(result.refusal?.what).not.toBe('');
    expect(device.publication).toBe(publication);
    // What was verified is told all the same: news are held back by nobody.
    expect(result.answer?.expires).toBeGreaterThan(0);
  });

  it('is not fetched again until it is another one', async () => {
    await check();
    repository.addRules('vi-core', 2, partOf([feedRule(2, 'chuyện không ai nói')])).release();
    await check();
    const again = await check();
    expect(again).toMatchObject({ isGood: false, refusal: { kind: 'bad-rules' } });
    expect(filesAsked()).toEqual([]);
    repository.addRules('vi-core', 3, partOf([feedRule(3)])).release();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
  });
});

describe('numbers of rule files', () => {
  it('never go down: what is held stays, the rest is taken, and the refusal is named', async () => {
    repository.addRules('vi-core', 5, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')])).release();
    await check();
    repository
      .dropFile('vi-core', 'vi-core/5.jsonl')
      .addRules('en', 1, partOf([feedRule(3, 'buy gift cards')]))
      .release();
    const result = await check();
    expect(result).toMatchObject({
      isGood: true,
      hasChanged: true,
      refusal: { kind: 'rollback', file: 'vi-core/1.jsonl' },
    });
    expect(device.numbers).toEqual({ 'vi-core': 5, en: 1 });
    expect(device.ready?.rules).toBe(3);
  });

  it('wait for the share of devices that a file is meant for, unless the policy is eager', async () => {
    repository.addRules('vi-core', 2, partOf([feedRule(2)]), { rollout: { pct: 0, salt: 's' } }).release();
    await check();
    expect(device.numbers).toEqual({ 'vi-core': 1 });
    await check({ isEager: true });
    expect(device.numbers).toEqual({ 'vi-core': 2 });
  });

  it('that come again with other content are taken with it', async () => {
    await check();
    repository.addFile(
      'vi-core',
      'vi-core/1.jsonl',
      repository.texts.get('vi-core/1.jsonl')?.replace('A lure', 'Another') ?? '',
    );
    repository.release();
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
    expect(device.ready?.words).toContain('Another');
  });
});

describe('a role that nobody signed anew in time', () => {
  it('stays as it is, the rest is taken, and it is named', async () => {
    repository.addRules('vi-urgent', 1, partOf([feedRule(9, 'khẩn cấp lắm')])).release();
    await check();
    repository.targets('vi-urgent').expires = inDays(-1);
    repository
      .addRules('vi-urgent', 2, partOf([]))
      .addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')]))
      .release();
    const result = await check();
    expect(result).toMatchObject({
      isGood: true,
      hasChanged: true,
      refusal: { kind: 'expired', file: 'vi-urgent.json' },
    });
    expect(device.numbers).toEqual({ 'vi-core': 2, 'vi-urgent': 1 });
  });
});

describe('a mirror', () => {
  const from = (mirrors: Record<string, Transport | TransportError>): Transport => ({
    get: async (url, limits) => {
      const [, transport] = Object.entries(mirrors).find(([base]) => url.startsWith(base)) ?? [];
      if (transport === undefined) throw new TransportError('offline', 'no such host');
      if (transport instanceof TransportError) throw transport;
      return transport.get(url, limits);
    },
  });
  const both = { mirrors: [OTHER, BASE] };

  it('that is away costs nothing but the next one', async () => {
    const transport = from({ [OTHER]: new TransportError('timeout', 'no answer'), [BASE]: repository.transport() });
    const result = await device.check(transport, both);
    expect(result).toMatchObject({ isGood: true, hasChanged: true });
    expect(result.refusal).toBeUndefined();
  });

  it('that tampers with a file is named, and the next one has it', async () => {
    const bad: Transport = {
      get: async (url, limits) => {
        const answer = await repository.transport([], OTHER).get(url, limits);
        if (answer.status === 'ok' && url.endsWith('1.jsonl')) answer.bytes[5] = 0x41;
        return answer;
      },
    };
    const result = await device.check(from({ [OTHER]: bad, [BASE]: repository.transport() }), both);
    expect(result).toMatchObject({
      isGood: true,
      hasChanged: true,
      refusal: { kind: 'tampered', file: 'vi-core/1.jsonl', mirror: 'other.example.vn' },
    });
  });

  it('that is behind is passed over without alarm', async () => {
    await check();
    const old = repository.bytes('timestamp');
    repository.addRules('vi-core', 2, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')])).release();
    await check();
    const behind: Transport = {
      get: async (url, limits) =>
        url.endsWith('timestamp.json')
          ? { status: 'ok', bytes: new Uint8Array(old) }
          : repository.transport([], OTHER).get(url, limits),
    };
    const result = await device.check(from({ [OTHER]: behind, [BASE]: repository.transport() }), both);
    expect(result).toMatchObject({ isGood: true });
    expect(result.refusal).toBeUndefined();
    const alone = await device.check(from({ [OTHER]: behind }), { mirrors: [OTHER] });
    expect(alone).toMatchObject({ isGood: false, refusal: { kind: 'rollback', mirror: 'other.example.vn' } });
    expect(device.numbers).toEqual({ 'vi-core': 2 });
  });

  it('that asks to be left alone is, for a day at most', async () => {
    const transport = from({ [BASE]: new TransportError('status', 'busy', { retryAfter: 3_600_000 }) });
    expect(await device.check(transport)).toMatchObject({ isGood: false, refusal: { kind: 'unreachable' } });
    expect(await check()).toMatchObject({ isGood: false });
    expect(asked).toEqual([]);
    device.now += 3_600_001;
    expect(await check()).toMatchObject({ isGood: true });
    expect(
      await device.check(from({ [BASE]: new TransportError('status', 'busy', { retryAfter: 1e12 }) })),
    ).toBeDefined();
    expect(device.resting['feed.example.vn']).toBe(device.now + 86_400_000);
  });

  it('whose answer says another day names the clock, over https alone', async () => {
    device.now = Date.now() + 3 * 86_400_000;
    expect((await check()).clockOffBy).toBeGreaterThan(2.9 * 86_400_000);
    const plain = await device.check(repository.transport([], 'http://lan/'), { mirrors: ['http://lan/'] });
    expect(plain.clockOffBy).toBeUndefined();
  });

  it('is not needed to know that there is no network', async () => {
    const offline = { ...both, isOnline: () => false };
    expect(await device.check(from({}), offline)).toMatchObject({ isGood: false, refusal: { kind: 'offline' } });
    expect(await device.check(from({}), both)).toMatchObject({ isGood: false, refusal: { kind: 'unreachable' } });
  });
});

describe('trouble on this device', () => {
  it('such as a full disk is named, and no other mirror is asked', async () => {
    device.isFull = true;
    const result = await check({ mirrors: [BASE, OTHER] });
    expect(result).toMatchObject({ isGood: false, hasChanged: false, refusal: { kind: 'storage', mirror: '' } });
    expect(asked.some((url) => url.startsWith(OTHER))).toBe(false);
    device.isFull = false;
    expect(await check()).toMatchObject({ isGood: true, hasChanged: true });
  });

  it('such as metadata that cannot be stored is named', async () => {
    vi.spyOn(device.storage, 'writeMetadata').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    expect(await check()).toMatchObject({ isGood: false, refusal: { kind: 'storage' } });
  });

  it('such as a check that is called off ends it', async () => {
    expect(await check({ signal: AbortSignal.abort() })).toMatchObject({
      isGood: false,
      refusal: { kind: 'unreachable' },
    });
    expect(asked).toEqual([]);
  });
});
