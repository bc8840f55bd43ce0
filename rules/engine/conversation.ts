/**
 * Judging a conversation message by message: signals of the new message, together with those that the memory still
 * holds, against the conditions of the rules. The memory keeps keys, counts and times, never text.
 *
 * Rules are never looped over. Each is looked at under the rarest signals of which one has to be there: when one is seen
 * the rule is armed for as long as its reach goes, and only armed rules are looked at when a later signal comes.
 */
import { LEVELS, SURFACES, type Level, type Surface } from '../language/model.ts';
import {
  FIRST_FACT,
  namesOf,
  RULE,
  RULE_SIZE,
  SIGNAL,
  SIGNAL_SIZE,
  type CompiledRules,
  type RuleNames,
} from './compiled.ts';
import { correlates, holds } from './condition.ts';
import { EVIDENCE_REACH, MAX_REMEMBERED, SPEAK_AGAIN_AFTER } from './limits.ts';
import { Scanner, type SignalHit } from './match.ts';
import { emptyMemory, type ConversationMemory } from './memory.ts';

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
  /** Whether the site says that the other side is no contact. */
  stranger?: boolean;
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

/** Where each speaker had a signal last: message and time in seconds of them, then of me; -1 for never. */
type Latest = [theirMessage: number, theirTime: number, myMessage: number, myTime: number];

const signalsByKey = new WeakMap<CompiledRules, Map<number, number>>();
const NO_NEWS: ReadonlySet<number> = new Set();
const NOTHING: readonly Verdict[] = Object.freeze([]);

/** Judges one conversation; keep one for each, and one `Scanner` for all. */
export class Conversation {
  readonly #rules: CompiledRules;
  readonly #scanner: Scanner;
  readonly memory: ConversationMemory;
  readonly #news: ReadonlySet<number>;
  readonly #latest = new Map<number, Latest>();
  /** Armed rules, the message that armed each last, and a bit for each signal that it asks for. */
  readonly #armed: number[] = [];
  readonly #armedAt: number[] = [];
  readonly #armedMask: number[] = [];
  /** Rules whose condition held while the evidence was too light: since which message, and what they had seen. */
  readonly #waiting = new Map<number, { since: number; seen: number }>();

  /**
   * @param news keys of the ids of rules that are new: messages that were read before, without them, are looked at for
   *   these again.
   */
  constructor(
    rules: CompiledRules,
    scanner: Scanner = new Scanner(rules),
    memory: ConversationMemory = emptyMemory(),
    news: ReadonlySet<number> = NO_NEWS,
  ) {
    this.#rules = rules;
    this.#scanner = scanner;
    this.memory = memory;
    this.#news = news;
    for (const [key, message, at, speaker] of memory.hits) {
      const signal = numbersOf(rules).get(key);
      if (signal !== undefined) this.#note(signal, message, at, speaker);
    }
  }

