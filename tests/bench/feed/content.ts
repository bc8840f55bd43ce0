/** Rule sets of any size for measuring the feed, and the same with one rule in a hundred changed. */
import { join } from 'node:path';
import { buildRelease, publishTo, readContent, signWithAllKeys, type Work } from '../../../rules/cli/feed/api.ts';
import { OWN_PACKS } from '../../../rules/cli/packs.ts';
import type { Rule } from '../../../rules/language/model.ts';
import { idOf } from '../../fixtures/rules.ts';
import { makePhrases } from '../phrases.ts';
import { readText } from '../text.ts';

type Content = NonNullable<ReturnType<typeof readContent>['content']>;

/**
 * Phrases of each of a rule's two lists, what is said and what is asked for: with two, 10,000 rules are as large in br as
 * those of design/feed.md 4.6, which the goals were set with.
 */
const PHRASES = 2;
/** One rule in this many changes from one release to the next. */
const CHANGED = 100;

/** The project's own rules, as they are published. */
export function ownContent(): Content {
  const { content, faults } = readContent(OWN_PACKS, join(OWN_PACKS, 'no-urgent-rules'));
  if (content === undefined) throw new Error(faults.join('\n'));
  return content;
}

/** So many rules of two lists of phrases each, all in `vi-core`. `release` counts up; each changes other rules. */
export function syntheticContent(own: Content, count: number, release: number): Content {
  const phrases = phrasesFor(count * PHRASES * 2 + count);
  const like = own.parts['vi-core'].rules[0];
  if (like === undefined) throw new Error('the packs have no rule');
  const rules = Array.from({ length: count }, (_, index): Rule => {
    const at = index * PHRASES * 2;
    const said = phrases.slice(at, at + PHRASES);
    // The last release that touched this rule gave it another phrase.
    for (let turn = 2; turn <= release; turn += 1)
      if ((index + turn * 37) % CHANGED === 0)
        said[0] = `${phrases[phrases.length - 1 - index]} ${'abcdefgh'[turn % 8]}`;
    return {
      ...like,
      id: idOf(index + 1),
      title: `About “${said[1]}”`,
      surfaces: ['chat'],
      detection: {
        said: { patterns: index === 0 ? [...said, 'tài khoản an toàn'] : said },
        asked: { patterns: index === 0 ? ['chuyển tiền'] : phrases.slice(at + PHRASES, at + 2 * PHRASES) },
      },
      condition: 'said and asked',
      within: 'message',
      from: 'them',
      evidence: undefined,
      correlation: undefined,
    };
  });
  const plain = JSON.parse(JSON.stringify(rules)) as Rule[];
  const { texts } = own.parts['vi-core'];
  const none = { ...own.parts.minority };
  return {
    ...own,
    parts: {
      'vi-core': { ...none, rules: plain, texts, kills: [] },
      en: none,
      minority: none,
      'vi-urgent': none,
    },
    tests: { 'vi-core': {}, en: {}, minority: {}, 'vi-urgent': {} },
  };
}

let phraseList: string[] = [];
function phrasesFor(count: number): string[] {
  if (phraseList.length < count) phraseList = makePhrases(readText(), count);
  return phraseList.slice(0, count);
}

/** Builds, signs and publishes a release into a folder. */
export async function publish(work: Work, site: string, content: Content): Promise<void> {
  const now = new Date();
  await buildRelease(work, { content, unchecked: true, now });
  await signWithAllKeys(work);
  await publishTo(work, site, { now });
}
