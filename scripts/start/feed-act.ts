/**
 * The act of `npm start` about the signed feed: a rule is published while a chat is open and reaches it; then the feed is
 * forged, then set back, and both are refused, visibly.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { CardProbe } from '../../tests/fixtures/card.ts';
import type { BesideBrowser } from '../../tests/fixtures/browser.ts';
import { NEW_TRICK, type LiveFeed } from '../../tests/fixtures/feed/live-feed.ts';
import { PopupProbe } from '../../tests/fixtures/popup.ts';
import { sceneNamed } from '../../tests/fixtures/test.ts';

/** How long a page may take to be read, and a card to come in, in ms. */
const READING = 1500;
/** How long to leave people to look at each step, in ms. */
const LOOK = 6000;

/** One step of the act, and whether it came out as it should. */
export interface FeedStep {
  what: string;
  outcome: string;
  isAsExpected: boolean;
}

/** Where the act is played, and where its pictures go; without a folder, people are given time to look. */
export interface FeedAct {
  browser: BesideBrowser;
  feed: LiveFeed;
  pictures?: string;
  say: (step: FeedStep) => void;
}

/** Plays the act; every step is said as it happens. */
export async function playFeedAct({ browser, feed, pictures, say }: FeedAct): Promise<void> {
  const page = await browser.context.newPage();
  const card = new CardProbe(page);
  const url = new URL(sceneNamed('zalo-class').url);
  url.searchParams.set('pace', '0');
  await page.goto(url.href);
  await page.waitForTimeout(READING);
  const picture = async (name: string): Promise<void> => {
    if (pictures === undefined) await page.waitForTimeout(LOOK);
    else await page.screenshot({ path: join(pictures, `feed-${name}.png`) });
  };

  await page.evaluate((text) => window.stage?.say('them', text), NEW_TRICK);
  await page.waitForTimeout(READING);
  const before = await card.see();
  say({
    what: 'a trick that no rule knows yet is said in an open chat',
    outcome: before === undefined ? 'let pass' : before.level,
    isAsExpected: before === undefined,
  });
  await picture('1-before');

  await feed.publishNewRule();
  const taken = await check(browser);
  await page.bringToFront();
  await page.waitForTimeout(READING);
  const after = await card.see();
  say({
    what: 'a rule about it is published, and the extension asks the feed',
    outcome: `rule set ${taken.version}; ${after === undefined ? 'no warning' : `${after.level}: ${after.rules.join(' + ')}`}`,
    isAsExpected: after !== undefined,
  });
  await picture('2-warned');

  for (const [serving, kind] of [
    ['forged', 'bad-signature'],
    ['set back', 'rollback'],
  ] as const) {
    feed.serve(serving);
    const { version, feed: state } = await check(browser);
    say({
      what: `the feed is ${serving}`,
      outcome: `${state.refusal === undefined ? 'taken' : `refused, ${state.refusal.kind}: ${state.refusal.what}`}; rule set ${version} stays`,
      isAsExpected: state.refusal?.kind === kind && version === taken.version,
    });
    await showPopup(browser, page, pictures === undefined ? undefined : join(pictures, `feed-3-${kind}.png`));
  }
  feed.serve('published');
  await check(browser);
}

/** Asks the feed as the button in the settings does; what is said of the rule set then. */
async function check({ context, id }: BesideBrowser): Promise<Overview['ruleSet']> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/options.html`);
  const reply = await page.evaluate(
    async () => (await chrome.runtime.sendMessage({ type: 'feed/check', input: {} })) as { value: Overview },
  );
  await page.close();
  return reply.value.ruleSet;
}

/** Opens the popup over the chat with what was refused in sight. */
async function showPopup(browser: BesideBrowser, page: Page, picture: string | undefined): Promise<void> {
  await page.bringToFront();
  const popup = await PopupProbe.open(browser);
  await popup.waitFor(() => document.querySelector('details') !== null);
  await popup.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await page.waitForTimeout(picture === undefined ? LOOK : READING);
  if (picture !== undefined) writeFileSync(picture, await popup.screenshot());
}
