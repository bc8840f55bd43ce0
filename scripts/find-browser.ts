/** Finds a Chromium that can load an unpacked extension, or installs one where that takes nobody's leave. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

/** Where Chromium is installed by the usual means. Branded Chrome and Edge no longer load unpacked extensions and are left out. */
function systemPlaces(): string[] {
  switch (process.platform) {
    case 'darwin':
      return [
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        join(process.env['HOME'] ?? '', 'Applications/Chromium.app/Contents/MacOS/Chromium'),
      ];
    case 'win32':
      return ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'].map((folder) =>
        join(process.env[folder] ?? '', 'Chromium', 'Application', 'chrome.exe'),
      );
    default:
      return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium', '/usr/lib/chromium/chromium'];
  }
}

/**
 * Path of a Chromium: BESIDE_CHROMIUM, else Playwright's own, else the system's, else from the package manager (root on
 * Debian), else from `npx playwright install`.
 *
 * @throws when there is none and none can be had; the message names the cures.
 */
export function findBrowser(): string {
  const given = process.env['BESIDE_CHROMIUM'];
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new Error(`BESIDE_CHROMIUM names ${given}, which is not there. Mend the path or unset it.`);
  }
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  const system = systemPlaces().find((place) => existsSync(place));
  if (system !== undefined) return system;
  const isDebianRoot = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (isDebianRoot && installFromDebian('chromium')) {
    const installed = systemPlaces().find((place) => existsSync(place));
    if (installed !== undefined) return installed;
  }
  if (installFromPlaywright() && existsSync(own)) return own;
  throw new Error(
    'No Chromium was found. Any one of these mends it:\n' +
      '  npx playwright install chromium\n' +
      '  sudo apt-get install chromium      (Debian, Ubuntu; brew install --cask chromium on macOS)\n' +
      '  BESIDE_CHROMIUM=/path/to/chromium npm start',
  );
}

/**
 * Path of a Firefox: BESIDE_FIREFOX, else the system's, else from the package manager (root on Debian).
 *
 * @throws when there is none and none can be had; the message names the cures.
 */
export function findFirefox(): string {
  const given = process.env['BESIDE_FIREFOX'];
  const places =
    given !== undefined && given !== ''
      ? [given]
      : ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
  const find = (): string | undefined => places.find((place) => existsSync(place));
  const isDebianRoot = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const found = find() ?? (isDebianRoot && installFromDebian('firefox-esr') ? find() : undefined);
  if (found !== undefined) return found;
  throw new Error('No Firefox was found. Install it (apt-get install firefox-esr) or set BESIDE_FIREFOX to its path.');
}

function installFromDebian(name: string): boolean {
  process.stderr.write(`beside: installing a browser (apt-get install ${name}) …\n`);
  const run = (...args: string[]): boolean =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return (
    run('update', '-qq') &&
    run('install', '-y', '-qq', '--no-install-recommends', name, 'fonts-noto-core', 'fonts-noto-color-emoji')
  );
}

function installFromPlaywright(): boolean {
  process.stderr.write('beside: fetching a Chromium (playwright install chromium) …\n');
  const cli = join(import.meta.dirname, '..', 'node_modules', 'playwright', 'cli.js');
  return spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 2, 2] }).status === 0;
}
