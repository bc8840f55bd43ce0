/** The worker sleeps, restarts and meets a full disk: no warning and nothing that was kept is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { BesideBrowser } from '../fixtures/browser.ts';
import { FIRST_HALF, LURE, SECOND_HALF } from '../fixtures/lure.ts';
import { expect, openBeside, openScene, sceneNamed, test, type OpenScene } from '../fixtures/test.ts';
import { say, wordsFor } from '../../utils/words/words.ts';

const vi = wordsFor('vi');

test('a worker that was stopped between two messages still warns of both together', async ({ open, beside }) => {
  const scene = await open('zalo-class');
  await hear(scene, FIRST_HALF);
  expect(await scene.card.see()).toBeUndefined();
  await stopWorker(beside);
  await hear(scene, SECOND_HALF);
  expect((await scene.card.appears()).level).toBe('urgent');
});

test('what was said before a reload still counts after it, also when the worker was stopped', async ({
  open,
  beside,
}) => {
  const scene = await open('zalo-class');
  await hear(scene, FIRST_HALF);
  await stopWorker(beside);
  await scene.page.reload();
  await scene.page.waitForTimeout(800);
  expect(await scene.card.see()).toBeUndefined();
  await hear(scene, SECOND_HALF);
  expect((await scene.card.appears()).level).toBe('urgent');
});

test('a warning that was shown stays in reach after a reload, quietly', async ({ open }) => {
  const scene = await open('zalo-class');
  await hear(scene, LURE);
  expect((await scene.card.appears()).size).toBe('card');
  await scene.page.reload();
  await hear(scene, SECOND_HALF);
  expect((await scene.card.appears()).size).toBe('chip');
});

test('“not a problem here” outlives the worker', async ({ open, beside }) => {
  const scene = await open('zalo-class');
  await hear(scene, LURE);
  await scene.card.appears();
  await scene.card.grow();
  await scene.card.click(say(vi, 'card_fine'));
  await scene.card.click(say(vi, 'mute_conversation'));
  await expect.poll(async () => (await scene.card.see())?.text).toContain(say(vi, 'muted_conversation'));
  await stopWorker(beside);
  await scene.page.reload();
  await hear(scene, LURE.replace('Em', 'Bây giờ em'));
  await scene.page.waitForTimeout(800);
  expect(await scene.card.see()).toBeUndefined();
});

test('a full disk costs the memory of the day, never a warning, and nothing that was stored', async ({ stage }) => {
  const profile = mkdtempSync(join(tmpdir(), 'beside-full-disk-'));
  const start = (isDiskFull: boolean): Promise<BesideBrowser> => openBeside({ stage, profile, isDiskFull });
  const settingsOf = async (beside: BesideBrowser): Promise<Page> => {
    const settings = await beside.context.newPage();
    await settings.goto(`chrome-extension://${beside.id}/options.html`);
    return settings;
  };

  const before = await start(false);
  const settings = await settingsOf(before);
  await settings.getByRole('button', { name: say(vi, 'person_add') }).click();
  await settings.getByLabel(say(vi, 'person_name')).fill('Chị Mai');
  await settings.getByRole('button', { name: say(vi, 'person_save') }).click();
  await expect(settings.getByText('Chị Mai').first()).toBeVisible();
  await before.close();

  const full = await start(true);
  const scene = await openScene(await full.context.newPage(), sceneNamed('zalo-class'));
  await hear(scene, FIRST_HALF);
  await hear(scene, SECOND_HALF);
  expect((await scene.card.appears()).level).toBe('urgent');
  const trouble = await settingsOf(full);
  await expect(trouble.getByText(say(vi, 'problem_storage_full'))).toBeVisible();
  await expect(trouble.getByText('Chị Mai').first()).toBeVisible();
  await full.close();

  const after = await start(false);
  const mended = await settingsOf(after);
  await expect(mended.getByText('Chị Mai').first()).toBeVisible();
  await expect(mended.getByText(say(vi, 'problem_storage_full'))).toBeHidden();
  await after.close();
  rmSync(profile, { recursive: true, force: true });
});

test('a page that outlives the extension goes on without an error and without a card', async ({ open, beside }) => {
  const scene = await open('zalo-class');
  await hear(scene, 'Mai học lúc mấy giờ vậy');
  // An extension that was reloaded leaves the old script an orphan in the page: it has to go quietly.
  const errors: string[] = [];
  scene.page.on('pageerror', (error) => errors.push(error.message));
  const worker = await beside.worker();
  await worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await scene.page.waitForTimeout(1000);
  await scene.page.evaluate((text) => window.stage?.say('them', text), LURE);
  await scene.page.waitForTimeout(800);
  expect(errors).toEqual([]);
  expect(await scene.card.see()).toBeUndefined();
});

async function hear({ page }: OpenScene, text: string): Promise<void> {
  await page.waitForFunction(() => window.stage !== undefined);
  await page.evaluate((words) => window.stage?.say('them', words), text);
  await page.waitForTimeout(500);
}

/** Stops the worker as the browser does after half a minute without work. */
async function stopWorker(beside: BesideBrowser): Promise<void> {
  const page = await beside.context.newPage();
  // A file of the extension that asks the worker for nothing, and so does not wake it.
  await page.goto(`chrome-extension://${beside.id}/rules.json`);
  const session = await beside.context.newCDPSession(page);
  const running = new Map<string, string>();
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) running.set(versionId, runningStatus);
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await expect.poll(() => [...running.values()]).toEqual(['stopped']);
  await page.close();
}
