/** The ratchet's files: `*.jsonl` and `ratchet.json` of `tests/corpus`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Judge } from './judge.ts';
import { compare, describeComparison, measure, ratchetOf, type Ratchet } from './ratchet.ts';
import { readLabelled, type LabelledRecord } from './records.ts';

/** The corpus that travels with the project. */
export const OWN_CORPUS = fileURLToPath(new URL('../../tests/corpus', import.meta.url));

/**
 * Every record of a folder's corpora, in the order of their files.
 *
 * @throws RecordError when a line cannot be read.
 */
export function readCorpus(folder: string): LabelledRecord[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => readLabelled(line));
}

/** The ratchet of a folder; an empty one, to which every record is new, when there is none yet. */
export function readRatchet(folder: string): Ratchet {
  const path = join(folder, 'ratchet.json');
  if (!existsSync(path)) return { floors: {}, ceilings: {}, records: {} };
  return JSON.parse(readFileSync(path, 'utf8')) as Ratchet;
}

/**
 * Writes what the rules reach now into the ratchet, unless any figure is worse than it holds.
 *
 * Returns the exit status, 1 when something is worse, and what to say.
 */
export function tightenRatchet(judge: Judge, folder: string): { status: 0 | 1; said: string } {
  const measured = measure(judge, readCorpus(folder));
  const comparison = compare(readRatchet(folder), measured);
  const said = describeComparison(comparison);
  if (comparison.worse.length > 0) return { status: 1, said: `${said}\nNothing was written.` };
  if (said === '') return { status: 0, said: 'The ratchet holds what the rules reach; nothing was written.' };
  writeFileSync(join(folder, 'ratchet.json'), `${JSON.stringify(ratchetOf(measured), undefined, 2)}\n`);
  const { better, added, gone } = comparison;
  return {
    status: 0,
    said: [
      ...better,
      `Written: ${better.length} figures are better, ${added.length} records new, ${gone.length} gone.`,
    ].join('\n'),
  };
}
