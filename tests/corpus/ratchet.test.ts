import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePack } from '../../rules/engine/compile.ts';
import { Judge } from '../../rules/cli/judge.ts';
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import { OWN_CORPUS, readCorpus, readRatchet } from '../../rules/cli/ratchet-files.ts';
import { compare, describeComparison, measure } from '../../rules/cli/ratchet.ts';

const corpus = readCorpus(OWN_CORPUS);

describe('the corpus that travels with the project', () => {
  it('has lures and innocent texts in both languages', () => {
    const kinds = new Set(corpus.map(({ lang, label }) => `${lang} ${label}`));
    expect([...kinds]).toEqual(expect.arrayContaining(['vi lure', 'en lure', 'vi benign', 'en benign']));
  });

  it('has a ratchet', () => {
    expect(existsSync(join(OWN_CORPUS, 'ratchet.json'))).toBe(true);
  });
});

describe('the rules', () => {
  const measured = measure(new Judge(compilePack(loadPack(OWN_PACKS).pack)), corpus);
  const comparison = compare(readRatchet(OWN_CORPUS), measured);
  const said = describeComparison(comparison);
  if (comparison.better.length > 0) console.info(said);

  it('catch as many lures as before, as early, and raise no more false alarms', () => {
    expect(comparison.worse, said).toHaveLength(0);
  });

  it('are held to every record of the corpus', () => {
    expect([...comparison.added, ...comparison.gone], said).toHaveLength(0);
  });
});
