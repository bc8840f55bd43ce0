import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { loadPack } from '../../../../../rules/cli/packs.ts';
import { verify } from '../../../../../rules/cli/feed/commands/verify.ts';
import { at, openDesk, release } from './desk.ts';

vi.setConfig({ testTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));
const CLIENT = process.env['BESIDE_TUF_CLIENT'] ?? join(ROOT, '.output', 'tuf-client', 'tuf-client.mjs');

function feed(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(ROOT, 'rules', 'cli', 'feed.ts'), ...args], { encoding: 'utf8' });
}

describe('npm run feed', () => {
  it('names its commands, and each says how it is used', () => {
    const { status, stdout } = feed('--help');
    expect(status).toBe(0);
    for (const [, name = ''] of stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)) {
      const help = feed(name, '--help');
      expect(help.status, name).toBe(0);
      expect(help.stdout, name).toContain(`usage: npm run feed -- ${name}`);
    }
    expect(stdout).toContain('init ');
  });

  it('ends with 2 when it is called wrongly, and with 1 when it cannot do what was asked', () => {
    expect(feed('sing')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no command “sing”') });
    expect(feed('publish')).toMatchObject({ status: 2, stderr: expect.stringContaining('The folder is missing.') });
    expect(feed('status', '--fast')).toMatchObject({ status: 2, stderr: expect.stringContaining('--fast') });
    const { status, stderr } = feed('status', '--work', '/nowhere');
    expect(status).toBe(1);
    expect(stderr).toBe(
      '/nowhere: is no working folder of a feed: feed.config.json is not there. Mend: name it with --work DIR, or begin one: npm run feed -- init DIR.\n',
    );
  });

  it.skipIf(!existsSync(CLIENT))('verifies a published feed with the client of the extension', async () => {
    const desk = openDesk();
    try {
      await release(desk);
      const { status, said } = await at(desk, verify, desk.site, '--client', CLIENT);
      expect(status).toBe(0);
      const { length } = loadPack(desk.packs).pack.rules;
      expect(said).toContain(
        `The real client takes this feed.\nIt is a DRILL.\nRelease 1 of 2026-11-26T08:00:00Z: ${length} rules`,
      );
      await expect(
        at(desk, verify, desk.site, '--client', CLIENT, '--root', join(desk.work().folder, 'feed.config.json')),
      ).rejects.toThrow('the client (');
    } finally {
      desk.close();
    }
  });
});
