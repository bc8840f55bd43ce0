/** The signed feed in a real Firefox, from a publisher's release to an open tab. */
import { lookForFirefox } from '../../scripts/find-browser.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { say, wordsFor } from '../../utils/words/words.ts';
import { NEW_RULE, NEW_TRICK, startLiveFeed, type LiveFeed } from '../fixtures/feed/live-feed.ts';
import { NO_FIREFOX, openFirefox, type FirefoxBrowser } from '../fixtures/firefox.ts';
import { openChat, tellChat } from '../fixtures/firefox-chat.ts';
import { expect, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');
/** Longer than a message takes to be read and judged. */
const JUDGED = 2000;

const executable = lookForFirefox();
let feed: LiveFeed;
let firefox: FirefoxBrowser;

test.describe.configure({ mode: 'serial' });
test.skip(executable === undefined, NO_FIREFOX);
test.beforeAll(async ({ stage }) => {
  test.setTimeout(240_000);
  feed = await startLiveFeed('firefox');
  firefox = await openFirefox({ executable: executable ?? '', extension: feed.extension, stage });
});
test.afterAll(async () => {
  await firefox?.close();
  await feed?.close();
});

/** Asks the feed as the button in the settings does; what the panels then say. */
async function check(): Promise<Overview['ruleSet']['feed']> {
  const page = await firefox.openOwn('options.html');
  const { value } = await page.run<{ value: Overview }>(
    `browser.runtime.sendMessage({ type: 'feed/check', input: {} })`,
  );
  await page.close();
  return value.ruleSet.feed;
}

/** The popup of the tab in front, with everything folded out. */
async function popupText(): Promise<string | undefined> {
  const popup = await firefox.openOwn('popup.html');
  await popup.waitFor(say(vi, 'tell_title'));
  await popup.run(`document.querySelectorAll('details').forEach((details) => { details.open = true; })`);
  const text = await popup.text();
  await popup.close();
  return text;
}

test('a rule that is published while a chat is open in Firefox reaches it without a reload', async () => {
  const chat = await openChat(firefox, NEW_TRICK);
  await new Promise((done) => {
    setTimeout(done, JUDGED);
  });
  expect(await chat.text('card')).toBeUndefined();
  const newest = await feed.publishNewRule();
  const state = await check();
  expect(state.refusal).toBeUndefined();
  expect(state).toMatchObject({ source: 'feed', freshness: 'fresh', files: { 'vi-core': newest } });
  await chat.bringToFront();
  await chat.openCard();
  await chat.click(say(vi, 'why_title'), 'card');
  await chat.waitFor(NEW_RULE, 'card');
  await chat.close();
});

test('Firefox refuses a forged feed and names it in the popup, and the newer rules stay', async () => {
  feed.serve('forged');
  const state = await check();
  expect(state.refusal).toMatchObject({ kind: 'bad-signature', file: 'timestamp.json' });
  expect(state.files['vi-core']).toBe(2);
  const text = await popupText();
  expect(text).toContain(say(vi, 'feed_why_signature'));
  expect(text).toContain('timestamp.json');
});

test('Firefox refuses a feed that is set back and names it in the popup, and the newer rules stay', async () => {
  feed.serve('set back');
  const state = await check();
  expect(state.refusal).toMatchObject({ kind: 'rollback', file: 'timestamp.json' });
  expect(state.files['vi-core']).toBe(2);
  expect(await popupText()).toContain(say(vi, 'feed_why_rollback'));
  const chat = await openChat(firefox, 'Mai lớp mình học môn gì vậy');
  await tellChat(chat, NEW_TRICK);
  await expect.poll(() => chat.text('card')).toBeDefined();
  await chat.close();
});

test('Firefox believes a feed that is mended again', async () => {
  feed.serve('published');
  const state = await check();
  expect(state.freshness).toBe('fresh');
  expect(state.refusal).toBeUndefined();
});
