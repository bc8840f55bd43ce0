/** Asking the feed from the worker: when, whom, one check at a time, and what is to be said of it. */
import { FEED_PATH, ruleFilePath } from '../../rules/feed/path.ts';
import { browser } from '../browser.ts';
import { readPackaged, targetPath, type BuiltIn } from '../feed/built-in.ts';
import { runCycle, type CycleResult } from '../feed/cycle.ts';
import { clockFault, effectiveTime, freshnessOf } from '../feed/freshness.ts';
import { makeGeneration } from '../feed/generation.ts';
import { sha256Of } from '../feed/hash.ts';
import { mirrorOrder } from '../feed/mirrors.ts';
import type { Held } from '../feed/publication.ts';
import { takeIntoUse, type ActiveRuleSet } from '../feed/rule-set.ts';
import { firstWait, INTERVAL, isLate, waitAfterFailure, waitAfterSuccess } from '../feed/schedule.ts';
import type { FeedStorage } from '../feed/storage.ts';
import type { Transport } from '../feed/transport.ts';
import { readFeedPolicy } from '../policy/feed.ts';
import type { FeedState } from '../settings/model.ts';
import type { BesideDatabase, StoredFeedState } from '../store/database.ts';
import { readText, replaceContents } from '../store/generations.ts';
import { readDevice, readFeedState, saveFeedState } from '../store/feed.ts';
import type { RulesInUse } from './rules.ts';

/** Name of the alarm, and of the lock that a check holds. */
export const FEED_ALARM = 'feed';
/** A worker that asks its browser for nothing is stopped after 30 s, in the middle of a download too. */
const STAY_AWAKE = 20_000;

/** What the client of the feed works with. */
export interface FeedParts {
  database: BesideDatabase;
  builtIn: BuiltIn;
  storage: FeedStorage;
  transport: Transport;
  rules: RulesInUse;
}

