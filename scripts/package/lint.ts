/** Mozilla's linter over the Firefox package: no error, and no warning that is not explained. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A warning that is expected, with the reason why it is harmless. */
export interface Explained {
  code: string;
  /** Where it comes from, without the hash that the bundler puts into names. */
  file: string;
  count: number;
  why: string;
}

/** What the linter reports of one place. Source: addons-linter 10, `--output json`. */
export interface Finding {
  code: string;
  message: string;
  file?: string | null;
}

/** What the linter reports. */
export interface LintReport {
  errors: Finding[];
  warnings: Finding[];
  notices: Finding[];
}

/** A file of the package without the bundler's hash: `chunks/popup-CghLvSE3.js` is `chunks/popup.js`. */
export function plainName(file: string): string {
  return file.replace(/-[\w-]{8}\.(js|css)$/u, '.$1');
}

/** What has to be mended or explained: errors, warnings that no explanation fits, and explanations that fit nothing any more. */
export function unexplained({ errors, warnings }: LintReport, explained: readonly Explained[]): string[] {
  const faults = errors.map(({ code, file, message }) => `error ${code} in ${file ?? 'the package'}: ${message}`);
  const counts = new Map<string, number>();
  for (const { code, file } of warnings) {
    const key = `${code} in ${plainName(file ?? 'the package')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const { code, file, count } of explained) {
    const key = `${code} in ${file}`;
    const found = counts.get(key) ?? 0;
    if (found !== count) faults.push(`warning ${key}: explained ${count} times, found ${found} times`);
    counts.delete(key);
  }
  for (const [key, count] of counts) faults.push(`warning ${key}: found ${count} times, explained nowhere`);
  return faults;
}

/** Lints a built extension. @throws when the linter cannot be had or does not report. */
export function lintPackage(root: string, extension: string): LintReport {
  const linter = join(webExt(root), 'node_modules', 'web-ext', 'bin', 'web-ext.js');
  const args = ['lint', '--source-dir', extension, '--output', 'json', '--self-hosted=false', '--no-config-discovery'];
  const { stdout, stderr } = spawnSync(process.execPath, [linter, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  try {
    return JSON.parse(stdout) as LintReport;
  } catch {
    throw new Error(`web-ext lint left no report: ${stderr || stdout}`);
  }
}

/** The folder with the linter that `scripts/web-ext` pins; brought in once per machine and version. */
function webExt(root: string): string {
  const source = join(root, 'scripts', 'web-ext');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
  const cache =
    process.env['BESIDE_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'beside');
  const folder = join(cache, `web-ext-${version}`);
  if (existsSync(folder)) return folder;
  process.stderr.write(`beside: fetching web-ext ${version} once …\n`);
  const half = `${folder}.${process.pid}`;
  mkdirSync(half, { recursive: true });
  cpSync(source, half, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const fetched = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: half,
    stdio: ['ignore', 2, 2],
    shell: npm.endsWith('.cmd'),
  });
  if (fetched.status !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw new Error(
      'web-ext could not be fetched from the npm registry; npm’s own words are above. Without the linter: npm run package -- --no-lint',
    );
  }
  renameSync(half, folder);
  return folder;
}
