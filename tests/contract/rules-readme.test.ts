import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import { disprove } from '../../rules/cli/prove.ts';
import { probeOf } from '../../rules/cli/signals.ts';
import { tryRule } from '../../rules/cli/trial.ts';
import { trialReport } from '../../rules/cli/try.ts';
import { compilePack } from '../../rules/engine/compile.ts';
import { Scanner } from '../../rules/engine/match.ts';
import { checkPack } from '../../rules/language/check.ts';
import type { Pack, Pattern, Rule } from '../../rules/language/model.ts';
import { describeProblem } from '../../rules/language/problem.ts';
import { readAliases, readList, readRule, readSignal, type ProvenRule } from '../../rules/language/source.ts';
import { ruleFile } from '../fixtures/rules.ts';

const README = readFileSync(join(import.meta.dirname, '..', '..', 'rules', 'README.md'), 'utf8');
const blocks = [...README.matchAll(/^```yaml\n(.*?)^```$/gmsu)].map(([, yaml = '']) => yaml);
const own = loadPack(OWN_PACKS).pack;

/** The kinds of YAML that the text shows; each block is one of them. */
const KINDS = {
  rule: /^tests:/m,
  fragment: /^detection:/,
  signal: /^patterns:/m,
  list: /^list:/m,
  aliases: /^aliases:/m,
  phrases: /^(?:#.*\n)?- /,
} as const;
const kindOf = (yaml: string): string | undefined => Object.entries(KINDS).find(([, form]) => form.test(yaml))?.[0];
const ofKind = (kind: keyof typeof KINDS): string[] => blocks.filter((yaml) => kindOf(yaml) === kind);

/** A rule with its examples, as a rule file holds it. */
function provenOf(yaml: string): ProvenRule {
  const read = readRule('vi/readme/rule.yml', yaml);
  if (!read.ok) throw new Error(read.problems.map(describeProblem).join('\n'));
  return read.value;
}

/** A pack with one more rule; nothing is said against it. */
function packWith(rule: Rule): Pack {
  const pack = { ...own, rules: [...own.rules, rule] };
  expect(checkPack(pack)).toEqual([]);
  return pack;
}

/** A phrase of the README with the texts that it is said to find, and not to find. */
interface Claim {
  phrase: string;
  finds: string[];
  misses: string[];
}

function claimsOf(yaml: string): Claim[] {
  return yaml
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => {
      const [, phrase = '', , finds = '', misses = ''] = /^- (.*?)(?: # (✓ (.*?))?(?: ✗ (.*))?)?$/u.exec(line) ?? [];
      const texts = (list: string): string[] => (list === '' ? [] : list.split('; '));
      return { phrase, finds: texts(finds), misses: texts(misses) };
    });
}

describe('rules/README.md', () => {
  it('shows no YAML that is not tested', () => {
    expect(blocks.filter((yaml) => kindOf(yaml) === undefined)).toEqual([]);
    expect(ofKind('rule').length).toBeGreaterThanOrEqual(2);
    expect(ofKind('phrases').length).toBeGreaterThanOrEqual(5);
  });

  it.each(ofKind('rule').map((yaml) => [yaml.split('\n')[0], yaml]))(
    'has a whole rule that proves itself: %s',
    (_, yaml) => {
      const proven = provenOf(yaml);
      expect(disprove(packWith(proven.rule), [proven])).toEqual([]);
    },
  );

  it('says of its first rule what `try` says', () => {
    const { rule } = provenOf(ofKind('rule')[0] ?? '');
    const said = /^TURN 0 them: (?<text>.*)\n[^`]*/mu.exec(README);
    const text = said?.groups?.['text'] ?? '';
    const trial = tryRule(own, rule, [{ from: 'them', text }], { surface: 'chat', stranger: false });
    expect(trialReport(rule, trial).join('\n')).toBe(said?.[0].trimEnd());
  });

  it.each(ofKind('fragment').map((yaml) => [/type: \w+/.exec(yaml)?.[0] ?? 'signals', yaml]))(
    'has parts of a rule that compile: %s',
    (_, yaml) => {
      const rest = ruleFile().replace(/^detection:\n(?: .*\n)+/m, '');
      const { rule } = provenOf(`${rest}${yaml}`);
      expect(() => compilePack(packWith(rule))).not.toThrow();
    },
  );

  it('has shared signals, word lists and aliases that are well formed', () => {
    for (const yaml of ofKind('signal')) expect(readSignal('vi/signals/readme.yml', yaml)).toMatchObject({ ok: true });
    for (const yaml of ofKind('list')) expect(readList('vi/words/readme.yml', yaml)).toMatchObject({ ok: true });
    for (const yaml of ofKind('aliases')) expect(readAliases('vi/words/readme.yml', yaml)).toMatchObject({ ok: true });
  });

  it.each(
    ofKind('phrases')
      .flatMap(claimsOf)
      .map((claim) => [claim.phrase, claim] as const),
  )('has a phrase that finds what it is said to find: %s', (_, { phrase, finds, misses }) => {
    const patterns = parseDocument(`- ${phrase}`).toJS() as Pattern[];
    const scanner = new Scanner(compilePack({ ...own, rules: [probeOf(0, { patterns })] }));
    const isFound = (text: string): boolean => scanner.scan(text).hits.length > 0;
    expect(finds.filter((text) => !isFound(text))).toEqual([]);
    expect(misses.filter(isFound)).toEqual([]);
    expect(finds.length).toBeGreaterThan(0);
  });
});
