/** Rows about 10,000 rules: within a message, and over a conversation. */
import { compilePack, Conversation, Scanner } from './engine.ts';
import { scanWith } from './contenders.ts';
import { measure, ratioOf, type Contender, type Effort } from './measure.ts';
import { buffersOf, viewInPage, type Compiled } from './form.ts';
import { pieceOf } from './packs.ts';
import { row, short, type Options, type Row } from './row.ts';
import { LoopJudge, makeRuleSet, signalNumbers, type RuleSet } from './rule-set.ts';
import { readText, slicesOf, type Text } from './text.ts';

type Rows = Omit<Row, 'group'>[];

/** Messages of one conversation: three windows of 20. */
const CONVERSATION = 60;

/** Reads messages as conversations of `CONVERSATION` messages, a minute apart. */
function readConversations(compiled: Compiled): Contender['run'] {
  const scanner = new Scanner(compiled);
  return (messages) => {
    let speaking = 0;
    let conversation = new Conversation(compiled, scanner);
    for (const [index, message] of messages.entries()) {
      if (index % CONVERSATION === 0) conversation = new Conversation(compiled, scanner);
      speaking += conversation.read(pieceOf(message, index)).length;
    }
    return speaking;
  };
}

/** Scans, then asks every rule; messages without a finding are left out where `onlyWithFinding` is set. */
function loopOver(compiled: Compiled, judge: LoopJudge, onlyWithFinding: boolean): Contender['run'] {
  const scanner = new Scanner(compiled);
  return (messages) => {
    let speaking = 0;
    for (const message of messages) {
      const { hits } = scanner.scan(message);
      if (hits.length > 0 || !onlyWithFinding) speaking += judge.judge(hits).length;
    }
    return speaking;
  };
}

/** Of messages that are judged alone, in how many both ways let the same rules speak. */
function agreement(
  compiled: Compiled,
  judge: LoopJudge,
  messages: readonly string[],
): { agreed: number; speaking: number } {
  const scanner = new Scanner(compiled);
  let agreed = 0;
  let speaking = 0;
  for (const message of messages) {
    const { hits } = scanner.scan(message);
    const one = new Conversation(compiled, scanner).judge(pieceOf(message, 0), hits).map(({ rule }) => rule.id);
    const other = judge.judge(hits);
    speaking += other.length;
    if (one.toSorted().join('|') === other.toSorted().join('|')) agreed += 1;
  }
  return { agreed, speaking };
}

interface Setting {
  text: Text;
  set: RuleSet;
  compiled: Compiled;
  effort: Effort;
}

function setUp({ quick }: Options, within: string): Setting {
  const text = readText();
  const set = makeRuleSet(text, within);
  return {
    text,
    set,
    compiled: viewInPage(buffersOf(compilePack(set.pack))),
    effort: quick ? { rounds: 6, milliseconds: 2500 } : { rounds: 20, milliseconds: 12_000 },
  };
}

/** Row 6: rules within a message, against a loop over them, and against scanning alone. */
export function rulesRows(options: Options): Rows {
  const { text, set, compiled, effort } = setUp(options, 'message');
  const numbers = signalNumbers(compiled, set.patterns);
  const judge = new LoopJudge(set.simple, numbers);
  const unknown = [...new Set(set.simple.flatMap(({ signals }) => signals))].filter((name) => !numbers.has(name));
  const checked = text.messages.slice(0, options.quick ? 300 : 1000);
  const { agreed, speaking } = agreement(compiled, judge, checked);

  const slices = slicesOf(text.messages, 45_000, options.quick ? 4 : 12);
  const [scan, read] = measure(
    [scanWith(compiled), readConversations(compiled)].map((run) => ({ slices, run })),
    effort,
  );
  const few = slicesOf(text.messages, 10_000, options.quick ? 3 : 6);
  const [reading, loop, loopIfAny] = measure(
    [readConversations(compiled), loopOver(compiled, judge, false), loopOver(compiled, judge, true)].map((run) => ({
      slices: few,
      run,
    })),
    effort,
  );
  const sample = slices.flat();
  const findings = scanWith(compiled)(sample) / sample.length;
  return [
    row(
      'messages in which both ways let the same rules speak',
      (agreed / checked.length) * 100,
      'at least',
      [100, 99.9],
      {
        unit: ' %',
        note:
          `${short(findings)} findings a message, ${speaking} rules speak in ${checked.length} messages; ` +
          `${unknown.length} signals unknown to the loop`,
      },
    ),
    row('looping over 10,000 rules, against reading', ratioOf(loop, reading), 'at least', [150, 80], {
      note: `a loop only at messages with a finding: ${short(ratioOf(loopIfAny, reading).value)}×`,
    }),
    row('10,000 rules, against scanning alone', ratioOf(read, scan), 'at most', [1.6, 2]),
  ];
}

/** Row 7: rules over a window of 20 messages, against scanning alone. */
export function windowRows(options: Options): Rows {
  const { text, compiled, effort } = setUp(options, '20 messages');
  const slices = slicesOf(text.messages, 45_000, options.quick ? 4 : 12);
  const [scan, read] = measure(
    [scanWith(compiled), readConversations(compiled)].map((run) => ({ slices, run })),
    effort,
  );
  const speaking = slices.reduce((sum, slice) => sum + readConversations(compiled)(slice), 0);
  return [
    row(
      '10,000 rules over a window of 20 messages, against scanning alone',
      ratioOf(read, scan),
      'at most',
      [2.5, 3.5],
      {
        note: `rules speak ${short(speaking / slices.flat().length)} times a message`,
      },
    ),
  ];
}
