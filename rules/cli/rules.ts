/**
 * `npm run rules -- check [DIR]`: every file's form, every rule's own examples.
 * `npm run rules -- try FILE "text"`: how a text is read, which signals of a rule it has, and why the rule speaks or not.
 * `npm run rules -- coverage FILES…`: which rule caught what, what never speaks, what occurs everywhere.
 * `npm run rules -- weigh LANG FILES…`: learns what the signals weigh as evidence.
 * `npm run rules -- ratchet`: writes what the rules reach on `tests/corpus` into its ratchet, when nothing is worse.
 * `npm run rules -- schema`: writes the JSON Schemas by which editors help to write rule files.
 */
import { compilePack } from '../engine/compile.ts';
import { LANGUAGES } from '../language/model.ts';
import { describeProblem, LanguageError } from '../language/problem.ts';
import { readCorpora } from './corpus.ts';
import { coverageReport } from './coverage-report.ts';
import { Coverage } from './coverage.ts';
import { Judge, requireRules, takePacks } from './judge.ts';
import { readOptions, SELECTION_USAGE, type CorpusOptions } from './options.ts';
import { loadPack, OWN_PACKS } from './packs.ts';
import { disprove, withoutEvidence } from './prove.ts';
import { OWN_CORPUS, tightenRatchet } from './ratchet-files.ts';
import { writeSchemas } from './schema-files.ts';
import { SignalFinder } from './signals.ts';
import { TRY_USAGE, tryCommand } from './try.ts';
import { signalsOf, weigh, writeWeights } from './weigh.ts';

const USAGE = `usage: npm run rules -- check [DIR]
       npm run rules -- try FILE "text" [--on SURFACE] [--stranger] [--packs DIR]
       npm run rules -- try FILE --turns "them: …" "me: …"
       npm run rules -- coverage FILES… [--json] [--packs DIR]
       npm run rules -- weigh vi|en FILES… [--packs DIR]
       npm run rules -- ratchet [--packs DIR]
       npm run rules -- schema
${TRY_USAGE}coverage takes, as eval does:
${SELECTION_USAGE}ratchet measures tests/corpus and writes tests/corpus/ratchet.json, unless a figure is worse than it holds
`;
const [command, ...args] = process.argv.slice(2);
if (command === 'check' && args.length <= 1) process.exitCode = check(args[0] ?? OWN_PACKS);
else if (command === 'try') process.exitCode = tryCommand(args, takePacks(args), refuse);
else if (command === 'coverage') process.exitCode = await cover(takePacks(args));
else if (command === 'weigh') process.exitCode = await learn(takePacks(args));
else if (command === 'schema' && args.length === 0) process.stdout.write(await writeSchemas());
else if (command === 'ratchet') {
  const packs = takePacks(args);
  process.exitCode = args.length === 0 ? ratchet(packs) : refuse();
} else process.exitCode = refuse();

/** Says how the command is used; returns the exit status. */
function refuse(why = ''): number {
  process.stderr.write(`${why === '' ? '' : `${why}\n`}${USAGE}`);
  return 2;
}

async function cover(packs: string): Promise<number> {
  let options: CorpusOptions;
  try {
    options = readOptions('coverage', args, ['--json']);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(error.message);
  }
  const judge = new Judge(requireRules(packs));
  const { pack, problemOf } = loadPack(packs);
  let finder: SignalFinder;
  try {
    finder = new SignalFinder(pack);
  } catch (error) {
    // A signal that no rule uses is compiled here alone.
    if (!(error instanceof LanguageError)) throw error;
    process.stderr.write(`${describeProblem(problemOf(error))}\n`);
    return 2;
  }
  const coverage = new Coverage(pack, finder.signals);
  const problems: string[] = [];
  for await (const record of readCorpora(options.files, options.selection, problems)) {
    coverage.add(
      record,
      judge.judge(record),
      record.turns.map(({ text }) => finder.find(text)),
    );
  }
  const result = coverage.result();
  const isJson = options.flags.has('--json');
  process.stdout.write(
    `${isJson ? JSON.stringify({ ...result, problems }, undefined, 2) : coverageReport(result).join('\n')}\n`,
  );
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
}

async function learn(packs: string): Promise<number> {
  const language = LANGUAGES.find((known) => known === args[0]);
  if (language === undefined) return refuse('weigh needs a language: vi or en.');
  let options: CorpusOptions;
  try {
    options = readOptions('weigh', args.slice(1), []);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse(error.message);
  }
  const { pack } = loadPack(packs);
  requireRules(packs);
  const judge = new Judge(compilePack(withoutEvidence(pack)));
  const names = signalsOf(packs, language, pack);
  const weighed = await weigh(pack, names, judge, language, options.files, options.selection);
  const written = writeWeights(packs, language, names, weighed.weights);
  const { lures, benign } = weighed;
  process.stdout.write(
    `${lures} lures, ${benign} harmless records; ${weighed.weights.size} signals weigh something, ${written} files changed\n` +
      `evidence  lures caught  false alarms\n${weighed.steps
        .map(
          ({ evidence, caught, alarms }) => `${String(evidence).padStart(8)}  ${caught}/${lures}  ${alarms}/${benign}`,
        )
        .join('\n')}\n`,
  );
  for (const problem of weighed.problems) process.stderr.write(`${problem}\n`);
  return weighed.problems.length === 0 ? 0 : 1;
}

function ratchet(packs: string): number {
  const { status, said } = tightenRatchet(new Judge(requireRules(packs)), OWN_CORPUS);
  process.stdout.write(`${said}\n`);
  return status;
}

function check(folder: string): number {
  const { pack, proven, problems, problemOf } = loadPack(folder);
  for (const problem of problems) process.stdout.write(`${describeProblem(problem)}\n`);
  if (problems.length > 0) return 1;
  try {
    const disproofs = disprove(pack, proven);
    for (const { file, expected, example, said } of disproofs) {
      const text = example.turns.map(({ from, text: words }) => `${from}: ${words}`).join(' / ');
      process.stdout.write(
        `${file} should ${expected === 'match' ? 'match' : `ignore, but “${said.join('”, “')}” spoke`}: ${text}\n`,
      );
    }
    const examples = proven.reduce((sum, { tests }) => sum + tests.match.length + tests.ignore.length, 0);
    process.stdout.write(
      `${pack.rules.length} rules, ${pack.signals.length} shared signals, ${examples} examples, ${disproofs.length} not as they should be\n`,
    );
    return disproofs.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    process.stdout.write(`${describeProblem(problemOf(error))}\n`);
    return 1;
  }
}
