/** How long the extension's worker takes from the bytes of a rule file to a rule set that can be used. */
import { tufLibrary } from '../../../scripts/tuf-library.ts';
import { bundleSource } from '../build.ts';
import type { MeasuredDevice } from './device.ts';

/** Milliseconds: of the whole, as the client does it, and of each part by itself. */
export interface CompileTimes {
  whole: number;
  /** The signed hash of the bytes, and their text. */
  hash: number;
  /** Reading the lines, and merging the roles. */
  read: number;
  check: number;
  compile: number;
  trial: number;
}

const root = (path: string): string => JSON.stringify(new URL(`../../../${path}`, import.meta.url).pathname);
// The modules of the package, bundled as the package is: its own worker offers no way in from outside.
const SOURCE = `
import { readPart } from ${root('rules/feed/format.ts')};
import { mergeParts } from ${root('rules/feed/merge.ts')};
import { checkPack } from ${root('rules/language/check.ts')};
import { compilePack } from ${root('rules/engine/compile.ts')};
import { smokeTest } from ${root('rules/feed/smoke.ts')};
import { requireTarget } from ${root('utils/feed/download.ts')};
import { makeGeneration, prepareRuleSet } from ${root('utils/feed/generation.ts')};
import { sha256Of } from ${root('utils/feed/hash.ts')};

const timed = async (run) => {
  const from = performance.now();
  const value = await run();
  return [value, performance.now() - from];
};
globalThis.besidePackaged = async (json) => (await timed(() => prepareRuleSet(JSON.parse(json))))[1];
globalThis.besideBench = async (file, feed) => {
  const bytes = new TextEncoder().encode(file);
  const sha256 = await sha256Of(bytes);
  const verified = async () => {
    await requireTarget({ path: 'vi-core/1.jsonl', length: bytes.length, hashes: { sha256 } }, bytes);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  };
  const [, whole] = await timed(async () =>
    makeGeneration({ files: { 'vi-core': { number: 1, sha256, text: await verified() } }, feed, version: 1 }),
  );
  const [text, hash] = await timed(verified);
  const [pack, read] = await timed(() => mergeParts({ 'vi-core': readPart('vi-core', text) }, [], 1));
  const [issues, check] = await timed(() => checkPack(pack));
  const [compiled, compile] = await timed(() => compilePack(pack));
  const [fault, trial] = await timed(() => smokeTest(compiled));
  if (issues.length > 0 || fault !== undefined) throw new Error(JSON.stringify([issues[0], fault]));
  return { whole, hash, read, check, compile, trial };
};
`;

let bundled: Promise<string[]> | undefined;

async function bringIn(device: MeasuredDevice): Promise<void> {
  bundled ??= bundleSource(SOURCE, [], [tufLibrary()]);
  const [code = ''] = await bundled;
  await device.evaluate(`(() => { ${code}\n })()`);
}

/** Milliseconds that a device's worker takes to check and compile a package's own rules, from their JSON on. */
export async function packagedTime(device: MeasuredDevice, json: string): Promise<number> {
  await bringIn(device);
  return (await device.evaluate(`besidePackaged(${JSON.stringify(json)})`)) as number;
}

/**
 * Measures one rule file in a device's worker: the first of these runs finds a worker that has just started, as an alarm
 * does, the later ones one that has done it before.
 */
export async function compileTimes(
  device: MeasuredDevice,
  text: string,
  feed: string,
  runs: number,
): Promise<CompileTimes[]> {
  await bringIn(device);
  const times: CompileTimes[] = [];
  for (let run = 0; run < runs; run += 1)
    times.push(
      (await device.evaluate(`besideBench(${JSON.stringify(text)}, ${JSON.stringify(feed)})`)) as CompileTimes,
    );
  return times;
}
