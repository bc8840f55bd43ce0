/** The feed in a real browser when something goes wrong: the browser is killed, many ask at once, nobody signs for weeks. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { say, wordsFor } from '../../utils/words/words.ts';
import { openBrowser, type BesideBrowser } from '../fixtures/browser.ts';
import { NEW_RULE, NEW_TRICK, startLiveFeed, type LiveFeed } from '../fixtures/feed/live-feed.ts';
import { readStored, tornIn, type Stored } from '../fixtures/feed/stored.ts';
import { LURE } from '../fixtures/lure.ts';
import { PopupProbe } from '../fixtures/popup.ts';
import type { Stage } from '../fixtures/stage/server.ts';
import { expect, openScene, sceneNamed, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');
/** How often the browser is killed; `BESIDE_KILLS=20` for more. */
const KILLS = Number(process.env['BESIDE_KILLS'] ?? 3);
/** Longer than a message takes to be read and judged. */
const JUDGED = 1200;

let feed: LiveFeed;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  feed = await startLiveFeed();
});
test.afterAll(async () => {
  await feed?.close();
});

function open(stage: Stage, profile?: string, isDiskFull = false): Promise<BesideBrowser> {
  const kept = profile === undefined ? {} : { profile };
  return openBrowser({
    executable: findBrowser(),
    extension: feed.extension,
    stage,
    headless: true,
    isDiskFull,
    ...kept,
  });
}

