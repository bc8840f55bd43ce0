/** A draft as a rule file that an editor goes on with. */
import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import type { Language, Pack, Pattern, Rule } from '../../../language/model.ts';
import { plainOf, type SheetEntry } from './entries.ts';
import type { Draft } from './patterns.ts';

/** Fewest examples of each kind that a rule needs. Source: rules/README.md. */
export const FEWEST_EXAMPLES = 5;

/** Names that a draft takes from the packs. */
export interface Borrowed {
  /** The signal of texts that talk about lures, when the packs have it. */
  reporting: string | undefined;
  trick: string | undefined;
  counterfact: string | undefined;
}

const REPORTING: Record<Language, string> = { vi: 'talks-about-lures', en: 'en-talks-about-lures' };

/** What the packs offer for a draft: how rules of the category name their trick and its counter-fact. */
export function borrow({ rules, signals, texts }: Pack, { category }: SheetEntry, language: Language): Borrowed {
  const reporting = REPORTING[language];
  const counts = new Map<string, number>();
  for (const rule of rules)
    if (rule.category === category) {
      const key = `${rule.explain.trick}\n${rule.explain.counterfact}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const [common] = [...counts].toSorted(([, one], [, other]) => other - one);
  const [trick, counterfact] = common?.[0].split('\n') ?? [];
  return {
    reporting: signals.some(({ name }) => name === reporting) ? reporting : undefined,
    trick: trick ?? (texts[language].tricks[category] === undefined ? undefined : category),
    counterfact,
  };
}

/** The rule of a draft, for trying it. */
export function ruleOf(
  { title, category, surface }: SheetEntry,
  patterns: readonly Pattern[],
  language: Language,
  { reporting, trick = '', counterfact = '' }: Borrowed,
  date: string,
): Rule {
  return {
    id: randomUUID(),
    title,
    status: 'experimental',
    level: 'notice',
    category,
    languages: [language],
    surfaces: [surface],
    date,
    references: [],
    detection: {
      words: { patterns: [...patterns] },
      ...(reporting === undefined ? {} : { reporting: { signal: reporting } }),
    },
    condition: reporting === undefined ? 'words' : 'words and not reporting',
    within: 'message',
    from: 'them',
    explain: { trick, counterfact },
  };
}

/** Writes the file; what an editor has to do yet stands above it. */
export function writeRuleFile(
  entry: SheetEntry,
  rule: Rule,
  draft: Draft,
  todo: readonly string[],
  sheet: string,
): string {
  const { condition } = rule;
  const links = entry.source.split(/\s+/).filter((word) => /^https?:\/\/\S+$/.test(word));
  const [innocent] = entry.ignore;
  const head = [
    `Drafted from ${sheet}, row ${entry.row}. Make it a rule about the trick: two independent signs instead of one (rules/README.md).`,
    ...todo.map((line) => `To do: ${line}.`),
    ...(entry.advice === '' ? [] : [`Advice from the sheet, for texts.yml: ${entry.advice}`]),
    ...(entry.source === '' || links.length > 0 ? [] : [`Source from the sheet: ${entry.source}`]),
    ...draft.patterns.map(
      ({ pattern, finds }) => `“${pattern}” finds the examples ${finds.map((index) => index + 1).join(', ')}`,
    ),
  ];
  const { id, title, status, level, category, languages, surfaces, date, explain } = rule;
  const body = {
    title,
    id,
    status,
    level,
    category,
    languages,
    surfaces,
    date,
    references: links,
    falsepositives:
      innocent === undefined ? [] : [`texts such as “${shortOf(innocent.map(({ text }) => text).join(' / '))}”`],
    detection: {
      words: draft.patterns.map(({ pattern }) => pattern),
      ...(rule.detection['reporting'] === undefined ? {} : { reporting: rule.detection['reporting'] }),
      condition,
    },
    explain,
    tests: { match: entry.match.map(exampleOf(entry)), ignore: entry.ignore.map(exampleOf(entry)) },
  };
  const comments = head.flatMap((line) => line.split(/\r?\n/)).map((line) => `# ${line}\n`);
  return `${comments.join('')}${stringify(body, { lineWidth: 120 })}`;
}

function shortOf(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

function exampleOf({ surface }: SheetEntry): (turns: SheetEntry['match'][number]) => unknown {
  return (turns) => {
    const [only, ...others] = turns;
    if (only !== undefined && others.length === 0 && only.from === 'them') return only.text;
    // A conversation is always a chat; elsewhere its turns are one text.
    return surface === 'chat'
      ? turns.map(({ from, text }) => ({ [from]: text }))
      : turns.map(({ text }) => text).join('\n');
  };
}

/** A file name from a title. */
export function slugOf(title: string): string {
  return plainOf(title).split(' ').slice(0, 8).join('-').slice(0, 60) || 'rule';
}
