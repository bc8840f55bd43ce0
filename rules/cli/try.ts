/** `npm run rules -- try`: one rule on a text or a few turns, with everything that led to what came of it. */
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseCondition } from '../language/condition.ts';
import { SURFACES, type Rule } from '../language/model.ts';
import { describeProblem, LanguageError } from '../language/problem.ts';
import { writtenOf } from '../language/reason.ts';
import { readRule } from '../language/source.ts';
import type { Turn } from './judge.ts';
import { loadPack } from './packs.ts';
import { tryRule, type Setting, type Trial, type TriedTurn } from './trial.ts';

/** What the usage says of `try`. */
export const TRY_USAGE = `try takes a text, “-” for a text from stdin, or a conversation:
  --turns "them: …" "me: …"   turns a minute apart; with “-” one a line from stdin
  --on SURFACE                reads it as ${SURFACES.join(', ')}; else as the first that the rule names
  --stranger                  as if the site said that the other side is no contact
  --packs DIR                 takes shared signals, word lists and aliases from other packs
`;

interface Options {
  file: string;
  turns: Turn[];
  surface: Setting['surface'] | undefined;
  stranger: boolean;
}

/**
 * Tries one rule and prints what came of it.
 *
 * @returns the exit status; 2 with an error of use, which `refuse` prints, or a file that is not there, 1 when the rule cannot be used.
 */
export function tryCommand(args: readonly string[], packs: string, refuse: (why?: string) => number): number {
  let options: Options;
  try {
    options = readTryOptions(args);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(error.message);
  }
  const { file, turns, surface, stranger } = options;
  if (!existsSync(file)) {
    process.stderr.write(`${file} is not there.\n`);
    return 2;
  }
  const place = relative(packs, resolve(file));
  const read = readRule(place.startsWith('..') ? file : place, readFileSync(file, 'utf8'));
  if (!read.ok) {
    for (const problem of read.problems) process.stdout.write(`${describeProblem(problem)}\n`);
    return 1;
  }
  const { rule } = read.value;
  try {
    const trial = tryRule(loadPack(packs).pack, rule, turns, {
      surface: surface ?? rule.surfaces[0] ?? 'chat',
      stranger,
    });
    process.stdout.write(`${trialReport(rule, trial).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    process.stdout.write(`${file}: ${error.message}. Mend: ${error.cure}.\n`);
    return 1;
  }
}

/** @throws RangeError that says what is wrong, for people; with an empty text when only the usage helps. */
function readTryOptions(args: readonly string[]): Options {
  const rest = [...args];
  const words: string[] = [];
  let surface: Options['surface'];
  let stranger = false;
  let isTurns = false;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--stranger') stranger = true;
    else if (arg === '--turns') isTurns = true;
    else if (arg === '--on') {
      const name = rest.shift();
      surface = SURFACES.find((known) => known === name);
      if (surface === undefined) throw new RangeError(`--on needs one of ${SURFACES.join(', ')}.`);
    } else if (arg.startsWith('--')) throw new RangeError(`try does not know ${arg}.`);
    else words.push(arg);
  }
  const [file, ...given] = words;
  if (file === undefined || given.length === 0 || (given.length > 1 && !isTurns)) throw new RangeError('');
  const texts = given.flatMap((text) => {
    if (text !== '-') return [text];
    const input = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
    return isTurns ? input.split(/\r?\n/).filter((line) => line.trim() !== '') : [input];
  });
  if (texts.length === 0) throw new RangeError('there is no turn to read.');
  return { file, turns: texts.map((text) => (isTurns ? turnOf(text) : { from: 'them', text })), surface, stranger };
}

/** `me: dạ` as a turn; without a speaker it is the other side's. */
function turnOf(written: string): Turn {
  const found = /^(them|me):\s*(.*)$/s.exec(written);
  return { from: found?.[1] === 'me' ? 'me' : 'them', text: found?.[2] ?? written };
}

/** What came of a trial, as lines for people. */
export function trialReport(rule: Rule, { turns, turn, entries, evidence, sentence, speaks }: Trial): string[] {
  const width = Math.max(...entries.map(({ name }) => name.length)) + 2;
  const trueNames = new Set(entries.filter(({ isTrue }) => isTrue).map(({ name }) => name));
  const marked = writtenOf(parseCondition(rule.condition), (name) => `${trueNames.has(name) ? '✓' : '✗'}${name}`);
  return [
    ...turns.flatMap((one, number) => turnLines(one, number, width)),
    `THE RULE at turn ${turn}`,
    ...entries.map(({ name, isTrue, where }) => `  ${isTrue ? '✓' : '✗'} ${name.padEnd(width)}${where}`),
    `  ${marked} → ${speaks ? `speaks (${rule.level})` : 'stays quiet'}`,
    ...evidenceLines(evidence),
    sentence,
  ];
}

function evidenceLines(evidence: Trial['evidence']): string[] {
  if (evidence === undefined) return [];
  const { asked, sum, signs } = evidence;
  return [
    `  evidence ${sum} of ${asked}`,
    ...signs.map(
      ({ name, from, turn, weight }) => `    ${String(weight).padStart(4)}  ${name} (${from}, turn ${turn})`,
    ),
  ];
}

function turnLines({ from, text, reading, hits }: TriedTurn, number: number, width: number): string[] {
  return [
    `TURN ${number} ${from}: ${text.replace(/\s+/g, ' ')}`,
    `  read as     ${reading.words.join(' · ')}`,
    ...(reading.undisguised === undefined ? [] : [`  stands for  ${reading.undisguised.join(' · ')}`]),
    ...(hits.length === 0 ? ['  no signal of this rule'] : []),
    ...hits.map(({ entry, words }) => `  ${`${entry} `.padEnd(width + 2)}${words}`),
    '',
  ];
}
