/**
 * `npm run rules -- check [DIR]`: every file's form, every rule's own examples.
 * `npm run rules -- try FILE "text"`: which signals of a rule a text has, and whether the rule speaks.
 */
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { compilePack } from '../engine/compile.ts';
import { Conversation } from '../engine/conversation.ts';
import { Scanner } from '../engine/match.ts';
import type { Pack, Rule } from '../language/model.ts';
import { describeProblem, LanguageError } from '../language/problem.ts';
import { readRule } from '../language/source.ts';
import { loadPack, OWN_PACKS } from './packs.ts';
import { disprove } from './prove.ts';

const USAGE = 'usage: npm run rules -- check [DIR]\n       npm run rules -- try FILE "text"\n';
const [command, ...args] = process.argv.slice(2);
if (command === 'check' && args.length <= 1) process.exitCode = check(args[0] ?? OWN_PACKS);
else if (command === 'try' && args.length === 2) process.exitCode = tryRule(args[0] ?? '', args[1] ?? '');
else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
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

function tryRule(path: string, text: string): number {
  if (!existsSync(path)) {
    process.stderr.write(`${path} is not there.\n`);
    return 2;
  }
  const read = readRule(relative(OWN_PACKS, resolve(path)), readFileSync(path, 'utf8'));
  if (!read.ok) {
    for (const problem of read.problems) process.stdout.write(`${describeProblem(problem)}\n`);
    return 1;
  }
  try {
    trySignals(read.value.rule, text);
    return 0;
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    process.stdout.write(`${path}: ${error.message}. Mend: ${error.cure}.\n`);
    return 1;
  }
}

function trySignals(rule: Rule, text: string): void {
  const own = loadPack(OWN_PACKS).pack;
  const surface = rule.surfaces[0] ?? 'chat';
  for (const entry of Object.keys(rule.detection)) {
    const hits = new Scanner(compilePack({ ...own, rules: [onlyEntry(rule, entry)] })).scan(text).hits;
    const words = hits.flatMap(({ places }) => places.map(({ start, end }) => `“${text.slice(start, end)}”`));
    process.stdout.write(`${entry.padEnd(24)}${words.length === 0 ? '–' : words.join(', ')}\n`);
  }
  const verdicts = new Conversation(compilePack({ ...own, rules: [rule] } satisfies Pack)).read({
    text,
    from: 'them',
    surface,
    at: 0,
  });
  process.stdout.write(`${rule.condition} → ${verdicts.length > 0 ? `speaks (${rule.level})` : 'stays quiet'}\n`);
}

function onlyEntry(rule: Rule, entry: string): Rule {
  const { correlation: _, ...rest } = rule;
  return { ...rest, detection: { [entry]: rule.detection[entry] ?? {} }, condition: entry };
}
