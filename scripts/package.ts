/**
 * `npm run package`: what is handed to the stores, in `.output/packages/`, the same bytes on every run and machine: packages for
 * Chrome, Edge and Firefox, the sources archive that Firefox's reviewers build from, the bill of materials, release notes, and
 * the hashes of all of them.
 *
 * `--no-lint` leaves out Mozilla's linter (86 MB, fetched once). `--verify` builds the packages again from the sources archive,
 * in a folder of its own with packages of its own, and compares.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { filesBelow, sha256, zipOf } from './package/archive.ts';
import { readRelease } from './package/changelog.ts';
import { lintPackage, unexplained, type Explained } from './package/lint.ts';
import { billOfMaterials } from './package/sbom.ts';
import { sourceFiles } from './package/sources.ts';
import { buildExtension, ROOT } from './run.ts';

const PACKAGES = join(ROOT, '.output', 'packages');
const BROWSERS = ['chrome', 'edge', 'firefox'] as const;
const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};

try {
  const sums = makePackages();
  if (!process.argv.includes('--no-lint')) lint();
  if (process.argv.includes('--verify')) rebuild(sums);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Makes everything and returns the list of hashes, as `sha256sum` writes it. */
function makePackages(): string {
  const release = readRelease(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
  process.env['SOURCE_DATE_EPOCH'] = String(Date.parse(release.date) / 1000);
  rmSync(PACKAGES, { recursive: true, force: true });
  mkdirSync(PACKAGES, { recursive: true });
  const made: string[] = [];
  const write = (file: string, bytes: Uint8Array | string): void => {
    writeFileSync(join(PACKAGES, file), bytes);
    made.push(`${sha256(bytes)}  ${file}`);
  };
  for (const browser of BROWSERS) {
    const folder = join(ROOT, '.output', `${browser}-mv3`);
    rmSync(folder, { recursive: true, force: true });
    buildExtension(undefined, browser);
    write(`${name}-${version}-${browser}.zip`, zipOf(folder, filesBelow(folder)));
  }
  write(`${name}-${version}-sources.zip`, zipOf(ROOT, sourceFiles(ROOT)));
  write(`${name}-${version}.cdx.json`, billOfMaterials(ROOT, name, release.date));
  const sums = `${made.join('\n')}\n`;
  writeFileSync(join(PACKAGES, 'SHA256SUMS'), sums);
  writeFileSync(
    join(PACKAGES, 'release-notes.md'),
    `# Beside ${version} (${release.date})\n\n${release.notes}\n\n## SHA-256\n\n\`\`\`\n${sums}\`\`\`\n`,
  );
  process.stdout.write(`${sums}in .output/packages/\n`);
  return sums;
}

/** @throws with everything that has to be mended or explained. */
function lint(): void {
  const explained = JSON.parse(
    readFileSync(join(ROOT, 'scripts', 'package', 'lint-warnings.json'), 'utf8'),
  ) as Explained[];
  const report = lintPackage(ROOT, join(ROOT, '.output', 'firefox-mv3'));
  const faults = unexplained(report, explained);
  if (faults.length > 0) throw new Error(`web-ext lint:\n${faults.join('\n')}`);
  process.stdout.write(`web-ext lint: 0 errors, ${report.warnings.length} warnings, each explained\n`);
}

/** Builds all again from the sources archive alone. @throws when a hash is another. */
function rebuild(sums: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'beside-rebuild-'));
  try {
    const archive = readFileSync(join(PACKAGES, `${name}-${version}-sources.zip`));
    for (const [file, bytes] of Object.entries(unzipSync(new Uint8Array(archive)))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), bytes);
    }
    const args = [join('scripts', 'n.mjs'), 'scripts/package.ts', '--no-lint'];
    const built = spawnSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 2, 2] });
    const list = join(folder, '.output', 'packages', 'SHA256SUMS');
    if (built.status !== 0 || !existsSync(list)) throw new Error('the sources archive could not be built');
    const again = readFileSync(list, 'utf8');
    if (again !== sums) throw new Error(`a rebuild from the sources archive gives other bytes:\n${again}`);
    process.stdout.write('a rebuild from the sources archive gives the same hashes\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
