/** A Chromium with the built extension, whose checks of the feed are counted in bytes and in time of its worker. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { findBrowser } from '../../../scripts/find-browser.ts';
import type { Overview } from '../../../utils/messaging/protocol.ts';
import { openBrowser, type BesideBrowser } from '../../fixtures/browser.ts';
import type { Traffic, Wire } from './wire.ts';

/** One check of the feed. */
export interface Checked extends Traffic {
  /** From the request of a panel to its answer, in ms. */
  wall: number;
  /** Time in which the worker's thread was busy, in ms. */
  cpu: number;
  feed: Overview['ruleSet']['feed'];
  rules: number;
}

/** Microseconds between two looks at what the worker does. */
const SAMPLING = 250;
/** Time for the last bytes of a connection, in ms. */
const SETTLE = 300;

interface Profile {
  nodes: { id: number; callFrame: { functionName: string } }[];
  samples?: number[];
  timeDeltas?: number[];
}

export class MeasuredDevice {
  readonly #browser: BesideBrowser;
  readonly #page: Page;
  readonly #wire: Wire;
  readonly #worker: WorkerSession;
  readonly #profile: string;

  private constructor(browser: BesideBrowser, page: Page, wire: Wire, worker: WorkerSession, profile: string) {
    this.#browser = browser;
    this.#page = page;
    this.#wire = wire;
    this.#worker = worker;
    this.#profile = profile;
  }

  /** Installs the extension in a fresh browser. */
  static async install(extension: string, wire: Wire): Promise<MeasuredDevice> {
    const profile = mkdtempSync(join(tmpdir(), 'beside-bench-'));
    const browser = await openBrowser({
      executable: findBrowser(),
      extension,
      stage: { port: 0, chromiumArgs: ['--ignore-certificate-errors'], close: async () => {} },
      headless: true,
      profile,
    });
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${browser.id}/options.html`);
    return new MeasuredDevice(browser, page, wire, await WorkerSession.open(browser), profile);
  }

  /** Asks the feed, as the button in the settings does. */
  async check(): Promise<Checked> {
    this.#wire.traffic();
    await this.#worker.send('Profiler.enable');
    await this.#worker.send('Profiler.setSamplingInterval', { interval: SAMPLING });
    await this.#worker.send('Profiler.start');
    const { wall, reply } = await this.#page.evaluate(async () => {
      const from = performance.now();
      const answer = (await chrome.runtime.sendMessage({ type: 'feed/check', input: {} })) as { value: Overview };
      return { wall: performance.now() - from, reply: answer.value.ruleSet };
    });
    const { profile } = (await this.#worker.send('Profiler.stop')) as { profile: Profile };
    await this.#page.waitForTimeout(SETTLE);
    return { ...this.#wire.traffic(), wall, cpu: busy(profile), feed: reply.feed, rules: reply.rules };
  }

  /** Runs an expression in the extension's worker; what it promises is waited for. */
  async evaluate(expression: string): Promise<unknown> {
    return (await this.#browser.worker()).evaluate(expression);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }
}

/** Milliseconds in which the thread did anything at all. */
function busy({ nodes, samples = [], timeDeltas = [] }: Profile): number {
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id));
  let sum = 0;
  // The first delta is from the start of the profile to the first sample.
  for (let at = 1; at < samples.length; at += 1) if (!idle.has(samples[at - 1] ?? -1)) sum += timeDeltas[at] ?? 0;
  return sum / 1000;
}

/** The debugging protocol of the extension's worker, which Playwright does not open. */
class WorkerSession {
  readonly #browser: CDPSession;
  readonly #session: string;
  readonly #waiting = new Map<number, (answer: { result?: unknown; error?: unknown }) => void>();
  #last = 0;

  private constructor(browser: CDPSession, session: string) {
    this.#browser = browser;
    this.#session = session;
    browser.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      if (sessionId !== this.#session) return;
      const answer = JSON.parse(message) as { id?: number; result?: unknown; error?: unknown };
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async open({ context, id }: BesideBrowser): Promise<WorkerSession> {
    const browser = await context.browser()?.newBrowserCDPSession();
    if (browser === undefined) throw new Error('the browser offers no session');
    const { targetInfos } = await browser.send('Target.getTargets');
    const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(id));
    if (target === undefined) throw new Error('the extension has no worker');
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
    return new WorkerSession(browser, sessionId);
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<{ result?: unknown; error?: unknown }>((resolve) => this.#waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#session, message });
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }
}
