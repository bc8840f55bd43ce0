/**
 * Drafting patterns from examples: the telling words that examples have in common, in their order, joined by gaps. What
 * the draft is worth is measured by the engine itself; a pattern that finds an example to ignore is never taken.
 */
import { compilePack } from '../../../engine/compile.ts';
import type { CompiledRules } from '../../../engine/compiled.ts';
import { Conversation } from '../../../engine/conversation.ts';
import { Scanner } from '../../../engine/match.ts';
import type { ExampleTurn, Pack, Rule, Surface } from '../../../language/model.ts';
import { LanguageError } from '../../../language/problem.ts';
import { fuller, isSame, wordsOf, type Word } from './words.ts';

/** Widest gap and longest pattern that the language allows. Source: rules/README.md, “Limits”. */
const MAX_GAP = 12;
const MAX_WORDS = 31;
/** More words than these make a pattern that finds one message only. [judged] */
const MOST_WORDS = 5;
/** Room beyond what the examples show, so that one more small word does no harm. [judged] */
const SLACK = 1;

export interface DraftedPattern {
  pattern: string;
  /** Which of the examples it finds. */
  finds: number[];
}

export interface Draft {
  patterns: DraftedPattern[];
  /** Examples to match that no pattern finds. */
  missed: number[];
}

/** Drafts patterns that find as many of `match` as can be and none of `quiet`. */
export function draftPatterns(
  pack: Pack,
  match: readonly ExampleTurn[][],
  quiet: readonly ExampleTurn[][],
  surface: Surface,
): Draft {
  const texts = match.map((turns) => turns.filter(({ from }) => from === 'them').map(({ text }) => wordsOf(text)));
  const candidates = [...new Set([...sharedRuns(texts), ...ownRuns(texts)])];
  const judged = judge(pack, candidates, match, quiet, surface);
  const patterns: DraftedPattern[] = [];
  const open = new Set(match.keys());
  while (open.size > 0) {
    let best: DraftedPattern | undefined;
    let most = 0;
    for (const candidate of judged) {
      // Of two that find as much, the longer one is told apart more easily from ordinary talk.
      const gain =
        candidate.finds.filter((index) => open.has(index)).length * 100 + Math.min(candidate.pattern.length, 99);
      if (gain >= 100 && gain > most) [best, most] = [candidate, gain];
    }
    if (best === undefined) break;
    patterns.push(best);
    for (const index of best.finds) open.delete(index);
  }
  return { patterns, missed: [...open] };
}

/** What two examples have in common, for every two. */
function sharedRuns(texts: Word[][][]): string[] {
  const runs: string[] = [];
  for (const [at, one] of texts.entries())
    for (const other of texts.slice(at + 1))
      for (const first of one) for (const second of other) runs.push(...patternsOf(commonWords(first, second)));
  return runs;
}

/** For an example that is like no other: its own telling words, three or two at a time. */
function ownRuns(texts: Word[][][]): string[] {
  return texts.flat().flatMap((words) => {
    const telling = words.flatMap((word, at) => (word.isTelling ? [{ word, spots: [at] }] : []));
    return [3, 2].flatMap((size) =>
      telling.slice(0, 1 - size).flatMap((_, from) => patternsOf(telling.slice(from, from + size))),
    );
  });
}

/** A word with its places in the texts that it was taken from. */
interface Placed {
  word: Word;
  spots: number[];
}

