import { describe, expect, it } from 'vitest';
import { FeedError } from '../../../../rules/feed/error.ts';
import { applyPatch, makePatch } from '../../../../rules/feed/patch.ts';

const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');

describe('a patch', () => {
  it('is what GNU diff -n writes for sorted lines', () => {
    expect(makePatch(text('a', 'b', 'c', 'e'), text('a', 'c', 'd', 'e', 'f'))).toBe(
      text('d2 1', 'a3 1', 'd', 'a4 1', 'f'),
    );
  });

  it('deletes before it adds in one place', () => {
    expect(makePatch(text('a', 'b', 'd'), text('a', 'c', 'd'))).toBe(text('d2 1', 'a2 1', 'c'));
  });

  it('is empty for the same file', () => {
    expect(makePatch(text('a', 'b'), text('a', 'b'))).toBe('');
    expect(applyPatch(text('a', 'b'), '')).toBe(text('a', 'b'));
  });

  it('leads from nothing and to nothing', () => {
    expect(applyPatch('', makePatch('', text('a', 'b')))).toBe(text('a', 'b'));
    expect(applyPatch(text('a', 'b'), makePatch(text('a', 'b'), ''))).toBe('');
  });

  it.each([
    ['no order', 'x1 1\n'],
    ['a line that is not there to delete', 'd5 1\n'],
    ['more lines to delete than there are', 'd3 2\n'],
    ['a place that is not there to add', 'a4 1\nx\n'],
    ['orders backwards', 'd3 1\nd1 1\n'],
    ['deleting a line twice', 'd2 1\nd2 1\n'],
    ['fewer lines than it announces', 'a1 2\nx\n'],
    ['nothing to add', 'a1 0\n'],
    ['deleting before the first line', 'd0 1\n'],
    ['a number that is too large', 'a1 9999999999\nx\n'],
    ['an end within a line', 'd1 1'],
    ['a negative place', 'd-1 1\n'],
  ])('is refused with %s', (_, patch) => {
    expect(() => applyPatch(text('a', 'b', 'c'), patch)).toThrow(FeedError);
  });
});
