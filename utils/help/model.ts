/** People and services that a teen can turn to. */

/** A person whom the teen saved. */
export interface Person {
  id: string;
  name: string;
  /** As typed; empty when not given. */
  phone: string;
  email: string;
}

/** A help service; data with a source and the day on which it was verified, see `routes.json`. */
export interface HelpRoute {
  id: string;
  /** ISO country code, or `INT` for everywhere. */
  country: string;
  name: { vi: string; en: string };
  about: { vi: string; en: string };
  /** What it is for. */
  audience: { vi: string; en: string };
  hours: { vi: string; en: string };
  cost: { vi: string; en: string };
  phone?: string;
  url?: string;
  source: string;
  /** The day of the source that confirms it, YYYY-MM-DD. */
  verified: string;
  /** Which tricks it is offered for first; empty: always. */
  firstFor: string[];
}

/** What to do, in order, when something has already happened. */
export interface Guide {
  id: string;
  /** Whose trouble it is. */
  for: 'me' | 'friend';
  title: { vi: string; en: string };
  /** One calm sentence or two before the steps. */
  lead: { vi: string; en: string };
  steps: { vi: string; en: string }[];
  /** What is worth keeping. */
  keep: { vi: string; en: string };
  /** Help routes by id, whom to call first first. */
  routes: string[];
  /** The ready sentence that fits, a key of the words. */
  sentence: string;
}
