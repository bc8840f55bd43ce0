/** Finds a Chromium that can load an unpacked extension, and a Firefox, or installs them where that takes nobody's leave. */
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
  if (whyNoDebian() === undefined && installFromDebian('chromium')) {
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

/** Where Firefox is installed by the usual means. */
const FIREFOX_PLACES: readonly string[] = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/**
 * Path of a Firefox that is there: BESIDE_FIREFOX, else the system's; undefined when there is none.
 *
 * @throws when BESIDE_FIREFOX names a file that is not there.
 */
export function lookForFirefox(places = FIREFOX_PLACES): string | undefined {
  const given = process.env['BESIDE_FIREFOX'];
  if (given === undefined || given === '') return places.find((place) => existsSync(place));
  if (existsSync(given)) return given;
  throw new Error(`BESIDE_FIREFOX names ${given}, which is not there. Mend the path or unset it.`);
}

/**
 * Path of a Firefox as `lookForFirefox` finds it, else from the package manager (root on Debian).
 *
 * @throws when there is none and none can be had; the message says why and names the cures.
 */
export function findFirefox(places = FIREFOX_PLACES): string {
  const found = lookForFirefox(places);
  if (found !== undefined) return found;
  const why = whyNoDebian();
  const installed = why === undefined && installFromDebian('firefox-esr') ? lookForFirefox(places) : undefined;
  if (installed !== undefined) return installed;
  throw new Error(
    `No Firefox was found, and none could be installed: ${why ?? 'apt-get has failed'}. Any one of these mends it:\n` +
      '  sudo apt-get install firefox-esr      (Debian; firefox elsewhere, brew install --cask firefox on macOS)\n' +
      '  BESIDE_FIREFOX=/path/to/firefox npm test',
  );
}

/** Why packages cannot be installed by apt-get without asking anybody; undefined when they can. */
function whyNoDebian(): string | undefined {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'this system has no apt-get';
  return process.getuid?.() === 0 ? undefined : 'apt-get takes root';
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
