/** What `eval` prints for people. */
import type { Figure, Goal } from './goals.ts';
import type { Lead } from './lead.ts';
import { percent, type Share } from './shares.ts';
import { FIELDS, type AlarmRow, type CategoryRow, type Evaluation, type FieldRow } from './tally.ts';

const CELL = 30;

/** The report as lines: the figures beside their goals, how early warnings came, then the rows by category and field. */
export function reportOf(evaluation: Evaluation, selection: string): string[] {
  const { records, skippedAmbiguous } = evaluation;
  return [
    `${records} records (${skippedAmbiguous} ambiguous ones left out)${selection === '' ? '' : `: ${selection}`}`,
    '',
    ...head(evaluation.figures),
    '',
    ...leadLines(evaluation.lead),
    '',
    'LURES that we promise to catch',
    ...categoryTable(evaluation.lures),
    categoryRow('', 'all', evaluation.total.recall, evaluation.total.inTime),
    ...(evaluation.adjacent.length === 0
      ? []
      : ['', 'ADJACENT lures: welcome, not promised', ...categoryTable(evaluation.adjacent)]),
    '',
    'FALSE ALARMS',
    `${'group'.padEnd(30)}${'per 1,000 records'.padEnd(34)}per 10,000 messages`,
    ...evaluation.alarms.map(alarmLine),
    ...FIELDS.filter((field) => field !== 'category').flatMap((field) => fieldTable(field, evaluation.by[field])),
  ];
}

/** Figures of lures for each language, those of alarms for all together. */
function head(figures: readonly Figure[]): string[] {
  const languages = new Set(figures.map(({ language }) => language)).size - 1;
  const shown = figures.filter(({ figure, language, measured }) =>
    figure.startsWith('false alarms') ? language === 'all' : measured.of > 0 && (language !== 'all' || languages !== 1),
  );
  return [
    `${'figure'.padEnd(33)}${'language'.padEnd(10)}${'measured [95 %]'.padEnd(CELL)}goal`,
    ...shown.map(
      ({ figure, language, measured, goal, unit, reached }) =>
        `${figure.padEnd(33)}${language.padEnd(10)}${percent(measured, unit === 'messages' ? 3 : 1).padEnd(CELL)}${`${goalText(goal)} of ${unit}`.padEnd(22)}${
          reached === null ? 'nothing to measure' : reached ? 'reached' : 'missed'
        }`,
    ),
  ];
}

function goalText({ atLeast, atMost = 1 }: Goal): string {
  const written = (share: number): string => `${Number((share * 100).toFixed(4))} %`;
  return atLeast === undefined ? `≤ ${written(atMost)}` : `≥ ${written(atLeast)}`;
}

function leadLines({ of, mean, median, distribution }: Lead): string[] {
  if (of === 0) return ['HOW EARLY: no caught lure says when the harm is demanded'];
  const most = Math.max(...distribution.map(({ lures }) => lures));
  return [
    `HOW EARLY: turns from the first warning to the harm, ${of} caught lures: mean ${number(mean)}, median ${number(median)}`,
    ...distribution.map(
      ({ turns, lures }) =>
        `${(turns === 0 ? 'at the harm' : turns > 0 ? `${turns} before` : `${-turns} too late`).padEnd(14)}${String(lures).padStart(5)}  ${'█'.repeat(Math.ceil((lures / most) * 40))}`,
    ),
  ];
}

function number(value: number | null): string {
  return value === null ? '–' : String(Number(value.toFixed(1)));
}

function categoryTable(rows: readonly CategoryRow[]): string[] {
  return [
    `${'language'.padEnd(9)}${'category'.padEnd(24)}${'recall'.padEnd(34)}in time`,
    ...rows.map(({ language, category, recall, inTime }) => categoryRow(language, category, recall, inTime)),
  ];
}

function categoryRow(language: string, category: string, recall: Share, inTime: Share): string {
  return `${language.padEnd(9)}${category.padEnd(24)}${percent(recall).padEnd(34)}${percent(inTime)}`;
}

function alarmLine({ group, records, messages }: AlarmRow): string {
  const per = ({ hits, of, share, interval: [low, high] }: Share, base: number): string =>
    `${(share * base).toFixed(2)} [${(low * base).toFixed(2)}–${(high * base).toFixed(2)}] ${hits}/${of}`;
  return `${group.padEnd(30)}${per(records, 1000).padEnd(34)}${per(messages, 10_000)}`;
}

function fieldTable(field: string, rows: readonly FieldRow[]): string[] {
  if (rows.length === 0) return [];
  return [
    '',
    `BY ${field.toUpperCase()}${field === 'level' ? ': the strongest warning of each' : ''}`,
    `${field.padEnd(17)}${'recall'.padEnd(CELL)}${'in time'.padEnd(CELL)}${'lead'.padEnd(6)}${'alarms, records'.padEnd(CELL)}alarms, messages`,
    ...rows.map(
      ({ value, recall, inTime, lead, records, messages }) =>
        `${value.padEnd(17)}${percent(recall).padEnd(CELL)}${percent(inTime).padEnd(CELL)}${number(lead.mean).padEnd(6)}${percent(records, 2).padEnd(CELL)}${percent(messages, 3)}`,
    ),
  ];
}
