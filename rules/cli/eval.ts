/**
 * `npm run --silent eval -- FILES…`: how many lures of labelled corpora are caught, how early, and how often ordinary
 * text is taken for one. A line that cannot be read is named and counted, the others go on, and the exit status is 1.
 */
import { readCorpora } from './corpus.ts';
import { Judge, requireRules, takePacks, type Warning } from './judge.ts';
import { describeSelection, readOptions, SELECTION_USAGE, type CorpusOptions } from './options.ts';
import type { LabelledRecord } from './records.ts';
import { reportOf } from './report.ts';
import { Tally } from './tally.ts';

const USAGE = `usage: npm run --silent eval -- FILES… [options]
  --json              all of it for machines
  --misses            lists the lures that were missed
  --alarms            lists the benign records that were warned of
  --hide              lists them without a word of their texts
  --packs DIR         uses other packs
${SELECTION_USAGE}
Rules that were written with every family in view are judged by what they were made from. So keep a fold out of view:
  eval FILES… --fold not-1/5 --misses --alarms     while you write
  eval FILES… --fold 1/5                           to judge; with --misses --hide it names the records and shows none
A family is in the same fold in every file and language; a record without one falls with its cluster, or for itself.
`;

const args = process.argv.slice(2);
const packs = takePacks(args);
const { files, flags, selection } = requireOptions();
const judge = new Judge(requireRules(packs));
const tally = new Tally();
const missed: Listed[] = [];
const alarmed: Listed[] = [];
const problems: string[] = [];
for await (const record of readCorpora(files, selection, problems)) {
  const warnings = judge.judge(record);
  tally.add(record, warnings);
  if (record.scope === 'ambiguous') continue;
  if (flags.has('--misses') && record.label === 'lure' && warnings.length === 0) missed.push(listed(record, warnings));
  if (flags.has('--alarms') && record.label === 'benign' && warnings.length > 0) alarmed.push(listed(record, warnings));
}

const evaluation = tally.result();
if (flags.has('--json')) {
  const lists = { ...(flags.has('--misses') ? { missed } : {}), ...(flags.has('--alarms') ? { alarmed } : {}) };
  const result = { ...evaluation, selection: describeSelection(selection), ...lists, problems };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
} else {
  const lists = [
    ...missed.map(({ id, category, scope, turns }) => [`MISS ${id} ${category} ${scope}`, ...turnLines(turns)]),
    ...alarmed.map(({ id, category, warnings, turns }) => [
      `ALARM ${id} ${category}`,
      ...warnings.map(({ level, turn, rule, why }) => `  ${level} at turn ${turn}: ${why ?? rule}`),
      ...turnLines(turns),
    ]),
  ].flat();
  const report = reportOf(evaluation, describeSelection(selection));
  process.stdout.write(`${[...report, ...(lists.length === 0 ? [] : ['', ...lists])].join('\n')}\n`);
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;

/** A record that went wrong; without its words when these are to stay out of view. */
interface Listed extends Pick<LabelledRecord, 'id' | 'category' | 'scope' | 'family'> {
  warnings: (Pick<Warning, 'rule' | 'level' | 'turn'> & { why?: string })[];
  turns?: LabelledRecord['turns'];
}

function listed({ id, category, scope, family, turns }: LabelledRecord, warnings: readonly Warning[]): Listed {
  const isHidden = flags.has('--hide');
  return {
    id,
    category,
    scope,
    ...(family === undefined ? {} : { family }),
    // The reasons quote the text.
    warnings: warnings.map(({ rule, level, turn, why }) => ({ rule, level, turn, ...(isHidden ? {} : { why }) })),
    ...(isHidden ? {} : { turns }),
  };
}

function turnLines(turns: LabelledRecord['turns'] = []): string[] {
  return turns.map(({ from, text }) => `${from === 'me' ? '  > ' : '  '}${text.replace(/\s+/g, ' ').slice(0, 300)}`);
}

function requireOptions(): CorpusOptions {
  try {
    return readOptions('eval', args, ['--json', '--misses', '--alarms', '--hide']);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message === '' ? '' : `${error.message}\n`}${USAGE}`);
    return process.exit(2);
  }
}
