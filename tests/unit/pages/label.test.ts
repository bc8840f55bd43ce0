import { describe, expect, it } from 'vitest';
import { readLabel } from '../../../utils/pages/label.ts';

describe('the label of a message', () => {
  it.each([
    ['At 16:15, Lan: see you', 'Lan', 'see you'],
    ['Lúc 16:15, Bạn: mai gặp nhé', 'Bạn', 'mai gặp nhé'],
    ['At June 24, 2026, 4:15 PM, Lan Nguyễn: at 5: sharp', 'Lan Nguyễn', 'at 5: sharp'],
    ['Lúc 4:15 CH, Lan: ừ', 'Lan', 'ừ'],
  ])('says who and what: %s', (label, name, text) => {
    expect(readLabel(label)).toEqual({ name, text });
  });

  it.each([
    '',
    'Message',
    'Lan: hello',
    'At 16:15, Lan:',
    'At 16:15, Lan sent a photo',
    `${'x'.repeat(70)} 16:15, Lan: hi`,
  ])('of another form says nothing: %s', (label) => {
    expect(readLabel(label)).toBeUndefined();
  });
});