/** The longest run of telling words that two texts share, in their order. */
function commonWords(one: readonly Word[], other: readonly Word[]): Placed[] {
  const isCommon = (row: number, column: number): boolean => {
    const [first, second] = [one[row], other[column]];
    return (
      first !== undefined && second !== undefined && (first.isTelling || second.isTelling) && isSame(first, second)
    );
  };
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = other.length - 1; column >= 0; column -= 1)
      (lengths[row] as Uint16Array)[column] = isCommon(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
  const common: Placed[] = [];
  for (let row = 0, column = 0; row < one.length && column < other.length;) {
    if (isCommon(row, column)) {
      common.push({ word: fuller(one[row] as Word, other[column] as Word), spots: [row, column] });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return common;
}

/** Runs of up to this many words are also taken with words left out; of longer ones there would be too many. [judged] */
const MOST_TO_THIN = 8;

/** Every pattern of two to five words of a run; a single word, or a value alone, is no sign of anything. */
function patternsOf(run: readonly Placed[]): string[] {
  const choices: Placed[][] = [];
  if (run.length <= MOST_TO_THIN) choices.push(...subsets(run));
  else
    for (let from = 0; from < run.length; from += 1)
      for (let size = 2; size <= MOST_WORDS; size += 1) choices.push(run.slice(from, from + size));
  return choices.flatMap((some) => {
    const pattern = patternOf(some);
    const isSign = some.length > 1 && some.some(({ word }) => !word.text.startsWith('{'));
    return pattern === undefined || !isSign ? [] : [pattern];
  });
}

/** Every choice of two to five of some words, in their order. */
function subsets(run: readonly Placed[]): Placed[][] {
  let found: Placed[][] = [[]];
  for (const word of run)
    found = [...found, ...found.flatMap((some) => (some.length < MOST_WORDS ? [[...some, word]] : []))];
  return found.filter((some) => some.length > 1);
}

/** Words with the gaps between them; undefined when they stand too far apart. */
function patternOf(run: readonly Placed[]): string | undefined {
  const parts: string[] = [];
  let span = 0;
  for (const [index, { word, spots }] of run.entries()) {
    const before = run[index - 1];
    if (before !== undefined) {
      const gap = Math.max(...spots.map((spot, text) => spot - (before.spots[text] ?? spot) - 1));
      const room = gap === 0 ? 0 : Math.min(MAX_GAP, gap + SLACK);
      if (gap > MAX_GAP) return undefined;
      if (room > 0) parts.push(`~${room}`);
      span += room;
    }
    parts.push(word.text);
    span += 1;
  }
  return span > MAX_WORDS ? undefined : parts.join(' ');
}

/** Keeps the candidates that find nothing quiet, with what they find; the engine decides. */
function judge(
  pack: Pack,
  candidates: readonly string[],
  match: readonly ExampleTurn[][],
  quiet: readonly ExampleTurn[][],
  surface: Surface,
): DraftedPattern[] {
  const ruleOf = (pattern: string, number: number): Rule => ({
    id: String(number),
    title: pattern,
    status: 'experimental',
    level: 'notice',
    category: 'task-scam',
    languages: ['vi'],
    surfaces: [surface],
    date: '2026-01-01',
    references: [],
    detection: { words: { patterns: [pattern] } },
    condition: 'words',
    within: 'message',
    from: 'them',
    explain: { trick: '', counterfact: '' },
  });
  const good = [...candidates];
  const rules = compileGood(pack, good, ruleOf);
  const scanner = new Scanner(rules);
  const foundIn = (turns: readonly ExampleTurn[]): Set<number> => {
    const conversation = new Conversation(rules, scanner);
    return new Set(
      turns.flatMap(({ from, text }, turn) =>
        conversation.read({ from, text, surface, at: turn * 60_000 }).map(({ rule }) => Number(rule.id)),
      ),
    );
  };
  const loud = new Set(quiet.flatMap((turns) => [...foundIn(turns)]));
  const found = match.map(foundIn);
  return good.flatMap((pattern, number) =>
    loud.has(number)
      ? []
      : [{ pattern, finds: found.flatMap((numbers, index) => (numbers.has(number) ? [index] : [])) }],
  );
}

/** Compiles what can be compiled; what cannot is taken out of the candidates. */
function compileGood(pack: Pack, good: string[], ruleOf: (pattern: string, number: number) => Rule): CompiledRules {
  for (;;) {
    try {
      return compilePack({ ...pack, rules: good.map(ruleOf) });
    } catch (error) {
      if (!(error instanceof LanguageError) || error.path[0] !== 'rules') throw error;
      good.splice(Number(error.path[1]), 1);
    }
  }
}
