import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPack } from '../../../rules/language/check.ts';
import type { Pack } from '../../../rules/language/model.ts';
import { FeedError, FEED_ROLES, readPart, writePart, type RolePart } from '../../../rules/feed/format.ts';
import { mergeParts } from '../../../rules/feed/merge.ts';
import { applyPatch, makePatch } from '../../../rules/feed/patch.ts';
import { chooseFile } from '../../../rules/feed/rollout.ts';
import { talks } from '../../fixtures/arbitrary.ts';
import { say } from '../../fixtures/rules.ts';

const lines = fc.array(fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', 'đ', ' ', '{', '1') }), {
  maxLength: 30,
});
const file = fc
  .oneof(
    lines,
    lines.map((all) => [...new Set(all)].toSorted()),
  )
  .map((all) => all.map((line) => `${line}\n`).join(''));
const sha256 = (text: string): Promise<string> => Promise.resolve(createHash('sha256').update(text).digest('hex'));
const partOf = ({ rules, signals, lists, aliases, texts }: Pack): RolePart => ({
  rules,
  signals,
  lists,
  aliases,
  texts,
  kills: [],
});

/** Refusals are expected; any other error is thrown on. */
function outcomeOf(read: () => unknown): 'read' | 'refused' {
  try {
    read();
    return 'read';
  } catch (error) {
    if (error instanceof FeedError) return 'refused';
    throw error;
  }
}

describe('a patch', () => {
  it('leads from any file to any other', () => {
    fc.assert(
      fc.property(file, file, (from, to) => {
        expect(applyPatch(from, makePatch(from, to))).toBe(to);
      }),
    );
  });

  it('that was damaged is refused or makes another text of whole lines; it does nothing else', () => {
    fc.assert(
      fc.property(file, file, fc.nat(), fc.constantFrom('', 'a', 'd', '9', '\n', ' ', '0'), (from, to, place, put) => {
        const patch = makePatch(from, to);
        const at = patch.length === 0 ? 0 : place % patch.length;
        try {
          expect(applyPatch(from, patch.slice(0, at) + put + patch.slice(at + 1))).toMatch(/^(?:[^]*\n)?$/u);
        } catch (error) {
          if (!(error instanceof FeedError)) throw error;
        }
      }),
    );
  });
});

describe('a rule set that goes through the feed', () => {
  it('is good and warns of the same as before', () => {
    fc.assert(
      fc.property(talks(true), ([pack, texts]) => {
        const written = writePart(partOf(pack));
        const merged = mergeParts(
          { 'vi-core': readPart('vi-core', written), en: readPart('en', written) },
          [],
          pack.version,
        );
        expect(writePart(partOf(merged))).toBe(written);
        expect(checkPack(merged)).toHaveLength(checkPack(pack).length);
        expect(say(merged, texts).map((ids) => ids.toSorted())).toEqual(say(pack, texts).map((ids) => ids.toSorted()));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused with a reason, or read, whatever the bytes are', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({ rule: fc.jsonValue() }),
      fc.record({ alias: fc.jsonValue() }),
      fc.record({ trick: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 5 }),
        fc.constantFrom(...FEED_ROLES),
        fc.string(),
        (values, role, tail) => {
          const text =
            [...new Set(values.map((one) => JSON.stringify(one)))]
              .toSorted()
              .map((line) => `${line}\n`)
              .join('') + tail;
          expect(outcomeOf(() => readPart(role, text))).toMatch(/^(?:read|refused)$/u);
        },
      ),
    );
  });
});

describe('a device', () => {
  it('never goes back, whatever is listed', async () => {
    const listed = fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 9 }),
        rollout: fc.option(fc.record({ pct: fc.constantFrom(0, 30, 100), salt: fc.string() }), { nil: undefined }),
      }),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(
        listed,
        fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
        fc.string(),
        fc.boolean(),
        async (files, held, device, isEager) => {
          const { number, isRollback } = await chooseFile(files, held, device, sha256, isEager);
          expect(number ?? 0).toBeGreaterThanOrEqual(held ?? 0);
          expect([held, ...files.map((one) => one.number)]).toContain(number);
          expect(isRollback).toBe(held !== undefined && files.every((one) => one.number < held));
        },
      ),
    );
  });
});
