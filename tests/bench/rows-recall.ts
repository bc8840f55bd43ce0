/** Row 12: how many disguised phrases are found, and what disguised messages cost. */
import { Scanner } from './engine.ts';
import { scanFor } from './contenders.ts';
import { DEEP_DISGUISES, disguiseSome, DISGUISED_SHARE, PLAIN_DISGUISES, type Disguise } from './disguise.ts';
import { measure, ratioOf } from './measure.ts';
import { compilePatterns } from './packs.ts';
import { makePhrases } from './phrases.ts';
import { pick, randomFrom } from './random.ts';
import { row, short, type Options, type Row } from './row.ts';
import { flat, readText, slicesOf } from './text.ts';

type Bare = Omit<Row, 'group'>;

const PHRASES = 3000;
const MANY = 10_000;
/** Fewest letters of a phrase here: a shorter one is lost among other words once its letters are moved about. */
const FEWEST_LETTERS = 6;
/** What stands around a phrase. */
const BEFORE = ['Này, ', 'hey ', 'mai nha: ', ''];
const AFTER = [' nhé', ' ok?', '', '!!!'];
/** Words whose tone has two places. */
const TWO_PLACES = ['hòa', 'khỏe', 'thúy', 'tòa', 'hóa', 'xóa', 'họa', 'thủy', 'lòe', 'ngụy', 'hủy', 'tỏa'];

/** Disguises that leave no trace of where words end. One letter glued to others makes other words (“nghĩ a”, “nghĩa”). */
const GLUED = ['spaced evenly', 'squeezed'];

function hasLongWords(phrase: string): boolean {
  return phrase.split(' ').every((word) => [...word.normalize('NFC')].length > 1);
}

interface Recall {
  found: number;
  of: number;
  missed: string[];
}

/** Of phrases that a disguise changes, each in a message, how many are found where they stand. */
function recallOf(phrases: readonly string[], disguise: Disguise, isPlain: boolean): Recall {
  const random = randomFrom(0x4eca);
  const scanner = new Scanner(compilePatterns(phrases));
  const recall: Recall = { found: 0, of: 0, missed: [] };
  for (const phrase of phrases) {
    const hidden = disguise(phrase, random);
    if (hidden === phrase && !isPlain) continue;
    const before = pick(random, BEFORE);
    const message = before + hidden + pick(random, AFTER);
    const [from, to] = [before.length, before.length + hidden.length];
    const isFound = scanner
      .scan(message)
      .hits.some(({ places }) =>
        places.some(({ start, end }) => Math.min(end, to) - Math.max(start, from) >= 0.8 * (to - from)),
      );
    recall.of += 1;
    if (isFound) recall.found += 1;
    else if (recall.missed.length < 3) recall.missed.push(`“${phrase}” as “${message}”`);
  }
  return recall;
}

function recallRow(name: string, { found, of, missed }: Recall, limits: readonly [number, number]): Bare {
  return row(`recall of ${name}`, (found / of) * 100, 'at least', limits, {
    unit: ' %',
    note: [`${found} of ${of}`, ...missed].join('\n    '),
  });
}

/** Rows of recall by disguise, and of the cost. */
export function recallRows({ quick }: Options): Bare[] {
  const text = readText();
  const phrases = makePhrases(text, PHRASES * 3)
    .filter((phrase) => phrase.replace(/ /g, '').length >= FEWEST_LETTERS)
    .slice(0, PHRASES);
  const random = randomFrom(0x70e);
  const twoPlaces = phrases.map((phrase) => [...phrase.split(' ').slice(0, -1), pick(random, TWO_PLACES)].join(' '));
  const rows = [
    ...Object.entries(PLAIN_DISGUISES).map(([name, disguise]) =>
      recallRow(
        name,
        recallOf(name === 'tone placement' ? twoPlaces : phrases, disguise, name === 'plain' || name === 'NFC'),
        [100, 100],
      ),
    ),
    ...Object.entries(DEEP_DISGUISES).map(([name, disguise]) =>
      GLUED.includes(name)
        ? recallRow(
            `${name}, words of two letters or more`,
            recallOf(phrases.filter(hasLongWords), disguise, false),
            [99, 98],
          )
        : recallRow(name, recallOf(phrases, disguise, false), [99, 98]),
    ),
  ];

  const ways = [...Object.values(PLAIN_DISGUISES), ...Object.values(DEEP_DISGUISES)];
  const run = scanFor(makePhrases(text, MANY));
  const slices = (messages: readonly string[]): string[][] => slicesOf(flat(messages), 45_000, quick ? 8 : 30);
  const [plain, some] = measure(
    [
      { slices: slices(text.plain), run },
      { slices: slices(disguiseSome(text.plain, ways)), run },
    ],
    quick ? { rounds: 6, milliseconds: 2000 } : { rounds: 20, milliseconds: 10_000 },
  );
  const { value, low, high } = ratioOf(some, plain, true);
  const added = { value: (value - 1) * 100, low: (low - 1) * 100, high: (high - 1) * 100 };
  return [
    ...rows,
    row(`mean cost that ${short(DISGUISED_SHARE * 100)} % disguised messages add`, added, 'at most', [5, 10], {
      unit: ' %',
      note: 'per UTF-16 unit, all disguises alike',
    }),
  ];
}
