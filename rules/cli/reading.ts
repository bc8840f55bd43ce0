/** How the engine reads a text, for people: the words as they are compared, and the words that a disguise or a short form hides. */
import { compilePack } from '../engine/compile.ts';
import { entryOf, readTokens } from '../engine/fold.ts';
import { Scanner } from '../engine/match.ts';
import { FIRST_DIGIT, IGNORED, MARK_MODIFIERS, MARK_TONES, SEPARATOR, SURROGATE } from '../engine/symbols.ts';
import type { Pack, Pattern, Rule } from '../language/model.ts';
import { parsePattern, type PatternNode } from '../language/pattern.ts';
import { probeOf, signalOfProbe } from './signals.ts';

export interface Reading {
  /** The words as they are compared with those of the rules. */
  words: string[];
  /**
   * The same with the words of the rule that something else stands for: digits or signs for letters, spaced-out or glued
   * letters, a short form. Undefined when there is none.
   */
  undisguised: string[] | undefined;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

/** Reads texts as they are read for one rule: what a disguise may hide depends on the words that the rule has. */
export class TextReader {
  readonly #scanner: Scanner;
  /** The words of the rule by the signal that finds each. */
  readonly #words = new Map<number, string>();

  /** @throws LanguageError when the rule cannot be compiled. */
  constructor(own: Pack, rule: Rule) {
    const words = wordsOfRule(own, rule);
    const probes = words.map((word, index) => probeOf(index, { patterns: [word] }));
    // The rule itself stands first, since it tells which of its words may be glued to each other.
    const rules = compilePack({ ...own, rules: [rule, ...probes] });
    for (const [index, word] of words.entries()) this.#words.set(signalOfProbe(rules, index + 1), word);
    this.#scanner = new Scanner(rules);
  }

  read(text: string): Reading {
    const plain = wordsOf(text);
    const hidden = this.#hiddenIn(text, plain);
    const words = plain.map((word) => word.text);
    if (hidden.length === 0) return { words, undisguised: undefined };
    const seen = plain.filter((word) => !hidden.some((other) => overlaps(word, other)));
    return {
      words,
      undisguised: [...seen, ...hidden].toSorted((one, other) => one.start - other.start).map((word) => word.text),
    };
  }

  /** The words of the rule that do not stand in a text as they are, in its order. */
  #hiddenIn(text: string, plain: readonly Word[]): Word[] {
    const found = this.#scanner.scan(text).hits.flatMap(({ signal, places }) => {
      const word = this.#words.get(signal);
      return word === undefined ? [] : places.map(({ start, end }): Word => ({ text: word, start, end }));
    });
    const isWritten = (word: Word): boolean => {
      const looks = plain.filter((other) => overlaps(word, other));
      return (
        looks[0]?.start === word.start && looks.at(-1)?.end === word.end && bare(joined(looks)) === bare(word.text)
      );
    };
    const kept: Word[] = found.filter(isWritten);
    const hidden: Word[] = [];
    // Of two readings of one place, the one that explains more of it, and the one with the letters that stand there.
    const looksLike = ({ text: word, start, end }: Word): number =>
      bare(joined(wordsOf(text.slice(start, end)))) === bare(word) ? 0 : 1;
    for (const word of found
      .filter((one) => !isWritten(one))
      .toSorted((one, other) => other.end - other.start - (one.end - one.start) || looksLike(one) - looksLike(other))) {
      if ([...kept, ...hidden].every((other) => !overlaps(word, other))) hidden.push(word);
    }
    return hidden;
  }
}

function overlaps(one: Word, other: Word): boolean {
  return one.start < other.end && other.start < one.end;
}

function joined(words: readonly Word[]): string {
  return words.map((word) => word.text).join(' ');
}

/** Every word that a rule asks for, whichever way, and what short forms stand for. */
function wordsOfRule({ signals, lists, aliases }: Pack, { detection }: Rule): string[] {
  const words = new Set<string>();
  const visited = new Set<string>();
  const visitAll = (patterns: readonly Pattern[], name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    for (const pattern of patterns) visit(parsePattern(pattern));
  };
  const shared = (name: string): void =>
    visitAll(signals.find((signal) => signal.name === name)?.patterns ?? [], `<${name}>`);
  const visit = (nodes: readonly PatternNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'word') for (const word of wordsOf(node.text)) words.add(word.text);
      else if (node.kind === 'any' || node.kind === 'maybe') node.branches.forEach(visit);
      else if (node.kind === 'signal') shared(node.name);
      else if (node.kind === 'slot')
        visitAll(lists.find((list) => list.name === node.name)?.words ?? [], `{${node.name}}`);
    }
  };
  for (const [name, { patterns = [], signal }] of Object.entries(detection)) {
    visitAll(patterns, name);
    if (signal !== undefined) shared(signal);
  }
  for (const phrase of Object.keys(aliases)) {
    if (phrase.includes(' ') && wordsOf(phrase).every(({ text }) => words.has(text))) words.add(foldedText(phrase));
  }
  return [...words];
}

function wordsOf(text: string): Word[] {
  const tokens = readTokens(text);
  return Array.from({ length: tokens.count }, (_, token) => {
    const start = tokens.startOf(token);
    const end = tokens.endOf(token);
    return { text: folded(text.slice(start, end)), start, end };
  });
}

function foldedText(text: string): string {
  return joined(wordsOf(text));
}

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}

const TONES = Object.entries(MARK_TONES);

/** One word in the letters and marks that count: no case, no look-alikes, nothing unseen, repeated letters once. */
function folded(word: string): string {
  const letters: { letter: string; modifiers: number; tones: number }[] = [];
  let previous = SEPARATOR;
  for (let at = 0; at < word.length; at += 1) {
    const entry = entryOf(word.charCodeAt(at));
    const symbol = entry & IGNORED;
    if (symbol !== SEPARATOR && symbol < SURROGATE && (symbol !== previous || symbol >= FIRST_DIGIT))
      letters.push({ letter: letterOf(symbol), modifiers: 0, tones: 0 });
    if (symbol < SURROGATE) previous = symbol;
    const last = letters.at(-1);
    if (last === undefined) continue;
    last.modifiers |= (entry >> 11) & 3;
    last.tones |= (entry >> 6) & 31;
  }
  return letters
    .map(({ letter, modifiers, tones }) => letter + modifiersOf(letter, modifiers) + tonesOf(tones))
    .join('')
    .normalize('NFC')
    .replaceAll('d\u0335', 'đ');
}

function letterOf(symbol: number): string {
  return String.fromCharCode(symbol < FIRST_DIGIT ? 0x60 + symbol : 0x30 + symbol - FIRST_DIGIT);
}

/** The combining marks behind the bits of a letter; which of the two of a bit, the letter tells. */
function modifiersOf(letter: string, bits: number): string {
  const [circumflex, stroke, breve, horn] = Object.keys(MARK_MODIFIERS);
  const first = (bits & 1) === 0 ? '' : letter === 'd' ? stroke : circumflex;
  const second = (bits & 2) === 0 ? '' : letter === 'a' ? breve : horn;
  return `${first}${second}`;
}

function tonesOf(bits: number): string {
  return TONES.map(([mark, bit]) => ((bits & bit) === 0 ? '' : mark)).join('');
}
