import { generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRepository, openWork } from '../../../../../rules/cli/feed/api.ts';
import { build } from '../../../../../rules/cli/feed/commands/build.ts';
import { check } from '../../../../../rules/cli/feed/commands/check.ts';
import { publish } from '../../../../../rules/cli/feed/commands/publish.ts';
import { rotate } from '../../../../../rules/cli/feed/commands/rotate.ts';
import { sign } from '../../../../../rules/cli/feed/commands/sign.ts';
import { serveFolder } from '../../../../../rules/cli/feed/serve.ts';
import { at, DAY, independentClient, openDesk, release, signAs, type Desk } from './desk.ts';

// Every check judges the travelling corpus twice.
vi.setConfig({ testTimeout: 60_000 });

describe('who signs', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = openDesk();
  });

  afterEach(() => {
    desk.close();
  });

  /** Brings a client that knows the first root up to date. */
  async function refreshed(): Promise<void> {
    const served = await serveFolder(desk.site);
    try {
      const { updater } = independentClient(
        join(desk.folder, 'client'),
        served.address,
        join(desk.site, 'metadata', '1.root.json'),
      );
      await updater.refresh();
      expect(await updater.getTargetInfo('vi-core/1.jsonl')).toBeDefined();
    } finally {
      await served.close();
    }
  }

  const signersOf = (file: string, role: string): { keyids: string[] } =>
    (
      JSON.parse(readFileSync(join(desk.site, 'metadata', file), 'utf8')) as {
        signed: { roles: Record<string, { keyids: string[] }> };
      }
    ).signed.roles[role] ?? { keyids: [] };

  it('of the root is changed by the old signers and the new ones together, with a new timestamp key', async () => {
    await release(desk);
    const { said } = await at(desk, rotate, '--remove', 'root=an', '--add', 'root=dung');
    expect(said).toContain('root by the root before: 0 of 2');
    await signAs(desk, 'dung');
    await signAs(desk, 'binh');
    await expect(at(desk, publish, desk.site), 'two new signers are one old one').rejects.toThrow(
      'root: 1 of 2, 1 more of an, chi',
    );
    await signAs(desk, 'an');
    await at(desk, publish, desk.site);
    expect(signersOf('2.root.json', 'timestamp').keyids).not.toEqual(signersOf('1.root.json', 'timestamp').keyids);
    await refreshed();
  });

  it('of a language role is changed by targets, and its rules are signed anew', async () => {
    await release(desk);
    const { said } = await at(desk, rotate, '--remove', 'vi-core=an', '--add', 'vi-core=dung');
    expect(said).toMatch(/\+ dung .*\n.*- an /);
    await signAs(desk, 'an');
    await signAs(desk, 'binh');
    await expect(at(desk, publish, desk.site)).rejects.toThrow(
      'vi-core: 1 of 2 (binh)'.replace(' (binh)', ', 1 more of dung'),
    );
    await signAs(desk, 'dung');
    await at(desk, publish, desk.site);
    await refreshed();
  });

  it('may be people who keep their own keys, on ECDSA tokens too, and sign elsewhere', async () => {
    const folder = join(desk.folder, 'own');
    const people = ['an', 'binh'].map((name) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: name === 'an' ? 'P-256' : 'P-384' });
      const file = join(desk.folder, `${name}.pub.pem`);
      writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
      return { name, privateKey, file };
    });
    const keys = people.map(({ file }) => ({ role: 'vi-core' as const, file }));
    createRepository(folder, { drill: true, keys, now: new Date(DAY) });
    expect(existsSync(join(folder, 'keys', 'an', 'vi-core.pem'))).toBe(false);
    const own: Desk = { ...desk, work: () => openWork(folder) };
    await at(own, check);
    await at(own, build);
    await signAs(own, 'an');
    await signAs(own, 'binh');
    for (const { name, privateKey, file } of people) {
      const [bytes, signature] = [join(desk.folder, `${name}.bytes`), join(desk.folder, `${name}.sig`)];
      await at(own, sign, 'vi-core', '--payload', bytes);
      writeFileSync(
        signature,
        signBytes(name === 'an' ? 'sha256' : 'sha384', Buffer.from('something else'), privateKey),
      );
      await expect(at(own, sign, 'vi-core', '--signature', signature, '--key', file)).rejects.toThrow(
        `is no signature of ${name}`,
      );
      writeFileSync(signature, signBytes(name === 'an' ? 'sha256' : 'sha384', readFileSync(bytes), privateKey));
      await at(own, sign, 'vi-core', '--signature', signature, '--key', file);
    }
    await at(own, publish, desk.site);
    await refreshed();
  });

  it('can sign two copies at once, whose signatures are then brought together', async () => {
    await at(desk, check);
    await at(desk, build);
    const copy = join(desk.folder, 'copy');
    cpSync(desk.work().folder, copy, { recursive: true });
    await signAs(desk, 'an');
    await signAs({ ...desk, work: () => openWork(copy) }, 'binh');
    const { said } = await at(desk, sign, 'vi-core', '--from', join(copy, 'staged', 'metadata', 'vi-core.json'));
    expect(said).toContain('Signed vi-core as binh.\n  It has all its signatures.');
  });
});
