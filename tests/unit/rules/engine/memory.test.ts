import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { Conversation } from '../../../../rules/engine/conversation.ts';
import { type ConversationMemory } from '../../../../rules/engine/memory.ts';
import { keyOf } from '../../../../rules/engine/key.ts';
import type { Pack } from '../../../../rules/language/model.ts';
import { judge, packOf, RULE_ID, ruleOf, say, type Message } from '../../../fixtures/rules.ts';

const DAY = 24 * 3_600_000;
const OTHER_ID = '6b0c6c1e-0000-4000-8000-000000000002';
const pair = ruleOf({ ask: ['alpha'], press: ['beta'] }, { within: '5 messages' });
const lone = ruleOf({ ask: ['alpha'] });

const countsOf = (pack: Pack, messages: readonly Message[]): number[] =>
  say(pack, messages).map((rules) => rules.length);
const at = (time: number, text = 'alpha'): Message => ({ text, at: time });
const sourced = (source: number, text = 'alpha', more: object = {}): Message => ({ text, source, ...more });

describe('a rule speaks once a day in a conversation', () => {
  it('whatever is said in between', () => {
    expect(countsOf(packOf([lone]), ['alpha', 'alpha', 'beta', 'alpha'])).toEqual([1, 0, 0, 0]);
  });

  it('and again when a day has passed since', () => {
    expect(countsOf(packOf([lone]), [at(0), at(DAY - 1000), at(DAY), at(DAY + 1000)])).toEqual([1, 0, 1, 0]);
  });

  it('and other rules speak in its place', () => {
    const other = ruleOf({ ask: ['beta'] }, { id: OTHER_ID });
    expect(say(packOf([lone, other]), ['alpha', 'alpha beta'])).toEqual([[RULE_ID], [OTHER_ID]]);
  });

  it('and in another conversation at the same time', () => {
    const pack = packOf([lone]);
    expect([countsOf(pack, ['alpha']), countsOf(pack, ['alpha'])]).toEqual([[1], [1]]);
  });
});

