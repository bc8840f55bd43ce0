/** What can be done besides reading a warning: first steps when it has happened, and keeping messages as evidence. */
import { readFileSync, writeFileSync } from 'node:fs';
import { say, wordsFor } from '../../utils/words/words.ts';
import { GUIDES } from '../../utils/help/guides.ts';
import { PopupProbe } from '../fixtures/popup.ts';
import { expect, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');

test('someone to whom it has already happened finds first steps in the popup, without a warning', async ({
  open,
  beside,
}) => {
  const { page } = await open('zalo-class');
  await page.bringToFront();
  const popup = await PopupProbe.open(beside);
  await popup.click(say(vi, 'tell_title'));
  await popup.click(say(vi, 'check_happened'));
  const [paid] = GUIDES;
  await popup.click(paid?.title.vi ?? '');
  for (const step of paid?.steps ?? []) expect(await popup.text()).toContain(step.vi);
  await popup.click(say(vi, 'guide_say'));
  await popup.waitFor((sentence) => document.querySelector('textarea')?.value === sentence, say(vi, 'sentence_paid'));
});

test('messages that were picked become a file that shows a change; Beside keeps none', async ({
  open,
  beside,
}, info) => {
  const { page, playUntil } = await open('zalo-police');
  await playUntil('urgent');
  await page.bringToFront();
  const popup = await PopupProbe.open(beside);
  await popup.click(say(vi, 'tell_title'));
  const opened = beside.context.waitForEvent('page');
  await popup.click(say(vi, 'evidence_title'));
  const keep = await opened;
  const boxes = keep.getByRole('checkbox');
  await expect(boxes.first()).toBeVisible();
  const texts = await keep.locator('.evidence-text').allTextContents();
  expect(texts.length).toBeGreaterThan(5);
  // What the teen has typed and not sent is nobody's evidence.
  expect(texts.join('\n')).not.toContain('chuyển khoản 200 triệu ngay');
  await boxes.nth(2).check();
  await boxes.nth(3).check();
  await expect(keep.frameLocator('iframe').locator('li')).toHaveCount(2);

  const downloading = keep.waitForEvent('download');
  await keep.getByRole('button', { name: say(vi, 'evidence_save') }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^beside-\d{4}-\d\d-\d\d\.html$/u);
  const path = info.outputPath('kept.html');
  await download.saveAs(path);
  const html = readFileSync(path, 'utf8');
  expect(html).toContain('chat.zalo.me');

  const chooser = keep.locator('input[type="file"]');
  await chooser.setInputFiles(path);
  await expect(keep.getByText(say(vi, 'evidence_whole', { count: 2 }))).toBeVisible();
  const forged = info.outputPath('forged.html');
  writeFileSync(forged, html.replace(texts[3] ?? '', `${texts[3]} (sửa)`));
  await chooser.setInputFiles(forged);
  await expect(keep.getByText(say(vi, 'evidence_changed', { number: 2 }))).toBeVisible();

  // Nothing of it is in the extension's storage.
  const kept = await (
    await beside.worker()
  ).evaluate(async () => {
    const stored = JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()]);
    const databases = await indexedDB.databases();
    return { stored, databases: databases.map(({ name }) => name) };
  });
  expect(kept.databases).toEqual(['beside']);
  expect(kept.stored).not.toContain(texts[3]);
});
