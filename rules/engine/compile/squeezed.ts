/** Runs of words as they look without the spaces between them (“viecnheluongcao”), so that a glued text can be recognised. */
import { MAX_SQUEEZED } from '../limits.ts';
import { isKnown } from './frequency.ts';
import { hashOfLetters, type Step, type WordStep } from './steps.ts';

/** Shorter runs without spaces look like words (“to” is not “t o”). */
const SHORTEST = 5;

/** The hash of plain words, joined; undefined when they are not met so. */
export function squeezedHash(steps: readonly WordStep[]): number | undefined {
  if (steps.length < 2) return undefined;
  let letters = '';
  for (const { word } of steps) {
    if (word.letters.length < 2) return undefined;
    letters += word.letters;
  }
  return isSqueezed(letters) ? hashOfLetters(letters) : undefined;
}

/** The hashes of every longest run of neighbouring words of a pattern, and of its plain words, joined; none where there would be too many. */
export function squeezedHashes(steps: readonly Step[]): number[] {
  const hashes: number[] = [];
  let run: Step[] = [];
  const close = (): void => {
    const forms = run.length === 0 ? [] : (formsOf(run) ?? []);
    for (const { letters, words } of forms) if (words > 1) add(letters, hashes);
    // What stands fast in the run may be glued by itself: “congan phường” for `công an (phường|xã)`.
    let fixed: Step[] = [];
    for (const step of [...run, undefined]) {
      if (step?.kind === 'word') fixed.push(step);
      else {
        if (fixed.length > 1 && fixed.length < run.length)
          for (const { letters } of formsOf(fixed) ?? []) add(letters, hashes);
        fixed = [];
      }
    }
    run = [];
  };
  for (const step of steps) {
    if (step.kind === 'gap' || step.kind === 'slot') close();
    else run.push(step);
  }
  close();
  return hashes;
}

function add(letters: string, hashes: number[]): void {
  if (isSqueezed(letters)) hashes.push(hashOfLetters(letters));
}

function isSqueezed(letters: string): boolean {
  return letters.length >= SHORTEST && !isKnown(letters);
}

interface Form {
  letters: string;
  words: number;
}

function formsOf(steps: readonly Step[]): Form[] | undefined {
  let forms: Form[] = [{ letters: '', words: 0 }];
  for (const step of steps) {
    const own = formsOfStep(step);
    if (own === undefined || forms.length * own.length > MAX_SQUEEZED) return undefined;
    forms = forms.flatMap((form) =>
      own.map(({ letters, words }) => ({ letters: form.letters + letters, words: form.words + words })),
    );
  }
  return forms;
}

function formsOfStep(step: Step): Form[] | undefined {
  // Words of one letter make words of almost anything (“kh ong”).
  if (step.kind === 'word')
    return step.word.letters.length < 2 ? undefined : [{ letters: step.word.letters, words: 1 }];
  if (step.kind !== 'branches' || step.branches.length > MAX_SQUEEZED) return undefined;
  const forms: Form[] = step.optional ? [{ letters: '', words: 0 }] : [];
  for (const branch of step.branches) {
    const own = formsOf(branch);
    if (own === undefined) return undefined;
    forms.push(...own);
  }
  return forms;
}
