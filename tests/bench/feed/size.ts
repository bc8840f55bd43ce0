/** Measuring the feed at one size: a repository by the publisher's own tools, the package built for it, a real Chromium. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository } from '../../../rules/cli/feed/api.ts';
import { loadPack, OWN_PACKS } from '../../../rules/cli/packs.ts';
import { writePart } from '../../../rules/feed/format.ts';
import { buildExtension } from '../../../scripts/run.ts';
import { compileTimes, packagedTime, type CompileTimes } from './compile.ts';
import { ownContent, publish, syntheticContent } from './content.ts';
import { MeasuredDevice, type Checked } from './device.ts';
import { compress, startWire, type Encoding } from './wire.ts';

/** What was measured at one size. */
export interface SizeResult {
  rules: number;
  /** Bytes of the rule file and of the patch: as they are, and as they are sent. */
  file: Record<Encoding, number>;
  patch: Record<Encoding, number>;
  /** Checks without news, by what they find of a connection; many on the same one. */
  noNews: { first: Checked; resumed: Checked; same: Checked[] };
  onePercent: Checked;
  whole: Record<Encoding, Checked>;
  /** Of workers that had just started, and of one that had done it before. */
  compile: { cold: CompileTimes[]; warm: CompileTimes[] };
  /** Milliseconds for the package's own rules in workers that had just started. */
  packaged: number[];
}

/** The parts of a run that are repeated, and how often. */
const RUNS = 7;

let own: ReturnType<typeof ownContent> | undefined;

/** Measures so many rules. @throws when the device did not do what is measured. */
export async function measureSize(size: number): Promise<SizeResult> {
  const folder = mkdtempSync(join(tmpdir(), 'beside-bench-feed-'));
  const [site, first] = [join(folder, 'site'), join(folder, 'first')];
  const work = createRepository(join(folder, 'work'), { drill: true, now: new Date() });
  own ??= ownContent();
  const content = own;
  let release = 0;
  const next = (): Promise<void> => publish(work, site, syntheticContent(content, size, (release += 1)));
  await next();
  cpSync(site, first, { recursive: true });
  const wire = await startWire(site);
  try {
    const extension = buildExtension({ address: wire.address, repository: first, folder: join(folder, 'extension') });
    const feed = listed(site, '1.targets.json', 'feed.json').toString();
    const install = (): Promise<MeasuredDevice> => MeasuredDevice.install(extension, wire);
    const packaged = await packagedTimes(install);
    const compile = await timesOf(install, writePart(syntheticContent(content, size, 1).parts['vi-core']), feed);
    const device = await install();
    const check = async (): Promise<Checked> => expectGood(await device.check(), release);
    try {
      const firstCheck = await check();
      const same: Checked[] = [];
      for (let run = 0; run < RUNS; run += 1) same.push(await check());
      wire.disconnect();
      const resumed = await check();

      await next();
      wire.disconnect();
      const onePercent = await check();
      const patch = sizesOf(listed(site, `${release}.vi-core.json`, `vi-core/${release - 1}-${release}.patch`));
      const whole = {} as Record<Encoding, Checked>;
      wire.hides = (path) => path.endsWith('.patch');
      for (const encoding of ['identity', 'gzip', 'br'] as const) {
        wire.encoding = encoding;
        await next();
        wire.disconnect();
        whole[encoding] = await check();
      }
      const file = sizesOf(listed(site, `${release}.vi-core.json`, `vi-core/${release}.jsonl`));
      return {
        rules: size,
        file,
        patch,
        noNews: { first: firstCheck, resumed, same },
        onePercent,
        whole,
        compile,
        packaged,
      };
    } finally {
      await device.close();
    }
  } finally {
    await wire.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function packagedTimes(install: () => Promise<MeasuredDevice>): Promise<number[]> {
  const json = JSON.stringify(loadPack(OWN_PACKS).pack);
  const times: number[] = [];
  while (times.length < RUNS) {
    const device = await install();
    try {
      times.push(await packagedTime(device, json));
    } finally {
      await device.close();
    }
  }
  return times;
}

/** Each cold time is of a browser of its own, the warm ones of the last. */
async function timesOf(
  install: () => Promise<MeasuredDevice>,
  text: string,
  feed: string,
): Promise<SizeResult['compile']> {
  const cold: CompileTimes[] = [];
  const warm: CompileTimes[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const device = await install();
    try {
      const [start, ...later] = await compileTimes(device, text, feed, run === RUNS ? 1 + RUNS : 1);
      if (start !== undefined) cold.push(start);
      warm.push(...later);
    } finally {
      await device.close();
    }
  }
  return { cold, warm };
}

function expectGood(checked: Checked, release: number): Checked {
  const { feed } = checked;
  if (feed.refusal !== undefined || feed.files['vi-core'] !== release)
    throw new Error(`release ${release} was not taken: ${JSON.stringify(feed)}`);
  return checked;
}

function sizesOf(bytes: Buffer): Record<Encoding, number> {
  return { identity: bytes.length, gzip: compress(bytes, 'gzip').length, br: compress(bytes, 'br').length };
}

interface Listed {
  signed: { targets: Record<string, { hashes: { sha256: string } }> };
}

function listed(site: string, file: string, path: string): Buffer {
  const { signed } = JSON.parse(readFileSync(join(site, 'metadata', file), 'utf8')) as Listed;
  const at = path.lastIndexOf('/') + 1;
  const hash = signed.targets[path]?.hashes.sha256 ?? '';
  return readFileSync(join(site, 'targets', `${path.slice(0, at)}${hash}.${path.slice(at)}`));
}
