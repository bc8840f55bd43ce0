/** Which files of the repository are the sources of a package: what a reviewer needs to build it, and nothing else. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './archive.ts';

/** Folders and files at the top of the repository; tests and pictures are not needed for a build. */
export const SOURCES: readonly string[] = [
  '.npmrc',
  '.nvmrc',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'components',
  'docs/store/building.md',
  'entrypoints',
  'package-lock.json',
  'package.json',
  'public',
  'rules',
  'scripts',
  'tsconfig.json',
  'utils',
  'wxt.config.ts',
];

/**
 * Names of the source files, sorted. In a git checkout only what git knows counts, so that nothing that merely lies there
 * gets in; in an unpacked archive, which has no git, everything of it does.
 */
export function sourceFiles(root: string): string[] {
  const names = existsSync(join(root, '.git')) ? trackedFiles(root) : unpackedFiles(root);
  return names.toSorted();
}

function trackedFiles(root: string): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '--', ...SOURCES], { cwd: root, encoding: 'utf8' });
  if (listed.status !== 0) throw new Error(`git could not list the sources: ${listed.stderr}`);
  return listed.stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)));
}

function unpackedFiles(root: string): string[] {
  return SOURCES.flatMap((source) => {
    const path = join(root, source);
    if (!existsSync(path)) return [];
    return statSync(path).isFile() ? [source] : filesBelow(path).map((name) => `${source}/${name}`);
  });
}
