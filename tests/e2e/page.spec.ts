/** Pages are not ours: what Beside must not read there, must not change there, and must withstand. */
import { expect, test, type OpenScene } from '../fixtures/test.ts';
import { say, wordsFor } from '../../utils/words/words.ts';
import { LURE } from '../fixtures/lure.ts';

test('drafts are never read, on any site', async ({ open }) => {
  for (const name of ['zalo-class', 'messenger-party', 'telegram-pictures', 'instagram-tasks']) {
    const { page, card } = await open(name);
    const composer = page.locator('[contenteditable="true"]').first();
    await composer.click();
    await page.keyboard.type(LURE);
    await page.waitForTimeout(500);
    expect(await card.see(), name).toBeUndefined();
    await expect(composer).toContainText(LURE);
    await page.close();
  }
});

test('what somebody else says in the list of threads is not taken for this conversation', async ({ open }) => {
  for (const name of ['zalo-class', 'messenger-party', 'telegram-pictures', 'instagram-tasks']) {
    const { page, card } = await open(name);
    await page
      .locator('.thread-row__preview, .conv-message')
      .last()
      .evaluate((preview, text) => (preview.textContent = text), LURE);
    await page.waitForTimeout(500);
    expect(await card.see(), name).toBeUndefined();
    await page.close();
  }
});

test('a message in a recycled element is read as the new message that it is', async ({ open }) => {
  const { page, card } = await open('messenger-party');
  for (let count = 0; count < 12; count += 1)
    await page.evaluate((n) => window.stage?.say('them', `Ừ nhé ${n}`), count);
  const rows = await page.locator('[data-message-id]').count();
  expect(rows).toBeLessThan(12);
  await page.evaluate((text) => window.stage?.say('them', text), LURE);
  expect((await card.appears()).level).toBe('urgent');
});

test('a message that was edited is read again, one that was taken back stays quiet', async ({ open }) => {
  const { page, card } = await open('zalo-class');
  const id = await page.evaluate(() => window.stage?.say('them', 'Mai học lúc mấy giờ vậy') ?? '');
  await page.waitForTimeout(400);
  expect(await card.see()).toBeUndefined();
  await page.evaluate(([which, text]) => window.stage?.edit(which, text), [id, LURE] as const);
  expect((await card.appears()).level).toBe('urgent');
});

test('the page’s own text and structure stay as they were', async ({ open }) => {
  const { page, card } = await open('zalo-class');
  const shape = () => page.evaluate(() => `${document.head.innerHTML}${document.body.innerHTML}`);
  const before = await shape();
  await page.waitForTimeout(500);
  expect(await shape()).toBe(before);
  await page.evaluate((text) => window.stage?.say('them', text), LURE);
  const after = await shape();
  await card.appears();
  expect(await shape()).toBe(after);
  // One element beside the body, without a name that tells what it is.
  const added = await page.evaluate(() => [...document.documentElement.children].map(({ localName }) => localName));
  expect(added.slice(0, 2)).toEqual(['head', 'body']);
  expect(added.slice(2)).toHaveLength(1);
  expect(added[2]).not.toContain('beside');
});

test('a page that removes the card gets it back a few times, then the badge has to do, and the page goes on', async ({
  open,
  beside,
}) => {
  const { page, card } = await open('zalo-class');
  await page.evaluate(() => {
    const hunter = { removed: 0 };
    Object.assign(window, { hunter });
    new MutationObserver(() => {
      for (const child of [...document.documentElement.children].slice(2)) {
        child.remove();
        hunter.removed += 1;
      }
    }).observe(document.documentElement, { childList: true });
  });
  await warn({ page });
  await page.waitForTimeout(1500);
  expect(await card.see()).toBeUndefined();
  const removed = await page.evaluate(() => (window as unknown as { hunter: { removed: number } }).hunter.removed);
  expect(removed).toBe(4);
  const worker = await beside.worker();
  expect(await worker.evaluate(readBadge, page.url())).toBe('!');
  // The page is alive, and so is Beside.
  expect(await page.evaluate(() => window.stage?.say('them', 'ok') ?? '')).not.toBe('');
});

test('a page that hides or empties the card’s element cannot keep it hidden', async ({ open }) => {
  const { page, card } = await open('zalo-class');
  await warn({ page });
  await card.appears();
  await page.evaluate(() => {
    const host = document.documentElement.children[2] as HTMLElement;
    host.style.setProperty('display', 'none', 'important');
    host.replaceChildren();
  });
  await expect.poll(async () => (await card.see())?.box.width ?? 0).toBeGreaterThan(100);
});

test('events that the framework uses inside of itself do nothing when a page sends them', async ({ open, beside }) => {
  const { page, card } = await open('zalo-class');
  await page.evaluate((id) => {
    const detail = { contentScriptName: 'page', messageId: 'x' };
    for (const target of [document, window]) {
      target.dispatchEvent(new CustomEvent(`${id}:page:wxt:content-script-started`, { detail }));
      target.dispatchEvent(new CustomEvent('wxt:content-script-started', { detail }));
    }
    window.postMessage({ type: `${id}:wxt:content-script-started`, ...detail }, '*');
    window.postMessage({ type: 'wxt:content-script-started', ...detail }, '*');
  }, beside.id);
  await warn({ page });
  expect((await card.appears()).level).toBe('urgent');
  await page.evaluate(() => {
    for (const type of ['wxt:reload-extension', 'wxt:locationchange', 'wxt:invalidated']) {
      window.dispatchEvent(new Event(type));
      document.dispatchEvent(new Event(type));
    }
  });
  await page.waitForTimeout(300);
  expect(await card.see()).toBeDefined();
});

test('a page cannot press the card’s buttons or close it with an invented key', async ({ open }) => {
  const { page, card } = await open('zalo-class');
  await warn({ page });
  await card.appears();
  await page.evaluate(() => {
    for (const target of [window, document, document.documentElement.children[2] as Element])
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    (document.documentElement.children[2] as HTMLElement).click();
  });
  await page.waitForTimeout(300);
  expect((await card.see())?.text).toContain(say(wordsFor('vi'), 'card_reassure'));
});

test('nothing but the stage’s own files is asked for, whatever is read', async ({ open, beside }) => {
  const asked: string[] = [];
  beside.context.on('request', (request) => asked.push(request.url()));
  const { page, card } = await open('zalo-class');
  await warn({ page });
  await card.appears();
  const foreign = asked.filter(
    (url) =>
      !url.startsWith('https://chat.zalo.me/') && !url.startsWith('chrome-extension://') && !url.startsWith('data:'),
  );
  expect(foreign).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
});

test('no web page can find out that Beside is there', async ({ open, beside }) => {
  const { page } = await open('zalo-class');
  const reachable = await page.evaluate(async (id) => {
    const files = ['rules.json', 'card.js', 'popup.html', 'icon/48.png', 'manifest.json'];
    const tries = files.map((file) =>
      fetch(`chrome-extension://${id}/${file}`).then(
        () => true,
        () => false,
      ),
    );
    return (await Promise.all(tries)).includes(true);
  }, beside.id);
  expect(reachable).toBe(false);
});

async function warn({ page }: Pick<OpenScene, 'page'>): Promise<void> {
  await page.evaluate((text) => window.stage?.say('them', text), LURE);
}

async function readBadge(address: string): Promise<string> {
  const [tab] = await chrome.tabs.query({ url: `${new URL(address).origin}/*` });
  return chrome.action.getBadgeText({ tabId: tab?.id });
}
