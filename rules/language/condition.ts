/** Conditions over a rule's signals: `and`, `or`, `not`, parentheses, `n of (a, b, c)`. */
import { LanguageError } from './problem.ts';

export type Condition =
  | { kind: 'signal'; name: string }
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'of'; least: number; names: string[] };

const CURE = 'write for example: secrecy and (alone or 2 of (a, b, c)) and not reporting';

/**
 * Reads one condition.
 *
 * @throws LanguageError that names the word at which it stopped.
 */
export function parseCondition(source: string): Condition {
  const words = source.match(/[A-Za-z0-9_-]+|[(),]|[^\sA-Za-z0-9_(),-]/g) ?? [];
  let at = 0;

  const peek = (): string | undefined => words[at];
  const fail = (expected: string): never => {
    const found = peek() === undefined ? 'the end' : `“${peek()}”`;
    throw new LanguageError(
      `the condition wants ${expected} where it has ${found} (word ${at + 1} of “${source}”)`,
      CURE,
    );
  };
  const take = (word: string): void => {
    if (peek() !== word) fail(`“${word}”`);
    at += 1;
  };

  function chain(kind: 'and' | 'or', next: () => Condition): Condition {
    const parts = [next()];
    while (peek() === kind) {
      at += 1;
      parts.push(next());
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind, parts };
  }
  const either = (): Condition => chain('or', both);
  const both = (): Condition => chain('and', single);

  function single(): Condition {
    const word = peek();
    if (word === 'not') {
      at += 1;
      return { kind: 'not', part: single() };
    }
    if (word === '(') {
      at += 1;
      const inner = either();
      take(')');
      return inner;
    }
    if (word !== undefined && /^\d+$/.test(word)) return counted(Number(word));
    if (word === undefined || !/^[a-z][a-z0-9_-]*$/.test(word) || word === 'and' || word === 'or' || word === 'of') {
      return fail('the name of a signal');
    }
    at += 1;
    return { kind: 'signal', name: word };
  }

  function counted(least: number): Condition {
    at += 1;
    take('of');
    take('(');
    const names: string[] = [];
    for (;;) {
      const part = single();
      if (part.kind !== 'signal') return fail('names of signals in the list of “of”');
      names.push(part.name);
      if (peek() !== ',') break;
      at += 1;
    }
    take(')');
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined)
      throw new LanguageError(`“${twice}” stands twice in the list of “of”`, 'name each signal once');
    if (least < 1 || least > names.length) {
      throw new LanguageError(`“${least} of” is asked of ${names.length} signals`, `write 1 to ${names.length}`);
    }
    return { kind: 'of', least, names };
  }

  const condition = either();
  if (at < words.length) fail('“and”, “or” or the end');
  return condition;
}

/** The names in a condition, in the order of first mention: those that it asks for, and those that it forbids. */
export function namesIn(condition: Condition): { wanted: string[]; forbidden: string[] } {
  const wanted = new Set<string>();
  const forbidden = new Set<string>();
  const visit = (part: Condition, negated: boolean): void => {
    if (part.kind === 'not') visit(part.part, !negated);
    else if (part.kind === 'signal') (negated ? forbidden : wanted).add(part.name);
    else if (part.kind === 'of') for (const name of part.names) (negated ? forbidden : wanted).add(name);
    else for (const inner of part.parts) visit(inner, negated);
  };
  visit(condition, false);
  return { wanted: [...wanted], forbidden: [...forbidden] };
}

/** Most parts of a condition that wait for each other: the engine keeps them as bits of one number. */
export const MAX_PENDING = 31;

/** How many parts of a condition wait for each other at most while it is evaluated from left to right. */
export function pendingOf(condition: Condition): number {
  switch (condition.kind) {
    case 'signal':
    case 'of':
      return 1;
    case 'not':
      return pendingOf(condition.part);
    default:
      return Math.max(...condition.parts.map((part, index) => index + pendingOf(part)));
  }
}

/** Whether a condition holds when the signals are there of which `isTrue` says so. */
export function holdsWith(condition: Condition, isTrue: (name: string) => boolean): boolean {
  switch (condition.kind) {
    case 'signal':
      return isTrue(condition.name);
    case 'of':
      return condition.names.filter(isTrue).length >= condition.least;
    case 'not':
      return !holdsWith(condition.part, isTrue);
    case 'and':
      return condition.parts.every((part) => holdsWith(part, isTrue));
    case 'or':
      return condition.parts.some((part) => holdsWith(part, isTrue));
  }
}

/** Whether a condition holds without any signal but the given ones: such a rule would fire on every text. */
export function holdsOnNothing(condition: Condition, given: readonly string[]): boolean {
  return holdsWith(condition, (name) => given.includes(name));
}
