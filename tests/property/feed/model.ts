/**
 * The feed as a whole, as a model: a publisher, two mirrors that lag and fail, a device whose worker, disk and clock fail.
 * After every step the device has to hold what some release was, whole; never an older one than before; and its state has
 * to be true.
 */
import * as fc from 'fast-check';
import { expect, vi } from 'vitest';
import { freshnessOf } from '../../../utils/feed/freshness.ts';
import type { FeedState } from '../../../utils/settings/model.ts';
import { fromMap, startFaultyServer, type Fault, type FaultyServer } from '../../fixtures/feed/faulty-server.ts';
import { InstalledDevice } from '../../fixtures/feed/installed.ts';
import { Publisher, type Release } from '../../fixtures/feed/release.ts';
import { sha256 } from '../../unit/feed/feed-repository.ts';

const DAY = 86_400_000;
const PARTS = ['root.json', 'timestamp.json', 'snapshot.json', 'targets.json', 'vi-core.json', 'en.json', 'targets/'];
const WORDS = ['mua thẻ nạp', 'gửi mã xác nhận', 'hoa hồng mỗi đơn', 'vay không cần giấy', 'lộ hình của em'];

export type Step =
  | { do: 'publish'; what: 'vi-core' | 'en' | 'urgent' | 'kill' | 'mirrors' | 'renew' | 'root' | 'timestamp key' }
  /** A mirror copies the release that is so many behind the newest. */
  | { do: 'copy'; mirror: 0 | 1; behind: number }
  | { do: 'fail'; mirror: 0 | 1; part: string; fault: Fault }
  | { do: 'mend'; mirror: 0 | 1 }
  | { do: 'check' }
  | { do: 'kill'; after: number }
  | { do: 'fill the disk'; after: number }
  | { do: 'restart' }
  | { do: 'lose'; what: 'database' | 'floor' }
  | { do: 'wait'; days: number };

const mirror = fc.constantFrom<(0 | 1)[]>(0, 1);
const fault = fc.oneof(
  fc.constantFrom<Fault[]>('flip', 'short', 'long', 'endless', { status: 500 }, { status: 404 }, { instead: '{}' }),
  fc.record({ cutAt: fc.nat(2000) }),
  fc.constant<Fault>({ status: 503, headers: { 'retry-after': '3600' } }),
);

/** One thing that happens. Checks come often, or nothing would be seen of the rest. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      what: fc.constantFrom('vi-core', 'en', 'urgent', 'kill', 'mirrors', 'renew', 'root', 'timestamp key' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('copy' as const), mirror, behind: fc.constantFrom(0, 0, 0, 1, 2, 5) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('fail' as const), mirror, part: fc.constantFrom(...PARTS), fault }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mend' as const), mirror }) },
  { weight: 6, arbitrary: fc.constant({ do: 'check' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), after: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fill the disk' as const), after: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('lose' as const), what: fc.constantFrom('database', 'floor' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: -20, max: 20 }) }) },
);

interface ModelMirror {
  server: FaultyServer;
  release: Release;
  isFaulty: boolean;
}

/** Everything that takes part. */
export class World {
  readonly publisher = new Publisher();
  readonly #mirrors: ModelMirror[];
  readonly #device: InstalledDevice;
  /** The release whose rules the device has used last; none before it. */
  #held: Release;
  #counter = 0;
  /** The newest that the device has had; below it nothing may come from a mirror until both places that know of it are lost. */
  #floor = 0;
  readonly #lost = new Set<'database' | 'floor'>();

  static async start(): Promise<World> {
    return new World(await Promise.all([startFaultyServer(), startFaultyServer()]));
  }

