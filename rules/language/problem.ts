/** What is wrong with a source file: what, where, and how to mend it. */
export interface Problem {
  file: string;
  /** From 1; 0 when the file as a whole is meant. */
  line: number;
  /** The field's path, such as `detection.secrecy[2]`. */
  field: string;
  what: string;
  cure: string;
}

/** Thrown by the parsers of patterns, conditions and durations; the caller knows the file and the line. */
export class LanguageError extends Error {
  readonly cure: string;
  /** Where in the rule set, as `checkPack` names places; empty when the thrower does not know. */
  readonly path: (string | number)[];

  constructor(what: string, cure: string, path: (string | number)[] = []) {
    super(what);
    this.cure = cure;
    this.path = path;
  }
}

/** One line for a person at a terminal: `file:line field: what. Mend: cure.` */
export function describeProblem(problem: Problem): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}` : problem.file;
  const field = problem.field === '' ? '' : ` ${problem.field}:`;
  return `${place}${field} ${problem.what}. Mend: ${problem.cure}.`;
}
