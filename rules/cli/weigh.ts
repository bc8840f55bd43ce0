/**
 * `npm run rules -- weigh LANG FILES…`: learns from labelled conversations what each shared signal of a language weighs as
 * evidence, writes it into the signals' files, and says how the rules would do at each amount of evidence.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, Pack } from '../language/model.ts';
import { readCorpora } from './corpus.ts';
import type { Judge } from './judge.ts';
import { fitLogistic } from './logistic.ts';
import type { Selection } from './folds.ts';
import { SignalFinder } from './signals.ts';

/** Weights are written as tenths of log odds: whole numbers that people can compare. */
const SCALE = 10;
/** Weights under this are noise and are not written. */
const SMALLEST = 2;

/** What the rules reach when at least so much evidence is asked for. */
export interface Step {
  evidence: number;
  caught: number;
  alarms: number;
}

export interface Weighed {
  weights: Map<string, { them?: number; me?: number }>;
  lures: number;
  benign: number;
  steps: Step[];
  problems: string[];
}

/**
 * Learns the weights of shared signals, by their names; those of other signals stay as they are. `judge` has to hold rules
 * that ask for no evidence.
 */
export async function weigh(
  pack: Pack,
  names: readonly string[],
  judge: Judge,
  language: Language,
  files: readonly string[],
  selection: Selection,
): Promise<Weighed> {
  const finder = new SignalFinder({ ...pack, rules: [] });
  const problems: string[] = [];
  const others = new Map(
    pack.signals.flatMap(({ name, weight }) => (weight === undefined || names.includes(name) ? [] : [[name, weight]])),
  );
  const records: { signs: number[]; isWanted: boolean; speaks: boolean; given: number }[] = [];
  for await (const record of readCorpora(files, selection, problems)) {
    if ((record.lang === 'en' ? 'en' : 'vi') !== language) continue;
    const signs = new Set<number>();
    const foreign = new Map<string, number>();
    for (const { from, text } of record.turns)
      for (const { name } of finder.find(text)) {
        const index = names.indexOf(name);
        if (index >= 0) signs.add(index * 2 + (from === 'me' ? 1 : 0));
        const weight = others.get(name)?.[from === 'me' ? 'me' : 'them'];
        if (weight !== undefined) foreign.set(`${from} ${name}`, weight / SCALE);
      }
    records.push({
      signs: [...signs],
      isWanted: record.label === 'lure',
      speaks: judge.judge(record).length > 0,
      given: [...foreign.values()].reduce((sum, weight) => sum + weight, 0),
    });
  }
  const theirs = names.map((_, index) => index * 2);
  const acts = theirs.filter((sign) => names[sign / 2]?.startsWith('act-') === true);
  const { weights, bias } = fitLogistic(records, names.length * 2, [acts, theirs]);
  const whole = Array.from(weights, (weight) => {
    const tenths = Math.round(weight * SCALE);
    return Math.abs(tenths) < SMALLEST ? 0 : Math.max(-100, Math.min(100, tenths));
  });
  const scored = records.map(({ signs, ...record }) => ({
    ...record,
    score: signs.reduce((sum, sign) => sum + (whole[sign] ?? 0), record.given * SCALE),
  }));
  const even = Math.round(-bias * SCALE);
  const steps = [-15, -12, -10, -8, -6, -4, -2, 0, 2, 5, 10].map((more): Step => {
    const evidence = even + more;
    const count = (isWanted: boolean): number =>
      scored.filter((record) => record.isWanted === isWanted && record.speaks && record.score >= evidence).length;
    return { evidence, caught: count(true), alarms: count(false) };
  });
  return {
    weights: new Map(
      names.flatMap((name, index): [string, { them?: number; me?: number }][] => {
        const [them = 0, me = 0] = whole.slice(index * 2, index * 2 + 2);
        return them === 0 && me === 0 ? [] : [[name, { ...(them === 0 ? {} : { them }), ...(me === 0 ? {} : { me }) }]];
      }),
    ),
    lures: records.filter(({ isWanted }) => isWanted).length,
    benign: records.filter(({ isWanted }) => !isWanted).length,
    steps,
    problems,
  };
}

/** The names of a language's shared signals: those that have a file in its folder. */
export function signalsOf(folder: string, language: Language, { signals }: Pack): string[] {
  return signals.map(({ name }) => name).filter((name) => existsSync(fileOf(folder, language, name)));
}

function fileOf(folder: string, language: Language, name: string): string {
  return join(folder, language, 'signals', `${name}.yml`);
}

/** Writes weights into the files of the signals, one line each; all else in them stays as it is. */
export function writeWeights(
  folder: string,
  language: Language,
  names: readonly string[],
  weights: Weighed['weights'],
): number {
  let written = 0;
  for (const name of names) {
    const file = fileOf(folder, language, name);
    const before = readFileSync(file, 'utf8');
    const { them, me } = weights.get(name) ?? {};
    const fields = [...(them === undefined ? [] : [`them: ${them}`]), ...(me === undefined ? [] : [`me: ${me}`])];
    const bare = before.replace(/^weight: .*\n/mu, '');
    const after = fields.length === 0 ? bare : bare.replace(/^(title: .*\n)/mu, `$1weight: { ${fields.join(', ')} }\n`);
    if (after === before) continue;
    writeFileSync(file, after);
    written += 1;
  }
  return written;
}
