import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from '../../../utils/browser.ts';
import { readLeftOut } from '../../../utils/settings/left-out.ts';
import { readPause, savePause } from '../../../utils/settings/pause.ts';
import { BesideDatabase } from '../../../utils/store/database.ts';
import { PersonalStore } from '../../../utils/store/personal.ts';
import { isSessionOnly, takeUpPolicy } from '../../../utils/worker/school.ts';

let policy: Record<string, unknown>;
let installType: string;

beforeEach(() => {
  fakeBrowser.reset();
  policy = {};
  installType = 'normal';
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(() => Promise.resolve(policy) as never);
  vi.spyOn(browser.management, 'getSelf').mockImplementation(() => Promise.resolve({ installType }) as never);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('whether nothing may outlive the session', () => {
  it('is what the policy says', async () => {
    policy = { labMode: true };
    expect(await isSessionOnly(vi.fn())).toBe(true);
    policy = { labMode: false };
    installType = 'admin';
    expect(await isSessionOnly(vi.fn())).toBe(false);
    policy = { labMode: 'no' };
    expect(await isSessionOnly(vi.fn())).toBe(false);
  });

  it('is no where nobody but the person has installed it, and where the browser cannot say', async () => {
    expect(await isSessionOnly(vi.fn())).toBe(false);
    vi.spyOn(browser.management, 'getSelf').mockRejectedValue(new Error('not here'));
    expect(await isSessionOnly(vi.fn())).toBe(false);
  });

  it('is yes while the policy that installed it may still be on its way, once', async () => {
    installType = 'admin';
    const decided = vi.fn();
    expect(await isSessionOnly(decided)).toBe(true);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(decided).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2000);
    expect(decided).toHaveBeenCalledTimes(1);
    expect(await isSessionOnly(decided)).toBe(false);
  });
});

describe('a policy that comes or changes', () => {
  const take = async (hasStarted = false): Promise<void> => {
    vi.useRealTimers();
    const database = new BesideDatabase(`school-${crypto.randomUUID()}`);
    await takeUpPolicy(new PersonalStore(database, Promise.resolve(true)), hasStarted);
    await database.delete();
  };

  it('leaves sites out, and reads them again when it no longer says so', async () => {
    policy = { sitesLeftOut: ['chat.zalo.me'] };
    await take();
    expect(await readLeftOut()).toEqual(['chat.zalo.me']);
    policy = {};
    await take();
    expect(await readLeftOut()).toEqual([]);
  });

  it('names what is wrong in the log, never its value', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    policy = { langauge: 'secret', cardsADay: 'secret', labMode: true };
    await take();
    const said = warn.mock.calls.flat().join('\n');
    expect(said).toContain('langauge');
    expect(said).toContain('cardsADay');
    expect(said).not.toContain('secret');
  });

  it('ends the break of the pupil before, in lab mode and when the browser starts', async () => {
    await savePause(5);
    await take(true);
    expect(await readPause()).toBe(5);
    policy = { labMode: true };
    await take(false);
    expect(await readPause()).toBe(5);
    await take(true);
    expect(await readPause()).toBe(0);
  });
});
