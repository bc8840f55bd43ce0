/**
 * Anchors: the words of a pattern by which it is found. Each pattern is looked up under the rarest set of words of which
 * every match holds one, so that a token of the text leads to the few patterns that may match around it.
 */
import { MAX_ANCHORS, MAX_SPAN } from './limits.ts';
import type { Step } from './compile.ts';
import { slotKey } from './slots.ts';

/** One word under which a pattern is found, and how many words of the match may stand before it. */
export interface Anchor {
  key: number;
  fewest: number;
  most: number;
}

/** Syllables and words so common that looking patterns up under them would cost more than it finds. [judged, both languages] */
const COMMON = new Set(
  (
    'la va cua co khong cho anh em chi ban minh toi con thi ma nay do duoc nhe nha voi de o di ra vao len den mot nguoi nguoi ' +
    'se da dang roi gi sao the nao ai neu khi cung chi nua het noi lam nhieu it tien goi nhan tin ngay gio thang nam ' +
    'the a to and of in is you your i it for on me my we be this that with are not do have can will our us no so if just what from at get'
  ).split(' '),
);

/** Fewest and most words that steps span, a slot being counted as at most `slotWords`. */
export function spanOf(steps: readonly Step[], slotWords = SLOT_WORDS): { fewest: number; most: number } {
  let fewest = 0;
  let most = 0;
  for (const step of steps) {
    const span = spanOfStep(step, slotWords);
    fewest += span.fewest;
    most += span.most;
  }
  return { fewest, most };
}

/** Most words that a slot counts for in the span of a pattern: “20 triệu đến 30 triệu”. A link may have more. */
const SLOT_WORDS = 6;

function spanOfStep(step: Step, slotWords: number): { fewest: number; most: number } {
  switch (step.kind) {
    case 'word':
      return { fewest: 1, most: 1 };
    case 'gap':
      return { fewest: 0, most: step.most };
    case 'slot':
      return { fewest: 1, most: slotWords };
    case 'branches': {
      const spans = step.branches.map((branch) => spanOf(branch, slotWords));
      return {
        fewest: step.optional ? 0 : Math.min(...spans.map(({ fewest }) => fewest)),
        most: Math.max(...spans.map(({ most }) => most)),
      };
    }
  }
}

/** The cheapest anchors of a pattern; undefined when it has none, being all gaps and optional words. */
export function anchorsOf(steps: readonly Step[]): Anchor[] | undefined {
  let best: { anchors: Anchor[]; cost: number } | undefined;
  let before = { fewest: 0, most: 0 };
  for (const step of steps) {
    const found = anchorsOfStep(step);
    if (found !== undefined && found.anchors.length <= MAX_ANCHORS && (best === undefined || found.cost < best.cost)) {
      const { fewest, most } = before;
      best = {
        cost: found.cost,
        anchors: found.anchors.map((anchor) => ({
          key: anchor.key,
          fewest: anchor.fewest + fewest,
          most: anchor.most + most,
        })),
      };
    }
    // A long link before an anchor must not put it out of reach.
    const span = spanOfStep(step, MAX_SPAN);
    before = { fewest: before.fewest + span.fewest, most: before.most + span.most };
  }
  return best?.anchors;
}

function anchorsOfStep(step: Step): { anchors: Anchor[]; cost: number } | undefined {
  switch (step.kind) {
    case 'gap':
      return undefined;
    case 'word':
      return { anchors: [{ key: step.hash, fewest: 0, most: 0 }], cost: costOf(step.letters) };
    case 'slot':
      return { anchors: [{ key: slotKey(step.slot), fewest: 0, most: 0 }], cost: 6 };
    case 'branches': {
      if (step.optional) return undefined;
      const anchors: Anchor[] = [];
      let cost = 0;
      for (const branch of step.branches) {
        const inner = anchorsOf(branch);
        if (inner === undefined) return undefined;
        anchors.push(...inner);
        cost += branch.reduce(
          (least, part) => Math.min(least, anchorsOfStep(part)?.cost ?? Number.POSITIVE_INFINITY),
          Number.POSITIVE_INFINITY,
        );
      }
      return { anchors, cost };
    }
  }
}

/** How often a word may be expected, on a rough scale: common words 60, short ones 8, long ones 1. */
function costOf(letters: string): number {
  if (COMMON.has(letters)) return 60;
  if (letters.length <= 2) return 8;
  return letters.length <= 4 ? 3 : 1;
}
