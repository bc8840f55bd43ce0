import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { Conversation } from '../../../../rules/engine/conversation.ts';
import { keyOf } from '../../../../rules/engine/key.ts';
import { Scanner } from '../../../../rules/engine/match.ts';
import { SIGNAL, SIGNAL_SIZE } from '../../../../rules/engine/compiled.ts';
import type { DetectionEntry, SharedSignal } from '../../../../rules/language/model.ts';
import { idOf, packOf, ruleOf } from '../../../fixtures/rules.ts';

const shared = (name: string, ...patterns: string[]): SharedSignal => ({ name, title: name, patterns });

/** Names of the signals that a text has, by the names that a conversation's memory knows them by. */
const signalsIn = (text: string, detections: Record<string, DetectionEntry>[], signals: SharedSignal[]): string[] => {
  const rules = detections.map((detection, index) =>
    ruleOf(detection, { id: idOf(index), condition: Object.keys(detection).join(' or ') }),
  );
  const compiled = compilePack(packOf(rules, { signals }));
  const names = new Map<number, string>();
  for (const { name } of signals) names.set(keyOf(`signal:${name}`), name);
  for (const [index, detection] of detections.entries())
    for (const name of Object.keys(detection)) names.set(keyOf(`${idOf(index)}:${name}`), `${index}:${name}`);
  return new Scanner(compiled)
    .scan(text)
    .hits.map(({ signal }) => names.get(compiled.signals[signal * SIGNAL_SIZE + SIGNAL.key] as number) ?? '?')
    .toSorted();
};

describe('a pattern that is nothing but a shared signal', () => {
  const secrecy = shared('secrecy', 'đừng (nói|kể)', 'giữ kín');

  it('makes the entry found wherever the signal stands', () => {
    expect(signalsIn('em giữ kín nhé', [{ own: { patterns: ['<secrecy>', 'im lặng'] } }], [secrecy])).toEqual([
      '0:own',
    ]);
  });

  it('leaves the other patterns of the entry as they are', () => {
    expect(signalsIn('em im lặng nhé', [{ own: { patterns: ['<secrecy>', 'im lặng'] } }], [secrecy])).toEqual([
      '0:own',
    ]);
  });

  it('makes every such entry found, and the signal itself where a rule asks for it', () => {
    const detections = [
      { own: { patterns: ['<secrecy>'] } },
      { other: { patterns: ['<secrecy>'] } },
      { plain: { signal: 'secrecy' } },
    ];
    expect(signalsIn('đừng kể ai', detections, [secrecy])).toEqual(['0:own', '1:other', 'secrecy']);
  });

  it('reaches through shared signals that are made of others', () => {
    const signals = [secrecy, shared('isolation', '<secrecy>', 'ở một mình'), shared('control', '<isolation>')];
    expect(signalsIn('giữ kín', [{ own: { patterns: ['<control>'] } }], signals)).toEqual(['0:own']);
    expect(signalsIn('ở một mình', [{ own: { patterns: ['<control>'] } }], signals)).toEqual(['0:own']);
  });

  it('is one of several alternatives of a pattern', () => {
    expect(signalsIn('giữ kín', [{ own: { patterns: ['(im lặng|<secrecy>)'] } }], [secrecy])).toEqual(['0:own']);
  });

  it('shows the words that the signal stands on', () => {
    const rule = ruleOf({ own: { patterns: ['<secrecy>'] } }, { id: idOf(0), condition: 'own' });
    const conversation = new Conversation(compilePack(packOf([rule], { signals: [secrecy] })));
    const [verdict] = conversation.read({ text: 'Nhớ giữ kín nha', from: 'them', surface: 'chat', at: 0 });
    expect(verdict?.evidence).toMatchObject([{ entry: 'own', places: [{ start: 4, end: 11 }] }]);
  });

  it('is refused when signals refer to each other in a circle', () => {
    const signals = [shared('one', '<other>'), shared('other', '<one>')];
    expect(() => signalsIn('x', [{ own: { patterns: ['<one>'] } }], signals)).toThrow(/refers to itself/);
  });
});

describe('alternatives that begin with the same or with different words', () => {
  const found = (pattern: string, text: string): boolean =>
    signalsIn(text, [{ own: { patterns: [pattern] } }], []).length > 0;
  const TELLS = 'mai (nói với mẹ|nói cho bố|kể hết|(gửi|chuyển) ~1 tiền|~1 im|[đã] khóc) nhé';

  it.each([
    'mai nói với mẹ nhé',
    'mai nói cho bố nhé',
    'mai kể hết nhé',
    'mai gửi tiền nhé',
    'mai chuyển ít tiền nhé',
    'mai cứ im nhé',
    'mai đã khóc nhé',
    'mai khóc nhé',
  ])('are found: %s', (text) => expect(found(TELLS, text)).toBe(true));

  it.each(['mai nói với bố nhé', 'mai kể nhé', 'mai gửi nhé', 'mai nhé', 'mai chuyện tiền nhé', 'mai kệ hết nhé'])(
    'are not mixed with each other: %s',
    (text) => expect(found(TELLS, text)).toBe(false),
  );

  it('are read backwards from a word behind them too', () => {
    expect(found('(nói với mẹ|kể cho bố) hoàngkim', 'em nói với mẹ hoàngkim')).toBe(true);
    expect(found('(nói với mẹ|kể cho bố) hoàngkim', 'em nói với bố hoàngkim')).toBe(false);
  });
});
