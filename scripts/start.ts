/**
 * `npm start`: builds Beside, puts a stage of chat and job pages on this machine, and opens a browser with Beside on it.
 *
 * With a display, the browser stays open for you to look around. Without one (or with `--headless`) every scene is played
 * through, and a table says what was warned of, with pictures in `start-results/`. Either way a feed on this machine then
 * publishes a new rule, and is forged and set back. `--en` speaks English.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CardProbe } from '../tests/fixtures/card.ts';
import { openBrowser, type BesideBrowser } from '../tests/fixtures/browser.ts';
import { SCENES, type Scene } from '../tests/fixtures/stage/scenes.ts';
import { startStage } from '../tests/fixtures/stage/server.ts';
import { startLiveFeed, type LiveFeed } from '../tests/fixtures/feed/live-feed.ts';
import { findBrowser } from './find-browser.ts';
import { ROOT } from './run.ts';
import { playFeedAct, type FeedStep } from './start/feed-act.ts';

const RESULTS = join(ROOT, 'start-results');
/** How long a page may take to be read for the first time, and a message to be judged before the next one comes, in ms. */
const FIRST_READING = 900;
const PACE = 250;
/** How long the last message of a scene may take to be judged on a busy machine, and a card to have come in, in ms. */
const PATIENCE = 3000;
const COMING_IN = 300;
const QUIET = 'quiet';
/** From least to most, with quiet below all. */
const LEVELS: readonly string[] = [QUIET, 'notice', 'warning', 'urgent'];

const isHeadless =
  process.argv.includes('--headless') ||
  process.env['CI'] !== undefined ||
  (process.platform === 'linux' &&
    process.env['DISPLAY'] === undefined &&
    process.env['WAYLAND_DISPLAY'] === undefined);

