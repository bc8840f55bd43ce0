/** Brings the card's code into a frame, only when there is something to show there. */
import { browser } from '../browser.ts';

/** Brings the card, and the look of highlighted words. False without access: a foreign frame, a site just taken back. */
export async function injectCard(tab: number, frame: number, highlight: string): Promise<boolean> {
  const target = { tabId: tab, frameIds: [frame] };
  try {
    await browser.scripting.executeScript({ target, files: ['/card.js'] });
    // A user style sheet: unlike one in the document, the page can neither see nor change it.
    await browser.scripting.insertCSS({
      target,
      origin: 'USER',
      css: `::highlight(${highlight}) { background-color: #ffe08a; color: #1d1a12; text-decoration: underline 2px #8a5a00; }`,
    });
    return true;
  } catch {
    return false;
  }
}

/** Brings “tell someone”, for the card that is there. False as above. */
export async function injectTell(tab: number, frame: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files: ['/tell.js'] });
    return true;
  } catch {
    return false;
  }
}
