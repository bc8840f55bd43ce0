/** The signed feed, from a publisher's release to an open tab: a real server, real signatures, the extension built for it. */
import { findBrowser } from '../../scripts/find-browser.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { say, wordsFor } from '../../utils/words/words.ts';
import { openBrowser, type BesideBrowser } from '../fixtures/browser.ts';
import { NEW_RULE, NEW_TRICK, startLiveFeed, type LiveFeed } from '../fixtures/feed/live-feed.ts';
import { LURE } from '../fixtures/lure.ts';
import { PopupProbe } from '../fixtures/popup.ts';
import { expect, openScene, sceneNamed, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');
/** Longer than a message takes to be read and judged. */
const JUDGED = 1200;

let feed: LiveFeed;
let browser: BesideBrowser;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ stage }) => {
  feed = await startLiveFeed();
  browser = await openBrowser({ executable: findBrowser(), extension: feed.extension, stage, headless: true });
});
test.afterAll(async () => {
  await browser?.close();
  await feed?.close();
});

/** Asks the feed as the button in the settings does; what the panels then say. */
async function check(): Promise<Overview['ruleSet']> {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/options.html`);
  const reply = await page.evaluate(
    async () => (await chrome.runtime.sendMessage({ type: 'feed/check', input: {} })) as { value: Overview },
  );
  await page.close();
  return reply.value.ruleSet;
}

/** A chat of the stage with one message in it that was just said. */
async function chatWith(message: string) {
  const scene = await openScene(await browser.context.newPage(), sceneNamed('zalo-class'));
  await scene.page.evaluate((text) => window.stage?.say('them', text), message);
  await scene.page.waitForTimeout(JUDGED);
  return scene;
}

test('says nothing new when nothing was published since the package was built', async () => {
  const { feed: state } = await check();
  expect(state).toMatchObject({ source: 'feed', freshness: 'fresh' });
  expect(state.refusal).toBeUndefined();
  expect(state.checkedAt).toBeGreaterThan(0);
});

test('a rule that is published while a chat is open reaches it without a reload', async () => {
  const { page, card } = await chatWith(NEW_TRICK);
  expect(await card.see()).toBeUndefined();
  await feed.publishNewRule();
  const { feed: state } = await check();
  expect(state.refusal).toBeUndefined();
  expect(state.files['vi-core']).toBe(2);
  await page.bringToFront();
  expect((await card.appears()).rules).toContain(NEW_RULE);
  await page.close();
});

test('a forged feed is refused and named, and the rules go on', async () => {
  feed.serve('forged');
  const { feed: state } = await check();
  expect(state.refusal).toMatchObject({ kind: 'bad-signature', file: 'timestamp.json' });
  expect(state.files['vi-core']).toBe(2);
  const { page, card } = await chatWith(LURE);
  await card.appears();
  await page.bringToFront();
  const popup = await PopupProbe.open(browser);
  const text = await popup.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    return document.body.innerText;
  });
  expect(text).toContain(say(vi, 'feed_why_signature'));
  expect(text).toContain('timestamp.json');
  await page.close();
});

test('a feed that is set back to an older release is refused and named, and the newer rules stay', async () => {
  feed.serve('set back');
  const { feed: state } = await check();
  expect(state.refusal).toMatchObject({ kind: 'rollback', file: 'timestamp.json' });
  expect(state.files['vi-core']).toBe(2);
  const { page, card } = await chatWith(NEW_TRICK);
  await card.appears();
  // It comes small where the same chat had a warning before.
  expect((await card.grow()).rules).toContain(NEW_RULE);
  await page.close();
});

test('a feed that is mended is believed again', async () => {
  feed.serve('published');
  const { feed: state } = await check();
  expect(state.refusal).toBeUndefined();
  expect(state.freshness).toBe('fresh');
});

test('no request says who asks', async () => {
  const { asked } = feed.server;
  expect(asked.length).toBeGreaterThan(8);
  for (const { path, headers } of asked) {
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
    expect(headers).not.toHaveProperty('if-modified-since');
    expect(path).toMatch(/^(metadata|targets)\/[\w./-]+$/);
  }
  // Two timestamps were published; every device that holds one names it by the same hash.
  const tags = new Set(asked.flatMap(({ headers }) => headers['if-none-match'] ?? []));
  expect(tags.size).toBe(2);
});