try {
  const executable = findBrowser();
  process.stdout.write('Building Beside …\n');
  const feed = await startLiveFeed();
  const { extension } = feed;
  const stage = await startStage();
  const allowed = SCENES.filter(({ byPermission }) => byPermission).map(({ url }) => new URL(url).hostname);
  const language = process.argv.includes('--en') ? 'en' : 'vi';
  const open = (): Promise<BesideBrowser> =>
    openBrowser({ executable, extension, stage, headless: isHeadless, allowed, language });
  try {
    await (isHeadless ? playAll(open, feed) : leaveOpen(await open(), feed));
  } finally {
    await stage.close();
    await feed.close();
  }
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Opens the first scenes in tabs and waits until the person closes the browser. */
async function leaveOpen(browser: BesideBrowser, feed: LiveFeed): Promise<void> {
  const { context, close } = browser;
  const [first] = context.pages();
  for (const [index, { url }] of SCENES.entries()) {
    const page = index === 0 && first !== undefined ? first : await context.newPage();
    await page.goto(url);
  }
  await context.pages()[0]?.bringToFront();
  process.stdout.write(
    `The stage is open with Beside on it. The pages are our own; nothing goes to the real sites.\n${scenesAsText(SCENES)}\nClose the browser to end.\n`,
  );
  const closed = new Promise((resolve) => context.on('close', resolve));
  process.stdout.write('\nMeanwhile the feed, in a tab of its own:\n');
  // Somebody may close the browser in the middle of it.
  await playFeedAct({ browser, feed, say: writeStep }).catch(() => undefined);
  await closed;
  await close();
}

function writeStep({ what, outcome, isAsExpected: isGood }: FeedStep): void {
  process.stdout.write(`  ${isGood ? '✓' : '✗'} ${what}\n    ${outcome}\n`);
}

function scenesAsText(scenes: readonly Scene[]): string {
  return scenes
    .map(
      ({ site, about, expects }) =>
        `  ${expects === 'quiet' ? 'quiet  ' : expects.atLeast.padEnd(7)} ${site.padEnd(10)} ${about}`,
    )
    .join('\n');
}

/** A change of what is shown in one scene: a row of the table. */
interface Row {
  page: string;
  message: string;
  level: string;
  rule: string;
  words: string;
  why: string;
}

/** Plays every scene through, each to somebody who was not warned of another today, and prints what Beside made of it. */
async function playAll(open: () => Promise<BesideBrowser>, feed: LiveFeed): Promise<void> {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const rows: Row[] = [];
  const surprises: string[] = [];
  for (const scene of SCENES) {
    const browser = await open();
    const steps = await playScene(browser.context, scene).finally(() => browser.close());
    rows.push(...steps);
    const level = steps.at(-1)?.level ?? QUIET;
    if (!isAsExpected(scene, level)) surprises.push(`${scene.name}: ${level}`);
  }
  process.stdout.write(`${tableOf(rows)}\n\nThe signed feed:\n`);
  const browser = await open();
  const say = (step: FeedStep): void => {
    writeStep(step);
    if (!step.isAsExpected) surprises.push(step.what);
  };
  await playFeedAct({ browser, feed, pictures: RESULTS, say }).finally(() => browser.close());
  process.stdout.write(`\nPictures: ${relative(process.cwd(), RESULTS) || '.'}/\n`);
  process.stdout.write(
    surprises.length === 0
      ? 'Every page came out as the stage expects.\n'
      : `Not as the stage expects: ${surprises.join(', ')}.\n`,
  );
  if (surprises.length > 0) process.exitCode = 1;
}

function isAsExpected({ expects }: Scene, level: string): boolean {
  return expects === 'quiet' ? level === QUIET : LEVELS.indexOf(level) >= LEVELS.indexOf(expects.atLeast);
}

/** Plays a scene message by message; a row for each time that the warning rises. */
async function playScene(context: BesideBrowser['context'], scene: Scene): Promise<Row[]> {
  const page = await context.newPage();
  try {
    const url = new URL(scene.url);
    url.searchParams.set('pace', '0');
    await page.goto(url.href);
    await page.waitForTimeout(FIRST_READING);
    const probe = new CardProbe(page);
    const quiet: Row = { page: scene.name, message: '–', level: QUIET, rule: '', words: '', why: '' };
    const rows: Row[] = [];
    let message = 0;
    let until = Number.POSITIVE_INFINITY;
    while (Date.now() < until) {
      let sight = await probe.see();
      if (sight !== undefined && sight.level !== rows.at(-1)?.level) {
        await page.waitForTimeout(COMING_IN);
        await page.screenshot({ path: join(RESULTS, `${scene.name}-${sight.level}.png`) });
        // A chip says little until it is opened.
        if (sight.size === 'chip') sight = await probe.grow();
        rows.push({
          page: scene.name,
          message: message === 0 ? 'at once' : `after ${message}`,
          level: sight.level,
          rule: sight.rules.join(' + '),
          words: sight.words.join(' · '),
          why: sight.headline,
        });
      }
      if ((await page.evaluate('window.stage?.next() ?? false')) === true) message += 1;
      else if (scene.expects !== 'quiet' && isAsExpected(scene, rows.at(-1)?.level ?? QUIET)) break;
      else until = Math.min(until, Date.now() + PATIENCE);
      await page.waitForTimeout(PACE);
    }
    if (rows.length === 0) await page.screenshot({ path: join(RESULTS, `${scene.name}-quiet.png`) });
    return rows.length === 0 ? [quiet] : rows;
  } finally {
    await page.close();
  }
}

function tableOf(rows: readonly Row[]): string {
  const columns = ['page', 'message', 'level', 'rule', 'words', 'why'] as const;
  const widths = { page: 18, message: 8, level: 8, rule: 48, words: 56, why: 60 };
  const cut = (text: string, width: number): string =>
    text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
  const line = (cells: Record<(typeof columns)[number], string>): string =>
    columns
      .map((column) => cut(cells[column].replaceAll(/\s+/g, ' '), widths[column]))
      .join('  ')
      .trimEnd();
  const head = { page: 'PAGE', message: 'MESSAGE', level: 'LEVEL', rule: 'RULE', words: 'WORDS', why: 'WHY' };
  return [head, ...rows].map(line).join('\n');
}
