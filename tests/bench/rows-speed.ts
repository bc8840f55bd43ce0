/** Rows about finding phrases: against a bare loop, with more phrases, and against what a developer would take instead. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import { agreementOf } from './agreement.ts';
import { coldTimes } from './cold.ts';
import { alternation, bareLoop, expressionFor, modernFor, normaliseOnly, scanFor, scanWith } from './contenders.ts';
import { compilePack } from './engine.ts';
import { measure, median, perUnitOf, quartiles, ratioOf, type Effort } from './measure.ts';
import { buffersOf } from './form.ts';
import { compilePatterns } from './packs.ts';
import { makePhrases } from './phrases.ts';
import { row, short, type Options, type Row } from './row.ts';
import { readText, slicesOf, unitsOf } from './text.ts';

type Rows = Omit<Row, 'group'>[];

const MANY = 10_000;

/** Rounds over all of the text, for contenders that are quick. */
function effort({ quick }: Options, milliseconds = 12_000): Effort {
  return quick ? { rounds: 6, milliseconds: milliseconds / 5 } : { rounds: 30, milliseconds };
}

/** Row 1: 10,000 phrases against a bare loop over the same text. */
export function floorRows(options: Options): Rows {
  const text = readText();
  const phrases = makePhrases(text, MANY);
  const slices = slicesOf(text.messages);
  const scan = scanFor(phrases);
  const [floor, ours] = measure(
    [bareLoop, scan].map((run) => ({ slices, run })),
    effort(options),
  );
  // By itself: what so many patterns leave in the caches would count against the one before.
  const [own] = measure([{ slices, run: scanWith(compilePack(loadPack(OWN_PACKS).pack)) }], effort(options, 4000));
  const findings = slices.reduce((sum, slice) => sum + scan(slice), 0);
  return [
    row(
      'raw text to findings of 10,000 phrases, against a bare charCodeAt loop',
      ratioOf(ours, floor),
      'at most',
      [3, 3.6],
      {
        note:
          `${short(perUnitOf(ours))} ns a unit over ${short(perUnitOf(floor))}; ${text.source} of ${short(unitsOf(text.messages))} units, ` +
          `${text.messages.length} messages, ${short(findings / slices.flat().length)} findings a message; ` +
          `the project's own rules ${short(perUnitOf(own))} ns a unit`,
      },
    ),
  ];
}

/** Row 2: 10,000 phrases against 100. */
export function flatRows(options: Options): Rows {
  const text = readText();
  const phrases = makePhrases(text, MANY);
  const slices = slicesOf(text.messages);
  const [few, many] = measure(
    [phrases.slice(0, 100), phrases].map((list) => ({ slices, run: scanFor(list) })),
    effort(options),
  );
  return [row('10,000 phrases against 100', ratioOf(many, few), 'at most', [1.2, 1.35])];
}

/** Row 3: modern-ahocorasick from raw text against the engine; first, that all find the same. */
export function modernRows(options: Options): Rows {
  const text = readText();
  const phrases = makePhrases(text, MANY);
  const { messages, agreed, findings, differences } = agreementOf(phrases.slice(0, 3000), text.plain.slice(0, 3000));
  const slices = slicesOf(text.messages, 45_000, options.quick ? 6 : 16);
  const [ours, modern] = measure(
    [scanFor(phrases), modernFor(phrases)].map((run) => ({ slices, run })),
    effort(options),
  );
  return [
    row('messages in which engine and contenders find the same', (agreed / messages) * 100, 'at least', [100, 99.9], {
      unit: ' %',
      note: [`${messages} messages without marks, ${findings} findings of 3,000 phrases`, ...differences].join(
        '\n    ',
      ),
    }),
    row('modern-ahocorasick end to end, against the engine', ratioOf(modern, ours), 'at least', [18, 14]),
  ];
}

/** Row 4: idiomatic normalisation alone, against the engine. */
export function normaliseRows(options: Options): Rows {
  const text = readText();
  const slices = slicesOf(text.messages, 45_000, options.quick ? 8 : 24);
  const [ours, idiom] = measure(
    [scanFor(makePhrases(text, MANY)), normaliseOnly].map((run) => ({ slices, run })),
    effort(options),
  );
  return [row('idiomatic normalisation alone, against the whole engine', ratioOf(idiom, ours), 'at least', [6.5, 5])];
}

/** Row 5: one regular expression, warm and at the first message. */
export function expressionRows(options: Options): Rows {
  const text = readText();
  const phrases = makePhrases(text, MANY);
  const slices = slicesOf(text.messages, 45_000, options.quick ? 6 : 16);
  const [ours, form] = measure(
    [scanFor(phrases), expressionFor(phrases)].map((run) => ({ slices, run })),
    effort(options),
  );
  const warm = row('one RegExp of 10,000 phrases, warm, against the engine', ratioOf(form, ours), 'at least', [12, 8]);

  const folder = mkdtempSync(join(tmpdir(), 'beside-bench-'));
  try {
    for (const [name, buffer] of Object.entries(buffersOf(compilePatterns(phrases))))
      writeFileSync(join(folder, `${name}.bin`), new Uint8Array(buffer));
    writeFileSync(join(folder, 'expression.txt'), alternation(phrases));
    const message = text.messages.find(({ length }) => length > 50 && length < 60) ?? 'một tin nhắn';
    writeFileSync(join(folder, 'message.txt'), message);
    const own: number[] = [];
    const other: number[] = [];
    for (let run = 0; run < (options.quick ? 3 : 7); run += 1) {
      own.push(coldTimes('engine', folder));
      other.push(coldTimes('expression', folder));
    }
    const ratio = {
      value: median(other) / median(own),
      ...quartiles(other.map((time, run) => time / (own[run] ?? time))),
    };
    const cold = row('one RegExp of 10,000 phrases at the first message of a process', ratio, 'at least', [50, 20], {
      note: `${short(median(other))} ms over ${short(median(own))} ms, medians of ${own.length} processes each`,
    });
    return [warm, cold];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
