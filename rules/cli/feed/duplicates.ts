/** Rules that say the same. */
import { canonicalJson } from '../../feed/json.ts';
import type { Rule } from '../../language/model.ts';
import { sourceOf } from '../../language/pattern.ts';

/** Two rules of one title or of one detection, as faults; phrases that a changed rule shares with others, as notes. */
export function findDuplicates(
  rules: readonly Rule[],
  fileOf: (id: string) => string,
  isChanged: (id: string) => boolean,
): { faults: string[]; notes: string[] } {
  const faults: string[] = [];
  const groups = (keyOf: (rule: Rule) => string): Rule[][] =>
    [...Map.groupBy(rules, keyOf).values()].filter((group) => group.length > 1);
  for (const [first, ...others] of groups(({ title }) => title.toLowerCase().replace(/\s+/g, ' ').trim()))
    for (const other of others)
      faults.push(
        `${fileOf(other.id)}: has the title of ${fileOf(first?.id ?? '')}. Mend: say in it what this rule alone looks for.`,
      );
  for (const [first, ...others] of groups(({ detection, condition, within, surfaces, from }) =>
    canonicalJson({ patterns: Object.values(detection).map(canonicalJson).sort(), condition, within, surfaces, from }),
  ))
    for (const other of others)
      faults.push(`${fileOf(other.id)}: looks for the same as ${fileOf(first?.id ?? '')}. Mend: keep one of the two.`);
  return { faults, notes: sharedPhrases(rules, fileOf, isChanged) };
}

/** A phrase of at least this many words is no coincidence. [judged] */
const TELLING_WORDS = 3;

function sharedPhrases(
  rules: readonly Rule[],
  fileOf: (id: string) => string,
  isChanged: (id: string) => boolean,
): string[] {
  const users = new Map<string, Set<string>>();
  for (const { id, detection } of rules)
    for (const { patterns = [] } of Object.values(detection))
      for (const pattern of patterns) {
        const phrase = sourceOf(pattern);
        if (phrase.split(/[\s|()]+/).length < TELLING_WORDS) continue;
        users.set(phrase, (users.get(phrase) ?? new Set()).add(id));
      }
  return [...users]
    .filter(([, ids]) => ids.size > 1 && [...ids].some(isChanged))
    .map(
      ([phrase, ids]) =>
        `the phrase “${phrase}” stands in ${[...ids].map(fileOf).join(' and ')}; a shared signal would say it once`,
    );
}
