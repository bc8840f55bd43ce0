/** The main journeys in a real Firefox, from the package that is built for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lookForFirefox } from '../../scripts/find-browser.ts';
import { buildExtension } from '../../scripts/run.ts';
import { say, wordsFor } from '../../utils/words/words.ts';
import { openChat, tellChat } from '../fixtures/firefox-chat.ts';
import { NO_FIREFOX, openFirefox, type FirefoxBrowser } from '../fixtures/firefox.ts';
import { LURE } from '../fixtures/lure.ts';
import { expect, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');
const HARMLESS = 'Mai lớp mình học môn gì vậy';

const executable = lookForFirefox();
let firefox: FirefoxBrowser;

test.describe.configure({ mode: 'serial' });
test.skip(executable === undefined, NO_FIREFOX);
test.beforeAll(async ({ stage }) => {
  test.setTimeout(240_000);
  firefox = await openFirefox({ executable: executable ?? '', extension: buildExtension(undefined, 'firefox'), stage });
});
test.afterAll(async () => firefox?.close());

test('Firefox shows nothing for a harmless message, then a card with the words that it saw of a lure', async () => {
  const chat = await openChat(firefox, HARMLESS);
  await new Promise((done) => {
    setTimeout(done, 3000);
  });
  expect(await chat.text('card')).toBeUndefined();
  await tellChat(chat, LURE);
  await chat.waitFor('thuê khách sạn ở một mình', 'card');
  await chat.close();
});

test('in Firefox a warning says why, and leads to a sentence for someone that can be copied', async () => {
  const chat = await openChat(firefox, LURE);
  await chat.openCard();
  await chat.click(say(vi, 'why_title'), 'card');
  await chat.waitFor(say(vi, 'why_private'), 'card');
  await chat.click(say(vi, 'card_tell'), 'card');
  await chat.waitFor(say(vi, 'tell_who'), 'card');
  await chat.click(say(vi, 'tell_else'), 'card');
  await chat.click(say(vi, 'tell_copy'), 'card');
  await chat.waitFor(say(vi, 'tell_copied'), 'card');
  const sentence = await chat.value('card', 'textarea');
  expect(sentence).not.toContain('khách sạn');
  await chat.run(`document.querySelector('#richInput').focus()`);
  await chat.pressControl('v');
  expect(await chat.run(`document.querySelector('#richInput').textContent`)).toContain(sentence);
  await chat.close();
});

test('in Firefox the popup says that the chat in front is read, and counts its warnings', async () => {
  const chat = await openChat(firefox, LURE);
  await expect.poll(() => chat.text('card')).toBeDefined();
  const popup = await firefox.openOwn('popup.html');
  await popup.waitFor(say(vi, 'popup_checked'));
  await popup.waitFor(say(vi, 'popup_warnings', { count: 1 }));
  await popup.close();
  await chat.close();
});

test('in Firefox the settings keep a person who was added, and a warning offers that person', async () => {
  let settings = await firefox.openOwn('options.html');
  await settings.bringToFront();
  await settings.click(say(vi, 'person_add'));
  await settings.click(say(vi, 'person_name'));
  await settings.type('Chị Mai');
  await settings.click(say(vi, 'person_save'));
  await settings.waitFor('Chị Mai');
  await settings.close();
  settings = await firefox.openOwn('options.html');
  await settings.waitFor('Chị Mai');
  await settings.close();
  const chat = await openChat(firefox, LURE);
  await chat.openCard();
  await chat.click(say(vi, 'card_tell'), 'card');
  await chat.waitFor('Chị Mai', 'card');
  await chat.close();
});

test('in Firefox messages that were picked become a file that is saved', async () => {
  const chat = await openChat(firefox, HARMLESS);
  const popup = await firefox.openOwn('popup.html');
  await popup.waitFor(say(vi, 'popup_checked'));
  await popup.run(`[...document.querySelectorAll('button')]
    .find((button) => button.textContent.includes(${JSON.stringify(say(vi, 'tell_title'))})).click()`);
  await popup.waitFor(say(vi, 'evidence_title'));
  await popup.run(`[...document.querySelectorAll('button')]
    .find((button) => button.textContent.includes(${JSON.stringify(say(vi, 'evidence_title'))})).click()`);
  const keep = await firefox.findOwn('evidence.html');
  await keep.waitFor(HARMLESS);
  await keep.click(say(vi, 'evidence_all'));
  await keep.click(say(vi, 'evidence_save'));
  const saved = (): string | undefined => readdirSync(firefox.downloads).find((name) => name.endsWith('.html'));
  await expect.poll(saved).toMatch(/^beside-\d{4}-\d\d-\d\d\.html$/u);
  await expect.poll(() => readFileSync(join(firefox.downloads, saved() ?? ''), 'utf8')).toContain(HARMLESS);
  await keep.close();
  await chat.close();
});