  private constructor(servers: FaultyServer[]) {
    const { newest } = this.publisher;
    this.#held = newest;
    this.#mirrors = servers.map((server) => ({ server, release: newest, isFaulty: false }));
    for (const { server } of this.#mirrors) server.files = fromMap(newest.files);
    this.#device = new InstalledDevice(newest, servers[0]?.address ?? '');
    this.#device.policy['feedMirror'] = servers[1]?.address;
  }

  async close(): Promise<void> {
    await Promise.all(this.#mirrors.map(({ server }) => server.close()));
    await this.#device.remove();
  }

  /** Lets one thing happen, and looks at the device. */
  async take(one: Step): Promise<void> {
    const device = this.#device;
    if (one.do === 'publish') this.#publish(one.what);
    else if (one.do === 'copy')
      this.#copy(one.mirror, this.publisher.releases.at(-1 - one.behind) ?? this.publisher.at(0));
    else if (one.do === 'fail') {
      const { server } = this.#mirrorOf(one.mirror);
      server.fault = (path) => (path.includes(one.part) ? one.fault : undefined);
      this.#mirrorOf(one.mirror).isFaulty = true;
    } else if (one.do === 'mend') this.#mend(one.mirror);
    else if (one.do === 'wait') vi.setSystemTime(Date.now() + one.days * DAY);
    else if (one.do === 'restart') device.restart();
    else if (one.do === 'lose') {
      await device.lose(one.what);
      this.#lost.add(one.what);
      if (this.#lost.size === 2) this.#floor = 0;
      // The package's rules are the floor, and what people have until the next check.
      if (one.what === 'database') this.#held = this.publisher.at(0);
    } else if (one.do === 'kill') await device.checkKilledAfter(one.after);
    else if (one.do === 'fill the disk') {
      device.failWrites(one.after, () => new DOMException('no room', 'QuotaExceededError'));
      await device.check();
      device.mendDisk();
      device.restart();
    } else await this.#check();
    await this.#expectWhole();
  }

  /** All is well again: the device ends with the newest. */
  async expectNewest(): Promise<void> {
    vi.setSystemTime(Math.max(Date.now(), ...this.publisher.releases.map(({ issued }) => issued)) + 2 * DAY);
    this.#publish('renew');
    const { newest } = this.publisher;
    for (const index of [0, 1] as const) {
      this.#mend(index);
      this.#copy(index, newest);
    }
    const state = await this.#check();
    expect(state.refusal).toBeUndefined();
    expect(state.freshness).toBe('fresh');
    await this.#expectWhole();
    expect(this.#held.publication.files).toEqual(newest.publication.files);
    const { versions, feed, origin } = await this.#device.look();
    expect(versions).toEqual(newest.versions);
    // While the package's own rules are in use, a newer `feed.json` is followed and not kept.
    if (origin === 'feed') expect(feed).toBe(sha256(newest.publication.feed));
  }

  async #check(): Promise<FeedState> {
    const clean = this.#mirrors.filter(({ isFaulty }) => !isFaulty);
    const before = this.#held;
    const state = await this.#device.check();
    await this.#expectWhole();
    if (state.refusal === undefined) {
      this.#lost.clear();
      expect(state.freshness, 'taken although it has expired').toBe('fresh');
      // Whoever was believed has what the device has now.
      const releases = this.#mirrors.map(({ release }) => numbersOf(release));
      expect(releases).toContainEqual(state.files);
    }
    const isNewestEverywhere = this.#mirrors.every(({ release }) => release === this.publisher.newest);
    const isGoodFor = this.publisher.newest.expires > this.#time();
    if (clean.length === 2 && isNewestEverywhere && isGoodFor && !this.#isResting(state))
      expect(state.files).toEqual(numbersOf(this.publisher.newest));
    expect(this.#order(this.#held)).toBeGreaterThanOrEqual(this.#order(before));
    const { versions } = await this.#device.look();
    if (versions !== undefined && state.freshness === 'fresh')
      expect(this.#releaseOf(versions)?.expires).toBeGreaterThan(Date.now());
    return state;
  }

  #isResting({ refusal }: FeedState): boolean {
    return refusal?.what.includes('left alone') === true;
  }

  /** The time that the client has to reckon with at least. */
  #time(): number {
    return Math.max(Date.now(), ...this.publisher.releases.map(({ issued }) => issued));
  }

  /** What lies on the device is one release's, whole, and no older one than what it had. */
  async #expectWhole(): Promise<void> {
    const { numbers, versions, origin, problem } = await this.#device.look();
    expect(problem, 'torn').toBeUndefined();
    const state = await this.#device.describe();
    expect(state.files).toEqual(numbers);
    const same = this.publisher.releases.filter((release) => isSame(numbersOf(release), numbers));
    expect(same, `a mixture: ${JSON.stringify(numbers)}`).not.toEqual([]);
    const newest = same.at(-1) as Release;
    expect(this.#order(newest)).toBeGreaterThanOrEqual(this.#order(this.#held));
    this.#held = newest;
    if (origin === 'feed') expect(this.#order(newest), 'an old release came again').toBeGreaterThanOrEqual(this.#floor);
    this.#floor = Math.max(this.#floor, this.#order(newest));
    if (versions !== undefined) {
      const { root: _, ...others } = versions;
      expect(this.#releaseOf(versions)?.versions).toMatchObject(others);
    }
    if (state.checkedAt !== undefined && versions !== undefined && state.freshness !== undefined) {
      const time = Math.max(Date.now(), Date.parse(state.issued ?? '1970-01-01T00:00:00Z'));
      const expected = this.publisher.releases.map(({ expires }) => freshnessOf(expires, time));
      expect(expected).toContain(state.freshness);
    }
  }

  #releaseOf(held: Record<string, number>): Release | undefined {
    return this.publisher.releases.find(({ versions }) => versions['timestamp'] === held['timestamp']);
  }

  #order(release: Release): number {
    return this.publisher.releases.findIndex((one) => isSame(numbersOf(one), numbersOf(release)));
  }

  #mirrorOf(index: 0 | 1): ModelMirror {
    return this.#mirrors[index] as ModelMirror;
  }

  #copy(index: 0 | 1, release: Release): void {
    const one = this.#mirrorOf(index);
    one.release = release;
    one.server.files = fromMap(release.files);
  }

  #mend(index: 0 | 1): void {
    const one = this.#mirrorOf(index);
    one.server.fault = () => undefined;
    one.isFaulty = false;
  }

  #publish(what: (Step & { do: 'publish' })['what']): void {
    const { publisher } = this;
    this.#counter += 1;
    const word = `${WORDS[this.#counter % WORDS.length]} ${'abcdefghij'[this.#counter % 10]}`;
    // A publisher's clock is right: no release is issued before the one before.
    const now = Date.now();
    vi.setSystemTime(this.#time() + 1000);
    if (what === 'vi-core') publisher.addRules('vi-core', ['tài khoản an toàn', word]);
    else if (what === 'en') publisher.addRules('en', ['safe account number', word]);
    else if (what === 'urgent') publisher.addRules('vi-urgent', [word]);
    else if (what === 'mirrors') publisher.setFeed({ interval: 1 + (this.#counter % 40) });
    else if (what === 'kill') publisher.addRules('vi-urgent', [], [ENGLISH]);
    if (what === 'root')
      publisher.rotate((repository) => {
        const before = repository.signers.get('root') ?? [];
        repository.replaceKeys('root');
        repository.signWith('root', ...before.slice(0, 1));
      });
    else if (what === 'timestamp key') publisher.rotate((repository) => repository.replaceKeys('timestamp'));
    else if (what === 'renew')
      publisher.release('targets', 'vi-core', 'en', 'minority', 'vi-urgent', 'snapshot', 'timestamp');
    else publisher.release();
    vi.setSystemTime(Math.max(now, 0));
  }
}

/** The English rule, which the urgent role switches off. */
const ENGLISH = '6b0c6c1e-0000-4000-8000-000000200000';

function numbersOf({ publication: { files } }: Release): Record<string, number> {
  return Object.fromEntries(Object.entries(files).map(([role, { number }]) => [role, number]));
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
