// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { judgeCheck } from '../../../components/parts/feed-words.ts';
import { RuleSetLine } from '../../../components/parts/RuleSetLine.tsx';
import { RuleFeed } from '../../../components/settings/RuleFeed.tsx';
import { LANGUAGES } from '../../../rules/language/model.ts';
import { FRESHNESS, REFUSALS, type FeedRefusal, type FeedState } from '../../../utils/settings/model.ts';
import { wordsFor } from '../../../utils/words/words.ts';
import { draw, findControl, press, ruleSetState, words } from './builders.tsx';

const refusal = (change: Partial<FeedRefusal> = {}): FeedRefusal => ({
  kind: 'bad-signature',
  file: '42.vi-core.json',
  mirror: 'www.mirror.vn',
  at: Date.UTC(2026, 10, 22, 12),
  what: '1 of 2 signatures is valid',
  ...change,
});

const line = (feed: Partial<FeedState>, language: 'vi' | 'en' = 'en') =>
  draw(<RuleSetLine words={wordsFor(language)} ruleSet={ruleSetState(feed)} />);

describe('the line on the rules', () => {
  it('is quiet while the rules are fresh', () => {
    expect(line({}).textContent).toBe('Rule set 42, 20 November 2026 · 187 rules');
  });

  it('says plainly that a package without a feed brings its own rules', () => {
    const place = line({ source: 'none', freshness: 'fresh', rulesFrom: 'package', files: {} });
    expect(place.textContent).toContain('The rules come with the extension.');
    expect(place.querySelector('.trouble')).toBeNull();
  });

  it('notes quietly that the rules were not confirmed for a while', () => {
    const place = line({ freshness: 'stale' });
    expect(place.textContent).toContain('Not confirmed as the newest since 20 November 2026.');
    expect(place.querySelector('.trouble')).toBeNull();
  });

  it.each(['old', 'very-old'] as const)('says visibly since when %s rules were not updated', (freshness) => {
    const [trouble] = line({ freshness }).querySelectorAll('.trouble');
    expect(trouble?.textContent).toContain('Not updated since 20 November 2026');
  });

  it('asks for a connection or an update when the rules are very old', () => {
    expect(line({ freshness: 'very-old' }).textContent).toMatch(/connect this device to the internet.*update the ext/u);
  });

  it('gives the day of the rule set when nothing says when it was issued', () => {
    const { issued: _, ...feed } = ruleSetState({ freshness: 'old' }).feed;
    const ruleSet = { ...ruleSetState({}, { date: '2026-11-01' }), feed };
    expect(draw(<RuleSetLine words={words} ruleSet={ruleSet} />).textContent).toContain('since 1 November 2026');
  });

  it.each([
    ['behind', 'seems to be behind'],
    ['ahead', 'seems to be ahead'],
  ] as const)('names a clock that is %s', (clock, said) => {
    expect(line({ clock }).textContent).toContain(said);
  });

  it('says that damaged rules gave way to the ones before them', () => {
    expect(line({ rulesFrom: 'previous' }).textContent).toContain('is using the ones before them');
  });
});

describe('an update that was not accepted', () => {
  it('is named in the details: why, what, from where, when, and that the last good rules stay', () => {
    const place = line({ refusal: refusal() });
    expect(findControl(place, 'An update was not accepted')?.tagName).toBe('SUMMARY');
    const details = place.querySelector('details')?.textContent;
    expect(details).toContain('not signed by enough of the people');
    expect(details).toContain('The last good rules stay in use.');
    expect(details).toContain('42.vi-core.json');
    expect(details).toMatch(/Frommirror\.vn/u);
    expect(details).toMatch(/22\/11/u);
    expect(place.querySelector('dd[lang="en"]')?.textContent).toBe('1 of 2 signatures is valid');
    expect(place.querySelector('details')?.open).toBe(false);
  });

  it('names no file and no source when none is to blame', () => {
    const place = line({ refusal: refusal({ kind: 'storage', file: '', mirror: '' }) });
    expect([...place.querySelectorAll('dt')].map((label) => label.textContent)).toEqual(['Time', 'Details']);
  });

  it.each(LANGUAGES.flatMap((language) => REFUSALS.map((kind) => ({ language, kind }))))(
    'has its own reason in plain words: $kind, $language',
    ({ language, kind }) => {
      const say = (one: FeedRefusal['kind']) =>
        line({ freshness: 'old', refusal: refusal({ kind: one }) }, language).querySelector('details p')?.textContent;
      expect(say(kind)).toMatch(/^\p{Lu}.*\.$/u);
      expect(REFUSALS.filter((other) => say(other) === say(kind))).toEqual([kind]);
    },
  );

  it.each(['offline', 'unreachable'] as const)('is not spoken of for a while of being %s', (kind) => {
    expect(line({ refusal: refusal({ kind }) }).querySelector('details')).toBeNull();
    expect(line({ freshness: 'stale', refusal: refusal({ kind }) }).textContent).toContain('did not get through');
    const place = draw(<RuleSetLine words={words} ruleSet={ruleSetState({ refusal: refusal({ kind }) })} isComplete />);
    expect(place.textContent).toContain('did not get through');
  });

  it('reads a name that looks like markup as a name', () => {
    const place = line({ refusal: refusal({ file: '<img src=x>', what: '<b>bold</b>' }) });
    expect(place.querySelector('img, b')).toBeNull();
    expect(place.textContent).toContain('<img src=x>');
  });
});

