import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Level } from '../../../rules/language/model.ts';
import type { Showing } from '../../../utils/messaging/protocol.ts';
import { WarningDisplay } from '../../../utils/warning/display.ts';
import { CARD_DOOR, type CardView } from '../../../utils/warning/door.ts';
import { present } from '../../../utils/warning/present.ts';
import { circumstances, pack, rule } from './builders.ts';

const world = globalThis as { [CARD_DOOR]?: { show(view: CardView): void } };
let shown: CardView[];
let display: WarningDisplay;

beforeEach(() => {
  shown = [];
  world[CARD_DOOR] = { show: (view) => shown.push(view) };
  display = new WarningDisplay(new AbortController().signal);
});
afterEach(() => {
  delete world[CARD_DOOR];
});

function showing(id: string, level: Level): Extract<Showing, { as: 'card' | 'chip' }> {
  const made = present(
    { host: 'x.com', conversation: 'a', rules: [id] },
    circumstances({ pack: pack(rule(id, level)) }),
  );
  if (made.as === 'none' || made.as === 'badge') throw new Error('a warning was expected');
  return made;
}

describe('several warnings of one conversation', () => {
  it('become one card, of the strongest level, with the words and reasons of all', () => {
    display.show(showing('grave', 'urgent'), ['alone'], 'a');
    display.show(showing('clear', 'warning'), ['pay first'], 'a');
    expect(shown.at(-1)?.contents).toMatchObject({ level: 'urgent', words: ['pay first', 'alone'] });
    expect(shown.at(-1)?.contents.reasons.map(({ id }) => id)).toEqual(['grave', 'clear']);
  });

  it('say each reason and each word once', () => {
    display.show(showing('clear', 'warning'), ['pay first'], 'a');
    display.show(showing('clear', 'warning'), ['pay first'], 'a');
    expect(shown.at(-1)?.contents).toMatchObject({ words: ['pay first'], reasons: [{ id: 'clear' }] });
  });

  it('stay a card once one was a card', () => {
    display.show(showing('clear', 'warning'), [], 'a');
    display.show(showing('weak', 'notice'), [], 'a');
    expect(shown.map(({ as }) => as)).toEqual(['card', 'card']);
  });

  it('quote a few words only', () => {
    display.show(
      showing('clear', 'warning'),
      Array.from({ length: 20 }, (_, index) => `word ${index}`),
      'a',
    );
    expect(shown.at(-1)?.contents.words.length).toBeLessThanOrEqual(6);
  });
});

describe('warnings of different conversations', () => {
  it('are not mixed', () => {
    display.show(showing('grave', 'urgent'), ['alone'], 'a');
    display.show(showing('clear', 'warning'), ['pay first'], 'b');
    expect(shown.at(-1)?.contents).toMatchObject({
      level: 'warning',
      words: ['pay first'],
      reasons: [{ id: 'clear' }],
    });
  });
});

it('a warning without the card’s code breaks nothing', () => {
  delete world[CARD_DOOR];
  expect(() => display.show(showing('clear', 'warning'), [], 'a')).not.toThrow();
});
