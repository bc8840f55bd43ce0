import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { Conversation } from '../../../../rules/engine/conversation.ts';
import { Scanner } from '../../../../rules/engine/match.ts';
import type { Rule, Surface } from '../../../../rules/language/model.ts';
import { judge, packOf, ruleOf, say, type Message } from '../../../fixtures/rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SIGNALS = { alpha: ['alpha'], beta: ['beta'], gamma: ['gamma'] };

/** A rule on the words alpha, beta and gamma, as far as its condition or its correlation names them. */
const ruleOn = (condition: string, changes: Partial<Rule> = {}): Rule => {
  const used = `${condition} ${(changes.correlation?.signals ?? []).join(' ')}`;
  const detection = Object.fromEntries(
    Object.entries(SIGNALS)
      .filter(([name]) => used.includes(name))
      .map(([name, patterns]) => [name, { patterns }]),
  );
  return ruleOf({}, { detection, condition, ...changes });
};

/** The numbers of the messages at which a rule speaks. */
const speaksAt = (rule: Rule, messages: readonly Message[]): number[] =>
  say(packOf([rule]), messages).flatMap((rules, index) => (rules.length > 0 ? [index] : []));

const after = (time: number, text: string): Message => ({ text, at: time });
const me = (text: string): Message => ({ text, from: 'me' });

describe('a condition', () => {
  it.each([
    ['alpha', 'alpha', true],
    ['alpha', 'beta', false],
    ['alpha and beta', 'beta alpha', true],
    ['alpha and beta', 'alpha', false],
    ['alpha or beta', 'beta', true],
    ['alpha or beta', 'gamma', false],
    ['alpha and not beta', 'alpha', true],
    ['alpha and not beta', 'alpha beta', false],
    ['alpha and not (beta or gamma)', 'alpha gamma', false],
    ['alpha and not (beta and gamma)', 'alpha gamma', true],
    ['alpha and not not beta', 'alpha beta', true],
    ['alpha or beta and gamma', 'alpha', true],
    ['alpha or beta and gamma', 'beta', false],
    ['(alpha or beta) and gamma', 'beta gamma', true],
    ['(alpha or beta) and gamma', 'alpha beta', false],
    ['2 of (alpha, beta, gamma)', 'gamma alpha', true],
    ['2 of (alpha, beta, gamma)', 'gamma gamma', false],
    ['3 of (alpha, beta, gamma)', 'gamma beta alpha', true],
    ['1 of (alpha, beta)', 'beta', true],
    ['not (beta or not alpha)', 'alpha', true],
    ['not (beta or not alpha)', 'alpha beta', false],
    ['not (not alpha and not beta)', 'beta', true],
    ['not not alpha', 'alpha', true],
    ['not 1 of (beta, gamma) and alpha', 'alpha', true],
    ['alpha and not 2 of (beta, gamma)', 'alpha beta', true],
    ['alpha and not 1 of (beta, gamma)', 'alpha beta', false],
  ])('“%s” on “%s” holds: %s', (condition, text, holds) => {
    expect(speaksAt(ruleOn(condition), [text])).toEqual(holds ? [0] : []);
  });
});

