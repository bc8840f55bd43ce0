/** Which part of a condition made it hold, and what it would still need; both in the rule language itself. */
import { holdsWith, type Condition } from './condition.ts';

type Truth = (name: string) => boolean;

/**
 * The part of a condition that made it hold: `a and b` of `(a and b) or c`. A `not x` stays where something rests on it;
 * of `2 of (a, b, c)` those that were seen stay.
 *
 * @returns an empty text when the condition does not hold.
 */
export function reasonOf(condition: Condition, isTrue: Truth): string {
  return holdsWith(condition, isTrue) ? writtenOf(decisive(condition, isTrue)) : '';
}

/**
 * The least that would have to change for a condition to hold: `alone and not reporting` means that `alone` is missing and
 * `reporting` held it back. Where several ways are as short as each other, all of them, joined by `or`.
 *
 * @returns undefined when the condition holds.
 */
export function lackOf(condition: Condition, isTrue: Truth): Condition | undefined {
  return holdsWith(condition, isTrue) ? undefined : changesFor(condition, true, isTrue);
}

/** How many signals a lack speaks of: how far a condition is from holding. */
export function sizeOf(lack: Condition): number {
  switch (lack.kind) {
    case 'signal':
      return 1;
    case 'not':
      // Of `not 2 of (a, b, c)` all but one have to go.
      return lack.part.kind === 'of' ? lack.part.names.length - lack.part.least + 1 : sizeOf(lack.part);
    case 'of':
      return lack.least;
    case 'and':
      return lack.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'or':
      return Math.min(...lack.parts.map(sizeOf));
  }
}

/**
 * A condition as the language writes it, with brackets wherever `and` and `or` meet.
 *
 * @param nameOf How a signal is written; by its name when left out.
 */
export function writtenOf(condition: Condition, nameOf: (name: string) => string = (name) => name): string {
  const inBrackets = (part: Condition, stands: boolean): string =>
    stands ? writtenOf(part, nameOf) : `(${writtenOf(part, nameOf)})`;
  switch (condition.kind) {
    case 'signal':
      return nameOf(condition.name);
    case 'of':
      return `${condition.least} of (${condition.names.map(nameOf).join(', ')})`;
    case 'not':
      return `not ${inBrackets(condition.part, condition.part.kind !== 'and' && condition.part.kind !== 'or')}`;
    default: {
      const { kind, parts } = condition;
      const other = kind === 'and' ? 'or' : 'and';
      return parts.map((part) => inBrackets(part, part.kind !== other)).join(` ${kind} `);
    }
  }
}

/** What is left of a condition when everything that did not decide its truth is taken away; it has the same truth. */
function decisive(condition: Condition, isTrue: Truth): Condition {
  switch (condition.kind) {
    case 'signal':
      return condition;
    case 'not':
      return { kind: 'not', part: decisive(condition.part, isTrue) };
    case 'of': {
      const seen = condition.names.filter(isTrue);
      if (seen.length < condition.least) return condition;
      return condition.least === 1 ? joined('or', seen.map(signal)) : { ...condition, names: seen };
    }
    default: {
      const isWhole = holdsWith(condition, isTrue);
      const deciding = condition.parts.filter((part) => holdsWith(part, isTrue) === isWhole);
      const seen = deciding.filter((part) => restsOnSeen(part, isTrue));
      // Of alternatives, one that holds because something is not there says less than one that holds because something is.
      const isChoice = condition.kind === 'or' && isWhole && seen.length > 0;
      return joined(
        condition.kind,
        (isChoice ? seen : deciding).map((part) => decisive(part, isTrue)),
      );
    }
  }
}

/** Whether anything in a condition has been seen that it asks for. */
function restsOnSeen(condition: Condition, isTrue: Truth): boolean {
  switch (condition.kind) {
    case 'signal':
      return isTrue(condition.name);
    case 'not':
      return false;
    case 'of':
      return condition.names.some(isTrue);
    default:
      return condition.parts.some((part) => restsOnSeen(part, isTrue));
  }
}

/** What has to change for a condition that is not `wanted` to be it. */
function changesFor(condition: Condition, wanted: boolean, isTrue: Truth): Condition {
  switch (condition.kind) {
    case 'signal':
      return wanted ? condition : { kind: 'not', part: condition };
    case 'not':
      return changesFor(condition.part, !wanted, isTrue);
    case 'of': {
      const seen = condition.names.filter(isTrue);
      const [names, least] = wanted
        ? [condition.names.filter((name) => !isTrue(name)), condition.least - seen.length]
        : [seen, seen.length - condition.least + 1];
      const changes = names.map((name) => changesFor(signal(name), wanted, isTrue));
      if (least === names.length) return joined('and', changes);
      if (least === 1) return joined('or', changes);
      // That many of the seen ones have to go: at most the others may stay.
      return wanted
        ? { kind: 'of', least, names }
        : { kind: 'not', part: { kind: 'of', least: condition.least, names } };
    }
    default: {
      const changes = condition.parts
        .filter((part) => holdsWith(part, isTrue) !== wanted)
        .map((part) => changesFor(part, wanted, isTrue));
      if ((condition.kind === 'and') === wanted) return joined('and', changes);
      const shortest = Math.min(...changes.map(sizeOf));
      return joined(
        'or',
        changes.filter((change) => sizeOf(change) === shortest),
      );
    }
  }
}

function signal(name: string): Condition {
  return { kind: 'signal', name };
}

/** Parts as one condition: parts of the same kind are taken in, and nothing is said twice. */
function joined(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const once = [...new Map(flat.map((part) => [writtenOf(part), part])).values()];
  const [only] = once;
  return once.length === 1 && only !== undefined ? only : { kind, parts: once };
}
