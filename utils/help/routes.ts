/** The help routes that ship with the extension, in the order in which they help. */
import type { Category } from '../../rules/language/model.ts';
import type { HelpRoute } from './model.ts';
import routes from './routes.json' with { type: 'json' };

/** Every route; each has a source and the day of it. When a source gives only a month or a year, that is its first day. */
export const HELP_ROUTES: readonly HelpRoute[] = routes;

/**
 * The routes for somebody in `country` who met `category`: those meant for it first, then the others of the country,
 * then those of its parts (`VN-SG`), then those of other countries, for people who are already there.
 */
export function routesFor(category: Category | undefined, country: string): HelpRoute[] {
  const isMeant = (route: HelpRoute) =>
    route.firstFor.length === 0 || (category !== undefined && route.firstFor.includes(category));
  const distance = (route: HelpRoute) => {
    if (route.country === country || route.country === 'INT') return isMeant(route) ? 0 : 1;
    return route.country.startsWith(`${country}-`) ? 2 : 3;
  };
  return HELP_ROUTES.toSorted((one, other) => distance(one) - distance(other));
}