describe('what is said of the feed', () => {
  it.each(LANGUAGES)('leaves no placeholder open in any state: %s', (language) => {
    for (const freshness of FRESHNESS)
      for (const kind of REFUSALS) {
        const ruleSet = ruleSetState({ freshness, clock: 'behind', refusal: refusal({ kind }) });
        const place = draw(
          <RuleFeed words={wordsFor(language)} ruleSet={ruleSet} on={{ checkFeed: async () => ruleSet.feed }} />,
        );
        expect(place.textContent).not.toMatch(/[{}]|undefined|NaN|Invalid/u);
      }
  });
});

describe('the rules in the settings', () => {
  const settings = (feed: FeedState, checkFeed: () => Promise<FeedState | undefined>) =>
    draw(<RuleFeed words={words} ruleSet={{ ...ruleSetState(), feed }} on={{ checkFeed }} />);

  it('say when a source last answered, since when the rules are in use, and the number of each part', () => {
    const rows = [...settings(ruleSetState().feed, vi.fn()).querySelectorAll('dl > div')].map((row) => row.textContent);
    expect(rows).toEqual([
      expect.stringMatching(/^Last good check.*23\/11/u),
      expect.stringMatching(/^Rules received.*20\/11/u),
      'PartsVietnamese: 41 · English: 12',
    ]);
  });

  it('say that the rules came with the extension while no update was taken', () => {
    const place = settings({ source: 'feed', freshness: 'fresh', files: {}, rulesFrom: 'package' }, vi.fn());
    expect(place.textContent).toContain('Last good checkNot yet');
    expect(place.textContent).toContain('Rules receivedWith the extension');
  });

  it('offer no check in a package without a feed', () => {
    const place = settings({ source: 'none', files: {}, rulesFrom: 'package' }, vi.fn());
    expect(findControl(place, 'Check now')).toBeUndefined();
    expect(place.querySelector('dl')).toBeNull();
  });

  it('show that a check runs, start no second one meanwhile, keep the focus, and say how it ended', async () => {
    const { feed } = ruleSetState();
    const { promise, resolve } = Promise.withResolvers<FeedState | undefined>();
    const check = vi.fn(() => promise);
    const place = settings(feed, check);
    findControl(place, 'Check now')?.focus();
    await press(place, 'Check now');
    const button = findControl(place, 'Checking…');
    expect(button?.getAttribute('aria-disabled')).toBe('true');
    await press(place, 'Checking…');
    expect(check).toHaveBeenCalledOnce();
    resolve({ ...feed, checkedAt: Date.UTC(2026, 10, 24) });
    await vi.waitFor(() =>
      expect(place.querySelector('[role=status]')?.textContent).toBe('No newer rules at the moment.'),
    );
    expect(document.activeElement?.textContent).toBe('Check now');
  });
});

describe('how a check ended', () => {
  const { feed } = ruleSetState();
  const later = Date.UTC(2026, 10, 25);

  it.each([
    ['new', 'rules were taken', { checkedAt: later, changedAt: later }],
    ['new', 'rules were taken although one source was refused', { changedAt: later, refusal: refusal() }],
    ['same', 'a source answered and had nothing newer', { checkedAt: later }],
    ['refused', 'something was refused', { refusal: refusal() }],
    ['missed', 'there was no connection', { refusal: refusal({ kind: 'offline' }) }],
    ['missed', 'nothing has changed at all', {}],
  ] as const)('is “%s” when %s', (outcome, _, change) => {
    expect(judgeCheck(feed, { ...feed, ...change })).toBe(outcome);
  });

  it('is “missed” when nobody answered', () => {
    expect(judgeCheck(feed, undefined)).toBe('missed');
  });
});
