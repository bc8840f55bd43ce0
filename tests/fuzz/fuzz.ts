/**
 * `npm run fuzz`: random input of every kind against the engine and the rule language.
 *
 * Nothing may throw, and no place may lie outside of its text; how long the slowest text took is reported. BESIDE_RUNS
 * says how many runs there are in all (100,000 when it does not), BESIDE_SEED repeats a run. Ends with status 1 when
 * anything failed, with what is needed to see it again.
 */
import * as fc from 'fast-check';
import { ATTACKS, slowest } from './attacks.ts';

const runs = Number(process.env['BESIDE_RUNS'] ?? 100_000);
const seed = Number(process.env['BESIDE_SEED'] ?? Date.now() & 0x7fff_ffff);
if (!Number.isInteger(seed) || !(runs > 0)) {
  process.stderr.write('BESIDE_RUNS and BESIDE_SEED have to be numbers.\n');
  process.exit(2);
}

process.stdout.write(`seed ${seed}\n`);
/** What a person notices, in milliseconds; reported, not judged, since machines differ. */
const STANDSTILL = 500;
let done = 0;
let failed = 0;
const shares = ATTACKS.reduce((sum, { share }) => sum + share, 0);
for (const { name, share, property } of ATTACKS) {
  const from = performance.now();
  const details = fc.check(property, { numRuns: Math.ceil((runs * share) / shares), seed, endOnFailure: false });
  const slow = slowest.get(name);
  done += details.numRuns;
  process.stdout.write(
    `${details.failed ? '✗' : '✓'} ${name}: ${details.numRuns} runs in ${((performance.now() - from) / 1000).toFixed(1)} s\n`,
  );
  if (slow !== undefined) {
    const { milliseconds, text } = slow;
    // A page stands still for as long as one of its texts is read.
    process.stdout.write(
      `  ${milliseconds > STANDSTILL ? 'SLOW: ' : ''}the slowest text took ${milliseconds.toFixed(1)} ms: ${text.length} units, ${JSON.stringify(text.slice(0, 80))}\n`,
    );
  }
  if (!details.failed) continue;
  failed += 1;
  process.stdout.write(
    `  again with BESIDE_SEED=${seed} (path ${details.counterexamplePath ?? '?'})\n  ${fc.stringify(details.counterexample).slice(0, 4000)}\n  ${String(
      details.errorInstance instanceof Error ? details.errorInstance.stack : details.errorInstance,
    )}\n`,
  );
}
process.stdout.write(
  `\n${done} runs, ${failed === 0 ? 'nothing failed' : `${failed} of ${ATTACKS.length} kinds failed`}\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
