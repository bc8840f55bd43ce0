/**
 * The benchmark of the rule engine: `npm run bench -- [--json] [--gate] [--quick] [GROUP …]`.
 *
 * Every group runs in a process of its own, so that none suffers from another's memory and compiled code. A row is a
 * ratio of costs measured together, never a time: times of this machine say nothing about another. `--json` prints one
 * JSON object; `--quick` takes less text and fewer rounds; `--gate` ends with status 1 when a row is worse than its limit.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { adversarialRows } from './rows-adversarial.ts';
import { recallRows } from './rows-recall.ts';
import { rulesRows, windowRows } from './rows-rules.ts';
import { compileRows, sizeRows } from './rows-size.ts';
import { expressionRows, flatRows, floorRows, modernRows, normaliseRows } from './rows-speed.ts';
import { describeRow, type Options, type Row } from './row.ts';

const GROUPS: Readonly<Record<string, (options: Options) => Omit<Row, 'group'>[] | Promise<Omit<Row, 'group'>[]>>> = {
  floor: floorRows,
  flat: flatRows,
  modern: modernRows,
  normalise: normaliseRows,
  expression: expressionRows,
  rules: rulesRows,
  window: windowRows,
  compile: compileRows,
  size: sizeRows,
  adversarial: adversarialRows,
  disguise: recallRows,
};

/** Marks the process that measures one group and writes its rows as JSON. */
const INNER = '--inner';

function runGroup(group: string, quick: boolean): Row[] {
  const args = [import.meta.filename, INNER, group, ...(quick ? ['--quick'] : [])];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the group “${group}” could not be measured; the reason is above`);
  return JSON.parse(stdout) as Row[];
}

function main(args: readonly string[]): void {
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const unknown = [
    ...wanted.filter((name) => GROUPS[name] === undefined),
    ...args.filter((arg) => arg.startsWith('--') && !['--json', '--gate', '--quick'].includes(arg)),
  ];
  if (unknown.length > 0) {
    process.stderr.write(
      `bench does not know “${unknown.join(' ')}”. Options: --json --gate --quick; groups: ${Object.keys(GROUPS).join(' ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const json = args.includes('--json');
  const quick = args.includes('--quick');
  const begin = Date.now();
  const rows: Row[] = [];
  for (const group of wanted.length > 0 ? wanted : Object.keys(GROUPS)) {
    const from = Date.now();
    const found = runGroup(group, quick);
    rows.push(...found);
    if (json) continue;
    process.stdout.write(`${group} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`);
    for (const one of found) process.stdout.write(`  ${describeRow(one).replaceAll('\n', '\n  ')}\n`);
  }
  const seconds = Math.round((Date.now() - begin) / 1000);
  const failed = rows.filter((row) => row.failed).length;
  if (json) {
    const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length };
    process.stdout.write(`${JSON.stringify({ ...machine, quick, seconds, failed, rows })}\n`);
  } else {
    const reached = rows.filter((row) => row.reached).length;
    process.stdout.write(
      `\n${reached} of ${rows.length} goals reached, ${failed} worse than the limit (${seconds} s)\n`,
    );
  }
  if (args.includes('--gate') && failed > 0) process.exitCode = 1;
}

if (process.argv[2] === INNER) {
  const group = process.argv[3] ?? '';
  const rows = await GROUPS[group]?.({ quick: process.argv.includes('--quick') });
  process.stdout.write(JSON.stringify(rows?.map((row) => ({ group, ...row })) ?? []));
} else main(process.argv.slice(2));
