import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { owns } from '../../../utils/pages/adapter.ts';
import { ADAPTERS } from '../../../utils/pages/adapters/index.ts';

/** What `npm run read` has to answer; an `id` of null stands for one that is made of the text. */
interface Expected {
  url: string;
  adapter: string;
  conversation: string;
  messages: { id: string | null; dir: string; sender: string | null; text: string }[];
}

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'tests/fixtures/pages');
const pages = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.html') ? [file.slice(0, -5)] : []));
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.expected.json`), 'utf8')) as Expected;
const run = promisify(execFile);
const readPage = async (url: string, file: string): Promise<string> =>
  (await run(process.execPath, [join(ROOT, 'scripts/read.ts'), '--url', url, file])).stdout;

describe('a saved page', () => {
  it.concurrent.each(pages)('is read message by message, with side and sender: %s', async (name) => {
    const { url, ...expected } = expectedOf(name);
    const read = JSON.parse(await readPage(url, join(FOLDER, `${name}.html`))) as Omit<Expected, 'url'>;
    const ids = read.messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect({
      ...read,
      messages: read.messages.map((message, index) =>
        expected.messages[index]?.id === null ? { ...message, id: null } : message,
      ),
    }).toEqual(expected);
  });

  it.concurrent.each(pages)('that the adapter does not know is read without a draft: %s', async (name) => {
    const read = await readPage('https://chat.chotot.com/chat', join(FOLDER, `${name}.html`));
    expect(read).toContain('"adapter":"generic"');
    expect(read).not.toContain('DRAFT');
  });

  it.each(pages)('has a date, its source and a draft that is never read: %s', (name) => {
    const html = readFileSync(join(FOLDER, `${name}.html`), 'utf8');
    expect(html).toMatch(/^<!-- \d{4}-\d{2}-\d{2}\. Structure: design\/adapters\.md 1\.\d+/u);
    expect(html).toContain('DRAFT');
    expect(JSON.stringify(expectedOf(name))).not.toContain('DRAFT');
  });

  it.each(pages)('is of one adapter; every other refuses it: %s', (name) => {
    const { url, adapter } = expectedOf(name);
    expect(ADAPTERS.filter((one) => owns(one, new URL(url))).map(({ id }) => id)).toEqual([adapter]);
  });
});

describe('npm run read', () => {
  it.each([
    [[], 'usage: npm run --silent read -- --url URL [FILE.html]'],
    [['--url', 'chat.zalo.me'], '“chat.zalo.me” is no address.'],
    [['--url', 'https://chat.zalo.me/', 'not-there.html'], 'not-there.html cannot be read'],
  ])('says what is wrong with %j', async (args, why) => {
    const failed = run(process.execPath, [join(ROOT, 'scripts/read.ts'), ...args]);
    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(why) as unknown });
  });
});
