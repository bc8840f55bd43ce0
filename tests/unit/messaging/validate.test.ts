import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../utils/messaging/validate.ts';

const memory = { messages: 3, hits: [[1, 0, 1_700_000_000, 1, 5]], spoke: [[9, 1_700_000_000]] };

describe('calls to the worker', () => {
  it('are answered when well formed', () => {
    expect(isAllowed('warning/raise', { host: 'x.com', conversation: '1', rules: ['a'] }, false)).toBe(true);
    expect(isAllowed('conversation/remember', { host: 'x.com', conversation: '1', memory }, false)).toBe(true);
    expect(isAllowed('panel/overview', {}, true)).toBe(true);
    expect(isAllowed('people/save', { people: [{ id: '1', name: 'Lan', phone: '', email: '' }] }, true)).toBe(true);
  });

  it.each([
    ['panel/overview', {}],
    ['people/save', { people: [] }],
    ['settings/save', { language: 'vi' }],
    ['memory/forget', {}],
  ])('that belong to the settings are refused to a page: %s', (type, input) => {
    expect(isAllowed(type, input, false)).toBe(false);
    expect(isAllowed(type, input, true)).toBe(true);
  });

  it.each([
    ['unknown', {}],
    ['constructor', {}],
    ['__proto__', {}],
    ['warning/raise', undefined],
    ['warning/raise', { host: 'x.com', conversation: '1', rules: [] }],
    ['warning/raise', { host: 'x.com', conversation: '1', rules: ['a'], text: 'what was said' }],
    ['warning/raise', { host: 'x'.repeat(300), conversation: '1', rules: ['a'] }],
    ['warning/raise', { host: 'x.com', conversation: '1', rules: Array.from({ length: 51 }, () => 'a') }],
    ['warning/mute', { host: 'x.com', conversation: '1', rule: 'a', scope: 'everything' }],
    ['conversation/remember', { host: 'x.com', conversation: '1', memory: { ...memory, text: 'what was said' } }],
    [
      'conversation/remember',
      { host: 'x.com', conversation: '1', memory: { ...memory, hits: [['words', 0, 0, 0, 0]] } },
    ],
    ['settings/save', { pausedUntil: -1 }],
    ['settings/save', { language: 'fr' }],
    ['people/save', { people: [{ id: '1', name: '', phone: '', email: '' }] }],
  ])('that are malformed or carry more than they should are refused: %s', (type, input) => {
    expect(isAllowed(type, input, true)).toBe(false);
  });
});
