/** A feed whose address comes from an administrator's policy, in real browsers: it is asked, and the built-in one is not. */
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser, lookForFirefox } from '../../scripts/find-browser.ts';
import type { Overview } from '../../utils/messaging/protocol.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { fromFolder, startFaultyServer, type FaultyServer } from '../fixtures/feed/faulty-server.ts';
import { startLiveFeed } from '../fixtures/feed/live-feed.ts';
import { EXTENSION, NO_FIREFOX, openFirefox } from '../fixtures/firefox.ts';
import { expect, test } from '../fixtures/test.ts';

/** Where Chromium on Linux looks for policies. Source: chromium.org, Linux quick start of the administrators' documentation. */
const FOLDER = '/etc/chromium/policies/managed';
const CHECK = { type: 'feed/check', input: {} };

/** The nearest folder that is there. */
function standing(folder: string): string {
  return existsSync(folder) ? folder : standing(dirname(folder));
}

/** Why a policy file cannot be written; undefined when it can. */
function whyNoPolicyFile(): string | undefined {
  if (process.platform !== 'linux') return `policy files are tried on Linux only, and this is ${process.platform}`;
  try {
    accessSync(standing(FOLDER), constants.W_OK);
    return undefined;
  } catch {
    return `${FOLDER} cannot be written: it takes root`;
  }
}

/** The id that Chromium gives to an unpacked extension: the hash of its folder's name, in letters from a to p. */
function unpackedId(folder: string): string {
  const hash = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCodePoint(97 + Number.parseInt(digit, 16))).join('');
}

/** What holds when the policy was followed: the newest rules are there, and they came from the policy's address alone. */
function expectFollowed(
  { value }: { value: Overview },
  newest: number,
  own: FaultyServer,
  builtIn: FaultyServer,
): void {
  expect(value.ruleSet.feed.refusal).toBeUndefined();
  expect(value.ruleSet.feed).toMatchObject({ source: 'feed', files: { 'vi-core': newest } });
  expect(own.paths()).toContain('metadata/timestamp.json');
  expect(builtIn.paths()).toEqual([]);
}

test('Chromium asks the feed at the address that a policy file names', async ({ stage }) => {
  const why = whyNoPolicyFile();
  test.skip(why !== undefined, why);
  test.setTimeout(120_000);
  const feed = await startLiveFeed();
  const own = await startFaultyServer(fromFolder(feed.site));
  const file = join(FOLDER, `beside-feed-test-${process.pid}.json`);
  // Folders that were not there before go again as well.
  const made =
    standing(FOLDER) === FOLDER
      ? undefined
      : join(standing(FOLDER), FOLDER.slice(standing(FOLDER).length + 1).split('/')[0] ?? '');
  const remove = (): void => {
    rmSync(file, { force: true });
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  };
  process.on('exit', remove);
  try {
    mkdirSync(FOLDER, { recursive: true });
    // It names this one extension: other browsers on the machine are not touched by it.
    const values = { feedAddress: own.address };
    writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [unpackedId(feed.extension)]: values } } }));
    const newest = await feed.publishNewRule();
    const browser = await openBrowser({ executable: findBrowser(), extension: feed.extension, stage, headless: true });
    try {
      expect(browser.id).toBe(unpackedId(feed.extension));
      const page = await browser.context.newPage();
      await page.goto(`chrome-extension://${browser.id}/options.html`);
      const reply = await page.evaluate(
        async (message) => (await chrome.runtime.sendMessage(message)) as { value: Overview },
        CHECK,
      );
      expectFollowed(reply, newest, own, feed.server);
    } finally {
      await browser.close();
    }
  } finally {
    remove();
    process.off('exit', remove);
    await own.close();
    await feed.close();
  }
});

test('Firefox asks the feed at the address that policies.json names', async ({ stage }) => {
  test.skip(process.platform !== 'linux', `policies are tried on Linux only, and this is ${process.platform}`);
  const executable = lookForFirefox();
  test.skip(executable === undefined, NO_FIREFOX);
  test.setTimeout(240_000);
  const feed = await startLiveFeed('firefox');
  const own = await startFaultyServer(fromFolder(feed.site));
  try {
    const newest = await feed.publishNewRule();
    const policies = { '3rdparty': { Extensions: { [EXTENSION]: { feedAddress: own.address } } } };
    const firefox = await openFirefox({ executable: executable ?? '', extension: feed.extension, stage, policies });
    try {
      const page = await firefox.openOwn('options.html');
      const reply = await page.run<{ value: Overview }>(`browser.runtime.sendMessage(${JSON.stringify(CHECK)})`);
      expectFollowed(reply, newest, own, feed.server);
    } finally {
      await firefox.close();
    }
  } finally {
    await own.close();
    await feed.close();
  }
});
