/** What `rules coverage` prints for people. */
import type { CoverageResult, RuleRow } from './coverage.ts';
import { percent } from './shares.ts';

/** Signals that are printed; all of them are in `--json`. */
const SHOWN_SIGNALS = 30;

/** The coverage as lines: what costs too much, what each rule caught, what never spoke, what occurs everywhere. */
export function coverageReport({ rules, silentRules, costlyRules, signals, unusedSignals }: CoverageResult): string[] {
  const frequent = signals.filter(({ ordinary }) => ordinary.hits > 0);
  return [
    'RULES THAT COST MORE THAN THEY EARN',
    ...orNone(costlyRules.map(({ sentence, rule }) => `${sentence} (${rule})`)),
    '',
    'WHAT EACH RULE CAUGHT: lures (alone), alarms on benign records (alone)',
    `${'lures'.padEnd(12)}${'adjacent'.padEnd(10)}${'alarms'.padEnd(12)}rule`,
    ...orNone(rules.map(ruleLine)),
    '',
    'RULES THAT NEVER SPOKE in these files',
    ...orNone(silentRules.map(({ title, category, rule }) => `${category.padEnd(18)}${title} (${rule})`)),
    '',
    'SIGNALS THAT OCCUR EVERYWHERE: share of ordinary messages, and of lures',
    `${'ordinary messages'.padEnd(38)}${'lures'.padEnd(30)}signal`,
    ...orNone(
      frequent
        .slice(0, SHOWN_SIGNALS)
        .map(({ name, ordinary, lures }) => `${percent(ordinary, 3).padEnd(38)}${percent(lures).padEnd(30)}${name}`),
    ),
    ...(frequent.length > SHOWN_SIGNALS
      ? [`… and ${frequent.length - SHOWN_SIGNALS} that occur more seldom: --json names them`]
      : []),
    '',
    'SHARED SIGNALS THAT NO RULE USES',
    ...orNone(unusedSignals),
  ];
}

function ruleLine({ title, category, lures, onlyLures, adjacent, alarms, onlyAlarms, caught }: RuleRow): string {
  const others = Object.entries(caught)
    .filter(([name]) => name !== category)
    .map(([name, times]) => `${name} ${times}`);
  return `${`${lures} (${onlyLures})`.padEnd(12)}${String(adjacent).padEnd(10)}${`${alarms} (${onlyAlarms})`.padEnd(12)}${category}: ${title}${
    others.length === 0 ? '' : `; also ${others.join(', ')}`
  }`;
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['none'] : lines;
}