describe('a reach', () => {
  it.each([
    ['message', ['alpha', 'beta'], []],
    ['message', ['alpha', 'beta alpha'], [1]],
    ['2 messages', ['alpha', 'beta'], [1]],
    ['2 messages', ['alpha', 'so', 'beta'], []],
    ['3 messages', ['alpha', 'so', 'beta'], [2]],
    ['3 messages', ['beta', 'so', 'alpha'], [2]],
    ['3 messages', ['alpha', '', '', 'beta'], []],
    ['3 messages', ['alpha', 'so', 'alpha', 'so', 'beta'], [4]],
    ['500 messages', ['alpha', ...Array.from({ length: 498 }, () => 'so'), 'beta'], [499]],
    ['500 messages', ['alpha', ...Array.from({ length: 499 }, () => 'so'), 'beta'], []],
  ])('of %s counts messages of either side', (within, messages, spoken) => {
    expect(speaksAt(ruleOn('alpha and beta', { within }), messages)).toEqual(spoken);
    const answers = messages.map((text) => (text === 'so' ? me(text) : text));
    expect(speaksAt(ruleOn('alpha and beta', { within }), answers)).toEqual(spoken);
  });

  it.each([
    ['30m', 30 * MINUTE],
    ['12h', 12 * HOUR],
    ['3d', 3 * DAY],
    ['30d', 30 * DAY],
  ])('of %s counts time, its end included', (within, reach) => {
    const rule = ruleOn('alpha and beta', { within });
    expect(speaksAt(rule, [after(5000, 'alpha'), after(5000 + reach, 'beta')])).toEqual([1]);
    expect(speaksAt(rule, [after(5000, 'alpha'), after(5000 + reach + 1000, 'beta')])).toEqual([]);
  });

  it('is left by a “not” as by any other signal', () => {
    const rule = ruleOn('alpha and not beta', { within: '3 messages' });
    expect(speaksAt(rule, ['beta', 'so', 'alpha'])).toEqual([]);
    expect(speaksAt(rule, ['beta', 'so', 'so', 'alpha'])).toEqual([3]);
  });

  it('is not looked at again when a “not” leaves it without a new sign', () => {
    expect(speaksAt(ruleOn('alpha and not beta', { within: '2 messages' }), ['beta', 'alpha', 'so', 'so'])).toEqual([]);
  });

  it('is not looked at again for words that do not count', () => {
    const rule = ruleOn('alpha and not beta', { within: '3 messages' });
    expect(speaksAt(rule, ['beta', 'alpha', 'so', me('alpha')])).toEqual([]);
    expect(speaksAt(rule, ['beta', 'alpha', 'so', 'alpha'])).toEqual([3]);
  });

  it('does not take back what was said before a “not”', () => {
    expect(speaksAt(ruleOn('alpha and not beta', { within: '3 messages' }), ['alpha', 'beta', 'alpha'])).toEqual([0]);
  });
});

describe('whose words count', () => {
  it.each([
    ['them', 'them', true],
    ['them', 'me', false],
    ['me', 'me', true],
    ['me', 'them', false],
    ['any', 'them', true],
    ['any', 'me', true],
    ['them', 'unknown', true],
    ['them', 'page', true],
    ['me', 'unknown', false],
  ] as const)('from: %s, said by %s: %s', (from, speaker, speaks) => {
    expect(speaksAt(ruleOn('alpha', { from }), [{ text: 'alpha', from: speaker }])).toEqual(speaks ? [0] : []);
  });

  it('may be said of one entry apart from the others', () => {
    const rule = ruleOf({ ask: ['alpha'], answer: { patterns: ['beta'], from: 'me' } }, { within: '2 messages' });
    expect(speaksAt(rule, ['alpha', me('beta')])).toEqual([1]);
    expect(speaksAt(rule, ['alpha', 'beta'])).toEqual([]);
    expect(speaksAt(rule, [me('alpha'), me('beta')])).toEqual([]);
    expect(speaksAt(rule, [me('beta'), 'alpha'])).toEqual([1]);
  });

  it('holds for a “not” too', () => {
    const changes = { condition: 'lure and not talk', within: '2 messages' };
    const theirs = ruleOf({ lure: ['alpha'], talk: ['beta'] }, changes);
    const anyone = ruleOf({ lure: ['alpha'], talk: { patterns: ['beta'], from: 'any' } }, changes);
    expect(speaksAt(theirs, [me('beta'), 'alpha'])).toEqual([1]);
    expect(speaksAt(anyone, [me('beta'), 'alpha'])).toEqual([]);
  });

  it('is kept apart when one shared signal is asked of both sides', () => {
    const rule = ruleOf({ theirs: { signal: 'word' }, mine: { signal: 'word', from: 'me' } }, { within: '5 messages' });
    const pack = packOf([rule], { signals: [{ name: 'word', title: 'Word', patterns: ['alpha'] }] });
    expect(say(pack, ['alpha', 'alpha', me('alpha')]).map((rules) => rules.length)).toEqual([0, 0, 1]);
  });
});

