/** Row 10: text made to be slow, against ordinary text, per UTF-16 unit and with the same rules. */
import { Scanner } from './engine.ts';
import { deepAlternations, nearMisses, oneLong, zeroWidth } from './adversary.ts';
import { measure, perUnitOf, ratioOf } from './measure.ts';
import type { Compiled } from './form.ts';
import { compilePatterns } from './packs.ts';
import { makePhrases } from './phrases.ts';
import { row, short, type Options, type Row } from './row.ts';
import { flat, readText, slicesOf } from './text.ts';
import { scanWith } from './contenders.ts';

type Bare = Omit<Row, 'group'>;

const MANY = 10_000;
const MEGABYTE = 2 ** 20;

/** How many UTF-16 units of a long text the engine reads at all. */
function unitsRead(phrase: string, most: number): number {
  const scanner = new Scanner(compilePatterns([phrase]));
  const isFoundAt = (place: number): boolean =>
    scanner.scan(`${'a '.repeat((place - phrase.length) >> 1)}${phrase} `).hits.length > 0;
  if (isFoundAt(most)) return most;
  let [read, unread] = [phrase.length, most];
  while (unread - read > 64) {
    const middle = (read + unread) >> 1;
    if (isFoundAt(middle)) read = middle;
    else unread = middle;
  }
  return read;
}

/** Rows for four kinds of text. */
export function adversarialRows({ quick }: Options): Bare[] {
  const text = readText();
  const effort = quick ? { rounds: 6, milliseconds: 1000 } : { rounds: 12, milliseconds: 6000 };
  const units = quick ? 200_000 : 500_000;
  const phrases = makePhrases(text, MANY);
  const compiled = compilePatterns(phrases);
  const benign = slicesOf(text.plain, 45_000, Math.ceil(units / 45_000));

  const against = (what: string, rules: Compiled, messages: readonly string[], read = 1, note = ''): Bare => {
    const hostile = messages.length === 1 ? [messages] : slicesOf(messages, 45_000);
    const run = scanWith(rules);
    const [ordinary, slow] = measure(
      [
        { slices: benign, run },
        { slices: hostile, run },
      ],
      effort,
    );
    const { value, low, high } = ratioOf(slow, ordinary, true);
    return row(what, { value: value / read, low: low / read, high: high / read }, 'at most', [2, 3], {
      note: `${short(perUnitOf(slow) / read)} ns a unit over ${short(perUnitOf(ordinary))}${note}`,
    });
  };

  const long = flat([oneLong(text, MEGABYTE)]);
  const unseen = flat([zeroWidth(text, 100_000)]);
  const read = unitsRead(phrases[0] ?? 'một hai', MEGABYTE);
  const shareOf = (message: string | undefined): number => Math.min(1, read / (message?.length ?? read));
  const deep = deepAlternations(text, quick ? 100 : 200, units);
  return [
    against('adversarial text: one phrase and near misses', compiled, flat(nearMisses(phrases, units))),
    against(
      'adversarial text: one message of 1 MB',
      compiled,
      long,
      shareOf(long[0]),
      `; ${short(read)} units are read`,
    ),
    against('adversarial text: 100,000 zero-width signs', compiled, unseen, shareOf(unseen[0])),
    against('adversarial text: deep alternations', compilePatterns(deep.patterns), flat(deep.messages)),
  ];
}
