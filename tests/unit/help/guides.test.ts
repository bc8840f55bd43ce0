import { describe, expect, it } from 'vitest';
import { GUIDES } from '../../../utils/help/guides.ts';
import { HELP_ROUTES } from '../../../utils/help/routes.ts';
import en from '../../../utils/words/en.json' with { type: 'json' };

/** Longest step, in characters: two short sentences. */
const LONGEST_STEP = 130;

describe.each(GUIDES.map((guide) => [guide.id, guide] as const))('the first steps for “%s”', (_id, guide) => {
  const texts = [guide.title, guide.lead, guide.keep, ...guide.steps];

  it('are told in both languages, in short sentences', () => {
    for (const text of texts) for (const told of [text.vi, text.en]) expect(told.length).toBeGreaterThan(8);
    for (const step of guide.steps) expect(Math.max(step.vi.length, step.en.length)).toBeLessThanOrEqual(LONGEST_STEP);
  });

  it('never blame, shout, or name what one fears', () => {
    expect(JSON.stringify(texts)).not.toMatch(
      /!|bắt cóc|kidnap|your fault|lỗi của bạn|you should have|đáng lẽ|stupid|careless/iu,
    );
  });

  it('begin with stopping, listening or safety, and lead to a person', () => {
    expect(guide.steps.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(guide.steps)).toMatch(/công an|111|113|ngân hàng/u);
  });

  it('name help that exists, and a sentence that is ready', () => {
    for (const id of guide.routes) expect(HELP_ROUTES.map((route) => route.id)).toContain(id);
    expect(Object.keys(en)).toContain(guide.sentence);
  });
});
