/** Alternatives sorted by how they are found: single words, those that begin with a word, and all others. */
import type { Step } from './steps.ts';

/** Most words by which one alternative is chosen: each is written out, where a call of a word list is four units. */
const MAX_FIRST_WORDS = 24;

/** Parts alternatives into single words and all others; alternatives within alternatives are as many more. */
export function flatten(
  branches: readonly (readonly Step[])[],
  singles: Set<number>,
  longer: (readonly Step[])[],
): void {
  for (const branch of branches) {
    const [first] = branch;
    if (branch.length === 1 && first?.kind === 'word') singles.add(first.word.number);
    else if (branch.length === 1 && first?.kind === 'branches' && !first.optional && first.shared === undefined)
      flatten(first.branches, singles, longer);
    else longer.push(branch);
  }
}

/** An alternative: the words that it may begin with, and what comes after them. */
export interface Choice {
  first: number[];
  rest: readonly Step[];
}

/** Parts alternatives into those that begin with a word, in this direction, and the others. */
export function choicesOf(
  branches: readonly (readonly Step[])[],
  direction: 1 | -1,
): { choices: Choice[]; others: (readonly Step[])[] } {
  const choices: Choice[] = [];
  const others: (readonly Step[])[] = [];
  for (const branch of branches) {
    const edge = branch.at(direction === 1 ? 0 : -1);
    const first = edge === undefined ? [] : firstWords(edge);
    if (first.length === 0) others.push(branch);
    else choices.push({ first, rest: direction === 1 ? branch.slice(1) : branch.slice(0, -1) });
  }
  return { choices, others };
}

/** The words that a step is, one or the other; empty when it may be anything else. */
function firstWords(step: Step): number[] {
  if (step.kind === 'word') return [step.word.number];
  if (step.kind !== 'branches' || step.optional) return [];
  const singles = new Set<number>();
  const longer: (readonly Step[])[] = [];
  flatten(step.branches, singles, longer);
  return longer.length > 0 || singles.size > MAX_FIRST_WORDS ? [] : [...singles];
}
