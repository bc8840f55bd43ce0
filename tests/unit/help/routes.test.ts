import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../../rules/language/model.ts';
import { HELP_ROUTES, routesFor } from '../../../utils/help/routes.ts';

/** Numbers that were real once, or never: brief, section 3. */
const MAY_NOT_SHIP = ['156', '5656', '18001567', '0692348560', '0692194053', '1900969680', '0339035656', '0919697575'];

describe.each(HELP_ROUTES.map((route) => [route.id, route] as const))('the help route %s', (_id, route) => {
  it('says where it was confirmed and when', () => {
    expect(new URL(route.source).protocol).toMatch(/^https?:$/u);
    expect(new Date(`${route.verified}T00:00:00Z`).toISOString().slice(0, 10)).toBe(route.verified);
    expect(Date.parse(route.verified)).toBeLessThanOrEqual(Date.now());
  });

  it('is told in both languages', () => {
    for (const text of [route.name, route.about, route.audience, route.hours, route.cost]) {
      expect(text.vi).not.toBe('');
      expect(text.en).not.toBe('');
    }
  });

  it('never frightens', () => {
    expect(JSON.stringify([route.name, route.about])).not.toMatch(/!|bắt cóc|kidnap/iu);
  });

  it('is a number that may ship', () => {
    expect(MAY_NOT_SHIP).not.toContain(route.phone?.replace(/\D/gu, ''));
  });

  it('names tricks that exist', () => {
    expect(route.firstFor.filter((trick) => !CATEGORIES.some((category) => category === trick))).toEqual([]);
  });
});

describe('the help routes', () => {
  const ids = (routes: { id: string }[]) => routes.map(({ id }) => id);

  it('have a name of their own each', () => {
    expect(new Set(ids([...HELP_ROUTES])).size).toBe(HELP_ROUTES.length);
  });

  it('start at home with those that are meant for the trick', () => {
    expect(ids(routesFor('sextortion', 'VN')).slice(0, 4)).toEqual([
      'vn-111',
      'vn-113',
      'vn-ward-police',
      'int-take-it-down',
    ]);
  });

  it('start with the line of the country in which somebody is', () => {
    expect(ids(routesFor('trafficking-job', 'KH'))[0]).toBe('kh-1280');
  });

  it('are all there for everybody', () => {
    expect(ids(routesFor(undefined, 'VN')).toSorted()).toEqual(ids([...HELP_ROUTES]).toSorted());
  });
});
