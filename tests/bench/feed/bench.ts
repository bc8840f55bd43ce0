/**
 * The cost of the feed: `npm run bench:feed -- [--json] [--gate] [--quick] [SIZE …]`.
 *
 * For 500, 3,000 and 10,000 rules: a repository by the publisher's own tools, the extension built for it, a real Chromium,
 * HTTPS with HTTP/2. Bytes are those on the wire, counted outside of TLS; times are those of the extension's worker: the
 * clock for verifying and compiling, samples of the thread (CDP `Profiler`) for a check. From the bytes follows the table
 * for a country. `--quick` measures the smallest size alone; `--gate` ends with status 1 when a row is worse than its limit.
 */
import { cpus } from 'node:os';
import { median, quartiles, type Ratio } from '../measure.ts';
import { describeRow, row, type Row } from '../row.ts';
import type { CompileTimes } from './compile.ts';
import { measureSize, type SizeResult } from './size.ts';
import { CHECKS, CLIENTS, countryTable, HEADERS, type CountryRow } from './table.ts';
import type { Traffic } from './wire.ts';

const SIZES = [500, 3000, 10_000];

/** Goals and the looser limits, of times in ms. Source: the issue of the signed feed. */
const COMPILE = [250, 750] as const;
const NO_NEWS = [60, 120] as const;
/** The package's own rules, which are compiled when a new version brings other ones; judged: nobody waits for it. */
const PACKAGED = [500, 1000] as const;
/** Bytes of a check without news on a new connection. Source: design/feed.md 4.6. */
const NO_NEWS_BYTES = [5300, 6500] as const;
/** How many times the whole set in gzip is the patch of 1 %, everything around both included. Source: design/feed.md 4.6. */
const PATCH = (rules: number): readonly [number, number] =>
  rules >= 10_000 ? [28, 20] : rules >= 3000 ? [13, 10] : [3, 2];

const number = (value: number): string => Math.round(value).toLocaleString('en-US');
const bytesIn = ({ up, down }: Traffic): number => up + down;
const spread = (values: readonly number[]): Ratio => ({ value: median(values), ...quartiles(values) });

function partsOf(times: readonly CompileTimes[]): string {
  const middle = (part: keyof CompileTimes): string => median(times.map((one) => one[part])).toFixed(0);
  return (['hash', 'read', 'check', 'compile', 'trial'] as const).map((part) => `${part} ${middle(part)}`).join(', ');
}

function rowsOf({ rules, noNews, onePercent, whole, compile, packaged }: SizeResult): Row[] {
  const { cold, warm } = compile;
  const totals = (times: readonly CompileTimes[]): Ratio => spread(times.map((one) => one.whole));
  return [
    row('a check without news, new connection', bytesIn(noNews.first), 'at most', NO_NEWS_BYTES, { unit: ' bytes' }),
    row(
      '1 % changed: the whole set in gzip against the patch',
      bytesIn(whole.gzip) / bytesIn(onePercent),
      'at least',
      PATCH(rules),
    ),
    row('verify and compile, worker just started', totals(cold), 'at most', COMPILE, {
      unit: ' ms',
      note: `each part by itself afterwards, in ms: ${partsOf(cold)}`,
    }),
    row('verify and compile, done before', totals(warm), 'at most', COMPILE, {
      unit: ' ms',
      note: `parts, in ms: ${partsOf(warm)}`,
    }),
    row('the package’s own rules, worker just started', spread(packaged), 'at most', PACKAGED, { unit: ' ms' }),
    row(
      'a check without news, time of the worker’s thread',
      spread(noNews.same.map(({ cpu }) => cpu)),
      'at most',
      NO_NEWS,
      { unit: ' ms', note: `from question to answer ${number(median(noNews.same.map(({ wall }) => wall)))} ms` },
    ),
  ].map((one) => ({ group: `${rules} rules`, ...one }));
}

function write(results: readonly SizeResult[], rows: readonly Row[], table: readonly CountryRow[]): void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const traffic = (what: string, { up, down }: Traffic): void =>
    out(`  ${what.padEnd(32)} ${number(up + down).padStart(10)} bytes (${number(up)} up, ${number(down)} down)`);
  for (const { rules, file, patch, noNews, onePercent, whole } of results) {
    out(`\n${number(rules)} rules: ${number(file.identity)} bytes, gzip ${number(file.gzip)}, br ${number(file.br)}`);
    traffic('no news, new connection', noNews.first);
    traffic('no news, TLS resumed', noNews.resumed);
    for (const one of noNews.same.slice(-1)) traffic('no news, same connection', one);
    traffic(`1 % changed (patch, br ${number(patch.br)})`, onePercent);
    traffic('whole set, br', whole.br);
    traffic('whole set, gzip', whole.gzip);
    traffic('whole set, not compressed', whole.identity);
    out(
      `  the patch is taken in ${number(onePercent.cpu)} ms of the worker’s thread, ${number(onePercent.wall)} ms in all`,
    );
    for (const one of rows.filter(({ group }) => group === `${rules} rules`))
      out(`  ${describeRow(one).replaceAll('\n', '\n  ')}`);
  }
  out(
    `\n${number(CLIENTS)} devices, all of them on all day, ${CHECKS.toFixed(1)} checks a day (bytes above with ${HEADERS.up} + ${HEADERS.down} for TCP and IP)`,
  );
  for (const { what, bytes, gigabytesPerDay, terabytesPerYear, megabits } of table)
    out(
      `  ${what.padEnd(52)} ${number(bytes).padStart(9)} B each ${number(gigabytesPerDay).padStart(8)} GB a day ${number(terabytesPerYear).padStart(7)} TB a year ${number(megabits).padStart(7)} Mbit/s`,
    );
  const reached = rows.filter((one) => one.reached).length;
  out(
    `\n${reached} of ${rows.length} goals reached, ${rows.filter(({ failed }) => failed).length} worse than the limit`,
  );
}

async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--')).map(Number);
  const unknown = args.filter((arg) => arg.startsWith('--') && !['--json', '--gate', '--quick'].includes(arg));
  if (unknown.length > 0 || wanted.some((size) => !Number.isInteger(size) || size < 1)) {
    process.stderr.write(
      `bench:feed does not know “${args.join(' ')}”. Options: --json --gate --quick; sizes: numbers of rules\n`,
    );
    process.exitCode = 2;
    return;
  }
  const isQuick = args.includes('--quick');
  const sizes = wanted.length > 0 ? wanted : isQuick ? SIZES.slice(0, 1) : SIZES;
  const results: SizeResult[] = [];
  for (const size of sizes) {
    process.stderr.write(`measuring ${number(size)} rules …\n`);
    results.push(await measureSize(size));
  }
  const rows = results.flatMap(rowsOf);
  const table = countryTable(results);
  const failed = rows.filter((one) => one.failed).length;
  if (args.includes('--json')) {
    const machine = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', processors: cpus().length };
    process.stdout.write(`${JSON.stringify({ ...machine, quick: isQuick, failed, rows, table, results })}\n`);
  } else write(results, rows, table);
  if (args.includes('--gate') && failed > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
