/** From patterns to steps: words folded, word lists and shared signals put in place, other ways to write a word added. */
import type { Aliases, Pack, Pattern } from '../../language/model.ts';
import { isSpace, isWords, parsePattern, sourceOf, type PatternNode } from '../../language/pattern.ts';
import { LanguageError } from '../../language/problem.ts';
import { EXACT } from '../compiled.ts';
import { addSymbol, entryOf, marksBetween } from '../fold.ts';
import { OPERATORS, readComparison } from '../amounts.ts';
import { SLOT_NAMES } from '../slots.ts';
import { FIRST_DIGIT, SEPARATOR, SURROGATE } from '../symbols.ts';
import { frequencyOf } from './frequency.ts';
import { TextTable } from './text-table.ts';

/** A word of the rules. Two with other marks, or of which one is exact, are two. */
export interface Word {
  hash: number;
  marks: number;
  /** Letters and digits without marks, repeated ones included. */
  letters: string;
  /** How often it may be expected in 10,000 words. */
  frequency: number;
  /** Its number, once all words are known. */
  number: number;
}

/** One step of a pattern once words are folded and names are resolved. */
export type Step =
  | { kind: 'word'; word: Word }
  | { kind: 'branches'; branches: Step[][]; optional: boolean; shared?: string }
  | { kind: 'gap'; most: number }
  | { kind: 'slot'; slot: number; operator: number; value: number; period: number };

/** A step that is a word. */
export type WordStep = Extract<Step, { kind: 'word' }>;

/** Reads patterns of one rule set; knows every word that they have. */
export class StepReader {
  readonly #lists: ReadonlyMap<string, readonly Pattern[]>;
  readonly #shared: ReadonlyMap<string, readonly Pattern[]>;
  readonly #aliases: ReadonlyMap<string, Step[][]>;
  /** The words with which a text that has other ways to be written begins. */
  readonly #aliasStarts = new Set<Word>();
  readonly #open = new Set<string>();
  readonly #named = new Map<string, Step>();
  /** The steps of texts without spaces; of exact ones apart. */
  readonly #folded = { loose: new TextTable<WordStep[]>(), exact: new TextTable<WordStep[]>() };
  readonly #words = new Map<string, Word>();

  constructor(pack: Pick<Pack, 'lists' | 'signals' | 'aliases'>) {
    this.#lists = new Map(pack.lists.map(({ name, words }) => [name, words]));
    this.#shared = new Map(pack.signals.map(({ name, patterns }) => [name, patterns]));
    this.#aliases = this.#readAliases(pack.aliases);
  }

  /** Every word met so far. */
  get words(): Word[] {
    return [...this.#words.values()];
  }

  /** @throws LanguageError when the pattern, or one that it refers to, cannot be read. */
  read(pattern: Pattern): Step[] {
    const source = sourceOf(pattern);
    if (!isWords(source)) return this.#stepsOf(parsePattern(pattern));
    const steps = this.#stepsOfWords(source, typeof pattern !== 'string' && 'exact' in pattern);
    return this.#aliases.size === 0 ? steps : this.#withAliases(steps);
  }

  #stepsOfWords(source: string, isExact: boolean): Step[] {
    const folded = isExact ? this.#folded.exact : this.#folded.loose;
    const steps: Step[] = [];
    let start = 0;
    for (let at = 0; at <= source.length; at += 1) {
      if (at < source.length && !isSpace(source.charCodeAt(at))) continue;
      if (at > start) {
        const known = folded.get(source, start, at) ?? this.#fold(source.slice(start, at), isExact);
        for (let index = 0; index < known.length; index += 1) steps.push(known[index] as WordStep);
      }
      start = at + 1;
    }
    return steps;
  }

