/**
 * `npm start`: builds Beside, puts a stage of chat and job pages on this machine, and opens a browser with Beside on it.
 *
 * With a display, the browser stays open for you to look around. Without one (or with `--headless`) every scene is played
 * through, and a table says what was warned of, with pictures in `start-results/`.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CardProbe } from '../tests/fixtures/card.ts';
import { openBrowser, type BesideBrowser } from '../tests/fixtures/browser.ts';
import { SCENES, type Scene } from '../tests/fixtures/stage/scenes.ts';
import { startStage } from '../tests/fixtures/stage/server.ts';
import { findBrowser } from './find-browser.ts';
import { buildExtension, ROOT } from './run.ts';

const RESULTS = join(ROOT, 'start-results');
/** How long a message may take to be judged before the next one comes, in ms. */
const PACE = 120;

const isHeadless =
  process.argv.includes('--headless') ||
  process.env['CI'] !== undefined ||
  (process.platform === 'linux' &&
    process.env['DISPLAY'] === undefined &&
    process.env['WAYLAND_DISPLAY'] === undefined);

try {
  const executable = findBrowser();
  process.stdout.write('Building Beside …\n');
  const extension = buildExtension();
  const stage = await startStage();
  const browser = await openBrowser({ executable, extension, stage, headless: isHeadless });
  try {
    await (isHeadless ? playAll(browser) : leaveOpen(browser));
  } finally {
    await browser.close();
    await stage.close();
  }
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Opens the first scenes in tabs and waits until the person closes the browser. */
async function leaveOpen({ context }: BesideBrowser): Promise<void> {
  const [first] = context.pages();
  const inTabs = SCENES.filter(({ byPermission }) => byPermission !== true);
  for (const [index, { url }] of inTabs.entries()) {
    const page = index === 0 && first !== undefined ? first : await context.newPage();
    await page.goto(url);
  }
  await context.pages()[0]?.bringToFront();
  process.stdout.write(
    `The stage is open with Beside on it. The pages are our own; nothing goes to the real sites.\n${scenesAsText(inTabs)}\nClose the browser to end.\n`,
  );
  await new Promise((resolve) => context.on('close', resolve));
}

function scenesAsText(scenes: readonly Scene[]): string {
  return scenes
    .map(
      ({ site, about, expects }) =>
        `  ${expects === 'quiet' ? 'quiet  ' : expects.atLeast.padEnd(7)} ${site.padEnd(10)} ${about}`,
    )
    .join('\n');
}

interface Row {
  page: string;
  message: string;
  level: string;
  rule: string;
  words: string;
  why: string;
}

/** Plays every scene that Beside reads from the start, and prints what it made of each. */
async function playAll({ context }: BesideBrowser): Promise<void> {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const rows: Row[] = [];
  const surprises: string[] = [];
  for (const scene of SCENES.filter(({ byPermission }) => byPermission !== true)) {
    const { row, level } = await playScene(context, scene);
    rows.push(row);
    const isQuiet = level === undefined;
    if (isQuiet !== (scene.expects === 'quiet')) surprises.push(`${scene.name} was ${isQuiet ? 'quiet' : 'warned of'}`);
  }
  process.stdout.write(`${tableOf(rows)}\n\nPictures: ${relative(process.cwd(), RESULTS) || '.'}/\n`);
  for (const surprise of surprises) process.stdout.write(`Not as the stage expects: ${surprise}.\n`);
}

async function playScene(
  context: BesideBrowser['context'],
  scene: Scene,
): Promise<{ row: Row; level: string | undefined }> {
  const page = await context.newPage();
  try {
    const url = new URL(scene.url);
    url.searchParams.set('pace', '0');
    await page.goto(url.href);
    await page.waitForTimeout(600);
    const probe = new CardProbe(page);
    let message = 0;
    let seen = await probe.see();
    while (seen === undefined && (await page.evaluate('window.stage?.next() ?? false'))) {
      message += 1;
      await page.waitForTimeout(PACE);
      seen = await probe.see();
    }
    await page.waitForTimeout(400);
    seen = await probe.see();
    await page.screenshot({ path: join(RESULTS, `${scene.name}.png`) });
    const row = { page: scene.name, message: '–', level: 'quiet', rule: '', words: '', why: '' };
    if (seen === undefined) return { row, level: undefined };
    const { level } = seen;
    if (seen.size === 'chip') await probe.click('');
    await probe.openReasons();
    const grown = await probe.see();
    return {
      level,
      row: {
        ...row,
        message: message === 0 ? 'at once' : `+${message}`,
        level,
        rule: grown?.rules.join(' + ') ?? '',
        words: grown?.words.join(' · ') ?? '',
        why: grown?.headline ?? '',
      },
    };
  } finally {
    await page.close();
  }
}

function tableOf(rows: readonly Row[]): string {
  const columns = ['page', 'message', 'level', 'rule', 'words', 'why'] as const;
  const widths = { page: 20, message: 8, level: 8, rule: 44, words: 52, why: 60 };
  const cut = (text: string, width: number): string =>
    text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
  const lines = rows.map((row) =>
    columns
      .map((column) => cut(row[column], widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [
    columns
      .map((column) => column.toUpperCase().padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
    ...lines,
  ].join('\n');
}
