/** 10,000 rules over shared signals, and the way to judge them that comes to mind first: one after the other. */
import type { SignalHit } from '../../rules/engine/match.ts';
import { Scanner } from './engine.ts';
import type { Pack, Rule } from '../../rules/language/model.ts';
import type { Compiled } from './form.ts';
import { makePack, makeRule } from './packs.ts';
import { makePhrases, plainForm, rankWords } from './phrases.ts';
import { below, pick, pickByRank, randomFrom } from './random.ts';
import type { Text } from './text.ts';

const RULES = 10_000;
/** Signals of one phrase, few of which a message has, and signals of one word, which make rules cheap or dear. */
const PHRASES = 2000;
const WORDS = 400;
/** Signals of two words within a few words of each other. */
const NEAR = 1000;
/** Findings of single words in a message on average, on purpose many. */
const WORDS_A_MESSAGE = 1.7;

/** How the parts of a rule hold together; `a` is always the rare one. */
const CONDITIONS: readonly (readonly string[])[] = [
  ['a and b'],
  ['a and b and c', 'a and (b or c)', 'a and b and not c', '2 of (a, b, c)'],
  ['a and b and not (c or d)', 'a and (b or c) and d', 'a and 2 of (b, c, d)', '(a or b) and c and d'],
];

/** A rule as the simple judge takes it: its signals by name, and whether it holds for those that are there. */
export interface SimpleRule {
  id: string;
  signals: string[];
  holds: (has: readonly boolean[]) => boolean;
}

/** A rule set in both forms. */
export interface RuleSet {
  pack: Pack;
  patterns: Record<string, string>;
  simple: SimpleRule[];
}

/** Makes the rule set; `within` is the reach of all its rules. */
export function makeRuleSet(text: Text, within: string): RuleSet {
  const random = randomFrom(0x1e5);
  const rare = makePhrases(text, PHRASES).map((phrase) => plainForm(phrase));
  const words = popularWords(text);
  const patterns: Record<string, string> = {};
  for (const [index, phrase] of rare.entries()) patterns[`phrase-${index}`] = phrase;
  for (const [index, word] of words.entries()) patterns[`word-${index}`] = word;
  const pairs = new Set<string>();
  while (pairs.size < NEAR) {
    const [one, other] = [pickByRank(random, words, 5), pick(random, words)];
    if (pairs.has(`${one} ${other}`)) continue;
    patterns[`near-${pairs.size}`] = `${one} ~${2 + below(random, 5)} ${other}`;
    pairs.add(`${one} ${other}`);
  }
  const rules: Rule[] = [];
  const simple: SimpleRule[] = [];
  while (rules.length < RULES) {
    const conditions = pick(random, CONDITIONS);
    const condition = pick(random, conditions);
    const count = CONDITIONS.indexOf(conditions) + 2;
    const names = 'abcd'.slice(0, count).split('');
    const signals = names.map((_, index) => {
      const kind = index === 0 ? 0 : random();
      if (kind < 0.3) return `phrase-${below(random, PHRASES)}`;
      return kind < 0.5 ? `near-${below(random, NEAR)}` : `word-${words.indexOf(pickByRank(random, words, 5))}`;
    });
    if (new Set(signals).size < signals.length) continue;
    const detection = Object.fromEntries(names.map((name, index) => [name, { signal: signals[index] ?? '' }]));
    const rule = makeRule(rules.length, detection, condition, within);
    rules.push(rule);
    simple.push({ id: rule.id, signals, holds: judgeOf(condition) });
  }
  return { pack: makePack(rules, patterns), patterns, simple };
}

/** Words from the most popular on that are not so popular as to make more than `WORDS_A_MESSAGE` findings together. */
function popularWords(text: Text): string[] {
  const seen = new Set<string>();
  const ranked = rankWords(text.plain.map(plainForm)).filter(
    ([word]) => word.length > 1 && !seen.has(word) && seen.add(word),
  );
  const share = ([, messages]: [string, number]): number => messages / text.plain.length;
  for (let from = 0; from < ranked.length; from += 1) {
    const chosen = ranked.slice(from, from + WORDS);
    if (chosen.reduce((sum, entry) => sum + share(entry), 0) <= WORDS_A_MESSAGE) return chosen.map(([word]) => word);
  }
  throw new RangeError('the text has too few words');
}

/** What each condition means, written out. */
function judgeOf(condition: string): SimpleRule['holds'] {
  switch (condition) {
    case 'a and b':
      return ([a, b]) => a === true && b === true;
    case 'a and b and c':
      return ([a, b, c]) => a === true && b === true && c === true;
    case 'a and (b or c)':
      return ([a, b, c]) => a === true && (b === true || c === true);
    case 'a and b and not c':
      return ([a, b, c]) => a === true && b === true && c !== true;
    case '2 of (a, b, c)':
      return (has) => has.filter(Boolean).length >= 2;
    case 'a and b and not (c or d)':
      return ([a, b, c, d]) => a === true && b === true && c !== true && d !== true;
    case 'a and (b or c) and d':
      return ([a, b, c, d]) => a === true && (b === true || c === true) && d === true;
    case 'a and 2 of (b, c, d)':
      return ([a, ...others]) => a === true && others.filter(Boolean).length >= 2;
    default:
      return ([a, b, c, d]) => (a === true || b === true) && c === true && d === true;
  }
}

/** The number that the compiled rule set gives each signal: that of the finding which covers the signal's own words. */
export function signalNumbers(compiled: Compiled, patterns: Readonly<Record<string, string>>): Map<string, number> {
  const scanner = new Scanner(compiled);
  const numbers = new Map<string, number>();
  for (const [name, pattern] of Object.entries(patterns)) {
    const text = pattern.replace(/ ~\d+ /, ' qx qz ');
    const whole = scanner
      .scan(text)
      .hits.filter(({ places }) => places.some(({ start, end }) => start === 0 && end === text.length));
    for (const { signal } of whole) if (!numbers.has(name) || whole.length === 1) numbers.set(name, signal);
  }
  return numbers;
}

/** Judges every rule for every message, its signals looked up among those of the message. */
export class LoopJudge {
  readonly #rules: { id: string; signals: Int32Array; holds: SimpleRule['holds']; has: boolean[] }[];
  /** Number of the message in which each signal was found last. */
  readonly #seen: Int32Array;
  #message = 0;

  constructor(rules: readonly SimpleRule[], numbers: ReadonlyMap<string, number>) {
    this.#rules = rules.map(({ id, signals, holds }) => ({
      id,
      signals: Int32Array.from(signals, (name) => numbers.get(name) ?? 0),
      holds,
      has: signals.map(() => false),
    }));
    this.#seen = new Int32Array(Math.max(0, ...numbers.values()) + 1);
  }

  /** Ids of the rules that hold for a message. */
  judge(hits: readonly SignalHit[]): string[] {
    this.#message += 1;
    for (const { signal } of hits) this.#seen[signal] = this.#message;
    const speaking: string[] = [];
    for (const { id, signals, holds, has } of this.#rules) {
      for (let index = 0; index < signals.length; index += 1)
        has[index] = this.#seen[signals[index] ?? 0] === this.#message;
      if (holds(has)) speaking.push(id);
    }
    return speaking;
  }
}
