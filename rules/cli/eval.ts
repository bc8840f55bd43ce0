/**
 * `npm run --silent eval -- FILES…`: how many lures of labelled corpora are caught, how early, and how often ordinary
 * text is taken for one.
 *
 * `--json` for machines; `--misses` and `--alarms` list the records; `--packs DIR` uses other packs. A line that cannot
 * be read is named and counted, the others go on, and the exit status is 1.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Judge, requireRules, takePacks, type Warning } from './judge.ts';
import { readLabelled, RecordError, type LabelledRecord } from './records.ts';
import { Tally, type AlarmRow, type CategoryRow, type Evaluation, type Share } from './tally.ts';

const args = process.argv.slice(2);
const packs = takePacks(args);
const options = new Set(args.filter((arg) => arg.startsWith('--')));
const files = args.filter((arg) => !arg.startsWith('--'));
const unknown = [...options].filter((option) => !['--json', '--misses', '--alarms'].includes(option));
if (files.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`eval does not know ${unknown.join(' ')}.\n`);
  process.stderr.write('usage: npm run --silent eval -- FILES… [--json] [--misses] [--alarms] [--packs DIR]\n');
  process.exit(2);
}

const judge = new Judge(requireRules(packs));
const tally = new Tally();
const listed: string[] = [];
const problems: string[] = [];
for (const file of files) {
  if (!existsSync(file)) {
    problems.push(`${file} is not there`);
    continue;
  }
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      const record = readLabelled(line);
      const warnings = judge.judge(record);
      tally.add(record, warnings);
      list(record, warnings);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      problems.push(`${file}:${number} ${error.message}`);
    }
  }
}

const result = tally.result();
if (options.has('--json')) process.stdout.write(`${JSON.stringify({ ...result, problems }, undefined, 2)}\n`);
else print(result);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;

function list(record: LabelledRecord, warnings: readonly Warning[]): void {
  if (record.scope === 'ambiguous') return;
  const text = record.turns
    .map(({ from, text: said }) => `${from === 'me' ? '  > ' : '  '}${said.replace(/\s+/g, ' ').slice(0, 300)}`)
    .join('\n');
  if (options.has('--misses') && record.label === 'lure' && warnings.length === 0)
    listed.push(`MISS ${record.id} ${record.category} ${record.scope}\n${text}`);
  if (options.has('--alarms') && record.label === 'benign' && warnings.length > 0) {
    listed.push(
      `ALARM ${record.id} ${record.category}\n${warnings.map(({ level, turn, why }) => `  ${level} at turn ${turn}: ${why}`).join('\n')}\n${text}`,
    );
  }
}

function print(evaluation: Evaluation): void {
  const lines = [
    `${evaluation.records} records (${evaluation.skippedAmbiguous} ambiguous ones left out)`,
    '',
    'LURES that we promise to catch',
    ...table(evaluation.lures),
    row('', 'all', evaluation.total.recall, evaluation.total.inTime),
    ...(evaluation.adjacent.length === 0
      ? []
      : ['', 'ADJACENT lures: welcome, not promised', ...table(evaluation.adjacent)]),
    '',
    'FALSE ALARMS',
    `${'group'.padEnd(30)}${'per 1,000 records'.padEnd(34)}per 10,000 messages`,
    ...evaluation.alarms.map(alarmLine),
  ];
  process.stdout.write(`${[...lines, ...(listed.length === 0 ? [] : ['', ...listed])].join('\n')}\n`);
}

function table(rows: readonly CategoryRow[]): string[] {
  return [
    `${'language'.padEnd(9)}${'category'.padEnd(24)}${'recall'.padEnd(34)}in time`,
    ...rows.map(({ language, category, recall, inTime }) => row(language, category, recall, inTime)),
  ];
}

function row(language: string, category: string, recall: Share, inTime: Share): string {
  return `${language.padEnd(9)}${category.padEnd(24)}${percent(recall).padEnd(34)}${inTime.of === 0 ? '–' : percent(inTime)}`;
}

function percent({ hits, of, share, interval: [low, high] }: Share): string {
  const written = (value: number): string => (value * 100).toFixed(1);
  return `${written(share)} % [${written(low)}–${written(high)}] ${hits}/${of}`;
}

function alarmLine({ group, records, messages }: AlarmRow): string {
  const per = ({ hits, of, share, interval: [low, high] }: Share, base: number): string =>
    `${(share * base).toFixed(2)} [${(low * base).toFixed(2)}–${(high * base).toFixed(2)}] ${hits}/${of}`;
  return `${group.padEnd(30)}${per(records, 1000).padEnd(34)}${per(messages, 10_000)}`;
}
