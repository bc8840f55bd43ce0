/** The bounds on parsed metadata before anything looks into it: levels, members, numbers and names. */
import { FeedRefusal } from '../refusal.ts';
import { MAX_DEPTH, MAX_MEMBERS, MAX_VALUES } from './limits.ts';

/** Names that every JavaScript object answers to: as the name of a role, a key or a member they would be found where nobody put them. */
const INHERITED: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/** Whether a name is one that JavaScript's own objects have, such as `__proto__` or `constructor`. */
export function isInherited(name: string): boolean {
  return INHERITED.has(name);
}

/**
 * Checks a parsed JSON value against every bound.
 *
 * @param file named in the refusal
 * @throws FeedRefusal `too-long` or `format`
 */
export function checkShape(value: unknown, file: string): void {
  let values = 0;
  const visit = (part: unknown, depth: number): void => {
    values += 1;
    if (values > MAX_VALUES) throw beyond(`more than ${MAX_VALUES} values`);
    if (depth > MAX_DEPTH) throw beyond(`more than ${MAX_DEPTH} levels`);
    if (typeof part === 'number' && !Number.isSafeInteger(part)) {
      throw new FeedRefusal(
        'format',
        file,
        `it has the number ${part}`,
        'metadata has whole numbers only; publish it anew',
      );
    }
    if (typeof part !== 'object' || part === null) return;
    const members = Object.keys(part);
    if (members.length > MAX_MEMBERS) throw beyond(`more than ${MAX_MEMBERS} members in one place`);
    for (const name of members) {
      if (!Array.isArray(part) && isInherited(name)) {
        throw new FeedRefusal(
          'format',
          file,
          `it has a member named ${name}`,
          'choose another name and publish it anew',
        );
      }
      visit((part as Record<string, unknown>)[name], depth + 1);
    }
  };
  const beyond = (what: string) =>
    new FeedRefusal('too-long', file, `it has ${what}`, 'divide it among more roles and publish it anew');
  visit(value, 0);
}

/** Whether two parsed JSON values are equal, the order of members left aside. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        isSameJson((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}
