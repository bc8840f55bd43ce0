/** Rows about building and size: compile time, bytes a phrase, code that a page gets. */
import { parsePattern } from '../../rules/language/pattern.ts';
import { loadPack, OWN_PACKS } from '../../rules/cli/packs.ts';
import { compilePack } from './engine.ts';
import { bundleEngine } from './bundle.ts';
import { buildFast, buildModern } from './contenders.ts';
import { quartiles, times } from './measure.ts';
import { buffersOf } from './form.ts';
import { packOfPatterns } from './packs.ts';
import { makePhrases } from './phrases.ts';
import { row, short, type Options, type Row } from './row.ts';
import { readText } from './text.ts';

type Rows = Omit<Row, 'group'>[];

const MANY = 10_000;

/** Row 8: building for 10,000 phrases, by turns. */
export function compileRows({ quick }: Options): Rows {
  const phrases = makePhrases(readText(), MANY);
  const pack = packOfPatterns(phrases);
  const own: number[] = [];
  const fast: number[] = [];
  const modern: number[] = [];
  for (let round = 0; round < (quick ? 1 : 2); round += 1) {
    own.push(...times(6, () => compilePack(pack)));
    modern.push(...times(1, () => buildModern(phrases)));
    fast.push(...times(1, () => buildFast(phrases)));
    own.push(...times(6, () => compilePack(pack)));
  }
  const parsing = Math.min(...times(10, () => phrases.map(parsePattern)));
  const least = Math.min(...own);
  const ratio = (others: readonly number[], less = 0): { value: number; low: number; high: number } => ({
    value: Math.min(...others) / (least - less),
    ...quartiles(own.map((time) => Math.min(...others) / (time - less))),
  });
  return [
    row('build of @monyone/aho-corasick/fast, against compiling 10,000 phrases', ratio(fast), 'at least', [100, 50], {
      note:
        `${short(least)} ms (first ${short(own[0] ?? least)}) against ${short(Math.min(...fast))} ms; ` +
        `from parsed phrases ${short(least - parsing)} ms, ${short(ratio(fast, parsing).value)}×; ` +
        `build of modern-ahocorasick ${short(Math.min(...modern))} ms, ${short(ratio(modern).value)}×`,
    }),
  ];
}

/** Rows 9 and 11: bytes of the compiled form and of the code. */
export async function sizeRows(): Promise<Rows> {
  const buffers = buffersOf(compilePack(packOfPatterns(makePhrases(readText(), MANY))));
  const { byteLength } = buffers['index'] ?? buffers['buffer'] ?? new ArrayBuffer(0);
  const parts = Object.entries(buffers)
    .map(([name, part]) => `${name} ${short(part.byteLength)} B`)
    .join(', ');
  const { engine, table } = await bundleEngine();
  const { pack } = loadPack(OWN_PACKS);
  const ownIndex = compilePack(pack).index.byteLength;
  const patterns = [...pack.rules.flatMap(({ detection }) => Object.values(detection)), ...pack.signals].flatMap(
    (holder) => holder.patterns ?? [],
  );
  return [
    row('bytes a phrase that every frame needs', byteLength / MANY, 'at most', [24, 28], { unit: ' B', note: parts }),
    row('index that every frame needs at 10,000 phrases', byteLength / 1024, 'at most', [256, 288], {
      unit: ' KB',
      note: `the index of the project's own ${pack.rules.length} rules, whose ${patterns.length} patterns are of alternatives: ${short(ownIndex / 1024)} KB`,
    }),
    row('engine code in a page, minified, without the fold table', engine / 1024, 'at most', [8, 10], { unit: ' KB' }),
    row('fold table, minified', table / 1024, 'at most', [3, 4], { unit: ' KB' }),
  ];
}
