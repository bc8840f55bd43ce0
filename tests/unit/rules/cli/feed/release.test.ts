import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../../../../rules/cli/feed/commands/build.ts';
import { check } from '../../../../../rules/cli/feed/commands/check.ts';
import { mirror, publish } from '../../../../../rules/cli/feed/commands/publish.ts';
import { status } from '../../../../../rules/cli/feed/commands/status.ts';
import { buildRelease, publishTo, readContent, signWithAllKeys } from '../../../../../rules/cli/feed/api.ts';
import { filesBelow, writeWhole } from '../../../../../rules/cli/feed/files.ts';
import { loadPack } from '../../../../../rules/cli/packs.ts';
import { serveFolder, type Served } from '../../../../../rules/cli/feed/serve.ts';
import { readPart } from '../../../../../rules/feed/format.ts';
import { mergeParts } from '../../../../../rules/feed/merge.ts';
import { applyPatch } from '../../../../../rules/feed/patch.ts';
import { at, DAY, edit, HOT_RULE, independentClient, openDesk, PRIZE, release, signAs, type Desk } from './desk.ts';

// Every check judges the travelling corpus twice.
vi.setConfig({ testTimeout: 60_000 });

describe('a release', () => {
  let desk: Desk;
  let served: Served | undefined;

  beforeEach(() => {
    desk = openDesk();
  });

  afterEach(async () => {
    await served?.close();
    served = undefined;
    desk.close();
  });

  /** What an independent client gets for a path. */
  async function fetched(path: string): Promise<string> {
    served ??= await serveFolder(desk.site);
    const folder = join(desk.folder, `client-${readdirSync(desk.folder).length}`);
    const { updater } = independentClient(folder, served.address, join(desk.site, 'metadata', '1.root.json'));
    await updater.refresh();
    const target = await updater.getTargetInfo(path);
    if (target === undefined) throw new Error(`${path} is not listed`);
    return readFileSync(await updater.downloadTarget(target), 'utf8');
  }

  it('goes from an editor’s rules over two signers to devices', async () => {
    await release(desk);
    const [core, english] = [
      readPart('vi-core', await fetched('vi-core/1.jsonl')),
      readPart('en', await fetched('en/1.jsonl')),
    ];
    const own = loadPack(desk.packs).pack.rules;
    expect(core.rules).toHaveLength(own.filter(({ languages }) => languages.includes('vi')).length);
    const pack = mergeParts({ 'vi-core': core, en: english }, [], 1);
    expect(pack.rules).toHaveLength(own.length);
    expect(JSON.parse(await fetched('feed.json'))).toMatchObject({ format: 1, interval: 6, killed: [] });
  });

  it('brings a changed rule as a patch that gives the new file', async () => {
    await release(desk);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: A fee before the prize, said anew'));
    await release(desk);
    const [old, next, patch] = [
      await fetched('vi-core/1.jsonl').catch(() => undefined),
      await fetched('vi-core/2.jsonl'),
      await fetched('vi-core/1-2.patch'),
    ];
    expect(old, 'the old file is no longer listed').toBeUndefined();
    const before = filesBelow(join(desk.site, 'targets', 'vi-core')).find((name) => name.endsWith('.1.jsonl')) ?? '';
    expect(applyPatch(readFileSync(join(desk.site, 'targets', 'vi-core', before), 'utf8'), patch)).toBe(next);
    expect(patch.length).toBeLessThan(next.length / 2);
    await expect(fetched('en/2.jsonl'), 'a role whose rules did not change keeps its number').rejects.toThrow(
      'not listed',
    );
  });

  it('keeps the patches from the last eight files', async () => {
    const [work, now] = [desk.work(), new Date(DAY)];
    for (let turn = 1; turn <= 10; turn += 1) {
      edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, `title: A fee before the prize, wording ${turn}`));
      const { content } = readContent(desk.packs, '');
      await buildRelease(work, { now, content, unchecked: true });
      await signWithAllKeys(work);
      await publishTo(work, desk.site, { now });
    }
    const { signed } = JSON.parse(readFileSync(join(desk.site, 'metadata', '10.vi-core.json'), 'utf8')) as {
      signed: { targets: object };
    };
    expect(Object.keys(signed.targets).sort()).toEqual(
      ['vi-core/10.jsonl', ...[2, 3, 4, 5, 6, 7, 8, 9].map((from) => `vi-core/${from}-10.patch`)].sort(),
    );
  });

  it('has the same bytes when it is built twice', async () => {
    await at(desk, check);
    await at(desk, build);
    const once = filesOf(join(desk.work().folder, 'staged'));
    await at(desk, build);
    expect(filesOf(join(desk.work().folder, 'staged'))).toEqual(once);
    const other = openDesk();
    await at(other, check);
    await at(other, build);
    const targets = join('staged', 'targets');
    expect(filesOf(join(other.work().folder, targets))).toEqual(filesOf(join(desk.work().folder, targets)));
    other.close();
  });

  it('keeps signatures when the same rules are built again, and asks before it throws any away', async () => {
    await at(desk, check);
    await at(desk, build);
    await signAs(desk, 'an');
    const { said } = await at(desk, build);
    expect(said).toContain('Staged as before, signatures included');
    expect(said).toContain('1 of 2 (an), 1 more of binh');
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: Another title'));
    await at(desk, check);
    await expect(at(desk, build)).rejects.toThrow('would throw away signatures that were made for vi-core');
    await expect(at(desk, build, '--again')).resolves.toMatchObject({ status: 0 });
  });

  it('goes to some of the devices first, while the old file stays listed for the others', async () => {
    await release(desk);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: A fee before the prize, said anew'));
    await release(desk, '--rollout', 'vi-core=10');
    const listed = (version: number): Record<string, { custom?: { rollout?: { pct: number; salt: string } } }> =>
      (
        JSON.parse(readFileSync(join(desk.site, 'metadata', `${version}.vi-core.json`), 'utf8')) as {
          signed: { targets: never };
        }
      ).signed.targets;
    expect(listed(2)['vi-core/1.jsonl']?.custom).toBeUndefined();
    const { pct, salt } = listed(2)['vi-core/2.jsonl']?.custom?.rollout ?? {};
    expect(pct).toBe(10);
    await release(desk, '--rollout', 'vi-core=50');
    expect(listed(3)['vi-core/2.jsonl']?.custom?.rollout, 'devices that are in stay in').toEqual({ pct: 50, salt });
    await release(desk, '--rollout', 'vi-core=100');
    expect(Object.keys(listed(4)).sort()).toEqual(['vi-core/1-2.patch', 'vi-core/2.jsonl']);
  });

  it('switches a rule off in minutes, whatever else is being signed', async () => {
    await release(desk);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: A fee before the prize, said anew'));
    await at(desk, check);
    await at(desk, build);
    await signAs(desk, 'an');
    const id = /^id: (\S+)/m.exec(readFileSync(join(desk.packs, PRIZE), 'utf8'))?.[1] ?? '';
    const { said } = await at(desk, build, '--kill', id.slice(0, 8));
    expect(said).toContain(`switches off  A fee before the prize, said anew (${id})`);
    await signAs(desk, 'chi');
    await signAs(desk, 'an');
    await at(desk, publish, desk.site, '--only', 'vi-urgent');
    expect(await fetched('vi-urgent/1.jsonl')).toBe(`{"kill":"${id}"}\n`);
    expect((await at(desk, status)).said).toContain('vi-core: 1 of 2 (an), 1 more of binh');
    await at(desk, build, '--unkill', id);
    expect(await fetched('vi-core/1.jsonl')).toContain(id);
  });

  it('carries urgent rules that name what the other roles hold', async () => {
    const urgent = join(desk.work().folder, 'urgent', 'vi', 'task-scam', 'hot.yml');
    writeWhole(urgent, HOT_RULE);
    const { said } = await at(desk, check);
    expect(said).toContain('1 rule of all in vi-urgent');
    const { content } = readContent(desk.packs, join(desk.work().folder, 'urgent'));
    expect(content?.parts['vi-urgent'].signals.map(({ name }) => name)).not.toContain('warns-about-tricks');
    await release(desk);
    expect((await fetched('vi-urgent/1.jsonl')).length).toBeLessThan(16 * 1024);
  });

  it('is renewed by the publishing machine alone', async () => {
    await release(desk);
    const { said } = await at(desk, publish, desk.site, '--refresh', '--now', '2026-11-27T08:00:00Z');
    expect(said).toContain('release 1, timestamp 2');
    const later = await at(desk, publish, desk.site, '--refresh', '--now', '2026-11-30T08:00:00Z');
    expect(later.said, 'a snapshot whose time is near is renewed as well').toContain('release 2, timestamp 3');
    const due = await at(desk, status, '--now', '2026-12-06T08:00:00Z');
    expect(due.status).toBe(1);
    expect(due.said).toMatch(/vi-urgent .* DUE: build --resign vi-urgent, signed by 2 of an, binh, chi/);
  });

  it('is mirrored, and a second time only what is missing', async () => {
    await release(desk);
    served = await serveFolder(desk.site);
    const copy = join(desk.folder, 'mirror');
    expect((await at(desk, mirror, served.address, copy)).said).toContain('0 there already');
    expect(filesOf(copy)).toEqual(filesOf(desk.site));
    expect((await at(desk, mirror, served.address, copy)).said).toContain('0 files written');
    await at(desk, publish, desk.site, '--refresh', '--now', '2026-11-27T08:00:00Z');
    expect((await at(desk, mirror, served.address, copy)).said).toContain('1 file written');
    await expect(at(desk, mirror, copy, desk.site), 'the same release is no step back').resolves.toBeDefined();
  });
});

/** Every file below a folder with its bytes. */
function filesOf(folder: string): Record<string, string> {
  expect(existsSync(folder)).toBe(true);
  return Object.fromEntries(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}
