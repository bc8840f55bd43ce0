/** What is handed to the stores; `npm test` makes it first, with `npm run package`. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { filesBelow, sha256, zipOf } from '../../scripts/package/archive.ts';
import { plainName } from '../../scripts/package/lint.ts';
import { SOURCES, sourceFiles } from '../../scripts/package/sources.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PACKAGES = join(ROOT, '.output', 'packages');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(PACKAGES, file)));
const BROWSERS = ['chrome', 'edge', 'firefox'] as const;
const archive = (name: string): Record<string, Uint8Array> => unzipSync(read(`beside-${version}-${name}.zip`));
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** Every file of a package but the code and styles that its pages share, whose names the bundler makes. */
const ENTRIES = [
  '_locales/en/messages.json',
  '_locales/vi/messages.json',
  'background.js',
  'card.js',
  'content-scripts/page.js',
  'evidence.html',
  'icon/128.png',
  'icon/16.png',
  'icon/32.png',
  'icon/48.png',
  'icon/96.png',
  'managed-schema.json',
  'managed.html',
  'manifest.json',
  'options.html',
  'popup.html',
  'rules.json',
  'tell.js',
];
const SHARED = /^(?:chunks\/[\w-]+\.js|assets\/[\w-]+\.css)$/u;
/** What a key, a token or a password looks like. */
const SECRET =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{20}|\bnpm_[A-Za-z0-9]{36}|\bgh[pousr]_[A-Za-z0-9]{36}|\bAKIA[A-Z0-9]{16}\b|_authToken/u;
const SECRET_NAME = /\.(?:pem|key|p12|pfx|env)$|(?:^|\/)\.env|id_(?:rsa|ed25519)/u;

describe.each(BROWSERS)('the package for %s', (browser) => {
  it('holds these files and no other', () => {
    const names = Object.keys(archive(browser)).map(plainName);
    expect(names.filter((name) => !SHARED.test(name)).toSorted()).toEqual(ENTRIES);
  });

  it('has its entries in order', () => {
    const names = Object.keys(archive(browser));
    expect(names).toEqual(names.toSorted());
  });

  it('names no folder of the machine that built it, and no source map', () => {
    for (const [name, bytes] of Object.entries(archive(browser)))
      expect(text(bytes), name).not.toMatch(/\/home\/|\/root\/|\/Users\/|sourceMappingURL/u);
    for (const bytes of Object.values(archive(browser))) expect(text(bytes)).not.toContain(ROOT);
  });
});

describe('the sources archive', () => {
  const sources = archive('sources');

  it('holds the sources that git knows and nothing else', () => {
    expect(Object.keys(sources)).toEqual(sourceFiles(ROOT));
    for (const name of Object.keys(sources))
      expect(
        SOURCES.some((source) => name === source || name.startsWith(`${source}/`)),
        name,
      ).toBe(true);
  });

  it('leaves out what merely lies in a checkout', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'beside-checkout-'));
    mkdirSync(join(checkout, 'scripts'));
    for (const name of ['scripts/known.ts', 'scripts/dev.pem', 'package.json', 'notes.txt'])
      writeFileSync(join(checkout, name), name);
    const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: checkout, stdio: 'pipe' });
    git('init', '--quiet');
    git('add', 'scripts/known.ts', 'package.json', 'notes.txt');
    expect(sourceFiles(checkout)).toEqual(['package.json', 'scripts/known.ts']);
    rmSync(checkout, { recursive: true });
  });
});

it.each([...BROWSERS, 'sources'])('no secret is in the archive: %s', (name) => {
  const entries = Object.entries(archive(name));
  expect(entries.map(([file]) => file).filter((file) => SECRET_NAME.test(file))).toEqual([]);
  expect(entries.filter(([, bytes]) => SECRET.test(text(bytes))).map(([file]) => file)).toEqual([]);
});

it('a secret would be seen', () => {
  expect('keys/dev.pem').toMatch(SECRET_NAME);
  const { privateKey } = generateKeyPairSync('ed25519');
  expect(privateKey.export({ format: 'pem', type: 'pkcs8' })).toMatch(SECRET);
});

it('every file that is handed over has its hash in the list and in the release notes', () => {
  const lines = text(read('SHA256SUMS')).trimEnd().split('\n');
  const files = readdirSync(PACKAGES).filter((file) => !['SHA256SUMS', 'release-notes.md'].includes(file));
  expect(lines.toSorted()).toEqual(files.map((file) => `${sha256(read(file))}  ${file}`).toSorted());
  for (const line of lines) expect(text(read('release-notes.md'))).toContain(line);
});

it('the same files give the same archive, whenever and in whatever order they were written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beside-archive-'));
  cpSync(join(ROOT, 'public'), folder, { recursive: true });
  const names = filesBelow(folder);
  for (const name of names) utimesSync(join(folder, name), 1e9, 1e9);
  expect(sha256(zipOf(folder, names.toReversed()))).toBe(
    sha256(zipOf(join(ROOT, 'public'), filesBelow(join(ROOT, 'public')))),
  );
  rmSync(folder, { recursive: true });
});

describe('the bill of materials', () => {
  const bom = JSON.parse(text(read(`beside-${version}.cdx.json`))) as {
    bomFormat: string;
    metadata: { component: { name: string; version: string } };
    components: { name: string; version: string; licenses?: unknown[]; hashes?: unknown[]; scope: string }[];
  };

  it('is CycloneDX for this version', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'beside', version } } });
  });

  it('names every dependency with its exact version, licence and hash', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      const found = bom.components.find((component) => component.name === name && component.version === wanted);
      expect(found, name).toBeDefined();
      expect(found?.licenses, name).toHaveLength(1);
      expect(found?.hashes, name).toHaveLength(1);
    }
  });
});