describe('a memory', () => {
  const messages: Message[] = [
    'so',
    'alpha',
    { text: 'gamma', from: 'me' },
    'so',
    'beta and alpha',
    at(DAY, 'beta'),
    at(DAY + 120_000, 'alpha'),
    at(DAY + 180_000, 'gamma beta'),
  ];
  const pack = packOf([
    pair,
    ruleOf(
      { ask: ['alpha'], answer: { patterns: ['gamma'], from: 'any' }, press: ['beta'] },
      { id: OTHER_ID, correlation: { type: 'temporal_ordered', timespan: '1h' } },
    ),
  ]);

  it.each(messages.map((_, index) => [index]))('that is stored and read at message %i changes nothing', (cut) => {
    const whole = judge(pack, messages);
    const rules = compilePack(pack);
    const before = new Conversation(rules);
    const piece = (message: Message, index: number) =>
      ({
        from: 'them',
        surface: 'chat',
        at: index * 60_000,
        ...(typeof message === 'string' ? { text: message } : message),
      }) as const;
    const first = messages.slice(0, cut).map((message, index) => before.read(piece(message, index)));
    const stored = JSON.parse(JSON.stringify(before.memory)) as ConversationMemory;
    const afterwards = new Conversation(compilePack(pack), undefined, stored);
    const rest = messages.slice(cut).map((message, index) => afterwards.read(piece(message, index + cut)));
    expect([...first, ...rest]).toEqual(whole);
    expect(whole.flat().map(({ rule }) => rule.id)).toContain(OTHER_ID);
  });

  it('holds numbers alone, no word of what was said', () => {
    const { memory } = conversationAfter(['alpha', 'beta alpha', 'gamma']);
    const kept = JSON.stringify(memory);
    expect(kept).not.toMatch(/alpha|beta|gamma|lure|ask|press/);
    expect(kept).toMatch(/^[-\d[\]{},:"a-zA-Z]+$/);
  });

  it('serves another rule set that has the same rules at other places', () => {
    const memory = conversationAfter(['alpha']).memory;
    const moved = packOf([ruleOf({ word: ['delta'] }, { id: OTHER_ID }), pair]);
    expect(say(moved, ['beta'], memory)).toEqual([[RULE_ID]]);
  });

  it('keeps a rule that has spoken quiet under another rule set', () => {
    const memory = conversationAfter(['alpha beta']).memory;
    expect(say(packOf([ruleOf({ word: ['delta'] }, { id: OTHER_ID }), pair]), ['beta'], memory)).toEqual([[]]);
  });

  it('does not grow without end', () => {
    const conversation = conversationAfter([]);
    for (let index = 0; index < 3000; index += 1)
      conversation.read({ text: 'alpha', from: 'them', surface: 'chat', at: index, source: index + 1 });
    expect(JSON.stringify(conversation.memory).length).toBeLessThan(40_000);
  });

  it('still knows the newest when it is full', () => {
    const conversation = conversationAfter([]);
    const read = (text: string) => conversation.read({ text, from: 'me', surface: 'chat', at: 0 });
    for (let index = 0; index < 1000; index += 1) read('alpha');
    const verdicts = [conversation.read({ text: 'alpha', from: 'them', surface: 'chat', at: 0 })];
    verdicts.push(conversation.read({ text: 'beta', from: 'them', surface: 'chat', at: 0 }));
    expect(verdicts.map((spoken) => spoken.length)).toEqual([0, 1]);
  });

  function conversationAfter(texts: readonly string[]): Conversation {
    const conversation = new Conversation(compilePack(packOf([pair])));
    for (const text of texts) conversation.read({ text, from: 'them', surface: 'chat', at: 0 });
    return conversation;
  }
});

describe('a message that is read a second time', () => {
  it('adds nothing to a count', () => {
    const counting = ruleOf({ ask: ['alpha'] }, { correlation: { type: 'event_count', timespan: '1h', count: 2 } });
    expect(countsOf(packOf([counting]), [sourced(7), sourced(7), sourced(7)])).toEqual([0, 0, 0]);
    expect(countsOf(packOf([counting]), [sourced(7), sourced(7), sourced(8)])).toEqual([0, 0, 1]);
    expect(countsOf(packOf([counting]), [sourced(7), sourced(8)])).toEqual([0, 1]);
  });

  it('is not known when its source is not', () => {
    const counting = ruleOf({ ask: ['alpha'] }, { correlation: { type: 'event_count', timespan: '1h', count: 2 } });
    expect(countsOf(packOf([counting]), [sourced(0), sourced(0)])).toEqual([0, 1]);
  });

  it('does not make a rule speak a day later', () => {
    expect(countsOf(packOf([lone]), [sourced(7, 'alpha', { at: 0 }), sourced(7, 'alpha', { at: 2 * DAY })])).toEqual([
      1, 0,
    ]);
  });

  it('still counts as said before what comes after', () => {
    const messages = [sourced(7), ...[1, 2, 3, 4, 5, 6].map((index) => sourced(10 + index, 'so')), sourced(7)];
    expect(countsOf(packOf([pair]), [...messages, sourced(30, 'beta')]).at(-1)).toBe(1);
  });

  it('gives what a whole conversation gave, though it is all read again', () => {
    const said = [sourced(1), sourced(2, 'so'), sourced(3, 'so')];
    const again = [...said, ...said, ...said, ...said, sourced(4, 'beta')];
    expect(countsOf(packOf([pair]), again)).toEqual([...again.slice(1).map(() => 0), 1]);
  });
});

describe('evidence', () => {
  const evidenceOf = (pack: Pack, messages: readonly Message[]) =>
    judge(pack, messages).flatMap((verdicts, index) =>
      verdicts.flatMap(({ message, evidence }) => {
        expect(message).toBe(index);
        return evidence;
      }),
    );

  it('names the entry, the message and the words of the new message', () => {
    expect(evidenceOf(packOf([pair]), ['so', 'beta, alpha!'])).toEqual([
      { entry: 'ask', message: 1, places: [{ start: 6, end: 11 }] },
      { entry: 'press', message: 1, places: [{ start: 0, end: 4 }] },
    ]);
  });

  it('names an earlier message by its number, without words', () => {
    expect(evidenceOf(packOf([pair]), ['so', 'alpha', 'so', 'the beta'])).toEqual([
      { entry: 'ask', message: 1, places: [] },
      { entry: 'press', message: 3, places: [{ start: 4, end: 8 }] },
    ]);
  });

  it('names the newest of several messages that have a signal', () => {
    expect(evidenceOf(packOf([pair]), ['alpha', 'alpha', 'beta'])).toMatchObject([
      { entry: 'ask', message: 1 },
      { entry: 'press', message: 2 },
    ]);
  });

  it('leaves out what the condition forbids and what was not said', () => {
    const rule = ruleOf(
      { ask: ['alpha'], press: ['beta'], talk: ['gamma'] },
      { condition: '(ask or press) and not talk' },
    );
    expect(evidenceOf(packOf([rule]), ['the alpha'])).toEqual([
      { entry: 'ask', message: 0, places: [{ start: 4, end: 9 }] },
    ]);
  });

  it('has every place of a signal', () => {
    expect(evidenceOf(packOf([lone]), ['alpha or alpha'])).toEqual([
      {
        entry: 'ask',
        message: 0,
        places: [
          { start: 0, end: 5 },
          { start: 9, end: 14 },
        ],
      },
    ]);
  });

  it('names both entries that use one shared signal', () => {
    const rule = ruleOf({ one: { signal: 'word' }, two: { signal: 'word', from: 'any' } });
    const pack = packOf([rule], { signals: [{ name: 'word', title: 'Word', patterns: ['alpha'] }] });
    expect(evidenceOf(pack, ['alpha']).map(({ entry }) => entry)).toEqual(['one', 'two']);
  });

  it('is not changed by the messages that follow', () => {
    const conversation = new Conversation(compilePack(packOf([lone])));
    const verdicts = conversation.read({ text: 'alpha', from: 'them', surface: 'chat', at: 0 });
    const copy = structuredClone(verdicts);
    conversation.read({ text: 'so alpha alpha', from: 'them', surface: 'chat', at: 2 * DAY });
    expect(verdicts).toEqual(copy);
  });
});

describe('a message that is read again', () => {
  it.each([
    ['alpha', 'beta'],
    ['beta', 'alpha'],
  ])('and has grown from “%s” completes a rule that wants both in one message', (first, second) => {
    const both = packOf([ruleOf({ ask: ['alpha'], press: ['beta'] })]);
    expect(countsOf(both, [sourced(7, first), sourced(7, `${first} ${second}`)])).toEqual([0, 1]);
  });

  it('keeps the time at which it was read first', () => {
    const soon = packOf([ruleOf({ ask: ['alpha'], press: ['beta'] }, { within: '30m' })]);
    const later = 2 * 3_600_000;
    const messages = [
      sourced(7, 'alpha', { at: 0 }),
      sourced(7, 'alpha', { at: later }),
      sourced(8, 'beta', { at: later }),
    ];
    expect(countsOf(soon, messages)).toEqual([0, 0, 0]);
  });
});

describe('a rule that is new', () => {
  const before = packOf([lone]);
  const other = ruleOf({ ask: { signal: 'ask' }, press: ['beta'] }, { id: OTHER_ID, within: '3 messages' });
  const sharing = packOf([ruleOf({ ask: { signal: 'ask' } }), other], {
    signals: [{ name: 'ask', title: 'Asks', patterns: ['alpha'] }],
  });
  const talk: [source: number, text: string][] = [
    [1, 'so'],
    [2, 'alpha'],
    [3, 'beta'],
  ];
  /** Reads the talk with one rule set, then again with the next; what speaks at the second reading. */
  const again = (first: Pack, second: Pack, news: readonly string[], messages = talk): string[][] => {
    const memory: ConversationMemory = { messages: 0, hits: [], spoke: [] };
    const read = (pack: Pack, known: readonly string[]): string[][] => {
      const rules = compilePack(pack);
      const conversation = new Conversation(rules, undefined, memory, new Set(known.map((id) => keyOf(id))));
      return messages.map(([source, text]) =>
        conversation.read({ text, source, from: 'them', surface: 'chat', at: 0 }).map(({ rule }) => rule.id),
      );
    };
    read(first, []);
    return read(second, news);
  };
  const without = packOf([sharing.rules[0] ?? lone], { signals: sharing.signals });

  it('warns of what was read before it was there, although its signals were known', () => {
    const both = packOf([sharing.rules[0] ?? lone, ruleOf({ ask: { signal: 'ask' } }, { id: OTHER_ID })], {
      signals: sharing.signals,
    });
    expect(again(without, both, [OTHER_ID])).toEqual([[], [OTHER_ID], []]);
    expect(again(without, sharing, [OTHER_ID])).toEqual([[], [], [OTHER_ID]]);
  });

  it('speaks once, however often it is read', () => {
    expect(again(sharing, sharing, [OTHER_ID])).toEqual([[], [], []]);
    expect(again(before, before, [RULE_ID])).toEqual([[], [], []]);
  });

  it('leaves rules that are not new as quiet as they were', () => {
    expect(again(sharing, sharing, [])).toEqual([[], [], []]);
    const both = packOf([lone, ruleOf({ ask: ['alpha'] }, { id: OTHER_ID })]);
    expect(again(before, both, [OTHER_ID])).toEqual([[], [OTHER_ID], []]);
  });
});
