/** The popup over real tabs, and the settings page. */
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import { wordsFor, say } from '../../utils/words/words.ts';
import { LURE } from '../fixtures/lure.ts';
import { PopupProbe } from '../fixtures/popup.ts';
import { expect, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');

test.describe('the popup', () => {
  test('says of an open chat that it is being checked, and by which rule set', async ({ open, beside }) => {
    const { page } = await open('zalo-class');
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    const text = await popup.text();
    expect(text).toContain(say(vi, 'popup_checked'));
    expect(text).toContain(say(vi, 'popup_open', { host: 'chat.zalo.me' }));
    expect(text).toContain(say(vi, 'popup_none'));
    const { version, rules } = loadPack(OWN_PACKS).pack;
    expect(text).toMatch(new RegExp(`số ${version}, ngày .*2026 · ${rules.length} quy tắc`, 'u'));
  });

  test('is wide enough to be read', async ({ open, beside }) => {
    const { page } = await open('zalo-class');
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    // With a display, the browser's window follows what the page asks for; without one, only the page does.
    expect(await popup.evaluate(() => document.querySelector('.popup')?.getBoundingClientRect().width)).toBe(360);
  });

  test('counts what it has warned of in this tab', async ({ open, beside }) => {
    const { page, card } = await open('zalo-class');
    await page.evaluate((text) => window.stage?.say('them', text), LURE);
    await card.appears();
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    expect(await popup.text()).toContain(say(vi, 'popup_warnings', { count: 1 }));
    expect(await popup.text()).not.toContain(LURE.slice(0, 12));
  });

  test('says that it does not check a site that is not on the list, and offers to', async ({ beside }) => {
    const page = await beside.context.newPage();
    await page.goto('https://voz.vn/t/goi-dien-tu-xung-cong-an.1/');
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    // The browser tells an extension the address of such a tab only after a click on its button.
    const text = await popup.text();
    expect(text).toContain(say(vi, 'popup_not_checked'));
    expect(text).not.toContain(say(vi, 'popup_checked'));
  });

  test('says of the browser’s own pages that they are left alone', async ({ beside }) => {
    const page = await beside.context.newPage();
    await page.goto('chrome://version');
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    expect(await popup.text()).toContain(say(vi, 'popup_not_checked'));
  });

  test('starts a break in which nothing is read, and ends it', async ({ open, beside }) => {
    const { page, card } = await open('zalo-class');
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    await popup.click(say(vi, 'popup_break_30'));
    await popup.waitFor((wanted) => document.body.innerText.includes(wanted), say(vi, 'popup_resume'));
    await page.evaluate((text) => window.stage?.say('them', text), LURE);
    await page.waitForTimeout(800);
    expect(await card.see()).toBeUndefined();
    await popup.click(say(vi, 'popup_resume'));
    // What came during the break is read after it: a danger is not gone because it was not looked at.
    expect((await card.appears()).level).toBe('urgent');
  });

  test('leads to “tell someone” without a warning', async ({ open, beside }) => {
    const { page } = await open('zalo-class');
    await page.bringToFront();
    const popup = await PopupProbe.open(beside);
    await popup.click(say(vi, 'tell_title'));
    const text = await popup.text();
    expect(text).toContain('111');
    expect(text).toContain(say(vi, 'tell_who'));
  });
});

test.describe('the settings page', () => {
  test('keeps a person who was added, and offers that person in a warning', async ({ open, beside }) => {
    const settings = await beside.context.newPage();
    await settings.goto(`chrome-extension://${beside.id}/options.html`);
    await settings.getByRole('button', { name: say(vi, 'person_add') }).click();
    await settings.getByLabel(say(vi, 'person_name')).fill('Chị Mai');
    await settings.getByLabel(say(vi, 'person_phone')).fill('0912 345 678');
    await settings.getByRole('button', { name: say(vi, 'person_save') }).click();
    await expect(settings.getByText('Chị Mai').first()).toBeVisible();
    await settings.reload();
    await expect(settings.getByText('Chị Mai').first()).toBeVisible();
    const { page, card } = await open('zalo-class');
    await page.evaluate((text) => window.stage?.say('them', text), LURE);
    await card.appears();
    await card.grow();
    await card.click(say(vi, 'card_tell'));
    await card.click('Chị Mai');
    expect(await card.read('a[href^="sms:"]', 'href')).toContain('sms:0912345678');
  });

  test('changes the language everywhere, at once and for good', async ({ open, beside }) => {
    const settings = await beside.context.newPage();
    await settings.goto(`chrome-extension://${beside.id}/options.html`);
    await settings.getByRole('button', { name: 'English' }).click();
    const en = wordsFor('en');
    await expect(settings.getByRole('heading', { name: say(en, 'settings_title') })).toBeVisible();
    await settings.reload();
    await expect(settings.getByRole('heading', { name: say(en, 'settings_title') })).toBeVisible();
    await expect(settings).toHaveTitle(say(en, 'app_name'));
    await expect(settings.locator('html')).toHaveAttribute('lang', 'en');
    const { page, card } = await open('zalo-class');
    await page.evaluate((text) => window.stage?.say('them', text), LURE);
    expect((await card.appears()).text).toContain(say(en, 'card_reassure'));
  });

  test('lists what was muted, and takes it back', async ({ open, beside }) => {
    const { page, card } = await open('zalo-class');
    await page.evaluate((text) => window.stage?.say('them', text), LURE);
    await card.appears();
    await card.grow();
    await card.click(say(vi, 'card_fine'));
    await card.click(say(vi, 'mute_site', { host: 'chat.zalo.me' }));
    await expect.poll(async () => (await card.see())?.text).toContain(say(vi, 'undo'));
    const settings = await beside.context.newPage();
    await settings.goto(`chrome-extension://${beside.id}/options.html`);
    await settings.getByRole('button', { name: `${say(vi, 'undo')}: chat.zalo.me` }).click();
    await expect(settings.getByText(say(vi, 'mutes_none'))).toBeVisible();
  });

  test('forgets all conversations when asked to', async ({ open, beside }) => {
    const { page, card } = await open('zalo-class');
    await page.evaluate((text) => window.stage?.say('them', text), LURE);
    await card.appears();
    const settings = await beside.context.newPage();
    await settings.goto(`chrome-extension://${beside.id}/options.html`);
    await expect(settings.getByText(say(vi, 'memory_count', { count: 1 }))).toBeVisible();
    await settings.getByRole('button', { name: say(vi, 'memory_forget') }).click();
    await settings
      .getByRole('button', { name: say(vi, 'memory_forget') })
      .first()
      .click();
    await expect(settings.getByText(say(vi, 'memory_count', { count: 0 }))).toBeVisible();
  });
});
