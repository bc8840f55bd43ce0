import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../rules/engine/compile.ts';
import { Scanner } from '../../../rules/engine/match.ts';
import { DISGUISES } from '../../fixtures/disguises.ts';
import { idOf, packOf, ruleOf } from '../../fixtures/rules.ts';

const SEED = 20_261_125;
const numRuns = Math.ceil(Number(process.env['BESIDE_RUNS'] ?? 10_000) / 50);
const PHRASES = [
  'công an',
  'chuyển khoản',
  'việc nhẹ lương cao',
  'đừng nói với ai',
  'mượn tiền',
  'bắt cóc',
  'thuê nhà nghỉ',
  'hợp tác điều tra',
  'telegram',
  'send me a photo',
];
const scanner = new Scanner(
  compilePack(packOf(PHRASES.map((phrase, index) => ruleOf({ phrase: [phrase] }, { id: idOf(index) })))),
);

/** The words of a text that are found, as they stand there, in its order. */
const foundIn = (text: string): string[] =>
  scanner
    .scan(text)
    .hits.flatMap(({ places }) => places)
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end }) => text.slice(start, end));

/** Other words, none of which is one of a phrase, and signs between them. */
const around = fc
  .array(fc.constantFrom('hôm', 'nay', 'mình', 'vui', 'lắm', 'luôn', 'hello', '👍', '–', '“”', '2026'), {
    maxLength: 4,
  })
  .map((words) => words.join(' '));
const between = fc.constantFrom(' ', '\n', ', ', ' – ', '! ', ' 🙂 ', ' “');

describe(`a phrase in any disguise is found at its exact place (seed ${SEED})`, () => {
  it.each(Object.entries(DISGUISES))('%s', (_, disguise) => {
    fc.assert(
      fc.property(
        around,
        between,
        fc.constantFrom(...PHRASES),
        between,
        around,
        (before, one, phrase, other, after) => {
          const disguised = disguise(phrase);
          expect(foundIn(`${before}${one}${disguised}${other}${after}`)).toEqual([disguised]);
        },
      ),
      { seed: SEED, numRuns },
    );
  });

  it('and two disguises of it are found each at its own', () => {
    const disguise = fc.constantFrom(...Object.values(DISGUISES));
    fc.assert(
      fc.property(fc.constantFrom(...PHRASES), disguise, disguise, (phrase, one, other) => {
        const text = `${one(phrase)}; hôm nay; ${other(phrase)}`;
        expect(foundIn(text)).toEqual([one(phrase), other(phrase)]);
      }),
      { seed: SEED, numRuns: numRuns * 5 },
    );
  });

  it('and the disguise of a disguise that only changes letters as well', () => {
    const letters = ['capitals', 'no marks', 'decomposed', 'Cyrillic', 'zero-width spaces', 'repeated letters'];
    const disguise = fc.constantFrom(...letters.map((name) => DISGUISES[name] ?? String));
    fc.assert(
      fc.property(fc.constantFrom(...PHRASES), disguise, disguise, (phrase, one, other) => {
        const disguised = other(one(phrase));
        expect(foundIn(`hôm nay ${disguised} nhé`)).toEqual([disguised]);
      }),
      { seed: SEED, numRuns: numRuns * 5 },
    );
  });
});

describe('what a disguise leaves of a text', () => {
  it('is the same when it is put on twice', () => {
    const disguise = fc.constantFrom('capitals', 'no marks', 'no tones', 'decomposed', 'full width');
    const phrase = fc.constantFrom(...PHRASES);
    fc.assert(
      fc.property(phrase, disguise, (words, name) => {
        const write = DISGUISES[name] ?? String;
        expect(foundIn(write(write(words)))).toEqual([write(write(words))]);
      }),
      { seed: SEED, numRuns },
    );
  });

  it('is the same in every normal form', () => {
    const part = fc.constantFrom(...PHRASES, 'cong an', 'công ăn', 'mượn', 'tiền', 'viec nhe', 'luong cao');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const text = parts.join(' ');
        const found = foundIn(text);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
          expect(foundIn(text.normalize(form)).map((words) => words.normalize('NFC'))).toEqual(found);
      }),
      { seed: SEED, numRuns: numRuns * 5 },
    );
  });
});
