// @vitest-environment node
/**
 * An update whose connection breaks, on a real connection: at the beginning and the end of every file, and after every 7th
 * byte between, which falls into every signature, key, hash and name. `BESIDE_CUTS=1` breaks it after every byte.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromMap, startFaultyServer, type FaultyServer } from '../../../fixtures/feed/faulty-server.ts';
import { InstalledDevice } from '../../../fixtures/feed/installed.ts';
import { Publisher, type Release } from '../../../fixtures/feed/release.ts';

const STRIDE = Number(process.env['BESIDE_CUTS'] ?? 7);
/** Bytes at both ends of a file that are all tried. */
const ENDS = 8;
let server: FaultyServer;
let device: InstalledDevice;
let first: Release;
let news: Release;

beforeAll(async () => {
  server = await startFaultyServer();
  const publisher = new Publisher();
  first = publisher.newest;
  device = new InstalledDevice(first, server.address);
  publisher.setFeed({ interval: 12 }).addRules('vi-core', ['tài khoản an toàn', 'mua thẻ nạp']);
  const { repository } = publisher;
  const before = repository.signers.get('root') ?? [];
  repository.replaceKeys('root');
  repository.signWith('root', ...before);
  publisher.renew('root');
  repository.publish('root');
  news = publisher.release('vi-core', 'targets', 'snapshot', 'timestamp');
  server.files = fromMap(news.files);
});
afterAll(async () => {
  await server.close();
  await device.remove();
});

/** The new files of the update, in the order in which a device asks. */
function newFiles(): string[] {
  const order = [
    'root.json',
    'timestamp.json',
    'snapshot.json',
    'targets.json',
    'vi-core.json',
    'feed.json',
    'targets/',
  ];
  const place = (path: string): number => order.findIndex((part) => path.includes(part));
  const isNew = (path: string): boolean =>
    first.files.get(path)?.equals(news.files.get(path) ?? Buffer.alloc(0)) !== true;
  return [...news.files.keys()].filter(isNew).toSorted((one, other) => place(one) - place(other));
}

it('an update cut anywhere in any of its files leaves the old rules, says so, and goes on from there', async () => {
  const files = newFiles();
  expect(files.map((path) => path.replace(/^.*\/(?:[0-9a-f]{64}\.)?/u, '')).toSorted()).toEqual(
    [
      '2.root.json',
      'timestamp.json',
      '3.snapshot.json',
      '3.targets.json',
      '2.vi-core.json',
      'feed.json',
      '1-2.patch',
      '2.jsonl',
    ].toSorted(),
  );
  for (const path of files) {
    const length = news.files.get(path)?.length ?? 0;
    for (let cutAt = 0; cutAt < length; cutAt += 1) {
      if (cutAt % STRIDE !== 0 && cutAt >= ENDS && cutAt < length - ENDS) continue;
      // Patch and whole file stand in for each other: here only one of the two is there.
      server.fault = (asked) =>
        asked === path ? { cutAt } : asked.startsWith('targets/vi-core/') ? { status: 404 } : undefined;
      const { files: numbers, refusal } = await device.check();
      const what = `${path}, cut at ${cutAt} of ${length}`;
      expect(server.paths(), what).toContain(path);
      expect(refusal?.kind, what).toBe('unreachable');
      expect(numbers, what).toEqual({ 'vi-core': 1, en: 1 });
    }
    expect((await device.look()).numbers).toEqual({ 'vi-core': 1, en: 1 });
  }
  server.fault = () => undefined;
  const state = await device.check();
  expect(state.refusal).toBeUndefined();
  expect(state.files).toEqual({ 'vi-core': 2, en: 1 });
  expect((await device.look()).versions?.['timestamp']).toBe(news.versions['timestamp']);
}, 180_000);
