/** The rule language in its published form: what an editor's YAML becomes, what the feed carries, what the engine compiles. */

/** How much a warning asks of the reader, weakest first. */
export const LEVELS = ['notice', 'warning', 'urgent'] as const;
export type Level = (typeof LEVELS)[number];

/** What kind of text a rule is meant for. */
export const SURFACES = ['chat', 'post', 'job', 'mail', 'page'] as const;
export type Surface = (typeof SURFACES)[number];

/** Whose words count: the other side's, the reader's own, or anybody's. */
export const SPEAKERS = ['them', 'me', 'any'] as const;
export type Speaker = (typeof SPEAKERS)[number];

export const STATUSES = ['experimental', 'test', 'stable'] as const;
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The tricks that rules may name; one folder of `rules/packs/<language>/` each. */
export const CATEGORIES = [
  'fake-authority',
  'isolation-ransom',
  'task-scam',
  'trafficking-job',
  'romance-gift',
  'grooming',
  'sextortion',
  'game-item',
  'fake-scholarship',
  'fake-casting',
  'money-mule',
  'job-deposit',
  'loan-trap',
  'fake-app',
  'hacked-friend',
  'fake-shipper',
  'prize',
  'investment',
  'ticket',
  'drug-courier',
  'recovery-scam',
  'runaway',
  'fake-emergency',
  'fake-shop',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What a site knows of a conversation besides its words: the other side is no contact of the reader. */
export const FACTS = ['stranger'] as const;
export type Fact = (typeof FACTS)[number];

/**
 * A phrase, as `parsePattern` reads it. By default (`loose`) a text without marks is good enough; with `exact` the text has to
 * carry every mark as it is written here.
 */
export type Pattern = string | { exact: string } | { loose: string };

/** One named signal of a rule: its own patterns, a shared signal by name, or a fact about the conversation. */
export interface DetectionEntry {
  patterns?: Pattern[] | undefined;
  signal?: string | undefined;
  fact?: Fact | undefined;
  from?: Speaker | undefined;
}

/** How a condition spreads over a conversation, after Sigma's correlation rules. */
export interface Correlation {
  /** `event_count`: enough messages carry a signal; `temporal`: all signals occur; `temporal_ordered`: in the order listed. */
  type: 'event_count' | 'temporal' | 'temporal_ordered';
  /** `30m`, `12h`, `3d` or `20 messages`. */
  timespan: string;
  /** The entries that are counted or ordered; without it, those that the condition asks for, as it names them. */
  signals?: string[] | undefined;
  /** For `event_count`: in how many messages. */
  count?: number | undefined;
}

/** A rule as it is published: everything of the source but its tests and the editor's notes. */
export interface Rule {
  id: string;
  title: string;
  status: (typeof STATUSES)[number];
  level: Level;
  category: Category;
  languages: Language[];
  surfaces: Surface[];
  date: string;
  references: string[];
  detection: Record<string, DetectionEntry>;
  condition: string;
  /** Where the condition's signals may be spread: `message`, `12 messages`, `30m`, `3d`. */
  within: string;
  from: Speaker;
  correlation?: Correlation | undefined;
  /** What the signs of the conversation have to weigh together before the rule speaks; without it, its condition is enough. */
  evidence?: number | undefined;
  explain: { trick: string; counterfact: string };
}

/** Patterns for one act of a lure, shared by many rules. */
export interface SharedSignal {
  name: string;
  title: string;
  patterns: Pattern[];
  /** What the signal weighs as evidence, by whose words it stands in; not named: nothing. */
  weight?: { them?: number | undefined; me?: number | undefined } | undefined;
}

/** A named list of phrases for the slot `{name}`, such as `{place:border}`. */
export interface WordList {
  name: string;
  words: Pattern[];
}

/** Other ways to write a word or a few words: `không: [ko, k, hông]`. */
export type Aliases = Record<string, string[]>;

/** What a person is told about a trick, in one language. */
export interface TrickText {
  name: string;
  headline: string;
  explanation: string;
  checks: string[];
  now: string[];
  happened: string[];
}

/** A fact that undoes a trick, with where it stands. */
export interface CounterfactText {
  text: string;
  source: string;
  url: string;
  date: string;
}

export interface Texts {
  tricks: Record<string, TrickText>;
  counterfacts: Record<string, CounterfactText>;
}

/** A complete rule set. */
export interface Pack {
  format: 1;
  /** Counts up with each release; shown to people. */
  version: number;
  /** The day of the newest rule in it. */
  date: string;
  rules: Rule[];
  signals: SharedSignal[];
  lists: WordList[];
  aliases: Aliases;
  texts: Record<Language, Texts>;
}

/** The day of the first rules; of a rule set that has none yet. */
const FIRST_DAY = '2026-01-01';

/** The day of a rule set: that of the newest rule in it. */
export function dayOfRules(rules: readonly Pick<Rule, 'date'>[]): string {
  return rules.reduce((newest, { date }) => (date > newest ? date : newest), FIRST_DAY);
}

/** One turn of an example: who says what. */
export interface ExampleTurn {
  from: 'them' | 'me';
  text: string;
}

/** A text that a rule must match or ignore. */
export interface Example {
  surface: Surface;
  turns: ExampleTurn[];
}

/** The examples with which a rule proves itself. */
export interface RuleTests {
  match: Example[];
  ignore: Example[];
}
