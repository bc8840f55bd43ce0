/** The page that says what a school has set. */
import { browser } from '../browser.ts';

/** Its address. */
export const managedPage = (): string => browser.runtime.getURL('/managed.html');
