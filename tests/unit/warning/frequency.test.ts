import { describe, expect, it } from 'vitest';
import { CARDS_A_DAY, decide } from '../../../utils/warning/frequency.ts';

const LEVELS = ['notice', 'warning', 'urgent'] as const;

describe('how often a card comes', () => {
  it('opens for a clear lure that has not been shown', () => {
    expect(decide({ level: 'warning', shown: null, cardsToday: 0 })).toBe('card');
    expect(decide({ level: 'urgent', shown: null, cardsToday: 0 })).toBe('card');
  });

  it('is a quiet chip for early signs', () => {
    expect(decide({ level: 'notice', shown: null, cardsToday: 0 })).toBe('chip');
  });

  it.each(LEVELS)('is a quiet chip when the same level was shown: %s', (level) => {
    expect(decide({ level, shown: level, cardsToday: 0 })).toBe('chip');
  });

  it('opens again when the conversation gets worse, and not when it gets milder', () => {
    expect(decide({ level: 'urgent', shown: 'warning', cardsToday: 1 })).toBe('card');
    expect(decide({ level: 'warning', shown: 'notice', cardsToday: 1 })).toBe('card');
    expect(decide({ level: 'warning', shown: 'urgent', cardsToday: 1 })).toBe('chip');
  });

  it('leaves it at the toolbar after a day’s share of cards', () => {
    expect(decide({ level: 'warning', shown: null, cardsToday: CARDS_A_DAY - 1 })).toBe('card');
    expect(decide({ level: 'warning', shown: null, cardsToday: CARDS_A_DAY })).toBe('badge');
  });

  it('knows no share for urgent warnings', () => {
    expect(decide({ level: 'urgent', shown: null, cardsToday: 100 })).toBe('card');
  });
});
