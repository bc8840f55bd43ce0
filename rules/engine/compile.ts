/** From a rule set in its published form to the compiled one. Runs in the worker and at the command line, never in a page. */
import type { Pack, Pattern } from '../language/model.ts';
import { sourceOf } from '../language/pattern.ts';
import { LanguageError } from '../language/problem.ts';
import { areWords, pivotOf, pivotOfWords, spanOf, type Pivot } from './compile/anchor.ts';
import { writeIndex, type Readied } from './compile/index.ts';
import { namesOfRule, RuleWriter, type CompiledSignal } from './compile/rules.ts';
import { squeezedHashes } from './compile/squeezed.ts';
import { StepReader, type Step } from './compile/steps.ts';
import { encodePart, viewRules, type CompiledRules } from './compiled.ts';
import { keyOf } from './key.ts';
import { MAX_SIGNALS, MAX_SPAN } from './limits.ts';

const NO_WEIGHT = { them: 0, me: 0 };

/**
 * Compiles a rule set that `checkPack` has found good.
 *
 * @throws LanguageError when a pattern spans too many words, has nothing to be found by, signals refer to each other in a
 *   circle, or a bound of `limits.ts` is passed.
 */
export function compilePack(pack: Pack): CompiledRules {
  const reader = new StepReader(pack);
  const shared = new Map(pack.signals.map(({ name, patterns }) => [name, patterns]));
  const signals: CompiledSignal[] = [];
  const numbers = new Map<string, number>();
  const patterns: Readied[] = [];

  const sharedSignal = (name: string): number =>
    numbers.get(name) ?? signalOf(`signal:${name}`, shared.get(name) ?? [], () => ['signals', name], name);

  const signalOf = (name: string, own: readonly Pattern[], path: () => string[], sharedName?: string): number => {
    const signal = signals.length;
    const compiled: CompiledSignal = { key: keyOf(name), cost: 0, isAsked: false, makes: [], weight: NO_WEIGHT };
    if (sharedName !== undefined) numbers.set(sharedName, signal);
    signals.push(compiled);
    for (let index = 0; index < own.length; index += 1) {
      const pattern = own[index] as Pattern;
      try {
        const read = reader.read(pattern);
        if (areWords(read) && read.length <= MAX_SPAN) {
          patterns.push({ signal, words: read });
          compiled.cost += pivotOfWords(read).cost;
          continue;
        }
        for (const steps of alternativesOf(read)) {
          const whole = sharedAlone(steps);
          if (whole === undefined) {
            const pivot = checkedPivot(steps, pattern);
            patterns.push(
              areWords(steps) ? { signal, words: steps } : { signal, steps, pivot, squeezed: squeezedHashes(steps) },
            );
            compiled.cost += pivot.cost;
          } else {
            const part = signals[sharedSignal(whole)] as CompiledSignal;
            part.makes.push(signal);
            compiled.cost += part.cost;
          }
        }
      } catch (error) {
        if (!(error instanceof LanguageError)) throw error;
        throw new LanguageError(error.message, error.cure, error.path.length > 0 ? error.path : [...path(), index]);
      }
    }
    return signal;
  };

  // Evidence is made of signals that no rule may ask for.
  if (pack.rules.some(({ evidence }) => evidence !== undefined)) {
    for (const { name, weight } of pack.signals) {
      if (weight === undefined) continue;
      const signal = signals[sharedSignal(name)] as CompiledSignal;
      signal.isAsked = true;
      signal.weight = { them: weight.them ?? 0, me: weight.me ?? 0 };
    }
  }
  const writer = new RuleWriter();
  for (const rule of pack.rules) {
    const numberOf = (name: string): number => {
      const { signal, patterns: own = [] } = rule.detection[name] ?? {};
      const number =
        signal === undefined
          ? signalOf(`${rule.id}:${name}`, own, () => ['rules', rule.id, 'detection', name])
          : sharedSignal(signal);
      (signals[number] as CompiledSignal).isAsked = true;
      return number;
    };
    writer.add(rule, numberOf, signals);
  }
  if (signals.length >= MAX_SIGNALS)
    throw new LanguageError(`the rules have ${signals.length} signals, more than ${MAX_SIGNALS}`, 'share some of them');
  const { signalCount, hasSlotAnchors, ...regions } = writeIndex(patterns, reader.words, signals);
  const compiled = viewRules({
    index: encodePart('index', { sizes: Int32Array.of(signalCount, hasSlotAnchors ? 1 : 0), ...regions }),
    rules: writer.finish(signals),
  }) as CompiledRules;
  return { ...compiled, names: pack.rules.map(namesOfRule) };
}

/** A pattern that is nothing but alternatives is as many patterns, each with an anchor of its own. */
function alternativesOf(steps: readonly Step[]): (readonly Step[])[] {
  const [only] = steps;
  if (steps.length !== 1 || only?.kind !== 'branches' || only.optional || sharedAlone(steps) !== undefined)
    return [steps];
  return only.branches.flatMap(alternativesOf);
}

/** The name of the shared signal that a pattern is, and nothing beside it. */
function sharedAlone(steps: readonly Step[]): string | undefined {
  const [only] = steps;
  return steps.length === 1 && only?.kind === 'branches' && only.shared?.startsWith('<') === true
    ? only.shared.slice(1, -1)
    : undefined;
}

/** @throws LanguageError when the pattern spans too many words or has nothing to be found by. */
function checkedPivot(steps: readonly Step[], pattern: Pattern): Pivot {
  const { most } = spanOf(steps);
  if (most > MAX_SPAN)
    throw new LanguageError(
      `“${sourceOf(pattern)}” may span ${most} words, more than ${MAX_SPAN}`,
      'narrow its gaps, or make two signals of it',
    );
  const pivot = pivotOf(steps);
  if (pivot === undefined)
    throw new LanguageError(
      `“${sourceOf(pattern)}” has no word that must be there`,
      'add a word outside of [brackets]',
    );
  return pivot;
}
