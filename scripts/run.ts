/** Running the project's tools from its scripts: by their JavaScript file, without a shell, so that it is the same on every system. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** The JavaScript file of an installed package's command. */
export function commandOf(name: string, packageName = name): string {
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin[name];
  if (file === undefined) throw new Error(`${packageName} has no command named ${name}`);
  return join(folder, file);
}

/** Runs a tool to its end; its output is shown unless it is wanted as text. */
export function runTool(
  file: string,
  args: readonly string[],
  options: { quiet?: boolean; env?: Record<string, string> } = {},
): { ok: boolean; output: string } {
  const result = spawnSync(process.execPath, [file, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', options.quiet === true ? 'pipe' : 'inherit', options.quiet === true ? 'pipe' : 'inherit'],
    env: { ...process.env, ...options.env },
  });
  return { ok: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
}

/** A feed that is built in, and where that package is put. */
export interface BuiltFeed {
  /** Base address. */
  address: string;
  /** Folder of the published repository. */
  repository: string;
  /** Where to build, besides the usual package. */
  folder: string;
}

/** Builds the production extension and returns its folder. */
export function buildExtension(feed?: BuiltFeed, browser: 'chrome' | 'edge' | 'firefox' = 'chrome'): string {
  const env: Record<string, string> =
    feed === undefined
      ? {}
      : { BESIDE_FEED_URL: feed.address, BESIDE_FEED_REPOSITORY: feed.repository, BESIDE_OUTPUT: feed.folder };
  const built = runTool(commandOf('wxt'), ['build', '-b', browser], { quiet: true, env });
  if (!built.ok) {
    process.stderr.write(built.output);
    throw new Error('the extension could not be built; the reason is above');
  }
  return join(feed?.folder ?? join(ROOT, '.output'), `${browser}-mv3`);
}
