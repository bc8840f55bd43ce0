import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../rules/engine/compile.ts';
import { Conversation, type Piece } from '../../../rules/engine/conversation.ts';
import { Scanner } from '../../../rules/engine/match.ts';
import { SURFACES } from '../../../rules/language/model.ts';
import { texts } from '../../fixtures/arbitrary.ts';
import { DISGUISES } from '../../fixtures/disguises.ts';
import { idOf, packOf, ruleOf } from '../../fixtures/rules.ts';

const SEED = 20_261_125;
const numRuns = Math.ceil(Number(process.env['BESIDE_RUNS'] ?? 10_000) / 5);

const WORDS = ['công', 'an', 'tiền', 'chuyển', 'khoản', 'không', 'đừng'];
const pack = packOf(
  [
    ruleOf({ word: WORDS }, { id: idOf(0) }),
    ruleOf(
      { a: ['công ~3 an', 'tiền [ngay]'], b: ['{money}', '{link}', '{handle}', '{otp}'] },
      { id: idOf(1), within: '3 messages' },
    ),
    ruleOf(
      { a: ['{phone}', '{date}', '{age<18}'], b: ['{percent}', '{account} ~2 an', '<all>'] },
      { id: idOf(2), from: 'any', surfaces: [...SURFACES], condition: 'a or b', within: '30m' },
    ),
    ruleOf(
      { a: ['công (an|ăn)'], b: ['chuyển'] },
      { id: idOf(3), from: 'any', correlation: { type: 'temporal_ordered', timespan: '1h' } },
    ),
  ],
  { signals: [{ name: 'all', title: 'All', patterns: WORDS }], aliases: { không: ['ko', 'hông'] } },
);
const rules = compilePack(pack);
const scanner = new Scanner(rules);

/** Any string at all: of any units, of what the engine looks at most closely, and of both with words between. */
const sign = fc.constantFrom(
  ..." .-_@$/:'’\u200b\u00ad\ufe0f\u0300\u0323\u031b\u0110đĐ0123456789",
  '\ud800',
  '\udc00',
  '\ud835',
  '🙂',
  '👨‍👩‍👧',
  '𝓬',
  '🅐',
  'ﬁ',
  'İ',
  'ß',
  '\u1e9e',
  '％',
  '\u0345',
  '\uffff',
  '\0',
);
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.oneof(sign, fc.constantFrom(...WORDS, 'tr', 'www.', '.vn', 'k', 'a')), { maxLength: 40 })
    .map((parts) => parts.join('')),
  texts(true),
  fc
    .tuple(texts(true), fc.constantFrom(...Object.values(DISGUISES)), fc.string({ unit: 'binary', maxLength: 5 }))
    .map(([text, disguise, rest]) => disguise(text) + rest),
);

const piece: fc.Arbitrary<Piece> = fc.record({
  text: anything,
  from: fc.constantFrom('them', 'me', 'unknown', 'page'),
  surface: fc.constantFrom(...SURFACES),
  at: fc.oneof(fc.nat(10_000_000), fc.constantFrom(0, Date.UTC(2026, 10, 24))),
  source: fc.constantFrom(0, 0, 1, 2, 3),
});

describe(`any text at all (seed ${SEED})`, () => {
  it('is scanned, and every place lies inside of it and holds something', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { places } of scanner.scan(text).hits) {
          expect(places.length).toBeGreaterThan(0);
          for (const { start, end } of places) {
            expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
            expect(0 <= start && start < end && end <= text.length).toBe(true);
          }
        }
      }),
      { seed: SEED, numRuns: numRuns * 3 },
    );
  });

  it('has no signal twice, and no two places of one signal that overlap', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { hits } = scanner.scan(text);
        expect(new Set(hits.map(({ signal }) => signal)).size).toBe(hits.length);
        for (const { places } of hits) {
          const sorted = places.toSorted((one, other) => one.start - other.start);
          for (const [index, { end }] of sorted.entries())
            expect(end).toBeLessThanOrEqual(sorted[index + 1]?.start ?? text.length);
        }
      }),
      { seed: SEED, numRuns: numRuns * 2 },
    );
  });

  it('gives the same whatever was scanned before', () => {
    fc.assert(
      fc.property(anything, anything, (before, text) => {
        const used = new Scanner(rules);
        used.scan(before);
        expect(used.scan(text)).toEqual(new Scanner(rules).scan(text));
      }),
      { seed: SEED, numRuns },
    );
  });

  it('does not begin or end a place in the middle of a sign of two units', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const { places } of scanner.scan(text).hits)
          for (const { start, end } of places)
            for (const offset of [start, end])
              expect(
                /[\ud800-\udbff]$/.test(text.slice(0, offset)) && /^[\udc00-\udfff]/.test(text.slice(offset)),
              ).toBe(false);
      }),
      { seed: SEED, numRuns },
    );
  });
});

describe(`any conversation at all (seed ${SEED})`, () => {
  const conversations = fc.array(piece, { maxLength: 8 });

  it('is judged, and every verdict and its evidence are of messages that were said', () => {
    fc.assert(
      fc.property(conversations, (pieces) => {
        const conversation = new Conversation(rules, scanner);
        for (const [index, said] of pieces.entries())
          for (const { message, evidence } of conversation.read(said)) {
            expect(message).toBe(index);
            expect(evidence.length).toBeGreaterThan(0);
            expect(evidence.some((part) => part.message === index && part.places.length > 0)).toBe(true);
            for (const part of evidence) {
              expect(part.message).toBeGreaterThanOrEqual(0);
              expect(part.message).toBeLessThanOrEqual(index);
              for (const { start, end } of part.places)
                expect(0 <= start && start < end && end <= said.text.length).toBe(true);
            }
          }
      }),
      { seed: SEED, numRuns },
    );
  });

  it('is judged the same when its memory is stored and read after every message', () => {
    fc.assert(
      fc.property(conversations, (pieces) => {
        const whole = new Conversation(rules, scanner);
        let memory = JSON.stringify(whole.memory);
        for (const said of pieces) {
          const stored = new Conversation(rules, scanner, JSON.parse(memory) as Conversation['memory']);
          expect(stored.read(said)).toEqual(whole.read(said));
          memory = JSON.stringify(stored.memory);
        }
      }),
      { seed: SEED, numRuns },
    );
  });

  it('says nothing new when it is read again', () => {
    fc.assert(
      fc.property(conversations, (pieces) => {
        const conversation = new Conversation(rules, scanner);
        const sourced = pieces.map((said, index) => ({ ...said, source: index + 1 }));
        for (const said of sourced) conversation.read(said);
        for (const said of sourced) expect(conversation.read(said)).toEqual([]);
      }),
      { seed: SEED, numRuns },
    );
  });
});
