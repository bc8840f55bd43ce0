import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from '../../../utils/browser.ts';
import { writeFeedFile } from '../../../rules/feed/format.ts';
import type { BuiltIn } from '../../../utils/feed/built-in.ts';
import type { Bundle } from '../../../utils/feed/rule-set.ts';
import type { Transport } from '../../../utils/feed/transport.ts';
import { COMPILED_KEYS, COMPILED_STAMP } from '../../../utils/messaging/compiled-keys.ts';
import { BesideDatabase } from '../../../utils/store/database.ts';
import { feedStorage, readFeedState, saveFeedState } from '../../../utils/store/feed.ts';
import { FEED_ALARM, FeedClient } from '../../../utils/worker/feed.ts';
import { RulesInUse } from '../../../utils/worker/rules.ts';
import { idOf } from '../../fixtures/rules.ts';
import { BASE, feedFile, feedRule, FeedRepository, partOf, sha256 } from '../feed/feed-repository.ts';
import { pack, rule } from '../warning/builders.ts';

const HOUR = 3_600_000;
let repository: FeedRepository;
let database: BesideDatabase;
let asked: string[];
let policy: Record<string, unknown>;

const packaged = JSON.stringify(pack(rule('0c9a1c8e-7d5e-4b0a-9a3e-0f2f4a6b8c0d', 'warning')));
const bundle: Bundle = {
  sha256: sha256(packaged),
  files: { 'vi-core': { number: 1, sha256: 'aa' } },
  readRules: () => Promise.resolve(packaged),
};
const builtIn = (): BuiltIn => ({
  builtAt: 1000,
  rules: bundle.sha256 ?? '',
  address: BASE,
  publication: {
    files: bundle.files,
    feed: 'ff',
    interval: 6,
    mirrors: [],
    expires: Date.now() + 24 * HOUR,
    issued: 2000,
  },
});

/** A worker as it is after a start. */
function start(
  change: Partial<BuiltIn> = {},
  transport: Transport = repository.transport(asked),
  own = bundle,
): { rules: RulesInUse; feed: FeedClient } {
  const rules = new RulesInUse(database, own);
  const root = new Uint8Array(repository.bytes('root', 1));
  const storage = feedStorage(database, (role) => Promise.resolve(role === 'root' ? root : undefined));
  const feed = new FeedClient({ database, builtIn: { ...builtIn(), ...change }, storage, transport, rules });
  return { rules, feed };
}
const alarm = () => browser.alarms.get(FEED_ALARM);

/** Locks as the browser has them: one holder after the other, whichever worker asks. */
function locks(): Pick<LockManager, 'request'> {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_: string, run: () => Promise<unknown>): Promise<unknown> => (last = last.then(run, run));
  return { request: request as LockManager['request'] };
}

beforeEach(() => {
  fakeBrowser.reset();
  Object.defineProperty(navigator, 'locks', { value: locks(), configurable: true });
  policy = {};
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(() => Promise.resolve(policy) as never);
  vi.spyOn(browser.runtime, 'getPlatformInfo').mockResolvedValue({} as never);
  database = new BesideDatabase(`worker-${crypto.randomUUID()}`);
  asked = [];
  repository = new FeedRepository();
  repository
    .setFeed()
    .addRules('vi-core', 2, partOf([feedRule(1)]))
    .release();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.delete();
});

