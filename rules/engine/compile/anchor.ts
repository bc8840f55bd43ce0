/**
 * Anchors: the words, or pairs of words next to each other, by which a pattern is found. Each pattern is looked up under
 * the rarest set of them of which every match holds one, so that a token of the text leads to few patterns.
 */
import { pairKey, singleKey } from '../key.ts';
import { MAX_ANCHORS, MAX_SPAN } from '../limits.ts';
import { slotKey } from '../slots.ts';
import type { Step, Word, WordStep } from './steps.ts';

/** One key under which a pattern is found. */
export interface Anchor {
  key: number;
  isPair: boolean;
  /** How many words of the match may stand between the start of the pivot and the token that the key ends with. */
  fewest: number;
  most: number;
}

/** Where a pattern is taken up: the step at which matching begins in both directions, and the keys that lead to it. */
export interface Pivot {
  step: number;
  anchors: Anchor[];
  /** How often one of the keys may be expected in 10,000 words. */
  cost: number;
}

/** What a slot costs to look for, in the measure of word frequencies: texts with digits are some tenth of all. */
const SLOT_COST = 60;
/** How much likelier two words follow each other than chance has it. [judged] */
const LIFT = 4;
/** What a key in the index costs, in the same measure: a tenth less room for hardly more tries. [measured on the own packs] */
const ROOM_COST = 0.3;
/** Most words that a slot counts for in the span of a pattern: “20 triệu đến 30 triệu”. A link may have more. */
const SLOT_WORDS = 6;

/** Fewest and most words that steps span. */
export function spanOf(steps: readonly Step[], slotWords = SLOT_WORDS): { fewest: number; most: number } {
  let fewest = 0;
  let most = 0;
  for (const step of steps) {
    switch (step.kind) {
      case 'word':
        fewest += 1;
        most += 1;
        break;
      case 'gap':
        most += step.most;
        break;
      case 'slot':
        fewest += 1;
        most += slotWords;
        break;
      case 'branches': {
        const spans = step.branches.map((branch) => spanOf(branch, slotWords));
        fewest += step.optional ? 0 : Math.min(...spans.map((span) => span.fewest));
        most += Math.max(...spans.map((span) => span.most));
      }
    }
  }
  return { fewest, most };
}

/** The cheapest pivot of a pattern; undefined when it has none, being all gaps and optional words. */
export function pivotOf(steps: readonly Step[]): Pivot | undefined {
  if (areWords(steps)) {
    const { step, cost, isPair } = pivotOfWords(steps);
    return { step, cost, anchors: [{ key: keyAt(steps, step, isPair), isPair, fewest: 0, most: 0 }] };
  }
  let best: Pivot | undefined;
  for (const [step, current] of steps.entries()) {
    const before = steps[step - 1];
    for (const found of [anchorsOfStep(current), before === undefined ? undefined : pairsOf(before, current)]) {
      if (found !== undefined && (best === undefined || priceOf(found) < priceOf(best))) best = { step, ...found };
    }
  }
  return best;
}

/** As `pivotOf`, for words alone: the rarest word or the rarest pair, which ends with the word at `step`. */
export function pivotOfWords(steps: readonly WordStep[]): { step: number; cost: number; isPair: boolean } {
  let step = 0;
  let isPair = false;
  let cost = Number.POSITIVE_INFINITY;
  for (let at = 0; at < steps.length; at += 1) {
    const { word } = steps[at] as WordStep;
    if (word.frequency < cost) {
      cost = word.frequency;
      step = at;
      isPair = false;
    }
    const pairCost = at === 0 ? cost : costOfPair((steps[at - 1] as WordStep).word, word);
    if (pairCost < cost) {
      cost = pairCost;
      step = at;
      isPair = true;
    }
  }
  return { step, cost, isPair };
}

/** The key of the word at `step`, or of the pair that ends with it. */
export function keyAt(steps: readonly WordStep[], step: number, isPair: boolean): number {
  const { hash } = (steps[step] as WordStep).word;
  return isPair ? pairKey((steps[step - 1] as WordStep).word.hash, hash) : singleKey(hash);
}

/** Whether steps are nothing but words, as most patterns of a large rule set are. */
export function areWords(steps: readonly Step[]): steps is readonly WordStep[] {
  for (let at = 0; at < steps.length; at += 1) if (steps[at]?.kind !== 'word') return false;
  return steps.length > 0;
}

function costOfPair(first: Word, second: Word): number {
  return 0.02 + (first.frequency * second.frequency * LIFT) / 10_000;
}

type Found = Omit<Pivot, 'step'>;

/** The cheapest anchors of a sequence, counted from its start. */
function anchorsOf(steps: readonly Step[]): Found | undefined {
  const pivot = pivotOf(steps);
  if (pivot === undefined || pivot.step === 0) return pivot;
  const { fewest, most } = spanOf(steps.slice(0, pivot.step), MAX_SPAN);
  return {
    cost: pivot.cost,
    anchors: pivot.anchors.map((anchor) => ({
      ...anchor,
      fewest: Math.min(MAX_SPAN, anchor.fewest + fewest),
      // A long link before an anchor must not put it out of reach; no match is longer than this anyway.
      most: Math.min(MAX_SPAN, anchor.most + most),
    })),
  };
}

function anchorsOfStep(step: Step): Found | undefined {
  switch (step.kind) {
    case 'gap':
      return undefined;
    case 'word':
      return {
        anchors: [{ key: singleKey(step.word.hash), isPair: false, fewest: 0, most: 0 }],
        cost: step.word.frequency,
      };
    case 'slot':
      return {
        anchors: [{ key: singleKey(slotKey(step.slot)), isPair: false, fewest: 0, most: 0 }],
        cost: SLOT_COST,
      };
    case 'branches': {
      if (step.optional) return undefined;
      const anchors: Anchor[] = [];
      let cost = 0;
      for (const branch of step.branches) {
        const inner = anchorsOf(branch);
        if (inner === undefined) return undefined;
        anchors.push(...inner.anchors);
        cost += inner.cost;
      }
      return anchors.length > MAX_ANCHORS ? undefined : { anchors, cost };
    }
  }
}

/** The pairs of a word that may end one step and a word that may begin the next. */
function pairsOf(before: Step, current: Step): Found | undefined {
  const lasts = edgeWords(before, -1);
  const firsts = edgeWords(current, 0);
  if (lasts === undefined || firsts === undefined || lasts.length * firsts.length > MAX_ANCHORS) return undefined;
  let cost = 0;
  const anchors: Anchor[] = [];
  for (const last of lasts) {
    for (const first of firsts) {
      cost += costOfPair(last, first);
      anchors.push({ key: pairKey(last.hash, first.hash), isPair: true, fewest: 0, most: 0 });
    }
  }
  return { anchors, cost };
}

/** The words with which a step may begin (`edge` 0) or end (-1); undefined when it may do so with something else. */
function edgeWords(step: Step, edge: 0 | -1): Word[] | undefined {
  if (step.kind === 'word') return [step.word];
  if (step.kind !== 'branches' || step.optional) return undefined;
  const words: Word[] = [];
  for (const branch of step.branches) {
    const outer = branch.at(edge);
    const found = outer === undefined ? undefined : edgeWords(outer, edge);
    if (found === undefined) return undefined;
    words.push(...found);
  }
  return words;
}

/** What anchors cost: tries in texts, and, by a far smaller measure, the room that each takes in the index of every frame. */
function priceOf({ cost, anchors }: Found): number {
  return cost + anchors.length * ROOM_COST;
}
