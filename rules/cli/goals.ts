/** What Beside sets out to reach, and how far a corpus shows it to be. */
import { COLUMNS, type Column } from './columns.ts';
import { alarms, caught, type BenignUnit, type LureUnit } from './units.ts';
import type { Share } from './shares.ts';

/** A goal: a share that has to be reached, or one that must not be passed. */
export interface Goal {
  atLeast?: number;
  atMost?: number;
}

/** One figure of the report's head. */
export interface Figure {
  figure: 'recall of lures' | 'in time' | `false alarms: ${Column}`;
  /** A language, or `all`. */
  language: string;
  /** What it is a share of. */
  unit: 'lures' | 'records' | 'messages';
  measured: Share;
  goal: Goal;
  /** Whether the measured share keeps to the goal; null when nothing was there to be measured. */
  reached: boolean | null;
}

/** The goals as the project set them; alarms on ordinary messages are counted per message, all others per record. */
const GOALS: Record<'recall' | 'inTime' | Column, Goal> = {
  recall: { atLeast: 0.8 },
  inTime: { atLeast: 0.65 },
  'hard negatives': { atMost: 0.02 },
  'ordinary messages': { atMost: 0.0002 },
  'job ads': { atMost: 0.002 },
  'news pages': { atMost: 0.002 },
};

/** Every figure for all languages together, then for each; those of lures first. */
export function figuresOf(lures: readonly LureUnit[], benign: readonly BenignUnit[]): Figure[] {
  const languages = [...new Set([...lures, ...benign].map(({ language }) => language))].toSorted();
  return (['recall', 'inTime', ...COLUMNS] as const).flatMap((name) =>
    ['all', ...languages].map((language): Figure => {
      const isOf = (unit: { language: string }): boolean => language === 'all' || unit.language === language;
      const goal = GOALS[name];
      const { figure, unit, measured } =
        name === 'recall' || name === 'inTime'
          ? lureFigure(name, lures.filter(isOf))
          : alarmFigure(
              name,
              benign.filter((record) => isOf(record) && record.column === name),
            );
      return { figure, language, unit, measured, goal, reached: measured.of === 0 ? null : keeps(measured, goal) };
    }),
  );
}

type Measured = Pick<Figure, 'figure' | 'unit' | 'measured'>;

function lureFigure(name: 'recall' | 'inTime', lures: readonly LureUnit[]): Measured {
  return { figure: name === 'recall' ? 'recall of lures' : 'in time', unit: 'lures', measured: caught(lures)[name] };
}

function alarmFigure(column: Column, benign: readonly BenignUnit[]): Measured {
  const unit = column === 'ordinary messages' ? 'messages' : 'records';
  return { figure: `false alarms: ${column}`, unit, measured: alarms(benign)[unit] };
}

function keeps({ share }: Share, { atLeast = 0, atMost = 1 }: Goal): boolean {
  return share >= atLeast && share <= atMost;
}
