import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../rules/engine/compile.ts';
import { Conversation } from '../../../rules/engine/conversation.ts';
import { Scanner } from '../../../rules/engine/match.ts';
import type { Pack, Pattern, Rule, Surface } from '../../../rules/language/model.ts';
import { talks } from '../../fixtures/arbitrary.ts';
import { finderIn, isUnionOf, type Span } from '../../fixtures/oracle.ts';
import { patternsOf, speaking, type Said, type Spoken } from '../../fixtures/oracle-conversation.ts';

const SEED = 20_261_125;
/** Rule sets, each with a conversation of one to six texts (on average more than three), over both properties. */
const RUNS = Number(process.env['BESIDE_RUNS'] ?? 5000);
/** Fewer places than are kept of one signal: none can have been left out. */
const FEW = 4;
const SURFACES: Surface[] = ['chat', 'post', 'job', 'mail', 'page'];

interface Probe {
  rule: Rule;
  patterns: Pattern[];
}

/** For every entry of every rule a rule that speaks of it alone, so that what is found can be told from outside. */
function probesOf(pack: Pack): Probe[] {
  return pack.rules.flatMap((rule) =>
    Object.entries(rule.detection).map(([name, entry], index): Probe => {
      const { correlation: _, ...rest } = rule;
      return {
        rule: {
          ...rest,
          id: rule.id.replace('-8000-', `-900${index}-`),
          detection: { [name]: entry.signal === undefined ? { patterns: entry.patterns } : { signal: entry.signal } },
          condition: name,
          within: 'message',
          from: 'any',
          surfaces: SURFACES,
        },
        patterns: patternsOf(rule, name, pack),
      };
    }),
  );
}

/** Whether places can be said to be those of the spans: each a union of some, and none of the spans left aside. */
function isTrueTo(places: readonly Span[], spans: readonly Span[]): boolean {
  const overlaps = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;
  return (
    places.every((place) => isUnionOf(place, spans)) &&
    (places.length >= FEW || spans.every((span) => places.some((place) => overlaps(place, span))))
  );
}

const written = (spoken: readonly Spoken[]): string =>
  JSON.stringify(spoken.toSorted((one, other) => one.rule.localeCompare(other.rule)));

/** Judges with the engine and with the oracle, and tells in what they differ of all that a person could be shown. */
function differencesOn(pack: Pack, said: readonly Said[]): object[] {
  const find = finderIn(pack);
  const probes = probesOf(pack);
  const rules = compilePack({ ...pack, rules: [...pack.rules, ...probes.map(({ rule }) => rule)] });
  const scanner = new Scanner(rules);
  const placed = said.flatMap((piece) => {
    const verdicts = new Conversation(rules, scanner).read(piece);
    return probes.flatMap(({ rule, patterns }) => {
      const spans = patterns.flatMap((pattern) => find(pattern, piece.text));
      const verdict = verdicts.find((spoken) => spoken.rule.id === rule.id);
      const places = verdict?.evidence.flatMap((part) => part.places) ?? [];
      return isTrueTo(places, spans) ? [] : [{ patterns, text: piece.text, places, spans }];
    });
  });

  const own = new Set(pack.rules.map(({ id }) => id));
  const conversation = new Conversation(rules, scanner);
  const oracle = speaking(pack, said, find);
  const spoken = said.flatMap((piece, message) => {
    const verdicts = conversation
      .read(piece)
      .filter(({ rule }) => own.has(rule.id))
      .map(({ rule, evidence }): Spoken => ({
        rule: rule.id,
        evidence: evidence.map((part): [string, number] => [part.entry, part.message]),
      }));
    const expected = oracle[message] ?? [];
    return written(verdicts) === written(expected) ? [] : [{ message, verdicts, expected }];
  });
  return [...placed, ...spoken];
}

describe(`of ${RUNS} random rule sets and conversations (seed ${SEED})`, () => {
  it.each([
    ['of words', false, Math.ceil(RUNS * 0.7)],
    ['of words and amounts', true, Math.ceil(RUNS * 0.3)],
  ])(
    'the engine finds and says of those %s what a plain reading of the language says',
    (_, hasSlots, numRuns) => {
      fc.assert(
        fc.property(talks(hasSlots), ([pack, said]) => {
          expect(differencesOn(pack, said)).toEqual([]);
        }),
        { seed: SEED, numRuns },
      );
    },
    300_000,
  );
});