describe('a check', () => {
  it('takes new rules into use and lays them out for the tabs in one go, then tells them', async () => {
    const { rules, feed } = start();
    const before = (await rules.active).generation.stamp;
    expect(await browser.storage.session.get(COMPILED_STAMP)).toEqual({ [COMPILED_STAMP]: before });
    await feed.check();
    const { generation } = await rules.active;
    expect(generation).toMatchObject({ origin: 'feed', files: { 'vi-core': { number: 2 } } });
    const session = await browser.storage.session.get();
    for (const key of [COMPILED_KEYS.index, COMPILED_KEYS.rules])
      expect(session[key], key).toMatchObject({ stamp: generation.stamp });
    expect(await browser.storage.local.get('ruleStamp')).toEqual({ ruleStamp: generation.stamp });
    expect((await rules.words()).rules.map(({ id }) => id)).toEqual([idOf(1)]);
    expect(await rules.parcel('index')).toEqual(session[COMPILED_KEYS.index]);
  });

  it('fetches a feed.json that changes no rule once, also while the package’s own rules are in use', async () => {
    repository = new FeedRepository();
    repository.addRules('vi-core', 1, partOf([feedRule(1)])).setFeed({ interval: 12 });
    repository.release();
    const before = writeFeedFile(feedFile());
    const files = { 'vi-core': { number: 1, sha256: sha256(repository.texts.get('vi-core/1.jsonl') ?? '') } };
    const own = { ...bundle, files, feed: sha256(before) };
    const { publication } = builtIn();
    if (publication === undefined) throw new Error('the package has a feed');
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(before));
    const worker = () => start({ publication: { ...publication, files, feed: own.feed } }, undefined, own);
    const fetched = () => asked.filter((url) => url.endsWith('feed.json')).length;
    const { rules, feed } = worker();
    await feed.check();
    expect(await rules.active).toMatchObject({ rulesFrom: 'package', generation: { origin: 'package' } });
    expect([fetched(), (await readFeedState(database)).interval]).toEqual([1, 12]);
    await feed.check();
    await worker().feed.check();
    expect(fetched()).toBe(1);
    repository.setFeed({ interval: 24 }).release();
    const { rules: later, feed: asking } = worker();
    await asking.check();
    await asking.check();
    expect([fetched(), (await readFeedState(database)).interval]).toEqual([2, 24]);
    expect((await later.active).rulesFrom).toBe('package');
  });

  it('is found again by the next worker, which reads nothing that the tabs have', async () => {
    await start().feed.check();
    const { rules, feed } = start();
    const active = await rules.active;
    expect([active.rulesFrom, active.loaded]).toEqual(['feed', undefined]);
    expect(await feed.describe()).toMatchObject({
      source: 'feed',
      freshness: 'fresh',
      files: { 'vi-core': 2 },
      rulesFrom: 'feed',
    });
    expect((await rules.words()).rules).toHaveLength(1);
  });

  it('is laid out by the next worker when this one was stopped before', async () => {
    const { feed } = start();
    vi.spyOn(browser.storage.session, 'set').mockRejectedValue(new Error('stopped'));
    vi.spyOn(browser.storage.session, 'remove').mockRejectedValue(new Error('stopped'));
    await feed.check();
    vi.mocked(browser.storage.session.set).mockRestore();
    vi.mocked(browser.storage.session.remove).mockRestore();
    const { generation } = await start().rules.active;
    expect(generation.origin).toBe('feed');
    expect(await browser.storage.session.get(COMPILED_STAMP)).toEqual({ [COMPILED_STAMP]: generation.stamp });
  });

  it('that runs already is waited for: nothing is asked twice at a time', async () => {
    const { feed } = start();
    await Promise.all([feed.check(), feed.check(), feed.check()]);
    expect(asked.filter((url) => url.endsWith('timestamp.json'))).toHaveLength(1);
  });

  it('of one worker is over before that of another begins', async () => {
    const [one, other] = [start(), start()];
    await Promise.all([one.feed.check(), other.feed.check()]);
    const timestamps = asked.flatMap((url, index) => (url.endsWith('timestamp.json') ? [index] : []));
    expect(timestamps).toHaveLength(2);
    const files = asked.flatMap((url, index) => (url.endsWith('2.jsonl') ? [index] : []));
    expect(files[0]).toBeLessThan(timestamps[1] ?? 0);
  });

  it('sets the alarm of the next one, by the signed interval', async () => {
    repository.setFeed({ interval: 48 }).release();
    await start().feed.check();
    const wait = ((await alarm())?.scheduledTime ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(23 * HOUR);
    expect(wait).toBeLessThan(73 * HOUR);
  });

  it('that fails is soon tried again, later each time, and is told of until it is mended', async () => {
    const { feed } = start({}, { get: () => Promise.reject(new Error('?')) });
    for (let failures = 1; failures <= 3; failures += 1) {
      await feed.check();
      expect((await readFeedState(database)).failures).toBe(failures);
      expect(((await alarm())?.scheduledTime ?? 0) - Date.now()).toBeLessThanOrEqual(20 * 60_000);
    }
    expect((await feed.describe()).refusal).toBeDefined();
    const { feed: mended } = start();
    await mended.check();
    expect((await mended.describe()).refusal).toBeUndefined();
    expect((await readFeedState(database)).failures).toBe(0);
  });
});