  /** Reads the next message; returns the rules that speak because of it, strongest first. */
  read(piece: Piece): readonly Verdict[] {
    return this.judge(piece, this.#scanner.scan(piece.text).hits);
  }

  /** Judges a message whose signals are known already. */
  judge(piece: Piece, hits: readonly SignalHit[]): readonly Verdict[] {
    const { memory } = this;
    const message = memory.messages;
    memory.messages += 1;
    if (hits.length === 0) return NOTHING;
    const at = Math.floor(piece.at / 1000);
    const speaker = piece.from === 'me' ? 2 : 1;
    const { source = 0 } = piece;
    const { signals } = this.#rules;
    const alone: number[] = [];
    let mask = 0;
    /** Signals that were read before. */
    let again = 0;
    for (const { signal } of hits) {
      const key = signals[signal * SIGNAL_SIZE + SIGNAL.key] as number;
      const known = source === 0 ? -1 : memory.hits.findIndex((hit) => hit[0] === key && hit[4] === source);
      if (known >= 0) {
        // Read again after a reload: it stands where it is read now, or all that is read again would push it out of reach.
        // Its time stays that of the first reading.
        const [hit] = memory.hits.splice(known, 1);
        const first = hit?.[2] ?? at;
        memory.hits.push([key, message, first, speaker, source]);
        this.#note(signal, message, first, speaker, alone);
        again |= 1 << (signal & 31);
        continue;
      }
      memory.hits.push([key, message, at, speaker, source]);
      mask |= 1 << (signal & 31);
      this.#note(signal, message, at, speaker, alone);
    }
    if (memory.hits.length > MAX_REMEMBERED) this.#forget(memory.hits.length - MAX_REMEMBERED);
    const spoken: { rule: number; verdict: Verdict }[] = [];
    const say = (rule: number, seen: number): void => {
      this.#waiting.delete(rule);
      if (this.#maySpeak(rule, at)) spoken.push({ rule, verdict: this.#verdictOf(rule, seen, hits, message) });
    };
    const look = (rule: number): void => {
      const seen = this.#seenOf(rule, piece, message, at);
      if (seen < 0 || !holds(this.#rules, rule, seen) || !correlates(this.#rules, rule, memory, message, at)) return;
      if (this.#isEnough(rule, message)) say(rule, seen);
      else this.#waiting.set(rule, { since: message, seen });
    };
    // What was read before adds nothing by itself, unless a rule is new that has not seen it.
    for (const rule of alone) if (mask !== 0 || this.#isNews(rule)) look(rule);
    for (let index = this.#armed.length - 1; index >= 0; index -= 1) {
      const rule = this.#armed[index] as number;
      const reach = this.#rules.records[rule * RULE_SIZE + RULE.withinMessages] as number;
      if (message - (this.#armedAt[index] as number) >= reach) this.#disarm(index);
      else if (((this.#armedMask[index] as number) & mask) !== 0) look(rule);
      else if (((this.#armedMask[index] as number) & again) !== 0 && this.#isNews(rule)) look(rule);
    }
    for (const [rule, { since, seen }] of this.#waiting) {
      if (since === message) continue;
      if (message - since >= EVIDENCE_REACH) this.#waiting.delete(rule);
      else if (this.#isEnough(rule, message)) say(rule, seen);
    }
    if (spoken.length === 0) return NOTHING;
    return spoken
      .sort((one, other) => levelOf(other.verdict) - levelOf(one.verdict) || one.rule - other.rule)
      .map(({ verdict }) => verdict);
  }

  /** Notes a signal and arms the rules that it is the anchor of; those that reach no further than a message go to `alone`. */
  #note(signal: number, message: number, at: number, speaker: number, alone?: number[]): void {
    let latest = this.#latest.get(signal);
    if (latest === undefined) this.#latest.set(signal, (latest = [-1, -1, -1, -1]));
    latest[speaker === 2 ? 2 : 0] = message;
    latest[speaker === 2 ? 3 : 1] = Math.max(latest[speaker === 2 ? 3 : 1], at);
    const { signals, anchored, records } = this.#rules;
    const begin = signals[signal * SIGNAL_SIZE + SIGNAL.anchoredBegin] as number;
    const end = begin + (signals[signal * SIGNAL_SIZE + SIGNAL.anchoredCount] as number);
    for (let index = begin; index < end; index += 1) {
      const rule = anchored[index] as number;
      if ((records[rule * RULE_SIZE + RULE.withinMessages] as number) > 1) this.#arm(rule, message);
      else if (alone?.includes(rule) === false) alone.push(rule);
    }
  }

  #arm(rule: number, message: number): void {
    const known = this.#armed.indexOf(rule);
    if (known >= 0) {
      this.#armedAt[known] = message;
      return;
    }
    const { records, entries } = this.#rules;
    const begin = records[rule * RULE_SIZE + RULE.entriesBegin] as number;
    const wanted = records[rule * RULE_SIZE + RULE.wanted] as number;
    let mask = 0;
    for (let entry = 0; entry < wanted >>> 24; entry += 1) {
      if (((wanted >>> entry) & 1) !== 0) mask |= 1 << ((entries[begin + entry] as number) & 31);
    }
    this.#armed.push(rule);
    this.#armedAt.push(message);
    this.#armedMask.push(mask);
  }

  #disarm(index: number): void {
    for (const list of [this.#armed, this.#armedAt, this.#armedMask]) {
      const last = list.pop() as number;
      if (index < list.length) list[index] = last;
    }
  }

  #forget(count: number): void {
    for (const [key, message, , speaker] of this.memory.hits.splice(0, count)) {
      const latest = this.#latest.get(numbersOf(this.#rules).get(key) ?? -1);
      const slot = speaker === 2 ? 2 : 0;
      if (latest?.[slot] === message) latest[slot] = -1;
    }
  }

  /** Bits of a rule's entries that are in reach; -1 when the rule is not for this surface or nothing that it asks for is new. */
  #seenOf(rule: number, piece: Piece, message: number, at: number): number {
    const { records, entries } = this.#rules;
    const base = rule * RULE_SIZE;
    if ((((records[base + RULE.flags] as number) >>> 2) & (1 << SURFACES.indexOf(piece.surface))) === 0) return -1;
    const firstMessage = message - (records[base + RULE.withinMessages] as number) + 1;
    const firstTime = at - (records[base + RULE.withinSeconds] as number);
    const begin = records[base + RULE.entriesBegin] as number;
    const wanted = records[base + RULE.wanted] as number;
    let seen = 0;
    let isNew = false;
    for (let index = 0; index < wanted >>> 24; index += 1) {
      const entry = entries[begin + index] as number;
      const signal = entry & 0xffff;
      if (signal >= FIRST_FACT) {
        if (piece.stranger === true) seen |= 1 << index;
        continue;
      }
      const latest = this.#latest.get(signal);
      if (latest === undefined) continue;
      const last = lastOf(latest, entry >>> 16, firstTime);
      if (last < firstMessage || last < 0) continue;
      seen |= 1 << index;
      if (last === message && ((wanted >>> index) & 1) !== 0) isNew = true;
    }
    // Only a message that adds to what the rule asks for can make it speak.
    return isNew ? seen : -1;
  }

  /** Whether the signs of the last messages weigh enough for a rule; each counts once for every speaker. */
  #isEnough(rule: number, message: number): boolean {
    const least = this.#rules.records[rule * RULE_SIZE + RULE.evidence] as number;
    if (least === 0) return true;
    let sum = 0;
    for (const [signal, [theirs, , mine]] of this.#latest) {
      const weights = this.#rules.signals[signal * SIGNAL_SIZE + SIGNAL.weights] as number;
      if (weights === 0) continue;
      if (theirs >= 0 && message - theirs < EVIDENCE_REACH) sum += (weights << 24) >> 24;
      if (mine >= 0 && message - mine < EVIDENCE_REACH) sum += (weights << 16) >> 24;
    }
    return sum >= least;
  }

  /** Whether a rule is new and has not spoken in this conversation. */
  #isNews(rule: number): boolean {
    if (this.#news.size === 0) return false;
    const key = this.#rules.records[rule * RULE_SIZE + RULE.key] as number;
    return this.#news.has(key) && this.memory.spoke.every(([spoken]) => spoken !== key);
  }

  #maySpeak(rule: number, at: number): boolean {
    const key = this.#rules.records[rule * RULE_SIZE + RULE.key] as number;
    const spoke = this.memory.spoke.find((candidate) => candidate[0] === key);
    if (spoke === undefined) this.memory.spoke.push([key, at]);
    else if (at - spoke[1] < SPEAK_AGAIN_AFTER / 1000) return false;
    else spoke[1] = at;
    return true;
  }

  #verdictOf(rule: number, seen: number, hits: readonly SignalHit[], message: number): Verdict {
    const { records, entries } = this.#rules;
    const names = namesOf(this.#rules, rule);
    const begin = records[rule * RULE_SIZE + RULE.entriesBegin] as number;
    const wanted = (records[rule * RULE_SIZE + RULE.wanted] as number) & seen & 0xff_ffff;
    const evidence: Evidence[] = [];
    for (let index = 0; index < 24; index += 1) {
      if (((wanted >>> index) & 1) === 0) continue;
      const entry = entries[begin + index] as number;
      const signal = entry & 0xffff;
      const latest = this.#latest.get(signal);
      const last = latest === undefined ? message : lastOf(latest, entry >>> 16, -1);
      const hit = last === message ? hits.find((candidate) => candidate.signal === signal) : undefined;
      evidence.push({
        entry: names.entries[index] ?? '',
        message: last,
        places: hit === undefined ? [] : hit.places.map((place) => ({ ...place })),
      });
    }
    const level = LEVELS[(records[rule * RULE_SIZE + RULE.flags] as number) & 3] ?? 'notice';
    return { rule: names, level, message, evidence };
  }
}

function levelOf({ level }: Verdict): number {
  return LEVELS.indexOf(level);
}

/** The last message in which one of the speakers had a signal, not before a time; -1 for never. */
function lastOf(latest: Latest, speakers: number, firstTime: number): number {
  const theirs = (speakers & 1) !== 0 && latest[1] >= firstTime ? latest[0] : -1;
  const mine = (speakers & 2) !== 0 && latest[3] >= firstTime ? latest[2] : -1;
  return Math.max(theirs, mine);
}

function numbersOf(rules: CompiledRules): Map<number, number> {
  let numbers = signalsByKey.get(rules);
  if (numbers === undefined) {
    numbers = new Map(
      Array.from({ length: rules.signals.length / SIGNAL_SIZE }, (_, signal) => [
        rules.signals[signal * SIGNAL_SIZE + SIGNAL.key] as number,
        signal,
      ]),
    );
    signalsByKey.set(rules, numbers);
  }
  return numbers;
}
