/** The warning as a teen meets it: with a mouse, with a keyboard alone, and when it was no problem. */
import { say, wordsFor } from '../../utils/words/words.ts';
import { expect, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');

test.describe('the card', () => {
  test('takes no focus and no typed letter when it appears', async ({ open }) => {
    const { page, card, next } = await open('zalo-police');
    await page.locator('#richInput').focus();
    await page.keyboard.press('End');
    while ((await card.see()) === undefined && (await next())) await page.keyboard.type('a');
    expect(await card.see()).toBeDefined();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('richInput');
    await page.keyboard.type('xyz');
    expect(await page.locator('#richInput').textContent()).toMatch(/a+xyz$/);
  });

  test('never covers the composer', async ({ open }) => {
    const { page, card, playUntil } = await open('zalo-police');
    await playUntil('urgent');
    const composer = await page.locator('#richInput').boundingBox();
    const { box } = await card.grow();
    const overlaps =
      composer !== null &&
      box.x < composer.x + composer.width &&
      composer.x < box.x + box.width &&
      box.y < composer.y + composer.height &&
      composer.y < box.y + box.height;
    expect(overlaps).toBe(false);
  });

  test('goes away with Escape and comes back when the next step of the lure is worse', async ({ open }) => {
    const { page, card, playUntil } = await open('zalo-police');
    const first = await playUntil('notice');
    await page.keyboard.press('Escape');
    await card.disappears();
    if (first.level !== 'urgent') expect((await playUntil('urgent')).level).toBe('urgent');
  });

  test('can be reached and used with the keyboard alone', async ({ open }) => {
    const { page, card, playUntil } = await open('zalo-police');
    await playUntil('urgent');
    await card.grow();
    const met: string[] = [];
    for (let press = 0; press < 40 && !met.includes(say(vi, 'card_tell')); press += 1) {
      await page.keyboard.press('Tab');
      const focused = await card.focused();
      if (focused !== undefined) met.push(focused);
    }
    expect(met).toContain(say(vi, 'card_tell'));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await card.see())?.text).toContain(say(vi, 'tell_who'));
  });

  test('quotes the words of the page, marks them there, and leaves the page as it was', async ({ open }) => {
    const { page, card, playUntil } = await open('zalo-police');
    const before = await page.evaluate(() => document.body.outerHTML.length);
    expect(before).toBeGreaterThan(0);
    await playUntil('urgent');
    const { words } = await card.grow();
    const text = await page.locator('#messageViewScroll, #messageView').first().textContent();
    for (const word of words) expect(text).toContain(word.replace(/…$/u, '').trim());
    const marked = await page.evaluate(() =>
      [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map((range) => range.toString())),
    );
    expect(marked.length).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.body.querySelectorAll('mark, [class*="beside"]').length)).toBe(0);
  });

  test('is announced politely', async ({ open }) => {
    const { card, playUntil } = await open('zalo-police');
    await playUntil('warning');
    expect(await card.read('[aria-live]', 'aria-live')).toBe('polite');
  });
});

test.describe('“not a problem”', () => {
  test('keeps Beside quiet in this conversation, until it is undone', async ({ open }) => {
    const { page, card, playUntil, next } = await open('zalo-police');
    await playUntil('urgent');
    await card.grow();
    await card.click(say(vi, 'card_fine'));
    await card.click(say(vi, 'mute_conversation'));
    await expect.poll(async () => (await card.see())?.text).toContain(say(vi, 'muted_conversation'));
    await page.keyboard.press('Escape');
    while (await next()) expect(await card.see()).toBeUndefined();
  });

  test('is taken back with one press', async ({ open, beside }) => {
    const { card, playUntil } = await open('zalo-police');
    await playUntil('urgent');
    await card.grow();
    await card.click(say(vi, 'card_fine'));
    await card.click(say(vi, 'mute_rule'));
    await expect.poll(async () => (await card.see())?.text).toContain(say(vi, 'muted_rule'));
    await card.click(say(vi, 'undo'));
    await expect.poll(async () => (await card.see())?.text).not.toContain(say(vi, 'muted_rule'));
    const settings = await beside.context.newPage();
    await settings.goto(`chrome-extension://${beside.id}/options.html`);
    await expect(settings.getByText(say(vi, 'mutes_none'))).toBeVisible();
  });
});

test.describe('tell someone', () => {
  test('offers a ready sentence to copy, with nothing of the chat in it', async ({ open, beside }) => {
    await beside.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: 'https://chat.zalo.me' });
    const { page, card, playUntil } = await open('zalo-police');
    await playUntil('urgent');
    const { words } = await card.grow();
    await card.click(say(vi, 'card_tell'));
    await card.click(say(vi, 'tell_else'));
    await card.click(say(vi, 'tell_copy'));
    await expect.poll(async () => (await card.see())?.text).toContain(say(vi, 'tell_copied'));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(say(vi, 'sentence_look'));
    for (const word of words) expect(copied).not.toContain(word);
  });

  test('gives a help line as a link to call and as a code for the phone', async ({ open }) => {
    const { card, playUntil } = await open('zalo-police');
    await playUntil('urgent');
    await card.grow();
    await card.click(say(vi, 'card_tell'));
    await card.click('113');
    expect(await card.read('a[href^="tel:"]', 'href')).toBe('tel:113');
    await card.click(say(vi, 'qr_title'));
    await expect.poll(() => card.read('svg.qr', 'aria-label')).toBe(say(vi, 'qr_picture'));
  });
});
