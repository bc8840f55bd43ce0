/** Which signals, by name, a text has: what the rules are made of, seen apart from the rules. */
import { compilePack } from '../engine/compile.ts';
import { RULE, RULE_SIZE, type CompiledRules } from '../engine/compiled.ts';
import { Scanner } from '../engine/match.ts';
import { SURFACES, type DetectionEntry, type Pack, type Rule } from '../language/model.ts';

/** A shared signal by its name, or a rule's own entry as `title: entry`. */
export interface NamedSignal {
  name: string;
  isShared: boolean;
}

/** Finds the signals of texts by name. */
export class SignalFinder {
  /** Every signal that it can find. */
  readonly signals: readonly NamedSignal[];
  readonly #named = new Map<number, NamedSignal>();
  readonly #scanner: Scanner;

  /** @throws LanguageError as `compilePack` does. */
  constructor(pack: Pack) {
    const probes = probesOf(pack);
    this.signals = probes.map(({ signal }) => signal);
    const rules = compilePack({ ...pack, rules: probes.map(({ entry }, index) => probeOf(index, entry)) });
    for (const [index, signal] of this.signals.entries()) this.#named.set(signalOfProbe(rules, index), signal);
    this.#scanner = new Scanner(rules);
  }

  /** The signals of a text, whoever says it. */
  find(text: string): NamedSignal[] {
    return this.#scanner.scan(text).hits.flatMap(({ signal }) => this.#named.get(signal) ?? []);
  }
}

/** Names of the shared signals that no rule uses, neither as an entry nor within a pattern of one that is used. */
export function unusedSignals({ rules, signals }: Pick<Pack, 'rules' | 'signals'>): string[] {
  const patterns = new Map(signals.map((signal) => [signal.name, signal.patterns]));
  const used = new Set<string>();
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    for (const inner of namesInPatterns(patterns.get(name) ?? [])) use(inner);
  };
  for (const { detection } of rules) {
    for (const { signal, patterns: own = [] } of Object.values(detection)) {
      if (signal !== undefined) use(signal);
      for (const inner of namesInPatterns(own)) use(inner);
    }
  }
  return signals.map(({ name }) => name).filter((name) => !used.has(name));
}

/**
 * The names in `<angle brackets>`; a comparison such as `{age<18}` has no closing one. A pattern is a text, or an object
 * whose only field says how strictly its text is read.
 */
function namesInPatterns(patterns: readonly (string | object)[]): string[] {
  return patterns
    .flatMap((pattern) => (typeof pattern === 'string' ? [pattern] : Object.values(pattern).map(String)))
    .flatMap((text) => [...text.matchAll(/<([^<>\s{}]+)>/gu)].map(([, name = '']) => name));
}

function probesOf({ rules, signals }: Pack): { signal: NamedSignal; entry: DetectionEntry }[] {
  return [
    ...signals.map(({ name }) => ({ signal: { name, isShared: true }, entry: { signal: name } })),
    ...rules.flatMap(({ title, detection }) =>
      Object.entries(detection)
        .filter(([, { patterns }]) => patterns !== undefined)
        .map(([name, entry]) => ({ signal: { name: `${title}: ${name}`, isShared: false }, entry })),
    ),
  ];
}

/** The number of the signal of a rule that has but one. */
export function signalOfProbe({ records, entries }: CompiledRules, rule: number): number {
  return (entries[records[rule * RULE_SIZE + RULE.entriesBegin] ?? 0] ?? 0) & 0xffff;
}

/** A rule with one signal that speaks wherever it occurs; the number makes its id. */
export function probeOf(index: number, entry: DetectionEntry): Rule {
  return {
    id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    title: 'probe',
    status: 'test',
    level: 'notice',
    category: 'fake-authority',
    languages: ['vi'],
    surfaces: [...SURFACES],
    date: '2026-01-01',
    references: [],
    detection: { probe: entry },
    condition: 'probe',
    within: 'message',
    from: 'any',
    explain: { trick: '', counterfact: '' },
  };
}
