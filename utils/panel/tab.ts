/** What the tab in front is, as the popup shows it. */
import { browser } from '../browser.ts';
import { askPage, isTrouble } from '../messaging/send.ts';
import { findSite } from '../pages/sites.ts';
import type { TabState } from '../settings/model.ts';

/** Asks the tab in front; when nothing answers there, says truthfully why. */
export async function readTab(): Promise<{ state: TabState; tab: number | undefined }> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const url = parse(tab?.url);
  const host = url?.hostname ?? '';
  if (tab?.id !== undefined) {
    const answer = await askPage(tab.id, 'tab/state', {});
    if (!isTrouble(answer)) return { state: answer, tab: tab.id };
  }
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { state: { kind: 'not-checked', host }, tab: tab?.id };
  const origin = `${url.protocol}//${url.hostname}/*`;
  const hasAccess = await browser.permissions.contains({ origins: [origin] });
  if (hasAccess) return { state: { kind: 'unreadable', host, why: 'reload' }, tab: tab?.id };
  // A named site without access: Firefox lets people take it back.
  if (findSite(host) !== undefined) return { state: { kind: 'unreadable', host, why: 'no-access' }, tab: tab?.id };
  return { state: { kind: 'not-checked', host, origin }, tab: tab?.id };
}

function parse(url: string | undefined): URL | undefined {
  try {
    return url === undefined ? undefined : new URL(url);
  } catch {
    return undefined;
  }
}
