/** Trying one rule on a conversation: what each turn has of it, and why the rule spoke or stayed quiet. */
import { compilePack } from '../engine/compile.ts';
import { Conversation } from '../engine/conversation.ts';
import { Scanner } from '../engine/match.ts';
import { namesIn, parseCondition, type Condition } from '../language/condition.ts';
import type { Pack, Rule, Surface } from '../language/model.ts';
import { lackOf, reasonOf, sizeOf, writtenOf } from '../language/reason.ts';
import { evidenceAt, type EvidenceOfTurns } from './evidence.ts';
import { TURN_SECONDS, type Turn } from './judge.ts';
import { TextReader, type Reading } from './reading.ts';
import { seenEntries, type SeenEntry } from './seen.ts';
import { quoted } from './why.ts';

/** What one turn has of a rule. */
export interface TriedTurn extends Turn {
  reading: Reading;
  /** The words of each entry that this turn has, in quotes; whoever says them. */
  hits: { entry: string; words: string }[];
}

export interface Trial {
  turns: TriedTurn[];
  /** The turn that is explained: the one at which the rule spoke, else the one that came closest. */
  turn: number;
  speaks: boolean;
  /** At that turn, every entry of the rule: whether it is true, and where it stands or why it does not count. */
  entries: { name: string; isTrue: boolean; where: string }[];
  /** What the signs weigh at that turn; undefined for a rule that asks for no evidence. */
  evidence: EvidenceOfTurns | undefined;
  /** Why the rule spoke or did not, in one sentence. */
  sentence: string;
}

/** What is known of the conversation besides its words. */
export interface Setting {
  surface: Surface;
  stranger: boolean;
}

/** A rule after one turn. */
interface State {
  speaks: boolean;
  entries: SeenEntry[];
  isTrue: (name: string) => boolean;
  lack: Condition | undefined;
}

/**
 * Reads a conversation with one rule, turns a minute apart, until the rule speaks.
 *
 * @param own The packs whose shared signals, word lists and aliases the rule may use.
 * @throws LanguageError when the rule cannot be compiled.
 */
export function tryRule(own: Pack, rule: Rule, turns: readonly Turn[], { surface, stranger }: Setting): Trial {
  const rules = compilePack({ ...own, rules: [rule] });
  const scanner = new Scanner(rules);
  const conversation = new Conversation(rules, scanner);
  const condition = parseCondition(rule.condition);
  const states: State[] = [];
  for (const [turn, { from, text }] of turns.entries()) {
    const at = turn * TURN_SECONDS * 1000;
    const verdicts = conversation.read({ text, from, surface, at, stranger });
    const entries = seenEntries(rules, 0, conversation.memory, turn, at);
    const isTrue = (name: string): boolean => {
      const entry = entries.find((candidate) => candidate.name === name);
      return entry?.signal === undefined ? stranger : entry.messages.length > 0;
    };
    states.push({ speaks: verdicts.length > 0, entries, isTrue, lack: lackOf(condition, isTrue) });
    if (verdicts.length > 0) break;
  }
  const turn = mostTelling(states);
  const state = states[turn] as State;
  const reader = new TextReader(own, rule);
  const evidence = evidenceAt(own, rule, turns.slice(0, turn + 1));
  const tried = turns.slice(0, states.length).map((one) => triedTurn(one, reader, scanner, state.entries));
  return {
    turns: tried,
    turn,
    speaks: state.speaks,
    entries: state.entries.map((entry) => ({
      name: entry.name,
      isTrue: state.isTrue(entry.name),
      where: placeOf(entry, rule, turn, state.isTrue(entry.name)),
    })),
    evidence,
    sentence: state.speaks
      ? `It speaks at turn ${turn} because of: ${reasonOf(condition, state.isTrue)}.`
      : `It stays quiet: ${quietBecause(rule, condition, surface, turn, state, evidence)}.`,
  };
}

/** The turn at which the rule spoke, else the latest of those that lacked least. */
function mostTelling(states: readonly State[]): number {
  const distances = states.map(({ speaks, lack }) => (speaks ? -1 : lack === undefined ? 0 : sizeOf(lack)));
  return distances.lastIndexOf(Math.min(...distances));
}

function triedTurn(turn: Turn, reader: TextReader, scanner: Scanner, entries: readonly SeenEntry[]): TriedTurn {
  const { hits } = scanner.scan(turn.text);
  return {
    ...turn,
    hits: entries.flatMap(({ name, signal }) => {
      const places = hits.find((hit) => hit.signal === signal)?.places;
      return places === undefined ? [] : [{ entry: name, words: quoted(turn.text, places) }];
    }),
    reading: reader.read(turn.text),
  };
}

