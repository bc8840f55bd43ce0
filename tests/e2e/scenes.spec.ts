/** What Beside makes of every page of the stage, message by message. */
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import type { BesideBrowser } from '../fixtures/browser.ts';
import { expect, test } from '../fixtures/test.ts';
import { SCENES } from '../fixtures/stage/scenes.ts';

const allowed = SCENES.filter(({ byPermission }) => byPermission === true).map(({ url }) => new URL(url).hostname);
test.use({ allowed });

/** The card names rules by their titles. */
const categoryOf = new Map<string, string>(
  loadPack(OWN_PACKS).pack.rules.map(({ title, category }) => [title, category]),
);

for (const { name, expects, about } of SCENES) {
  if (expects === 'quiet') {
    test(`stays quiet on ${name}: ${about}`, async ({ open, beside }) => {
      const scene = await open(name);
      while (await scene.next()) expect(await scene.card.see()).toBeUndefined();
      expect(await scene.card.see()).toBeUndefined();
      expect(await readBadge(beside, scene.page.url())).toBe('');
    });
  } else {
    test(`warns on ${name}: ${about}`, async ({ open, beside }) => {
      const scene = await open(name);
      const sight = await scene.playUntil(expects.atLeast);
      expect(sight.headline).not.toBe('');
      expect(await readBadge(beside, scene.page.url())).toBe(sight.level === 'urgent' ? '!' : '•');
      const grown = await scene.card.grow();
      expect(grown.words.length).toBeGreaterThan(0);
      expect(grown.rules.length).toBeGreaterThan(0);
      const categories = grown.rules.map((title) => categoryOf.get(title));
      expect(categories.filter((category) => expects.categories.includes(category ?? ''))).not.toEqual([]);
    });
  }
}

async function readBadge(beside: BesideBrowser, url: string): Promise<string> {
  const worker = await beside.worker();
  return worker.evaluate(async (address) => {
    const [tab] = await chrome.tabs.query({ url: `${new URL(address).origin}/*` });
    return chrome.action.getBadgeText({ tabId: tab?.id });
  }, url);
}
