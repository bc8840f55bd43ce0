/**
 * `npm test`: format, lint, types, unused code, rules, packages, unit, property and contract tests, then browser tests against
 * the production build. The last line is `N passed, N failed`. `--check` stops before the browser.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, findFirefox } from './find-browser.ts';
import { commandOf, ROOT, runTool } from './run.ts';

const RESULTS = join(ROOT, 'test-results');
let passed = 0;
let failed = 0;

/** One tool that either passes or fails as a whole. */
function step(name: string, file: string, args: readonly string[]): void {
  const from = Date.now();
  const { ok, output } = runTool(file, args, { quiet: true });
  count(name, ok, from);
  if (!ok) process.stdout.write(`${output}\n`);
}

function count(name: string, ok: boolean, from: number): void {
  if (ok) passed += 1;
  else failed += 1;
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`);
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

/** Brings in Firefox where that can be done; where it cannot, its tests are left out, and this is said. */
function bringFirefox(): void {
  const from = Date.now();
  try {
    process.env['BESIDE_FIREFOX'] = findFirefox();
    process.stdout.write(
      `– Firefox: ${process.env['BESIDE_FIREFOX']} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`,
    );
  } catch (error) {
    process.stdout.write(
      `– tests in Firefox are LEFT OUT: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}

/** A test runner that writes its counts as JSON. A run that leaves no report has failed as a whole. */
function suite<Report>(
  name: string,
  file: string,
  args: readonly string[],
  report: string,
  counts: (report: Report) => [passed: number, failed: number],
): void {
  const from = Date.now();
  const { ok } = runTool(file, args, { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report } });
  let result: [number, number];
  try {
    result = counts(JSON.parse(readFileSync(report, 'utf8')) as Report);
  } catch {
    result = [0, 1];
  }
  passed += result[0];
  failed += !ok && result[1] === 0 ? 1 : result[1];
  process.stdout.write(
    `${ok ? '✓' : '✗'} ${name}: ${result[0]} passed, ${result[1]} failed (${((Date.now() - from) / 1000).toFixed(1)} s)\n`,
  );
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
step('format', commandOf('prettier'), ['--check', '--log-level', 'warn', '.']);
step('lint', commandOf('oxlint'), ['--deny-warnings']);
step('types', commandOf('tsc', 'typescript'), ['--noEmit']);
step('types of rules/, without a browser', commandOf('tsc', 'typescript'), ['--noEmit', '-p', 'rules']);
step('types of rules/cli', commandOf('tsc', 'typescript'), ['--noEmit', '-p', 'rules/cli']);
step('unused code', commandOf('knip'), []);
step('rules and their own examples', join(ROOT, 'rules', 'cli', 'rules.ts'), ['check']);

// What the tests look at is what the stores get.
step('packages for the stores', join(ROOT, 'scripts', 'package.ts'), ['--no-lint']);

const unit = join(RESULTS, 'unit.json');
suite<VitestReport>(
  'unit, property and contract tests',
  commandOf('vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`],
  unit,
  (report) => [
    report.numPassedTests,
    report.numFailedTests + (report.numFailedTests === 0 ? report.numFailedTestSuites : 0),
  ],
);

if (!process.argv.includes('--check')) {
  try {
    process.env['BESIDE_CHROMIUM'] = findBrowser();
    bringFirefox();
    const e2e = join(RESULTS, 'e2e.json');
    suite<PlaywrightReport>(
      'browser tests',
      commandOf('playwright', '@playwright/test'),
      ['test'],
      e2e,
      ({ stats }) => [stats.expected, stats.unexpected + stats.flaky],
    );
  } catch (error) {
    failed += 1;
    process.stdout.write(`✗ browser tests: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