/** Where an entry stands, or why what stands there does not count. */
function placeOf(entry: SeenEntry, rule: Rule, turn: number, isTrue: boolean): string {
  if (entry.signal === undefined)
    return isTrue ? 'the site says so' : 'a fact about the conversation: try again with --stranger';
  if (isTrue) return turnsOf(entry.messages);
  const speaker = rule.detection[entry.name]?.from ?? rule.from;
  const reasons: string[] = [];
  if (entry.otherSpeaker.length > 0)
    reasons.push(`${turnsOf(entry.otherSpeaker)}, but only what “${speaker}” says counts`);
  if (entry.tooEarly.length > 0)
    reasons.push(`${turnsOf(entry.tooEarly)}, too far from turn ${turn} for ${reachOf(rule)}`);
  return reasons.length === 0 ? 'in no turn' : reasons.join('; ');
}

function turnsOf(messages: readonly number[]): string {
  return `in turn ${[...new Set(messages)].join(', ')}`;
}

function reachOf({ within, correlation }: Rule): string {
  return correlation === undefined ? `“within: ${within}”` : `“timespan: ${correlation.timespan}”`;
}

function quietBecause(
  rule: Rule,
  condition: Condition,
  surface: Surface,
  turn: number,
  state: State,
  evidence: EvidenceOfTurns | undefined,
): string {
  const { lack, isTrue, entries } = state;
  if (!rule.surfaces.includes(surface))
    return `it is for ${rule.surfaces.join(', ')}, and this was read as ${surface} (--on says as what)`;
  if (lack !== undefined) return lackInWords(lack, rule, turn, entries);
  const correlated = correlationLacks(rule, condition, entries);
  if (correlated !== undefined) return correlated;
  if (evidence !== undefined && evidence.sum < evidence.asked)
    return `its condition holds, but the signs of the conversation weigh ${evidence.sum}, and it asks for ${evidence.asked}`;
  const { wanted } = namesIn(condition);
  if (wanted.some((name) => isTrue(name)))
    return `its condition holds, but turn ${turn} adds nothing that it asks for to what was there before`;
  return 'its condition holds, but on nothing that was said';
}

/** What a condition lacks, as the end of a sentence. */
function lackInWords(lack: Condition, rule: Rule, turn: number, entries: readonly SeenEntry[]): string {
  const parts = lack.kind === 'and' ? lack.parts : [lack];
  const missing = parts.filter((part) => part.kind !== 'not');
  const held = parts.filter((part) => part.kind === 'not').map(({ part }) => part);
  const written = (all: Condition[], kind: 'and' | 'or'): string => {
    const [only] = all;
    return writtenOf(all.length === 1 && only !== undefined ? only : { kind, parts: all });
  };
  const says: string[] = [];
  if (missing.length > 0) {
    const names = new Set(missing.flatMap((part) => namesIn(part).wanted));
    const notes = entries
      .filter(({ name, otherSpeaker, tooEarly }) => names.has(name) && otherSpeaker.length + tooEarly.length > 0)
      .map((entry) => `${entry.name} stands ${placeOf(entry, rule, turn, false)}`);
    says.push(`${written(missing, 'and')} is missing${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`);
  }
  if (held.length > 0) says.push(`${written(held, 'or')} held it back (the condition forbids it)`);
  const without =
    held.length > 0 ? (missing.length > 0 ? 'with the one and without the other' : 'without that') : 'with that';
  return `${says.join(', and ')}; ${without} ${rule.correlation === undefined ? 'it would have spoken' : 'its condition would hold'}`;
}

/** What a correlation still asks for when the condition holds. */
function correlationLacks(
  { correlation, detection }: Rule,
  condition: Condition,
  entries: readonly SeenEntry[],
): string | undefined {
  if (correlation === undefined) return undefined;
  const order = (correlation.signals ?? namesIn(condition).wanted).map((name) => ({
    name,
    messages: detection[name]?.fact === undefined ? (entries.find((entry) => entry.name === name)?.messages ?? []) : [],
  }));
  const listed = order.map(({ name }) => name).join(', ');
  const absent = order.filter(({ messages }) => messages.length === 0).map(({ name }) => name);
  switch (correlation.type) {
    case 'event_count': {
      const found = new Set(order.flatMap(({ messages }) => messages)).size;
      const { count = 0 } = correlation;
      return found >= count
        ? undefined
        : `${listed} occurs in ${found} message${found === 1 ? '' : 's'}, and the correlation asks for ${count}`;
    }
    case 'temporal':
      return absent.length === 0
        ? undefined
        : `the correlation asks for all of ${listed}, and ${absent.join(', ')} is missing`;
    case 'temporal_ordered': {
      if (absent.length > 0)
        return `the correlation asks for ${listed} in this order, and ${absent.join(', ')} is missing`;
      let reached = -1;
      for (const { name, messages } of order) {
        const next = messages.filter((message) => message >= reached);
        if (next.length === 0)
          return `the correlation asks for ${listed} in this order, and ${name} comes too early (${order
            .map((one) => `${one.name} ${turnsOf(one.messages)}`)
            .join(', ')})`;
        reached = Math.min(...next);
      }
      return undefined;
    }
  }
}
