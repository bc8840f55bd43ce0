/**
 * Judging a conversation message by message: signals of the new message, together with those that the memory still
 * holds, against the conditions of the rules. The memory keeps keys, counts and times, never text.
 */
import { LEVELS, SURFACES, type Level, type Surface } from '../language/model.ts';
import { namesOf, RULE, RULE_SIZE, SIGNAL, SIGNAL_SIZE, type CompiledRules, type RuleNames } from './compiled.ts';
import { entriesOf, holds, keepsOrder } from './condition.ts';
import { MAX_REMEMBERED, SPEAK_AGAIN_AFTER } from './limits.ts';
import { Scanner, type SignalHit } from './match.ts';

/** One message, post or page, as a reader hands it over. */
export interface Piece {
  text: string;
  /** `unknown` and `page` count as the other side. */
  from: 'them' | 'me' | 'unknown' | 'page';
  surface: Surface;
  /** Milliseconds since 1970 at which it was read; the engine has no clock of its own. */
  at: number;
  /** The same for the same message whenever it is read, so that reading it again (a reload, scrolling back) adds nothing; 0 when not known. */
  source?: number;
}

/** One signal that was seen: key of the signal, number of the message, time in seconds, speaker (1 them, 2 me), key of the text's source. */
export type RememberedHit = [signal: number, message: number, at: number, speaker: number, source: number];

/** What is kept of a conversation; plain numbers that can be stored as they are. */
export interface ConversationMemory {
  messages: number;
  hits: RememberedHit[];
  /** Key of a rule and the time in seconds at which it spoke last. */
  spoke: [rule: number, at: number][];
}

/** One signal's part in a verdict. */
export interface Evidence {
  entry: string;
  /** Number of the message in the conversation, from 0. */
  message: number;
  /** Offsets into the new message's text; empty for an earlier message, whose text is not kept. */
  places: { start: number; end: number }[];
}

/** A rule that speaks at a message. */
export interface Verdict {
  rule: RuleNames;
  level: Level;
  message: number;
  evidence: Evidence[];
}

/** A memory without anything in it. */
export function emptyMemory(): ConversationMemory {
  return { messages: 0, hits: [], spoke: [] };
}

/** Judges one conversation; keep one for each, and one `Scanner` for all. */
export class Conversation {
  readonly #rules: CompiledRules;
  readonly #scanner: Scanner;
  readonly #names: () => RuleNames[];
  readonly memory: ConversationMemory;

  constructor(rules: CompiledRules, scanner: Scanner = new Scanner(rules), memory: ConversationMemory = emptyMemory()) {
    this.#rules = rules;
    this.#scanner = scanner;
    this.memory = memory;
    let names: RuleNames[] | undefined;
    this.#names = () => (names ??= namesOf(rules));
  }

  /** Reads the next message; returns the rules that speak because of it, strongest first. */
  read(piece: Piece): Verdict[] {
    const { hits } = this.#scanner.scan(piece.text);
    return this.judge(piece, hits);
  }

  /** Judges a message whose signals are known already. */
  judge(piece: Piece, hits: readonly SignalHit[]): Verdict[] {
    const message = this.memory.messages;
    this.memory.messages += 1;
    if (hits.length === 0) return [];
    const at = Math.floor(piece.at / 1000);
    const speaker = piece.from === 'me' ? 2 : 1;
    const { signals, ruleCode } = this.#rules;
    const { source = 0 } = piece;
    const candidates = new Set<number>();
    for (const { signal } of hits) {
      const key = signals[signal * SIGNAL_SIZE + SIGNAL.key] ?? 0;
      const known = source === 0 ? -1 : this.memory.hits.findIndex((hit) => hit[0] === key && hit[4] === source);
      if (known >= 0) {
        // Read again after a reload: it stands where it is read now, or all that is read again would push it out of reach.
        for (const hit of this.memory.hits.splice(known, 1))
          this.memory.hits.push([key, message, hit[2], speaker, source]);
        continue;
      }
      this.memory.hits.push([key, message, at, speaker, source]);
      const begin = signals[signal * SIGNAL_SIZE + SIGNAL.rulesBegin] ?? 0;
      const count = signals[signal * SIGNAL_SIZE + SIGNAL.rulesCount] ?? 0;
      for (let index = 0; index < count; index += 1) candidates.add(ruleCode[begin + index] ?? 0);
    }
    if (this.memory.hits.length > MAX_REMEMBERED) this.memory.hits.splice(0, this.memory.hits.length - MAX_REMEMBERED);
    const verdicts: Verdict[] = [];
    for (const rule of candidates) {
      const verdict = this.#judgeRule(rule, piece, hits, message, at);
      if (verdict !== undefined) verdicts.push(verdict);
    }
    return verdicts.sort((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level));
  }

  #judgeRule(rule: number, piece: Piece, hits: readonly SignalHit[], message: number, at: number): Verdict | undefined {
    const { rules } = this.#rules;
    const field = (name: keyof typeof RULE): number => rules[rule * RULE_SIZE + RULE[name]] ?? 0;
    if ((field('surfaces') & (1 << SURFACES.indexOf(piece.surface))) === 0) return undefined;
    const spoke = this.memory.spoke.find(([key]) => key === field('key'));
    if (spoke !== undefined && at - spoke[1] < SPEAK_AGAIN_AFTER / 1000) return undefined;

    const entries = entriesOf(this.#rules, rule, this.memory, message, at);
    // Only a message that adds to what the rule asks for can make it speak.
    const isNew = entries.some((entry, index) => (field('wanted') & (1 << index)) !== 0 && entry.includes(message));
    if (!isNew) return undefined;
    const mask = entries.reduce((bits, entry, index) => (entry.length > 0 ? bits | (1 << index) : bits), 0);
    if (!holds(this.#rules, rule, mask) || !keepsOrder(this.#rules, rule, entries)) return undefined;

    if (spoke === undefined) this.memory.spoke.push([field('key'), at]);
    else spoke[1] = at;
    const names = this.#names()[rule];
    if (names === undefined) return undefined;
    return {
      rule: names,
      level: LEVELS[field('level')] ?? 'notice',
      message,
      evidence: this.#evidenceOf(rule, names, entries, hits, message),
    };
  }

  #evidenceOf(
    rule: number,
    names: RuleNames,
    entries: readonly number[][],
    hits: readonly SignalHit[],
    message: number,
  ): Evidence[] {
    const { rules, ruleCode } = this.#rules;
    const wanted = rules[rule * RULE_SIZE + RULE.wanted] ?? 0;
    const begin = rules[rule * RULE_SIZE + RULE.entriesBegin] ?? 0;
    return entries.flatMap((messages, index) => {
      const last = messages.at(-1);
      if (last === undefined || (wanted & (1 << index)) === 0) return [];
      const hit = last === message ? hits.find(({ signal }) => signal === ruleCode[begin + index * 2]) : undefined;
      return [
        {
          entry: names.entries[index] ?? '',
          message: last,
          places: hit === undefined ? [] : hit.places.map((place) => ({ ...place })),
        },
      ];
    });
  }
}