describe('the alarm', () => {
  it('is set when there is none, and left as it is when there is one', async () => {
    const { feed } = start();
    await feed.arm();
    const first = await alarm();
    expect((first?.scheduledTime ?? Number.NaN) - Date.now()).toBeLessThanOrEqual(2 * 60_000);
    await feed.arm();
    expect(await alarm()).toEqual(first);
  });

  it('that rings late because the device was off is set anew, at a random time, and asks nobody', async () => {
    await saveFeedState(database, { failures: 0, resting: {}, checkedAt: Date.now() - HOUR, expires: 1, issued: 1 });
    await start().feed.onAlarm(Date.now() - HOUR);
    expect(asked).toEqual([]);
    expect(await alarm()).toBeDefined();
    await start().feed.onAlarm(Date.now());
    expect(asked).not.toEqual([]);
  });

  it('is not there when the package has no feed, or nobody to ask', async () => {
    await browser.alarms.create(FEED_ALARM, { when: Date.now() + HOUR });
    const { address: _, ...nowhere } = builtIn();
    const feed = new FeedClient({ ...partsOf(start()), builtIn: nowhere });
    await feed.arm();
    expect(await alarm()).toBeUndefined();
    await feed.check();
    expect(asked).toEqual([]);
    expect(await feed.describe()).toEqual({ source: 'none', files: { 'vi-core': 1 }, rulesFrom: 'package' });
  });
});

/** The parts of a client around rules that were started. */
function partsOf({ rules }: { rules: RulesInUse }) {
  const root = new Uint8Array(repository.bytes('root', 1));
  return {
    database,
    storage: feedStorage(database, (role) => Promise.resolve(role === 'root' ? root : undefined)),
    transport: repository.transport(asked),
    rules,
  };
}

describe('whom to ask', () => {
  it('is said by the policy of a school as well: its mirror first, or another address', async () => {
    policy = { feedMirror: 'http://school.lan/feed/' };
    await start({}, { get: (url) => (asked.push(url), Promise.resolve({ status: 'absent' })) }).feed.check();
    expect(asked[0]).toMatch(/^http:\/\/school\.lan\/feed\/metadata\//u);
    expect(asked.some((url) => url.startsWith(BASE))).toBe(true);
    asked.length = 0;
    policy = { feedAddress: 'https://other.example.vn/' };
    await start({}, { get: (url) => (asked.push(url), Promise.resolve({ status: 'absent' })) }).feed.check();
    expect(new Set(asked.map((url) => new URL(url).host))).toEqual(new Set(['other.example.vn']));
  });

  it('is a mirror of the policy even where no address was built in', async () => {
    policy = { feedMirror: BASE };
    const { address: _, ...nowhere } = builtIn();
    const feed = new FeedClient({ ...partsOf(start()), builtIn: nowhere });
    await feed.check();
    expect(await feed.describe()).toMatchObject({ source: 'feed', files: { 'vi-core': 2 } });
  });

  it('is nobody when the package has no publication to check a feed by', async () => {
    policy = { feedMirror: BASE };
    const { publication: _, ...blind } = builtIn();
    const feed = new FeedClient({ ...partsOf(start()), builtIn: blind });
    await feed.check();
    expect(asked).toEqual([]);
    expect((await feed.describe()).source).toBe('none');
  });

  it('is every signed mirror once they are known', async () => {
    repository.setFeed({ mirrors: ['https://mirror.example.vn/'] }).release();
    await start().feed.check();
    asked.length = 0;
    await start({}, { get: (url) => (asked.push(url), Promise.resolve({ status: 'absent' })) }).feed.check();
    expect(new Set(asked.map((url) => new URL(url).host))).toEqual(new Set(['feed.example.vn', 'mirror.example.vn']));
  });
});

describe('what is said of the feed', () => {
  it('is what the package knows before the first check', async () => {
    expect(await start().feed.describe()).toEqual({
      source: 'feed',
      freshness: 'fresh',
      issued: new Date(2000).toISOString(),
      files: { 'vi-core': 1 },
      rulesFrom: 'package',
    });
  });

  it('is that the clock is behind when it is before the build', async () => {
    expect(await start({ builtAt: Date.now() + 24 * HOUR }).feed.describe()).toMatchObject({ clock: 'behind' });
  });

  it('is old when nothing new came for weeks, and rules stay in use', async () => {
    await start().feed.check();
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 60 * 24 * HOUR);
    const { feed, rules } = start();
    expect(await feed.describe()).toMatchObject({ freshness: 'old', rulesFrom: 'feed' });
    expect((await rules.words()).rules).toHaveLength(1);
  });

  it('is known although it cannot be stored, as long as the worker lives', async () => {
    const { feed } = start({}, { get: () => Promise.reject(new Error('?')) });
    vi.spyOn(database.values, 'put').mockRejectedValue(new Error('full'));
    await feed.check();
    expect((await feed.describe()).refusal).toBeDefined();
  });
});
