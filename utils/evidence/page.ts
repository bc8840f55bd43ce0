/** The extension page on which messages of a tab can be kept. */
import { browser } from '../browser.ts';

/** Its address for a tab. */
export function evidencePage(tab: number): string {
  return `${browser.runtime.getURL('/evidence.html')}#${tab}`;
}

/** The tab that its address names; undefined when it names none. */
export function tabOfPage(hash: string): number | undefined {
  const tab = Number(hash.slice(1));
  return hash.length > 1 && Number.isInteger(tab) ? tab : undefined;
}
