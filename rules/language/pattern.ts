/**
 * The pattern language: plain words in sequence, `(a|b)` alternatives, `[x]` optional, `~n` up to n other words,
 * `{slot}` or `{slot>=value}`, `<shared-signal>`; nothing else.
 */
import type { Pattern } from './model.ts';
import { LanguageError } from './problem.ts';

export type PatternNode =
  | { kind: 'word'; text: string; exact?: true }
  | { kind: 'any'; branches: PatternNode[][] }
  | { kind: 'maybe'; branches: PatternNode[][] }
  | { kind: 'gap'; most: number }
  | { kind: 'slot'; name: string; comparison?: { operator: Comparison; value: string } }
  | { kind: 'signal'; name: string };

const COMPARISONS = ['>=', '<=', '>', '<', '='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Longest pattern, in characters: longer ones are better written as two. */
const MAX_PATTERN = 600;
/** Deepest nesting of brackets that a person can still read. */
const MAX_DEPTH = 6;
/** Widest single gap, in words: past it two words have nothing to do with each other. */
const MAX_GAP = 12;

const SPECIAL_SIGN = /[()[\]|~{}<>]/;
const SPECIAL_UNITS = new Set(Array.from('()[]|~{}<>', (sign) => sign.charCodeAt(0)));

/**
 * Reads one pattern.
 *
 * @throws LanguageError that names the column and the cure.
 */
export function parsePattern(pattern: Pattern): PatternNode[] {
  const isExact = typeof pattern !== 'string' && 'exact' in pattern;
  const source = sourceOf(pattern);
  if (source.length > MAX_PATTERN) {
    throw new LanguageError(
      `the pattern has ${source.length} characters, more than ${MAX_PATTERN}`,
      'split it into two patterns of the same signal',
    );
  }
  const reader = new PatternReader(source, isExact);
  const nodes = reader.sequence(0);
  reader.expectEnd();
  if (nodes.length === 0) throw new LanguageError('the pattern is empty', 'write at least one word');
  if (nodes[0]?.kind === 'gap' || nodes.at(-1)?.kind === 'gap') {
    throw new LanguageError('the pattern begins or ends with a gap', 'put a word before and after each ~n');
  }
  return nodes;
}

/** Whether a pattern is nothing but words, as most of a large rule set are: then there is nothing in it to be wrong. */
export function isWords(source: string): boolean {
  return source.length <= MAX_PATTERN && !SPECIAL_SIGN.test(source) && /\S/.test(source);
}

/** A pattern as it is written, whether its marks have to be there or not. */
export function sourceOf(pattern: Pattern): string {
  if (typeof pattern === 'string') return pattern;
  return 'exact' in pattern ? pattern.exact : pattern.loose;
}

/** Whether a UTF-16 unit is one of those that `\s` means; not so the NaN after the end of a text. */
export function isSpace(unit: number): boolean {
  if (unit < 0xa0) return unit === 32 || (unit >= 9 && unit <= 13);
  return unit === 0xa0 || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit)));
}

class PatternReader {
  readonly #source: string;
  readonly #isExact: boolean;
  #at = 0;

  constructor(source: string, isExact: boolean) {
    this.#source = source;
    this.#isExact = isExact;
  }

  sequence(depth: number): PatternNode[] {
    if (depth > MAX_DEPTH)
      throw this.#error(`brackets are nested deeper than ${MAX_DEPTH}`, 'write flatter alternatives');
    const nodes: PatternNode[] = [];
    for (;;) {
      this.#skipSpace();
      const sign = this.#source[this.#at];
      if (sign === undefined || sign === '|' || sign === ')' || sign === ']') return nodes;
      if (sign === '(') nodes.push({ kind: 'any', branches: this.#branches(')', depth) });
      else if (sign === '[') nodes.push({ kind: 'maybe', branches: this.#branches(']', depth) });
      else if (sign === '~') nodes.push(this.#gap());
      else if (sign === '{') nodes.push(this.#slot());
      else if (sign === '<') nodes.push(this.#signal());
      else if (sign === '}' || sign === '>')
        throw this.#error(`“${sign}” has nothing to close`, 'delete it or open it before');
      else nodes.push(this.#word());
    }
  }

  expectEnd(): void {
    this.#skipSpace();
    const sign = this.#source[this.#at];
    if (sign === undefined) return;
    throw this.#error(
      sign === '|' ? '“|” stands outside of brackets' : `“${sign}” has nothing to close`,
      sign === '|' ? 'write (a|b), or two patterns' : 'delete it or open it before',
    );
  }

  #branches(close: string, depth: number): PatternNode[][] {
    const open = this.#source[this.#at];
    const opened = this.#at;
    this.#at += 1;
    const branches: PatternNode[][] = [];
    for (;;) {
      const branch = this.sequence(depth + 1);
      if (branch.length === 0)
        throw this.#error('an alternative is empty', 'write a word in it, or use [x] for “may be left out”');
      branches.push(branch);
      const sign = this.#source[this.#at];
      this.#at += 1;
      if (sign === '|') continue;
      if (sign === close) return branches;
      this.#at = opened;
      throw this.#error(`“${open}” is never closed`, `add the matching “${close}”`);
    }
  }

  #gap(): PatternNode {
    const found = /^~(\d+)(?=[\s()[\]|~{<]|$)/.exec(this.#source.slice(this.#at));
    const most = Number(found?.[1]);
    if (found === null || most < 1 || most > MAX_GAP) {
      throw this.#error('“~” needs a number of words', `write ~1 to ~${MAX_GAP}, with a space after it`);
    }
    this.#at += found[0].length;
    return { kind: 'gap', most };
  }

  #slot(): PatternNode {
    const found = /^\{([a-z][a-z0-9-]*(?::[a-z][a-z0-9-]*)?)(?:(>=|<=|>|<|=)([^}{|]+))?\}/.exec(
      this.#source.slice(this.#at),
    );
    if (found === null)
      throw this.#error('a slot is not well formed', 'write {money}, {money>=10tr} or {place:border}');
    this.#at += found[0].length;
    const [, name = '', operator, value] = found;
    if (operator === undefined || value === undefined) return { kind: 'slot', name };
    return { kind: 'slot', name, comparison: { operator: operator as Comparison, value: value.trim() } };
  }

  #signal(): PatternNode {
    const found = /^<([a-z][a-z0-9-]*)>/.exec(this.#source.slice(this.#at));
    if (found === null) throw this.#error('a shared signal is not well formed', 'write <name-of-the-signal>');
    this.#at += found[0].length;
    return { kind: 'signal', name: found[1] ?? '' };
  }

  #word(): PatternNode {
    const from = this.#at;
    while (this.#at < this.#source.length) {
      const unit = this.#source.charCodeAt(this.#at);
      if (isSpace(unit) || (unit < 128 && SPECIAL_UNITS.has(unit))) break;
      this.#at += 1;
    }
    const text = this.#source.slice(from, this.#at);
    return this.#isExact ? { kind: 'word', text, exact: true } : { kind: 'word', text };
  }

  #skipSpace(): void {
    while (isSpace(this.#source.charCodeAt(this.#at))) this.#at += 1;
  }

  #error(what: string, cure: string): LanguageError {
    return new LanguageError(`${what} (column ${this.#at + 1} of “${this.#source}”)`, cure);
  }
}