describe('a correlation', () => {
  const correlated = (correlation: Rule['correlation'], condition = 'alpha and beta'): Rule =>
    ruleOn(condition, correlation === undefined ? {} : { correlation });

  it.each([
    [['alpha', 'beta'], [1]],
    [['beta', 'alpha'], []],
    [['beta', 'alpha', 'beta'], [2]],
    [['alpha', 'so', 'so', 'beta'], [3]],
    [['alpha beta'], [0]],
  ])('in order: %s', (messages, spoken) => {
    expect(speaksAt(correlated({ type: 'temporal_ordered', timespan: '1h' }), messages)).toEqual(spoken);
  });

  it.each([
    ['alpha, beta, gamma', ['alpha', 'beta', 'gamma'], [2]],
    ['alpha, gamma, beta', ['alpha', 'gamma', 'beta'], []],
    ['beta before alpha, then both again', ['beta', 'alpha', 'gamma', 'beta', 'gamma'], [4]],
    ['gamma first', ['gamma', 'alpha', 'beta', 'gamma'], [3]],
  ])('in an order of three: %s', (_, messages, spoken) => {
    const rule = correlated({ type: 'temporal_ordered', timespan: '1h' }, 'alpha and beta and gamma');
    expect(speaksAt(rule, messages)).toEqual(spoken);
  });

  it('in the order of its own list, not in that of the condition', () => {
    const rule = correlated({ type: 'temporal_ordered', timespan: '1h', signals: ['beta', 'alpha'] });
    expect(speaksAt(rule, ['alpha', 'beta'])).toEqual([]);
    expect(speaksAt(rule, ['beta', 'alpha'])).toEqual([1]);
  });

  it.each(['temporal', 'temporal_ordered'] as const)('that is %s reaches as far as its timespan', (type) => {
    const rule = correlated({ type, timespan: '30m' });
    expect(speaksAt(rule, [after(0, 'alpha'), after(30 * MINUTE, 'beta')])).toEqual([1]);
    expect(speaksAt(rule, [after(0, 'alpha'), after(31 * MINUTE, 'beta')])).toEqual([]);
    expect(speaksAt(rule, [after(0, 'alpha'), after(31 * MINUTE, 'alpha'), after(32 * MINUTE, 'beta')])).toEqual([2]);
  });

  it('may count messages instead of time', () => {
    const rule = correlated({ type: 'temporal_ordered', timespan: '3 messages' });
    expect(speaksAt(rule, ['alpha', 'so', 'beta'])).toEqual([2]);
    expect(speaksAt(rule, ['alpha', 'so', 'so', 'beta'])).toEqual([]);
  });

  it('that is temporal asks for every signal, where the condition asks for any', () => {
    const rule = correlated({ type: 'temporal', timespan: '1h' }, 'alpha or beta');
    expect(speaksAt(rule, ['alpha', 'alpha'])).toEqual([]);
    expect(speaksAt(rule, ['beta', 'alpha'])).toEqual([1]);
  });

  it.each([
    ['too few', ['alpha', 'alpha'], []],
    ['enough', ['alpha', 'so', 'alpha', 'alpha'], [3]],
    ['many in one message', ['alpha alpha alpha', 'alpha'], []],
  ])('counts messages that have a signal: %s', (_, messages, spoken) => {
    expect(speaksAt(correlated({ type: 'event_count', timespan: '1h', count: 3 }, 'alpha'), messages)).toEqual(spoken);
  });

  it('counts a message with two of its signals once', () => {
    const rule = correlated({ type: 'event_count', timespan: '1h', count: 2 }, 'alpha or beta');
    expect(speaksAt(rule, ['alpha beta', 'so'])).toEqual([]);
    expect(speaksAt(rule, ['alpha', 'beta'])).toEqual([1]);
  });

  it('counts only within its timespan', () => {
    const rule = correlated({ type: 'event_count', timespan: '30m', count: 2 }, 'alpha');
    expect(speaksAt(rule, [after(0, 'alpha'), after(40 * MINUTE, 'alpha'), after(60 * MINUTE, 'alpha')])).toEqual([2]);
  });

  it('counts only the words of those who are meant', () => {
    const rule = correlated({ type: 'event_count', timespan: '1h', count: 2 }, 'alpha');
    expect(speaksAt(rule, ['alpha', me('alpha'), 'alpha'])).toEqual([2]);
  });

  it.each(['temporal', 'temporal_ordered'] as const)(
    'that is %s is completed by a signal that only it names',
    (type) => {
      const rule = correlated({ type, timespan: '1h', signals: ['alpha', 'beta'] }, 'alpha');
      expect(speaksAt(rule, ['alpha', 'beta'])).toEqual([1]);
    },
  );

  it('that counts is completed by a signal that only it names', () => {
    const rule = correlated({ type: 'event_count', timespan: '1h', count: 2, signals: ['alpha', 'beta'] }, 'alpha');
    expect(speaksAt(rule, ['alpha', 'beta'])).toEqual([1]);
  });
});

