/**
 * Leaving whole families of records out of view.
 *
 * Rules are written while some families are never looked at, and judged by those: what they catch there they did not
 * learn by heart. A fold is a set of families that depends on their names alone, so it stays the same when records are
 * added, and the same in every corpus and language.
 */
import type { LabelledRecord } from './records.ts';

/** One of `of` folds, counted from 1; `inverted` for all the others. */
export interface Fold {
  fold: number;
  of: number;
  inverted: boolean;
}

/** Which records are judged; without families and fold, all. */
export interface Selection {
  /** Beginnings of family names; a record has to have one of them. */
  families: string[];
  /** Beginnings of family names; a record that has one of them is left out. */
  leftOut: string[];
  fold?: Fold | undefined;
}

/** Reads `2/5` or `not-2/5`; undefined when it is neither. */
export function parseFold(text: string): Fold | undefined {
  const { not, fold = '', of = '' } = /^(?<not>not-)?(?<fold>\d{1,3})\/(?<of>\d{1,3})$/u.exec(text)?.groups ?? {};
  const parsed = { fold: Number(fold), of: Number(of), inverted: not !== undefined };
  return parsed.fold >= 1 && parsed.fold <= parsed.of ? parsed : undefined;
}

/** The fold of a family, from 1 to `of`. */
export function foldOf(family: string, of: number): number {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(family)) sum = Math.imul(sum ^ byte, 0x01000193);
  // The lowest bits of this sum depend on the lowest bits of the letters alone; the upper ones are mixed in.
  sum ^= sum >>> 15;
  return ((Math.imul(sum, 0x2c1b3c6d) >>> 8) % of) + 1;
}

/** Whether a record is to be judged. One without a family falls with its cluster, or for itself. */
export function isSelected(
  record: Pick<LabelledRecord, 'id' | 'cluster' | 'family'>,
  { families, leftOut, fold }: Selection,
): boolean {
  const { family } = record;
  const has = (beginnings: readonly string[]): boolean =>
    family !== undefined && beginnings.some((beginning) => family.startsWith(beginning));
  if (families.length > 0 && !has(families)) return false;
  if (has(leftOut)) return false;
  return fold === undefined || (foldOf(family ?? record.cluster ?? record.id, fold.of) === fold.fold) !== fold.inverted;
}
