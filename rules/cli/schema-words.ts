/** What an editor shows beside each field of a rule file; by the path of the field, `*` for one that the author names. */

const SPEAKER = 'Whose words count: them (the other side), me (the reader) or any.';
const PATTERN = 'A phrase: words in order, (a|b), [x], ~n, {slot}, {slot>=value}, <shared-signal>.';
const EXACT = 'A phrase whose marks have to be there as they are written: bán con, and never ban con.';
const LOOSE = 'A phrase that a text without marks matches too; the same as the phrase alone.';
const EXAMPLES = 'A text, a list of turns (them: … / me: …), or on: job with text: ….';

const EXAMPLE_FIELDS = (path: string): Record<string, string> => ({
  [`${path}.them`]: 'What the other side says.',
  [`${path}.me`]: 'What the reader says.',
  [`${path}.on`]: 'As what the text is read: chat, post, job, mail or page.',
  [`${path}.text`]: 'The text.',
});

/** By kind of file, the title of its schema and the descriptions of its fields. */
export const SCHEMA_WORDS: Readonly<Record<string, { title: string; fields: Readonly<Record<string, string>> }>> = {
  rule: {
    title: 'A rule of Beside: one trick, in the words that tricksters use for it',
    fields: {
      title: 'The trick in plain words; people see it as the reason of a warning.',
      id: 'A UUID (version 4) of its own, never used again.',
      status: 'experimental: new; test: measured on some texts; stable: kept for long without complaints.',
      level: 'How much a warning asks of the reader: notice, warning or urgent.',
      category: 'The kind of lure.',
      languages: 'The languages of its words.',
      surfaces: 'The kinds of text that it is for. A text message is a chat.',
      date: 'The day of its last change, such as 2026-11-24.',
      references: 'Web pages where this trick is described.',
      falsepositives: 'Innocent things that it could be taken for.',
      detection: 'The signals of the trick by their names, and the condition that joins them.',
      'detection.condition': 'Which signals have to be there: and, or, not, brackets, 2 of (a, b, c).',
      'detection.within':
        'How far apart the signals may stand: message (when left out), 12 messages, or a time such as 30m, 12h, 3d.',
      'detection.from': `${SPEAKER} them when left out.`,
      'detection.*': 'A signal: a list of phrases, { signal: name } for a shared one, or { fact: stranger }.',
      'detection.*.exact': EXACT,
      'detection.*.loose': LOOSE,
      'detection.*.patterns': `The phrases of the signal, any of them. ${PATTERN}`,
      'detection.*.patterns.exact': EXACT,
      'detection.*.patterns.loose': LOOSE,
      'detection.*.signal': 'The name of a shared signal: its file in packs/<language>/signals without .yml.',
      'detection.*.fact': 'What the site knows of the conversation. stranger: the other side is no contact.',
      'detection.*.from': `${SPEAKER} The rule’s own when left out.`,
      correlation: 'What a whole conversation has to have, as in Sigma; its timespan takes the place of within.',
      'correlation.type':
        'event_count: enough messages carry a signal; temporal: all signals occur; temporal_ordered: in this order.',
      'correlation.timespan': 'How far back it looks: 20 messages, or a time such as 30m, 12h, 3d.',
      'correlation.signals':
        'The signals that are counted or ordered; those that the condition asks for when left out.',
      'correlation.count': 'For event_count: in how many messages.',
      evidence:
        'How much the signs of the conversation have to weigh together before the rule speaks; without it, its condition is enough.',
      explain: 'What people are told, by the names in packs/<language>/texts.yml.',
      'explain.trick': 'The name of the trick in texts.yml.',
      'explain.counterfact': 'The name of the fact in texts.yml that undoes the trick.',
      tests: 'The examples with which the rule proves itself, all in your own words.',
      'tests.match': `At least 5 texts that it has to catch, in different wordings. ${EXAMPLES}`,
      'tests.ignore': `At least 5 innocent texts that come close. No rule of the pack may speak at them. ${EXAMPLES}`,
      ...EXAMPLE_FIELDS('tests.match'),
      ...EXAMPLE_FIELDS('tests.ignore'),
    },
  },
  signal: {
    title: 'A shared signal of Beside: one act of a lure, for many rules',
    fields: {
      title: 'The act in plain words.',
      patterns: `The phrases for it, any of them. ${PATTERN}`,
      'patterns.exact': EXACT,
      'patterns.loose': LOOSE,
      weight:
        'What the signal says for a lure (above 0) or against one, in tenths of log odds; written by rules weigh.',
      'weight.them': 'In the words of the other side.',
      'weight.me': 'In the reader’s own words.',
    },
  },
  words: {
    title: 'A word list of Beside, for the slot of its name',
    fields: {
      title: 'What the words have in common.',
      list: 'The name by which phrases use it: vi:family for {vi:family}.',
      words: 'The words; each may be several.',
    },
  },
  aliases: {
    title: 'Other ways to write a word, for Beside',
    fields: {
      title: 'What kind of writing it is.',
      aliases: 'For a word, or a few words, the other ways in which they are written.',
      'aliases.*': 'The other ways in which it is written: không: [ko, k, hông].',
    },
  },
  texts: {
    title: 'What Beside tells people about tricks, in one language',
    fields: {
      tricks: 'The tricks by the names that rules use.',
      'tricks.*': 'One trick.',
      'tricks.*.name': 'What the trick is called.',
      'tricks.*.headline': 'A quiet question, without blame.',
      'tricks.*.explanation': 'What the other side may be doing, in one or two sentences.',
      'tricks.*.checks': 'Ways to find out whether it is true.',
      'tricks.*.now': 'What helps right now.',
      'tricks.*.happened': 'What helps when it has happened already.',
      counterfacts: 'The facts that undo tricks, by the names that rules use.',
      'counterfacts.*': 'One fact.',
      'counterfacts.*.text': 'The fact in one sentence.',
      'counterfacts.*.source': 'Who says so.',
      'counterfacts.*.url': 'Where it stands.',
      'counterfacts.*.date': 'The day on which it was read there.',
    },
  },
};