describe('where a rule speaks', () => {
  const surfaces: Surface[] = ['chat', 'post', 'job', 'mail', 'page'];

  it.each(surfaces)('is where it was written for: %s', (surface) => {
    const messages = surfaces.map((name): Message => ({ text: 'alpha', surface: name }));
    expect(speaksAt(ruleOn('alpha', { surfaces: [surface] }), messages)).toEqual([surfaces.indexOf(surface)]);
  });

  it('may be several surfaces', () => {
    const rule = ruleOn('alpha', { surfaces: ['job', 'post'] });
    expect(
      speaksAt(rule, [
        { text: 'alpha', surface: 'chat' },
        { text: 'alpha', surface: 'post' },
      ]),
    ).toEqual([1]);
  });
});

describe('rules that speak at one message', () => {
  it('are listed strongest first', () => {
    const ids = [1, 2, 3].map((number) => `6b0c6c1e-0000-4000-8000-00000000001${number}`);
    const levels = ['warning', 'notice', 'urgent'] as const;
    const rules = levels.map((level, index) => ruleOn('alpha', { id: ids[index] ?? '', level }));
    const [verdicts = []] = judge(packOf(rules), ['alpha']);
    expect(verdicts.map(({ level }) => level)).toEqual(['urgent', 'warning', 'notice']);
    expect(verdicts.map(({ rule }) => rule.id)).toEqual([ids[2], ids[0], ids[1]]);
  });

  it('are told with what people are shown of them', () => {
    const [[verdict] = []] = judge(packOf([ruleOn('alpha')]), ['alpha']);
    const { id, title, category, date, references } = ruleOn('alpha');
    expect(verdict?.rule).toMatchObject({ id, title, category, date, references });
    expect(verdict?.rule).toMatchObject({ trick: 'some-trick', counterfact: 'some-fact' });
  });
});

describe('reading a message', () => {
  it('is scanning it and judging what was found', () => {
    const rules = compilePack(packOf([ruleOn('alpha and beta', { within: '2 messages' })]));
    const scanner = new Scanner(rules);
    const read = new Conversation(rules, scanner);
    const judged = new Conversation(rules, scanner);
    for (const [index, text] of ['alpha', 'beta', 'so'].entries()) {
      const piece = { text, from: 'them', surface: 'chat', at: index } as const;
      expect(judged.judge(piece, scanner.scan(text).hits)).toEqual(read.read(piece));
    }
    expect(judged.memory).toEqual(read.memory);
  });
});
