import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { browser } from '../../../utils/browser.ts';
import { readFeedPolicy } from '../../../utils/policy/feed.ts';
import { onPolicyChanged } from '../../../utils/policy/read.ts';

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
});
const set = (values: Record<string, unknown>): void => {
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(() => Promise.resolve(values) as never);
};

describe('the policy of a school', () => {
  it('is nothing where none was set, and where the browser knows of no policy at all', async () => {
    set({});
    expect(await readFeedPolicy()).toEqual({ mirrors: [], isCanary: false });
    vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(new Error('Managed storage manifest not found'));
    expect(await readFeedPolicy()).toEqual({ mirrors: [], isCanary: false });
  });

  it('may name mirrors of its own network, another address and the canary channel', async () => {
    set({
      feedMirror: 'http://beside.school.lan/feed http://10.0.0.3/feed/',
      feedAddress: 'https://feed.example.vn/',
      feedChannel: 'canary',
    });
    expect(await readFeedPolicy()).toEqual({
      mirrors: ['http://beside.school.lan/feed/', 'http://10.0.0.3/feed/'],
      address: 'https://feed.example.vn/',
      isCanary: true,
    });
  });

  it.each([
    7,
    '',
    'beside.school.lan',
    'javascript:alert(1)',
    'file:///etc/',
    'https://me:pw@host/',
    null,
    ['https://a/'],
  ])('is left out where it cannot be understood: %j', async (value) => {
    set({ feedMirror: value, feedAddress: value, feedChannel: value });
    expect(await readFeedPolicy()).toEqual({ mirrors: [], isCanary: false });
  });

  it('is listened to: in the first seconds after an installation by policy there is none yet', () => {
    const called = vi.fn();
    const listeners: ((changes: unknown, area: string) => void)[] = [];
    vi.spyOn(browser.storage.onChanged, 'addListener').mockImplementation(
      (listener) => void listeners.push(listener as never),
    );
    onPolicyChanged(called);
    for (const listener of listeners) listener({}, 'local');
    expect(called).not.toHaveBeenCalled();
    for (const listener of listeners) listener({}, 'managed');
    expect(called).toHaveBeenCalledTimes(1);
  });
});
