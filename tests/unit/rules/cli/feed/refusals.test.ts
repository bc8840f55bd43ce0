import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildRelease, createRepository, signWithAllKeys } from '../../../../../rules/cli/feed/api.ts';
import { build } from '../../../../../rules/cli/feed/commands/build.ts';
import { check } from '../../../../../rules/cli/feed/commands/check.ts';
import { init } from '../../../../../rules/cli/feed/commands/init.ts';
import { mirror, publish } from '../../../../../rules/cli/feed/commands/publish.ts';
import { rotate } from '../../../../../rules/cli/feed/commands/rotate.ts';
import { sign } from '../../../../../rules/cli/feed/commands/sign.ts';
import { canonicalJson } from '../../../../../rules/feed/json.ts';
import { filesBelow } from '../../../../../rules/cli/feed/files.ts';
import { at, DAY, edit, openDesk, PRIZE, release, signAs, type Desk } from './desk.ts';

// Every check judges the travelling corpus twice.
vi.setConfig({ testTimeout: 60_000 });

describe('the publisher refuses', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = openDesk();
  });

  afterEach(() => {
    desk.close();
  });

  const key = (signer: string, role: string): string => join(desk.work().folder, 'keys', signer, `${role}.pem`);

  it('to build rules that were not checked, or that changed after the check', async () => {
    await expect(at(desk, build)).rejects.toThrow('not found good by a check');
    await at(desk, check);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: Changed after the check'));
    await expect(at(desk, build)).rejects.toThrow('have changed since the last good check');
  });

  const restate = (file: string, change: (signed: Record<string, unknown>) => void): void => {
    const path = join(desk.work().folder, 'staged', 'metadata', file);
    const metadata = JSON.parse(readFileSync(path, 'utf8')) as { signed: Record<string, unknown> };
    change(metadata.signed);
    writeFileSync(path, canonicalJson(metadata));
  };
  const EXPIRY = 'x-tuf-on-ci-expiry-period';
  const SIGNING = 'x-tuf-on-ci-signing-period';

  it.each<[string, Record<string, unknown>, string]>([
    ['is shorter than what it holds for', { [EXPIRY]: 30 }, 'vi-core 1: states that it holds for 30 days, but ends on'],
    ['is none', { [EXPIRY]: undefined }, 'vi-core 1: states no period of validity in whole days'],
    ['is no number of whole days', { [EXPIRY]: 59.5 }, 'vi-core 1: states no period of validity in whole days'],
    ['is longer than feed.config.json has', { [EXPIRY]: 61 }, 'vi-core 1: states 61 days, and 20 to sign anew, where'],
    ['to sign anew is another', { [SIGNING]: 3 }, 'vi-core 1: states 60 days, and 3 to sign anew, where'],
    ['to sign anew is as long as the other', { [SIGNING]: 60 }, 'vi-core 1: states no period of signing anew'],
    [
      'does not lead to its end',
      { expires: '2027-03-01T00:00:00Z' },
      'vi-core 1: states that it holds for 60 days, but',
    ],
  ])('to build on, find good or sign a role whose period %s', async (_, fields, fault) => {
    await at(desk, check);
    await at(desk, build);
    restate('vi-core.json', (signed) => Object.assign(signed, fields));
    const { status, said } = await at(desk, check);
    expect([status, said]).toEqual([1, expect.stringContaining(`FAULT ${fault}`)]);
    await expect(at(desk, build, '--keep', '--only', 'en')).rejects.toThrow(fault);
    await expect(at(desk, sign, 'en', '--key', key('an', 'en'))).rejects.toThrow(fault);
    await at(desk, build, '--again', '--resign', 'vi-core');
    expect((await at(desk, sign, 'vi-core', '--key', key('an', 'vi-core'))).said).toContain('Signed vi-core as an.');
  });

  it('to go on with a published role or root whose period is wrong, until it is signed anew', async () => {
    await at(desk, check);
    await at(desk, build);
    for (const file of ['vi-core.json', 'root.json'])
      restate(file, (signed) => (signed[EXPIRY] = Number(signed[EXPIRY]) - 20));
    await signWithAllKeys(desk.work());
    await at(desk, publish, desk.site);
    const { said } = await at(desk, check);
    expect(said).toContain('FAULT vi-core 1: states that it holds for 40 days');
    expect(said).toContain('FAULT root 1: states that it holds for 345 days');
    await expect(at(desk, build, '--resign', 'vi-core')).rejects.toThrow('root 1: states that it holds for 345 days');
    expect((await at(desk, rotate)).said).toMatch(/^root, version 2.*^vi-core, version 2/msu);
    await signWithAllKeys(desk.work());
    expect((await at(desk, publish, desk.site)).status).toBe(0);
    expect((await at(desk, check)).status).toBe(0);
  });

  it('rules whose own examples do not hold, and takes an earlier approval back', async () => {
    await at(desk, check);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^ {2}match:$/m, '  match:\n    - Chiều nay đi đá bóng không'));
    const { status, said } = await at(desk, check);
    expect(status).toBe(1);
    expect(said).toContain(`FAULT ${PRIZE}: stays quiet at its own example: them: Chiều nay đi đá bóng không`);
    await expect(at(desk, build)).rejects.toThrow('not found good by a check');
  });

  it('a rule that warns of a harmless text, until its alarm is accepted with a reason that signers read', async () => {
    edit(desk, PRIZE, (yaml) =>
      yaml
        .replace(/^evidence: .*\n/m, '')
        .replace(/^detection:$/m, 'detection:\n  loud:\n    - công an tỉnh vừa triệt phá')
        .replace(/^ {2}condition:.*(?:\n {4}.*)*$/m, (found) => {
          const condition = found.replace(/^ {2}condition: *(?:>-)?\s*/, '').replace(/\s+/g, ' ');
          return `  condition: (${condition}) or loud`;
        }),
    );
    const { status, said } = await at(desk, check);
    expect(status).toBe(1);
    expect(said).toContain('NEW FALSE ALARM at bl-0101');
    const accepted = await at(desk, check, '--accept-alarms', 'bl-0101', '--reason', 'a drill');
    expect(accepted).toMatchObject({ status: 0 });
    await at(desk, build);
    expect((await at(desk, sign, 'vi-core', '--key', key('an', 'vi-core'))).said).toContain(
      'accepted false alarm bl-0101: a drill',
    );
  });

  it('two rules of one title', async () => {
    edit(desk, 'vi/prize/prize-behind-a-link.yml', (yaml) =>
      yaml.replace(/^title: .*/m, /^title: .*/m.exec(readFileSync(join(desk.packs, PRIZE), 'utf8'))?.[0] ?? ''),
    );
    expect((await at(desk, check)).said).toContain(`has the title of ${PRIZE}`);
  });

  it('one name with two contents, in the packs and among the urgent rules', async () => {
    const urgent = join(desk.work().folder, 'urgent', 'vi');
    cpSync(
      join(desk.packs, 'vi', 'signals', 'talks-about-lures.yml'),
      join(urgent, 'signals', 'talks-about-lures.yml'),
    );
    const { status, said } = await at(desk, check);
    expect(status).toBe(1);
    expect(said).toContain('the name talks-about-lures is in the packs as well');
  });

  it('more than the urgent role may carry', async () => {
    const rule = readFileSync(join(desk.packs, PRIZE), 'utf8');
    for (let number = 10; number < 62; number += 1) {
      const yaml = rule
        .replace(/^title: .*/m, `title: Urgent ${number}`)
        .replace(/^id: .*/m, `id: 00000000-0000-4000-8000-0000000000${number}`);
      cpSync(join(desk.packs, PRIZE), join(desk.work().folder, 'urgent', 'vi', 'prize', `${number}.yml`));
      writeFileSync(join(desk.work().folder, 'urgent', 'vi', 'prize', `${number}.yml`), yaml);
    }
    const { status, said } = await at(desk, check);
    expect(status).toBe(1);
    expect(said).toMatch(
      /FAULT vi-urgent: the rule file is longer than 16384 bytes\. Mend: .*move them to another role/,
    );
  });

  it('to sign with a key of another role, and says of which', async () => {
    await release(desk);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: Said anew'));
    await at(desk, check);
    await at(desk, build);
    await expect(at(desk, sign, 'vi-core', '--key', key('an', 'en'))).rejects.toThrow(
      'is no key of vi-core, but of en',
    );
    const foreign = join(desk.folder, 'foreign.pem');
    writeFileSync(foreign, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(at(desk, sign, 'vi-core', '--key', foreign)).rejects.toThrow(/is no key of vi-core \(its id/);
  });

  it('to sign what somebody changed after it was built', async () => {
    await at(desk, check);
    await at(desk, build);
    const file = join(desk.work().folder, 'staged', 'tests', 'vi-core.json');
    writeFileSync(file, '{}\n');
    await expect(at(desk, sign, 'vi-core', '--key', key('an', 'vi-core'))).rejects.toThrow(
      'not those that were checked and built',
    );
    await at(desk, build);
    const rules = join(desk.work().folder, 'staged', 'targets', 'vi-core', '1.jsonl');
    writeFileSync(rules, readFileSync(rules, 'utf8').replace('must be paid', 'may be paid'));
    await expect(at(desk, sign, 'vi-core', '--key', key('an', 'vi-core'))).rejects.toThrow('is not there');
  });

  it('to publish what too few have signed, and names who has to', async () => {
    await at(desk, check);
    await at(desk, build);
    await signAs(desk, 'an');
    await expect(at(desk, publish, desk.site)).rejects.toThrow(/vi-core: 1 of 2, 1 more of binh/);
    expect(filesBelow(desk.site)).toEqual([]);
    await signAs(desk, 'an');
    await expect(at(desk, publish, desk.site), 'the same signer twice is one signature').rejects.toThrow(
      'vi-core: 1 of 2',
    );
  });

  it('to publish into the working folder, where the keys are', async () => {
    await release(desk);
    await expect(at(desk, publish, desk.folder)).rejects.toThrow('where the keys are');
    await expect(at(desk, publish, join(desk.work().folder, 'site'))).rejects.toThrow('where the keys are');
    expect(filesBelow(desk.site).filter((file) => file.includes('pem'))).toEqual([]);
  });

  it('to go back to lower versions than are published', async () => {
    await release(desk);
    const old = join(desk.folder, 'old');
    cpSync(desk.work().folder, old, { recursive: true });
    await at(desk, publish, desk.site, '--refresh');
    await at(desk, publish, desk.site, '--refresh');
    const before = readFileSync(join(desk.site, 'metadata', 'timestamp.json'));
    await expect(publish.run([desk.site, '--work', old])).rejects.toThrow('has release 3, and');
    await expect(publish.run([desk.site, '--refresh', '--work', old])).rejects.toThrow('devices refuse to go back');
    expect(readFileSync(join(desk.site, 'metadata', 'timestamp.json'))).toEqual(before);
  });

  it('to mirror a feed with a damaged file, and leaves the copy as it was', async () => {
    await release(desk);
    const copy = join(desk.folder, 'copy');
    await at(desk, mirror, desk.site, copy);
    edit(desk, PRIZE, (yaml) => yaml.replace(/^title: .*/m, 'title: Said anew'));
    await release(desk);
    const file = filesBelow(desk.site).find((name) => name.endsWith('.2.jsonl')) ?? '';
    writeFileSync(join(desk.site, file), readFileSync(join(desk.site, file), 'utf8').replace('notice', 'urgent'));
    const before = readFileSync(join(copy, 'metadata', 'timestamp.json'));
    await expect(at(desk, mirror, desk.site, copy)).rejects.toThrow('is not the file that was signed');
    expect(readFileSync(join(copy, 'metadata', 'timestamp.json'))).toEqual(before);
    rmSync(join(copy, 'metadata', '1.root.json'));
    const stranger = openDesk();
    await release(stranger);
    await expect(
      at(desk, mirror, stranger.site, copy, '--root', join(desk.site, 'metadata', '1.root.json')),
    ).rejects.toThrow('is signed by 0 of');
    stranger.close();
  });

  it('to begin a feed where something is, or with private keys of others', async () => {
    const { folder } = desk.work();
    await expect(init.run([folder, '--drill'])).rejects.toThrow('is there and not empty');
    const next = join(desk.folder, 'next');
    await expect(init.run([next])).rejects.toThrow('role root: has no keys');
    await expect(init.run([next, '--key', `root=${key('an', 'root')}`, '--drill'])).rejects.toThrow(
      'is a private key, which stays with its owner',
    );
    expect(filesBelow(next)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('to leave private keys readable by others', () => {
    const { folder } = desk.work();
    for (const file of filesBelow(join(folder, 'keys'))) {
      expect(statSync(join(folder, 'keys', file)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, 'keys', file), 'utf8')).toMatch(/^DRILL KEY of/);
    }
  });

  it('unchecked rules outside of a drill', async () => {
    const work = createRepository(join(desk.folder, 'other'), { drill: true, now: new Date(DAY) });
    await expect(
      buildRelease({ ...work, config: { ...work.config, drill: false } }, { now: new Date(DAY), unchecked: true }),
    ).rejects.toThrow('in a drill alone');
  });
});