  #stepsOf(nodes: readonly PatternNode[]): Step[] {
    const steps: Step[] = [];
    for (const node of nodes) {
      switch (node.kind) {
        case 'word':
          steps.push(...this.#fold(node.text, node.exact === true));
          break;
        case 'gap':
          steps.push({ kind: 'gap', most: node.most });
          break;
        case 'any':
        case 'maybe': {
          const branches = node.branches.map((branch) => this.#stepsOf(branch));
          steps.push({ kind: 'branches', branches, optional: node.kind === 'maybe' });
          break;
        }
        case 'signal':
          steps.push(this.#sharedStep(`<${node.name}>`, this.#shared.get(node.name)));
          break;
        case 'slot':
          steps.push(this.#slotStep(node));
      }
    }
    return this.#aliases.size === 0 ? steps : this.#withAliases(steps);
  }

  #slotStep(node: Extract<PatternNode, { kind: 'slot' }>): Step {
    const slot = (SLOT_NAMES as readonly string[]).indexOf(node.name);
    if (slot < 0) return this.#sharedStep(`{${node.name}}`, this.#lists.get(node.name));
    if (node.comparison === undefined) return { kind: 'slot', slot, operator: 0, value: 0, period: 0 };
    const { operator, value: written } = node.comparison;
    const comparison = readComparison(node.name, written);
    if (comparison === undefined)
      throw new LanguageError(
        `{${node.name}${operator}${written}} compares with no amount`,
        'write for example {money>=10tr}, {money>=500k/day} or {age<18}',
      );
    return { kind: 'slot', slot, operator: OPERATORS.indexOf(operator), ...comparison };
  }

  #sharedStep(name: string, patterns: readonly Pattern[] | undefined): Step {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    if (patterns === undefined) throw new LanguageError(`${name} does not exist`, 'correct the name, or add its file');
    if (this.#open.has(name)) throw new LanguageError(`${name} refers to itself`, 'take the circle apart');
    this.#open.add(name);
    const branches = patterns.map((pattern) => this.read(pattern));
    this.#open.delete(name);
    const step: Step = { kind: 'branches', branches, optional: false, shared: name };
    this.#named.set(name, step);
    return step;
  }

  /** Lets every word, or run of words, that has other ways to be written match those too. */
  #withAliases(steps: Step[]): Step[] {
    const out: Step[] = [];
    for (let at = 0; at < steps.length; at += 1) {
      const first = steps[at];
      if (first?.kind !== 'word' || !this.#aliasStarts.has(first.word)) {
        if (first !== undefined) out.push(first);
        continue;
      }
      let taken = 0;
      for (let length = Math.min(4, steps.length - at); length > 0 && taken === 0; length -= 1) {
        const run = steps.slice(at, at + length);
        const others = this.#aliases.get(aliasKey(run));
        if (others === undefined) continue;
        out.push({ kind: 'branches', branches: [run, ...others], optional: false });
        taken = length;
      }
      if (taken === 0) out.push(first);
      else at += taken - 1;
    }
    return out;
  }

  #readAliases(aliases: Aliases): Map<string, Step[][]> {
    const stepsOf = (text: string): WordStep[] => this.#fold(text, false);
    return new Map(
      Object.entries(aliases).map(([words, others]) => {
        const steps = stepsOf(words);
        if (steps[0] !== undefined) this.#aliasStarts.add(steps[0].word);
        return [aliasKey(steps), others.map(stepsOf)];
      }),
    );
  }

  /** The words of a text without spaces in it, or of several with them. */
  #fold(text: string, isExact: boolean): WordStep[] {
    const folded = isExact ? this.#folded.exact : this.#folded.loose;
    const known = folded.get(text, 0, text.length);
    if (known !== undefined) return known;
    const words: WordStep[] = [];
    let start = -1;
    for (let at = 0; at <= text.length; at += 1) {
      const symbol = at < text.length ? entryOf(text.charCodeAt(at)) & 63 : SEPARATOR;
      if (symbol === SEPARATOR || symbol === SURROGATE) {
        if (start >= 0) words.push({ kind: 'word', word: this.#word(text, start, at, isExact) });
        start = -1;
      } else if (start < 0 && symbol < SURROGATE) start = at;
    }
    if (words.length === 0)
      throw new LanguageError(`“${text}” has no letter or digit that can be matched`, 'write it in letters');
    folded.add(text, words);
    return words;
  }

  #word(text: string, start: number, end: number, isExact: boolean): Word {
    let letters = '';
    for (let at = start; at < end; at += 1) {
      const symbol = entryOf(text.charCodeAt(at)) & 63;
      if (symbol < SURROGATE) letters += String.fromCharCode(symbol < FIRST_DIGIT ? 96 + symbol : 21 + symbol);
    }
    const marks = marksBetween(text, start, end) | (isExact ? EXACT : 0);
    const key = `${letters}/${marks}`;
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    const word = { hash: hashOfLetters(letters), marks, letters, frequency: frequencyOf(letters), number: 0 };
    this.#words.set(key, word);
    return word;
  }
}

/** The hash that a token of these letters and digits has. */
export function hashOfLetters(letters: string): number {
  let hash = 0;
  let previous = 0;
  for (let at = 0; at < letters.length; at += 1) {
    const unit = letters.charCodeAt(at);
    const symbol = unit >= 97 ? unit - 96 : unit - 21;
    if (symbol !== previous || symbol >= FIRST_DIGIT) hash = addSymbol(hash, symbol);
    previous = symbol;
  }
  return hash;
}

function aliasKey(steps: readonly Step[]): string {
  return steps.map((step) => (step.kind === 'word' ? `${step.word.letters}/${step.word.marks}` : '?')).join(' ');
}
