/**
 * Nothing leaves the device: every request of every process of a real browser, in the clear, through all journeys. The same
 * check finds leaks that are planted.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../scripts/find-browser.ts';
import { openBrowser, type BesideBrowser } from '../fixtures/browser.ts';
import { startLiveFeed, type LiveFeed } from '../fixtures/feed/live-feed.ts';
import { ALLOWED, playJourneys, readOneChat, VISITED, type Afternoon } from '../fixtures/journeys.ts';
import { comparable, findLeaks, type Expected, type Recording } from '../fixtures/leaks.ts';
import { COUNTING, LEAKS, plant } from '../fixtures/leaky.ts';
import { FIRST_HALF, LURE, SECOND_HALF } from '../fixtures/lure.ts';
import { netLogArgs, readNetLog } from '../fixtures/net-log.ts';
import { startRecorder } from '../fixtures/recorder.ts';
import { expect, test } from '../fixtures/test.ts';

const MONDAY: Afternoon = {
  chat: 'Mai lớp mình học môn gì vậy, chiều nay trời mưa to quá',
  lure: [LURE],
  person: { name: 'Chị Mai Khánh', phone: '0912 345 678' },
  page: 'Hôm nay cả nhà đi ăn phở',
};
const TUESDAY: Afternoon = {
  chat: 'Tối nay đá bóng không mấy ông, sân cũ nha, nhớ mang theo nước với áo khoác vì hôm qua lạnh lắm',
  lure: [`Nghe chú dặn nè. ${FIRST_HALF}`, SECOND_HALF],
  person: { name: 'Anh Bảo Long', phone: '0987 111 222' },
  page: 'Cần bán xe đạp cũ còn tốt, giá sinh viên, ai mua nhắn mình nhé, xe ở gần trường',
};
const secretsOf = ({ chat, lure, person, page }: Afternoon): string[] =>
  [chat, ...lure, person.name, person.phone, page].map((words) => words.slice(0, 24));

let feed: LiveFeed;
let folder: string;
let runs = 0;

test.describe.configure({ mode: 'default', timeout: 180_000 });
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'beside-leaks-'));
  feed = await startLiveFeed();
  // Something newer than the package has, so that whole rule files are fetched too.
  await feed.publishNewRule();
});
test.afterAll(async () => {
  await feed?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  afternoon: Afternoon;
  journeys?: typeof playJourneys;
  extension?: string;
  stagePort: number;
  /**
   * Only the pages go through the proxy, everything else straight out: where a proxy is for all, it is the proxy that looks
   * names up, and a browser that prefetches a name would not show.
   */
  isDirect?: boolean;
}

/** Plays journeys in a fresh browser and returns all that went over its network. */
async function record({
  afternoon,
  journeys = playJourneys,
  extension = feed.extension,
  stagePort,
  isDirect = false,
}: Run): Promise<Recording> {
  const recorder = await startRecorder(stagePort);
  runs += 1;
  const file = join(folder, `net-log-${runs}.json`);
  const chromiumArgs = [...(isDirect ? recorder.pagesOnly(VISITED) : recorder.chromiumArgs), ...netLogArgs(file)];
  let beside: BesideBrowser | undefined;
  try {
    beside = await openBrowser({
      executable: findBrowser(),
      extension,
      stage: { port: stagePort, chromiumArgs, close: async () => undefined },
      headless: true,
      allowed: [ALLOWED],
    });
    await journeys(beside, afternoon);
  } finally {
    await beside?.close();
    await recorder.close();
  }
  return { requests: recorder.requests, log: readNetLog(file) };
}

const expected = (afternoon: Afternoon): Expected => ({
  feed: feed.server.address,
  pages: VISITED,
  secrets: secretsOf(afternoon),
});

test('through all journeys, nothing is asked for but the pages themselves and the rule files, and no name but theirs is looked up', async ({
  stage,
}) => {
  const direct = await record({ afternoon: MONDAY, stagePort: stage.port, isDirect: true });
  expect(findLeaks(direct, expected(MONDAY))).toEqual([]);
  expect(direct.log.urls.filter((url) => url.startsWith(feed.server.address)).length).toBeGreaterThan(4);
});

test('every request is the same, byte for byte, whatever was read and typed', async ({ stage }) => {
  const [monday, tuesday] = await Promise.all([
    record({ afternoon: MONDAY, stagePort: stage.port }),
    record({ afternoon: TUESDAY, stagePort: stage.port }),
  ]);
  expect(findLeaks(monday, expected(MONDAY))).toEqual([]);
  expect(findLeaks(tuesday, expected(TUESDAY))).toEqual([]);
  const asked = comparable(monday.requests);
  expect(asked.filter((request) => request.startsWith(`GET ${feed.server.address}targets/`)).length).toBeGreaterThan(0);
  expect(comparable(tuesday.requests)).toEqual(asked);
});

test('a leak that is planted is found, each of these kinds', async ({ stage }) => {
  const leaky = plant(feed.extension, join(folder, 'leaky'), feed.server.address, Object.values(LEAKS));
  const run: Run = { afternoon: MONDAY, extension: leaky, journeys: readOneChatSlowly, stagePort: stage.port };
  const recordings = await Promise.all([record(run), record({ ...run, isDirect: true })]);
  const leaks = recordings.flatMap((recording) => findLeaks(recording, expected(MONDAY)));
  const found = (part: string): boolean => leaks.some((leak) => leak.includes(part));
  const seen: Record<keyof typeof LEAKS, boolean> = {
    'a request of the content script': found('asked for: GET https://collect.example/from-page'),
    'a picture that the site itself is asked for': found('asked for: GET https://chat.zalo.me/picture.gif'),
    'a form that the worker posts': found('sent something: POST https://collect.example/from-worker'),
    'a question that is added to the feed’s address': found(
      `asked for: GET ${feed.server.address}metadata/timestamp.json?`,
    ),
    'a header in a request to the feed': found('told the feed: X-Seen'),
    'a name that is looked up and never connected to': found('looked up: person-saved.collect.example'),
    'a datagram': found('sent a datagram to 192.0.2.7:3478'),
  };
  expect(Object.entries(seen).filter(([, isSeen]) => !isSeen)).toEqual([]);
  expect(leaks.filter((leak) => leak.includes('was sent to')).length).toBeGreaterThan(0);
});

test('a leak by the number of harmless requests is found by comparing two afternoons', async ({ stage }) => {
  const counting = plant(feed.extension, join(folder, 'counting'), feed.server.address, [COUNTING]);
  const run = { extension: counting, journeys: readOneChatSlowly, stagePort: stage.port };
  const [monday, tuesday] = await Promise.all([
    record({ ...run, afternoon: MONDAY }),
    record({ ...run, afternoon: TUESDAY }),
  ]);
  expect([...findLeaks(monday, expected(MONDAY)), ...findLeaks(tuesday, expected(TUESDAY))]).toEqual([]);
  expect(comparable(tuesday.requests)).not.toEqual(comparable(monday.requests));
});

/** Gives what is planted the time to leak. */
async function readOneChatSlowly(beside: BesideBrowser, afternoon: Afternoon): Promise<void> {
  await readOneChat(beside, afternoon);
  await new Promise((resolve) => setTimeout(resolve, 2500));
}