async function panelOf(browser: BesideBrowser): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/options.html`);
  return page;
}

async function ask(page: Page, type: 'feed/check' | 'panel/overview'): Promise<Overview['ruleSet']> {
  const reply = await page.evaluate(
    async (message) => (await chrome.runtime.sendMessage(message)) as { value: Overview },
    { type, input: {} },
  );
  return reply.value.ruleSet;
}

test('a browser that is killed in the middle of updates has whole rules every time, and ends with the newest', async ({
  stage,
}) => {
  test.skip(process.platform !== 'linux', 'only on Linux can a browser be found by its profile');
  test.setTimeout(60_000 + KILLS * 15_000);
  const profile = mkdtempSync(join(tmpdir(), 'beside-kill-'));
  const ends: string[] = [];
  let longest = 0;
  try {
    for (let round = 0; round <= KILLS + 1; round += 1) {
      const browser = await open(stage, profile);
      const page = await panelOf(browser);
      const state = await ask(page, 'panel/overview');
      const stored = await readStored(page);
      expect(tornIn(stored), `after kill ${round - 1}`).toEqual([]);
      expect(state.problem).toBeUndefined();
      expect(state.feed.files['vi-core']).toBe(activeOf(stored).files['vi-core']?.number);
      if (round > 1) ends.push(activeOf(stored).files['vi-core']?.number === round ? 'after' : 'before');
      const newest = await feed.publishNewRule();
      if (round === 0 || round > KILLS) {
        const from = Date.now();
        expect((await ask(page, 'feed/check')).feed).toMatchObject({ files: { 'vi-core': newest } });
        longest = Math.max(longest, Date.now() - from);
        expect(tornIn(await readStored(page))).toEqual([]);
        await browser.close();
      } else {
        await page.evaluate(() => void chrome.runtime.sendMessage({ type: 'feed/check', input: {} }));
        await page.waitForTimeout(Math.random() * longest * 1.1);
        killAll(profile);
        await browser.context.close().catch(() => undefined);
      }
    }
  } finally {
    killAll(profile);
    rmSync(profile, { recursive: true, force: true });
  }
  const after = ends.filter((end) => end === 'after').length;
  test.info().annotations.push({
    type: 'kills',
    description: `${KILLS} kills, 0 torn; ${after} after and ${ends.length - after} before the new rules were stored; a check takes ${longest} ms`,
  });
});

function activeOf({ pointer, generations }: Stored): Stored['generations'][number] {
  const active = generations.find(({ id }) => id === pointer?.active);
  if (active === undefined) throw new Error('no rule set is in use');
  return active;
}

/** Ends every process of the browser with this profile at once, with no time to write anything. */
function killAll(profile: string): void {
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one)))
    try {
      if (readFileSync(join('/proc', name, 'cmdline'), 'utf8').includes(profile)) process.kill(Number(name), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
}

test('an update that comes to a full disk is not taken and this is said, the rules go on, and it is taken when there is room', async ({
  stage,
}) => {
  test.setTimeout(120_000);
  const profile = mkdtempSync(join(tmpdir(), 'beside-full-'));
  try {
    const before = await open(stage, profile);
    await feed.publishNewRule();
    const { version, feed: held } = await ask(await panelOf(before), 'feed/check');
    await before.close();

    const newest = await feed.publishNewRule();
    const full = await open(stage, profile, true);
    const page = await panelOf(full);
    const state = await ask(page, 'feed/check');
    expect(state.feed.refusal).toMatchObject({ kind: 'storage' });
    expect(state.feed.files).toEqual(held.files);
    expect(state.version).toBe(version);
    const stored = await readStored(page);
    expect(tornIn(stored)).toEqual([]);
    expect(activeOf(stored).files['vi-core']?.number).toBe(newest - 1);
    const chat = await openScene(await full.context.newPage(), sceneNamed('zalo-class'));
    const popup = await PopupProbe.open(full);
    expect(
      await popup.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        return document.body.innerText;
      }),
    ).toContain(say(vi, 'feed_why_storage'));
    await chat.page.evaluate((text) => window.stage?.say('them', text), NEW_TRICK);
    expect((await chat.card.appears()).rules).toContain(NEW_RULE);
    await full.close();

    const after = await open(stage, profile);
    const mended = await ask(await panelOf(after), 'feed/check');
    expect(mended.feed).toMatchObject({ files: { 'vi-core': newest }, freshness: 'fresh' });
    expect(mended.feed.refusal).toBeUndefined();
    await after.close();
  } finally {
    killAll(profile);
    rmSync(profile, { recursive: true, force: true });
  }
});

test('two tabs and an alarm at once ask the feed once', async ({ stage }) => {
  const browser = await open(stage);
  try {
    const [one, other] = [await panelOf(browser), await panelOf(browser)];
    await feed.publishNewRule();
    feed.server.paths();
    let held = 0;
    // Long enough that all three come while the first one is under way.
    feed.server.fault = (path) => (path.endsWith('timestamp.json') && (held += 1) > 0 ? { late: 2000 } : undefined);
    const asked = [ask(one, 'feed/check'), ask(other, 'feed/check')];
    await one.evaluate(() => chrome.alarms.create('feed', { when: Date.now() }));
    await Promise.all(asked);
    // An alarm that had not been joined to the two would ask now.
    await one.waitForTimeout(1000);
    expect(held).toBe(1);
    expect(feed.server.paths().filter((path) => path.endsWith('timestamp.json'))).toHaveLength(1);
  } finally {
    feed.server.fault = () => undefined;
    await browser.close();
  }
});

test('rules that nobody signed anew for weeks go on, and the popup says how old they are', async ({ stage }) => {
  const browser = await open(stage);
  try {
    const page = await panelOf(browser);
    expect((await ask(page, 'feed/check')).feed.freshness).toBe('fresh');
    for (const [days, freshness, word] of [
      [9, 'stale', undefined],
      [20, 'old', 'feed_old'],
      [90, 'very-old', 'feed_very_old'],
    ] as const) {
      // The worker's clock runs ahead; the feed's server and its signatures stay where they are.
      await (
        await browser.worker()
      ).evaluate((ahead) => {
        const { realNow } = globalThis as { realNow?: () => number };
        const now = realNow ?? Date.now.bind(Date);
        Object.assign(globalThis, { realNow: now });
        Date.now = () => now() + ahead;
      }, days * 86_400_000);
      const { feed: state } = await ask(page, 'feed/check');
      expect(state.freshness).toBe(freshness);
      expect(state.refusal).toMatchObject({ kind: 'expired', file: 'timestamp.json' });
      if (word === undefined) continue;
      const chat = await openScene(await browser.context.newPage(), sceneNamed('zalo-class'));
      const popup = await PopupProbe.open(browser);
      const [beginning = ''] = say(vi, word, { date: '…' }).split('…');
      expect(await popup.text()).toContain(beginning);
      await chat.page.evaluate((text) => window.stage?.say('them', text), LURE);
      await chat.card.appears();
      await chat.page.close();
    }
  } finally {
    await browser.close();
  }
});

test('a mirror that hangs, drips or floods holds up neither the chat nor the next check', async ({ stage }) => {
  test.setTimeout(120_000);
  const browser = await open(stage);
  try {
    const page = await panelOf(browser);
    const before = await ask(page, 'feed/check');
    const chat = await openScene(await browser.context.newPage(), sceneNamed('zalo-class'));
    const newest = await feed.publishNewRule();
    for (const fault of ['endless', 'bomb', 'flip', { status: 503 }, { cutAt: 100 }] as const) {
      feed.server.fault = (path) => (path.includes('snapshot.json') ? fault : undefined);
      const { version, feed: state } = await ask(page, 'feed/check');
      expect(version).toBe(before.version);
      expect(state.refusal?.file, JSON.stringify(fault)).toContain('snapshot.json');
    }
    feed.server.fault = (path) => (path.includes('snapshot.json') ? 'hang' : undefined);
    const hanging = ask(page, 'feed/check');
    await chat.page.bringToFront();
    await chat.page.evaluate((text) => window.stage?.say('them', text), LURE);
    await chat.card.appears();
    // The client's own patience with a file.
    expect((await hanging).feed.refusal).toMatchObject({ kind: 'unreachable' });
    feed.server.fault = () => undefined;
    expect((await ask(page, 'feed/check')).feed).toMatchObject({ files: { 'vi-core': newest } });
    await chat.page.evaluate((text) => window.stage?.say('them', text), NEW_TRICK);
    await chat.page.waitForTimeout(JUDGED);
    expect(JSON.stringify(await chat.card.grow().catch(() => chat.card.see()))).toContain(NEW_RULE);
  } finally {
    feed.server.fault = () => undefined;
    await browser.close();
  }
});
