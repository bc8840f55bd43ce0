/**
 * `npm run pictures`: the pictures of the store listings, in `docs/store/pictures/`: the built extension in a real Chromium, on
 * the stage, in both languages. 1280 × 800 pixels, as the stores ask for, JPEG.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openBrowser, type BesideBrowser } from '../tests/fixtures/browser.ts';
import { startStage } from '../tests/fixtures/stage/server.ts';
import { openScene, sceneNamed, type OpenScene } from '../tests/fixtures/test.ts';
import { say, wordsFor } from '../utils/words/words.ts';
import { findBrowser } from './find-browser.ts';
import { buildExtension, ROOT } from './run.ts';

const FOLDER = join(ROOT, 'docs', 'store', 'pictures');
/** Which scenes show a warning in a chat, and one on a page of offers, to readers of each language. */
const SCENES = {
  vi: { chat: 'zalo-police', offer: 'topcv-border' },
  en: { chat: 'telegram-pictures', offer: 'instagram-tasks' },
} as const;
/** How long a card takes to come in, in ms. */
const COMING_IN = 600;

const extension = buildExtension();
const stage = await startStage();
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
try {
  for (const language of ['vi', 'en'] as const) {
    const beside = await openBrowser({ executable: findBrowser(), extension, stage, headless: true, language });
    await takePictures(beside, language).finally(() => beside.close());
  }
  process.stdout.write(`Pictures: ${relative(process.cwd(), FOLDER) || '.'}/\n`);
} finally {
  await stage.close();
}

/** Takes all pictures in one language. */
async function takePictures(beside: BesideBrowser, language: 'vi' | 'en'): Promise<void> {
  const words = wordsFor(language);
  const take = async ({ page }: OpenScene, name: string): Promise<void> => {
    await page.waitForTimeout(COMING_IN);
    await page.screenshot({ path: join(FOLDER, `${name}-${language}.jpg`), type: 'jpeg', quality: 65 });
  };
  const open = async (name: string): Promise<OpenScene> => openScene(await beside.context.newPage(), sceneNamed(name));

  const chat = await open(SCENES[language].chat);
  await chat.playUntil('urgent');
  await chat.card.grow();
  await take(chat, '1-warning');
  await chat.card.click(say(words, 'card_tell'));
  await take(chat, '2-tell-someone');

  const offer = await open(SCENES[language].offer);
  await offer.playUntil('warning');
  await offer.card.grow();
  await take(offer, '3-offer');
}