/** The client of the feed. It may be stopped at any time: what it knows is stored, what is half done is done again. */
export class FeedClient {
  readonly #parts: FeedParts;
  #running: Promise<void> | undefined;
  /** What is known while it cannot be stored. */
  #unstored: StoredFeedState | undefined;

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** Sets the alarm of the next check when there is none, and takes it away when there is nobody to ask. */
  async arm(): Promise<void> {
    if ((await this.#bases()).length === 0) {
      await browser.alarms.clear(FEED_ALARM);
      return;
    }
    const isDamaged = (await this.#parts.rules.active).rulesFrom === 'previous';
    if (!isDamaged && (await browser.alarms.get(FEED_ALARM)) !== undefined) return;
    await this.#armFirst(isDamaged);
  }

  /** The alarm rang: asks the feed, or waits a little when the device has only just come up. */
  async onAlarm(scheduled: number): Promise<void> {
    if (isLate(Date.now(), scheduled)) await this.#armFirst(false);
    else await this.check();
  }

  /** Asks the feed now; a check that is running already is waited for instead. */
  async check(): Promise<void> {
    this.#running ??= this.#locked().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** What is to be said of the feed. */
  async describe(): Promise<FeedState> {
    const { generation, rulesFrom } = await this.#parts.rules.active;
    const files: FeedState['files'] = {};
    for (const [role, file] of Object.entries(generation.files)) files[role as keyof typeof files] = file.number;
    const common = { files, rulesFrom };
    if ((await this.#bases()).length === 0) return { source: 'none', ...common };
    const { expires, issued, checkedAt, refusal, clockOffBy } = await this.#state();
    const now = Date.now();
    const { builtAt } = this.#parts.builtIn;
    const clock = clockFault(now, builtAt, issued ?? 0, clockOffBy);
    return {
      source: 'feed',
      ...common,
      ...(expires === undefined ? {} : { freshness: freshnessOf(expires, effectiveTime(now, builtAt, issued ?? 0)) }),
      ...(issued === undefined || issued === 0 ? {} : { issued: new Date(issued).toISOString() }),
      ...(checkedAt === undefined ? {} : { checkedAt }),
      ...(generation.origin === 'feed' ? { changedAt: generation.taken } : {}),
      ...(clock === undefined ? {} : { clock }),
      ...(refusal === undefined ? {} : { refusal }),
    };
  }

  async #armFirst(isUrgent: boolean): Promise<void> {
    const { checkedAt } = await this.#state();
    const wait = firstWait(Date.now(), isUrgent ? undefined : checkedAt, Math.random);
    await browser.alarms.create(FEED_ALARM, { when: Date.now() + wait });
  }

  /** One check at a time, whichever worker asks. */
  async #locked(): Promise<void> {
    const awake = setInterval(() => void browser.runtime.getPlatformInfo(), STAY_AWAKE);
    try {
      await navigator.locks.request(FEED_ALARM, () => this.#check());
    } finally {
      clearInterval(awake);
    }
  }

  async #check(): Promise<void> {
    const { database, builtIn, storage, transport } = this.#parts;
    const state = await this.#state();
    const mirrors = await this.#bases();
    if (mirrors.length === 0) return;
    const active = await this.#parts.rules.active;
    const { generation } = active;
    const before = generation.id === undefined ? undefined : { ...generation, id: generation.id };
    const result = await runCycle({
      storage,
      transport,
      mirrors,
      held: this.#held(active),
      make: makeGeneration,
      take: async (ready, publication) => {
        const taken = await takeIntoUse(database, ready, { origin: 'feed', ...publication }, before, Date.now());
        const loaded = { compiled: ready.compiled, words: ready.words };
        await this.#parts.rules.use({ generation: taken, rulesFrom: 'feed', loaded });
      },
      keepFeedFile: async (text) => {
        if (before === undefined) return;
        generation.feed = await sha256Of(text);
        await replaceContents(database, { ...before, feed: generation.feed }, { [FEED_PATH]: text });
      },
      readDevice: () => readDevice(database),
      isEager: (await readFeedPolicy()).isCanary,
      refusedBefore: state.refused,
      resting: state.resting,
      now: Date.now,
      isOnline: () => navigator.onLine,
      buildTime: builtIn.builtAt,
      signal: new AbortController().signal,
    });
    const after = stateAfter(state, result, Date.now());
    await this.#keep(after);
    const interval = after.interval ?? INTERVAL;
    const wait = result.isGood
      ? waitAfterSuccess(interval, Math.random)
      : waitAfterFailure(after.failures, interval, Math.random);
    await browser.alarms.create(FEED_ALARM, { when: Date.now() + wait });
  }

  /** The addresses to ask, in order; none when the package cannot check a feed, or has none. */
  async #bases(): Promise<string[]> {
    const { address, publication } = this.#parts.builtIn;
    if (publication === undefined) return [];
    const policy = await readFeedPolicy();
    const base = policy.address ?? address ?? policy.mirrors[0];
    if (base === undefined) return [];
    const { mirrors } = await this.#state();
    return mirrorOrder({
      policyMirrors: policy.mirrors,
      address: base,
      signedMirrors: mirrors ?? [],
      random: Math.random,
    });
  }

  #held({ generation: { id, origin, files, feed } }: ActiveRuleSet): Held {
    const { database } = this.#parts;
    if (origin === 'feed' && id !== undefined)
      return { files, feedSha256: feed, read: (name) => readText(database, id, name) };
    return {
      files,
      feedSha256: feed,
      read: async (name) => {
        // One that changed no rule may have come after the package's own.
        if (name === FEED_PATH && feed !== this.#parts.builtIn.publication?.feed)
          return id === undefined ? undefined : readText(database, id, name);
        const number = name === FEED_PATH ? undefined : files[name]?.number;
        const path = name === FEED_PATH || number === undefined ? FEED_PATH : ruleFilePath(name, number);
        const bytes = await readPackaged(targetPath(path));
        return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      },
    };
  }

  /** What is known from earlier checks, and before the first one from the package. */
  async #state(): Promise<StoredFeedState> {
    let stored = this.#unstored;
    try {
      stored ??= await readFeedState(this.#parts.database);
    } catch {
      stored = { failures: 0, resting: {} };
    }
    const { publication } = this.#parts.builtIn;
    const isNewer = stored.expires !== undefined && (stored.issued ?? 0) >= (publication?.issued ?? 0);
    if (publication === undefined || isNewer) return stored;
    const { interval, mirrors, expires, issued } = publication;
    return { ...stored, interval, mirrors, expires, issued };
  }

  async #keep(state: StoredFeedState): Promise<void> {
    try {
      await saveFeedState(this.#parts.database, state);
      this.#unstored = undefined;
    } catch {
      this.#unstored = state;
    }
  }
}

/** What is known after a check. */
function stateAfter(before: StoredFeedState, result: CycleResult, now: number): StoredFeedState {
  const { refusal: _, refused: earlier, ...kept } = before;
  const { answer, isGood, refusal, resting, clockOffBy } = result;
  const refused = isGood ? undefined : (result.refused ?? earlier);
  return {
    ...kept,
    resting,
    failures: isGood ? 0 : before.failures + 1,
    ...(answer === undefined
      ? {}
      : { checkedAt: now, expires: answer.expires, issued: Math.max(answer.issued, before.issued ?? 0) }),
    ...(answer?.feed === undefined ? {} : { interval: answer.feed.interval, mirrors: answer.feed.mirrors }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(refused === undefined ? {} : { refused }),
    ...(clockOffBy === undefined ? {} : { clockOffBy }),
  };
}
