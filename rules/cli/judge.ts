/** Judging a whole record as `scan` and `eval` do. */
import { existsSync } from 'node:fs';
import { compilePack } from '../engine/compile.ts';
import type { CompiledRules } from '../engine/compiled.ts';
import { Conversation, type Evidence } from '../engine/conversation.ts';
import { Scanner } from '../engine/match.ts';
import type { Level, Surface } from '../language/model.ts';
import { describeProblem, LanguageError } from '../language/problem.ts';
import { isAboutTexts, loadPack, OWN_PACKS } from './packs.ts';
import { whyOf } from './why.ts';

/** The kinds of record, each with the surface that its rules are written for. */
export const KINDS = {
  chat: 'chat',
  sms: 'chat',
  post: 'post',
  job: 'job',
  mail: 'mail',
  page: 'page',
} as const satisfies Record<string, Surface>;

export interface Turn {
  from: 'them' | 'me';
  text: string;
}

export interface RecordToJudge {
  id: string;
  kind: keyof typeof KINDS;
  turns: Turn[];
}

export interface Warning {
  rule: string;
  category: string;
  level: Level;
  turn: number;
  spans: [number, number][];
  why: string;
}

/** Time between two turns of a record, which carry no times of their own. [judged: a slow chat] */
export const TURN_SECONDS = 60;

/** Compiles the packs of a folder; ends the process with every problem named when they cannot be used. */
export function requireRules(folder: string): CompiledRules {
  if (!existsSync(folder)) fail([`${folder} is not there. Mend: name a folder of rule packs after --packs.`]);
  const { pack, problems, problemOf } = loadPack(folder);
  const grave = problems.filter((problem) => !isAboutTexts(problem));
  if (grave.length > 0) fail(grave.map(describeProblem));
  try {
    return compilePack(pack);
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    return fail([describeProblem(problemOf(error))]);
  }
}

function fail(lines: string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(2);
}

/** The folder named by `--packs`, else the project's own; takes the option out of `args`. */
export function takePacks(args: string[]): string {
  const at = args.indexOf('--packs');
  if (at < 0) return OWN_PACKS;
  const [, folder] = args.splice(at, 2);
  return folder ?? fail(['--packs needs a folder.']);
}

/** Judges records one after another with one scanner. */
export class Judge {
  readonly #rules: CompiledRules;
  readonly #scanner: Scanner;

  constructor(rules: CompiledRules) {
    this.#rules = rules;
    this.#scanner = new Scanner(rules);
  }

  /** Every warning of a record, in the order in which it would be raised. */
  judge(record: Pick<RecordToJudge, 'kind' | 'turns'>): Warning[] {
    const conversation = new Conversation(this.#rules, this.#scanner);
    return record.turns.flatMap(({ from, text }, turn) => {
      const at = turn * TURN_SECONDS * 1000;
      return conversation.read({ text, from, surface: KINDS[record.kind], at }).map((verdict): Warning => ({
        rule: verdict.rule.id,
        category: verdict.rule.category,
        level: verdict.level,
        turn: verdict.message,
        spans: spansOf(verdict.evidence),
        why: whyOf(verdict, {
          rules: this.#rules,
          scanner: this.#scanner,
          memory: conversation.memory,
          at,
          turns: record.turns,
        }),
      }));
    });
  }
}

/** The places in the message at which a rule spoke, in order, overlapping ones joined. */
function spansOf(evidence: readonly Evidence[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const { start, end } of evidence
    .flatMap(({ places }) => places)
    .toSorted((one, other) => one.start - other.start)) {
    const last = spans.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else spans.push([start, end]);
  }
  return spans;
}
