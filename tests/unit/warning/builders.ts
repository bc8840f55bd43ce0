/** Builders for tests of warnings: a small rule set, and the occasion of a warning. */
import type { Level, Pack, Rule } from '../../../rules/language/model.ts';
import type { Circumstances } from '../../../utils/warning/present.ts';

export function rule(id: string, level: Level, change: Partial<Rule> = {}): Rule {
  return {
    id,
    title: `rule ${id}`,
    status: 'test',
    level,
    category: 'task-scam',
    languages: ['en'],
    surfaces: ['chat'],
    date: '2026-11-20',
    references: ['https://example.com/source'],
    detection: { deposit: { patterns: ['pay the deposit first'] } },
    condition: 'deposit',
    within: 'message',
    from: 'them',
    explain: { trick: 'tasks', counterfact: 'jobs' },
    ...change,
  };
}

export function pack(...rules: Rule[]): Pack {
  const texts = (language: string): Pack['texts']['vi'] => ({
    tricks: {
      tasks: {
        name: `tasks ${language}`,
        headline: 'Why pay first?',
        explanation: 'It looks like paid tasks.',
        checks: ['Ask.'],
        now: ['Stop.'],
        happened: ['Tell.'],
      },
    },
    counterfacts: {
      jobs: { text: 'Jobs cost nothing.', source: 'TopCV', url: 'https://www.topcv.vn/x', date: '2026-11-20' },
    },
  });
  return {
    format: 1,
    version: 7,
    date: '2026-11-20',
    rules,
    signals: [],
    lists: [],
    aliases: {},
    texts: { vi: texts('vi'), en: texts('en') },
  };
}

export function circumstances(change: Partial<Circumstances> = {}): Circumstances {
  return {
    pack: pack(rule('weak', 'notice'), rule('clear', 'warning'), rule('grave', 'urgent')),
    language: 'vi',
    mutes: [],
    conversationKey: 'hash',
    shown: null,
    cardsToday: 0,
    people: [],
    routesFor: () => [],
    today: '2026-11-24',
    highlight: 'h1',
    ...change,
  };
}
