/** Everything that Beside shows, in each language and in light and dark, meets WCAG 2.2 AA as far as a machine can tell. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { wordsFor, say } from '../../utils/words/words.ts';
import { LURE } from '../fixtures/lure.ts';
import { expect, test } from '../fixtures/test.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const language of ['vi', 'en'] as const) {
  for (const dark of [false, true]) {
    test.describe(`${language}, ${dark ? 'dark' : 'light'}`, () => {
      test.use({ language, dark });
      const words = wordsFor(language);

      test('the card and what stands behind its buttons', async ({ open, beside }) => {
        const { page, card } = await open('zalo-class');
        await page.evaluate((text) => window.stage?.say('them', text), LURE);
        await card.appears();
        await card.grow();
        const look = await beside.context.newPage();
        // The copy would fade in each time, and be judged while it is still pale.
        await look.emulateMedia({ reducedMotion: 'reduce' });
        expect(await look.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(dark);
        const check = async (what: string): Promise<void> => {
          await look.setContent((await card.copy()) ?? '');
          expect(await faults(look), what).toEqual([]);
        };
        await check('card');
        await card.click(say(words, 'why_title'));
        await check('why');
        await card.click(say(words, 'card_check'));
        await check('check');
        await card.click(say(words, 'back'));
        await card.click(say(words, 'card_tell'));
        await check('tell');
        await card.click('113');
        await check('a help line');
      });

      test('the popup', async ({ beside }) => {
        const page = await beside.context.newPage();
        await page.goto(`chrome-extension://${beside.id}/popup.html`);
        await page.getByRole('button', { name: say(words, 'tell_title') }).waitFor();
        expect(await faults(page)).toEqual([]);
      });

      test('the settings page, also with a person being added', async ({ beside }) => {
        const page = await beside.context.newPage();
        await page.goto(`chrome-extension://${beside.id}/options.html`);
        await page.getByRole('button', { name: say(words, 'person_add') }).click();
        await page.getByRole('button', { name: say(words, 'person_save') }).click();
        expect(await faults(page)).toEqual([]);
      });
    });
  }
}

/** What axe finds: the rule and the elements. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
