/** The warning in a real Firefox, from the package that is built for it. */
import { findFirefox } from '../../scripts/find-browser.ts';
import { buildExtension } from '../../scripts/run.ts';
import { openFirefox, type FirefoxBrowser } from '../fixtures/firefox.ts';
import { LURE } from '../fixtures/lure.ts';
import { expect, sceneNamed, test } from '../fixtures/test.ts';

let firefox: FirefoxBrowser;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ stage }) => {
  test.setTimeout(180_000);
  firefox = await openFirefox(findFirefox(), buildExtension(undefined, 'firefox'), stage);
});
test.afterAll(async () => firefox?.close());

async function chatWith(message: string): Promise<string> {
  const url = new URL(sceneNamed('zalo-class').url);
  url.searchParams.set('pace', '0');
  const tab = await firefox.open(url.href);
  await expect
    .poll(() =>
      firefox.run(tab, 'void window.stage.say.name').then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await say(tab, message);
  return tab;
}

const say = (tab: string, message: string): Promise<void> =>
  firefox.run(tab, `window.stage.say('them', ${JSON.stringify(message)})`);

test('Firefox shows nothing for a harmless message, then a card with the words that it saw of a lure', async () => {
  const tab = await chatWith('Mai lớp mình học môn gì vậy');
  await new Promise((done) => {
    setTimeout(done, 3000);
  });
  expect(await firefox.card(tab)).toBeUndefined();
  await say(tab, LURE);
  await expect.poll(() => firefox.card(tab)).toContain('thuê khách sạn ở một mình');
});
