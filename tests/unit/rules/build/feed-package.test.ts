import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPack } from '../../../../rules/language/check.ts';
import { feedFromEnvironment, packageRepository } from '../../../../scripts/feed-package.ts';
import { inDays } from '../../../fixtures/feed/repository.ts';
import { feedRule, FeedRepository, partOf } from '../../feed/feed-repository.ts';

let folder: string;
let repository: FeedRepository;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beside-package-'));
  repository = new FeedRepository();
  repository.setFeed({ mirrors: ['https://mirror.example.vn/'] });
  repository
    .addRules('vi-core', 3, partOf([feedRule(1)]))
    .addRules('vi-core', 4, partOf([feedRule(1), feedRule(2, 'mua thẻ nạp')]));
  repository.addRules('vi-core', 5, partOf([feedRule(9)]), { rollout: { pct: 50, salt: 's' } }).release();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (): string => {
  repository.writeTo(folder);
  return folder;
};
/** The file of the target with this name, whatever its hash. */
const targetFile = (below: string, name: string): string => {
  const place = join(folder, 'targets', below);
  const file = readdirSync(place).find((one) => one.endsWith(`.${name}`));
  if (file === undefined) throw new Error(`${name} is not there`);
  return join(place, file);
};

describe('a package that is built with a published repository', () => {
  it('carries its metadata, the rule files that are for everybody, and the rules made of them', async () => {
    const { files, pack, publication } = await packageRepository(write());
    expect([...files.keys()].toSorted()).toEqual([
      'feed/metadata/en.json',
      'feed/metadata/minority.json',
      'feed/metadata/root.json',
      'feed/metadata/snapshot.json',
      'feed/metadata/targets.json',
      'feed/metadata/timestamp.json',
      'feed/metadata/vi-core.json',
      'feed/metadata/vi-urgent.json',
      'feed/targets/feed.json',
      'feed/targets/vi-core/4.jsonl',
    ]);
    expect(files.get('feed/targets/vi-core/4.jsonl')).toEqual(readFileSync(targetFile('vi-core', '4.jsonl')));
    expect(pack.rules).toHaveLength(2);
    expect(checkPack(pack)).toEqual([]);
    expect(publication).toMatchObject({
      files: { 'vi-core': { number: 4 } },
      interval: 6,
      mirrors: ['https://mirror.example.vn/'],
    });
    expect(publication.expires).toBeGreaterThan(Date.now());
  });

  it('carries the newest root when keys were changed', async () => {
    repository.replaceKeys('timestamp');
    repository.publish('root', 'timestamp');
    const { files } = await packageRepository(write());
    expect(files.get('feed/metadata/root.json')).toEqual(repository.bytes('root'));
    expect(existsSync(join(folder, 'metadata', '2.root.json'))).toBe(true);
  });
});

describe('a build is stopped, with what is wrong and how to mend it,', () => {
  const reason = async (): Promise<string> => {
    const error: unknown = await packageRepository(folder).catch((thrown: unknown) => thrown);
    return error instanceof Error ? error.message : 'it was built';
  };

  it('by a folder that is no repository', async () => {
    expect(await reason()).toMatch(/^BESIDE_FEED_REPOSITORY .*: .+\. [A-Z].+/su);
    expect(await reason()).toMatch(/no metadata\/N\.root\.json/u);
  });

  it('by metadata that was changed behind its signatures', async () => {
    repository.tamper('targets', ({ signed }) => (signed.expires = inDays(300)));
    write();
    expect(await reason()).toMatch(/refused/u);
  });

  it('by a timestamp that has expired, or is about to', async () => {
    repository.timestamp.expires = inDays(-1);
    repository.publish('timestamp');
    write();
    expect(await reason()).toMatch(/refused.*timestamp/u);
    repository.timestamp.expires = inDays(0.5);
    repository.publish('timestamp');
    write();
    expect(await reason()).toMatch(/less than 24 hours/u);
  });

  it('by a role that has expired', async () => {
    repository.targets('vi-urgent').expires = inDays(-1);
    repository.release();
    write();
    expect(await reason()).toMatch(/refused.*vi-urgent/u);
  });

  it('by a rule file that was changed or is missing', async () => {
    write();
    const file = targetFile('vi-core', '4.jsonl');
    writeFileSync(file, 'x');
    expect(await reason()).toMatch(/was changed/u);
    rmSync(file);
    expect(await reason()).toMatch(/is not there/u);
  });

  it('by rules that devices would refuse', async () => {
    repository.addRules('vi-core', 6, partOf([feedRule(1), feedRule(2, 'hôm nay')])).release();
    write();
    expect(await reason()).toMatch(/rules are refused.*ordinary talk/u);
  });

  it('by an address without a repository to check it by, and by one that is none', async () => {
    await expect(feedFromEnvironment({ BESIDE_FEED_URL: 'https://feed.example.vn' })).rejects.toThrow(
      /BESIDE_FEED_REPOSITORY is not/u,
    );
    const env = { BESIDE_FEED_URL: 'feed.example.vn', BESIDE_FEED_REPOSITORY: write() };
    await expect(feedFromEnvironment(env)).rejects.toThrow(/no web address/u);
  });
});

describe('the environment of a build', () => {
  it('may say nothing of a feed', async () => {
    expect(await feedFromEnvironment({})).toEqual({});
    expect(await feedFromEnvironment({ BESIDE_FEED_URL: '', BESIDE_FEED_REPOSITORY: '' })).toEqual({});
  });

  it('may name the address and the repository', async () => {
    const env = { BESIDE_FEED_URL: 'https://feed.example.vn/beside', BESIDE_FEED_REPOSITORY: write() };
    const { address, feed } = await feedFromEnvironment(env);
    expect(address).toBe('https://feed.example.vn/beside/');
    expect(feed?.pack.rules).toHaveLength(2);
  });
});
