/** First steps when something has already happened, or happens to a friend; data beside the help routes. */
import type { Guide } from './model.ts';
import guides from './guides.json' with { type: 'json' };

/** Every guide, those for oneself first. Facts: the domain's help routing (bank first, then police; image removal by age; 113 when somebody is moved). */
export const GUIDES: readonly Guide[] = guides as readonly Guide[];
