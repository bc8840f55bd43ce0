/** Beside on a school's machine with Firefox ESR: an unsigned package, installed and set by `policies.json`. */
import { filesBelow, zipOf } from '../../scripts/package/archive.ts';
import { findFirefox } from '../../scripts/find-browser.ts';
import { buildExtension } from '../../scripts/run.ts';
import { policyFiles } from '../../scripts/school/files.ts';
import { readForm } from '../../scripts/school/form.ts';
import { writePhone } from '../../components/parts/format.ts';
import { say, wordsFor } from '../../utils/words/words.ts';
import { openChat } from '../fixtures/firefox-chat.ts';
import { openFirefox, type FirefoxBrowser } from '../fixtures/firefox.ts';
import { LURE } from '../fixtures/lure.ts';
import { serveFiles, setPolicies, whyNoPolicies, type SchoolServer } from '../fixtures/school.ts';
import { expect, test } from '../fixtures/test.ts';

const vi = wordsFor('vi');
const why = whyNoPolicies('firefox');

test.describe.configure({ mode: 'serial' });
test.skip(why !== undefined, why);

let firefox: FirefoxBrowser | undefined;
let policies: ReturnType<typeof setPolicies> | undefined;
let server: SchoolServer | undefined;

test.beforeAll(async ({ stage }) => {
  test.setTimeout(240_000);
  const folder = buildExtension(undefined, 'firefox');
  server = await serveFiles();
  server.put('/beside.xpi', 'application/x-xpinstall', zipOf(folder, filesBelow(folder)));
  // What an administrator gets from a form, as it is.
  const form = readForm(`schoolName: THPT Nguyễn Du
server: ${server.base}/
language: vi
contacts: [{ name: Cô Hoa, role: tư vấn, phone: 0912 345 678 }]
locks: [pause]
labMode: true
`);
  const { policies: made } = JSON.parse(String(policyFiles(form, 'a'.repeat(32))['firefox/policies.json'])) as {
    policies: { '3rdparty': { Extensions: Record<string, Record<string, unknown>> } };
  };
  // And two slips of an administrator.
  for (const values of Object.values(made['3rdparty'].Extensions))
    Object.assign(values, { langauge: 'vi', cardsADay: 'ten' });
  policies = setPolicies('firefox');
  policies.write({ policies: made });
  firefox = await openFirefox({ executable: findFirefox(), stage });
});
test.afterAll(async () => {
  await firefox?.close();
  policies?.remove();
  await server?.close();
});

test('Firefox installs the unsigned package by policy, and the page of what is set names what is wrong', async () => {
  await expect.poll(() => server?.served, { timeout: 30_000 }).toContain('/beside.xpi');
  const managed = await firefox?.openOwn('managed.html');
  await managed?.waitFor(say(vi, 'managed_title_named', { school: 'THPT Nguyễn Du' }));
  await managed?.waitFor(say(vi, 'managed_never_read'));
  await managed?.waitFor(say(vi, 'managed_unknown_key', { key: 'langauge' }));
  await managed?.waitFor(say(vi, 'managed_wrong_value', { key: 'cardsADay' }));
  const settings = await firefox?.openOwn('options.html');
  await settings?.waitFor(say(vi, 'managed_lab'));
  await settings?.waitFor(say(vi, 'managed_locked'));
  await managed?.close();
  await settings?.close();
});

test('in Firefox a lure is warned of, and the school’s contact comes first, with a code for the own phone', async () => {
  if (firefox === undefined) throw new Error('Firefox did not start');
  const chat = await openChat(firefox, LURE);
  await chat.click(say(vi, 'card_tell'), 'card');
  await chat.waitFor('Cô Hoa, tư vấn', 'card');
  await chat.click('Cô Hoa', 'card');
  await chat.waitFor(say(vi, 'qr_call_hint', { phone: writePhone('0912 345 678') }), 'card');
  await chat.close();
});

test('in Firefox lab mode leaves nothing in the database that a pupil did', async () => {
  const settings = await firefox?.openOwn('options.html');
  const rows = await settings?.run<Record<string, number>>(`(async () => {
    const open = indexedDB.open('beside');
    const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const count = (name) => new Promise((done) => {
      const asked = database.transaction(name).objectStore(name).count();
      asked.onsuccess = () => done(asked.result);
    });
    return { conversations: await count('conversations'), mutes: await count('mutes'), people: await count('people') };
  })()`);
  expect(rows).toEqual({ conversations: 0, mutes: 0, people: 0 });
  const overview = await settings?.run<{ value: { conversations: number } }>(
    `browser.runtime.sendMessage({ type: 'panel/overview', input: {} })`,
  );
  // It is there for the session all the same.
  expect(overview?.value.conversations).toBe(1);
});
