/** The columns in which false alarms are judged, each with a goal of its own. */
import type { LabelledRecord } from './records.ts';

export const COLUMNS = ['hard negatives', 'ordinary messages', 'job ads', 'news pages'] as const;
export type Column = (typeof COLUMNS)[number];

/**
 * The one column of a benign record.
 *
 * A job ad is a hard negative only when it was written as one, which its family tells: collections of real ads are marked
 * `hard_neg` as a whole, and their thousands would thin out the alarms on what was written to be taken for a lure.
 */
export function columnOf({ kind, scope, family }: Pick<LabelledRecord, 'kind' | 'scope' | 'family'>): Column {
  if (scope === 'hard_neg' && (kind !== 'job' || family !== undefined)) return 'hard negatives';
  if (kind === 'job') return 'job ads';
  return kind === 'page' ? 'news pages' : 'ordinary messages';
}
