import { defineBackground } from 'wxt/utils/define-background';
import { browser } from '../utils/browser.ts';
import { serveCalls } from '../utils/messaging/serve.ts';
import { onPolicyChanged } from '../utils/policy/read.ts';
import { FEED_ALARM } from '../utils/worker/feed.ts';
import { registerAskedSites } from '../utils/worker/registration.ts';
import { WorkerService } from '../utils/worker/service.ts';

const TIDY = 'tidy';

export default defineBackground({
  type: 'module',
  main() {
    // Every listener in the first turn: a sleeping worker is woken by an event and must not miss it.
    const service = new WorkerService();
    serveCalls((call, caller) => service.answer(call, caller));
    browser.alarms.onAlarm.addListener(({ name, scheduledTime }) => {
      if (name === TIDY) void service.tidy();
      if (name === FEED_ALARM) void service.feed.onAlarm(scheduledTime);
    });
    onPolicyChanged(() => void service.onPolicy(false));
    browser.runtime.onStartup.addListener(() => void service.onPolicy(true));
    browser.runtime.onInstalled.addListener(() => {
      void browser.alarms.create(TIDY, { periodInMinutes: 24 * 60, delayInMinutes: 5 });
      void registerAskedSites();
      void service.onPolicy(false);
    });
    browser.permissions.onAdded.addListener(() => void registerAskedSites());
    browser.permissions.onRemoved.addListener(() => void registerAskedSites());
    // Browsers may forget alarms when they are closed.
    void service.feed.arm();
  },
});
