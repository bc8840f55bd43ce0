/** The manifests as they are built, and PERMISSIONS.md, which answers for every line of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const BROWSERS = ['chrome', 'edge', 'firefox'] as const;

interface Manifest {
  permissions: string[];
  optional_permissions?: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  content_scripts: { matches: string[] }[];
  browser_specific_settings?: { gecko: { data_collection_permissions: unknown } };
}
const manifestOf = (browser: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, '.output', `${browser}-mv3`, 'manifest.json'), 'utf8')) as Manifest;
/** The version is no news of the manifest. */
const shown = (browser: string): string =>
  `${JSON.stringify({ ...manifestOf(browser), version: '(of package.json)' }, null, 2)}\n`;

it.each(BROWSERS)('the manifest for %s is the one that was looked through', async (browser) => {
  await expect(shown(browser)).toMatchFileSnapshot(`manifests/${browser}.snap`);
});

describe('PERMISSIONS.md', () => {
  const document = readFileSync(join(ROOT, 'PERMISSIONS.md'), 'utf8');
  /** The first cell of each row under a heading, which may name several; every row has to give a reason. */
  const rows = (heading: string): string[] => {
    const section = new RegExp(`^## ${heading}\\n(?<body>[\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'mu').exec(document);
    return [...(section?.groups?.['body'] ?? '').matchAll(/^\| (?<cell>`[^|]*`) +\|(?<reasons>.*)\|$/gmu)].flatMap(
      ({ groups }) => {
        const reasons = groups?.['reasons']?.split('|') ?? [];
        for (const reason of reasons) expect(reason.trim().length, groups?.['cell']).toBeGreaterThan(0);
        return [...(groups?.['cell'] ?? '').matchAll(/`([^`]+)`/gu)].map(([, name]) => name ?? '');
      },
    );
  };

  it.each(BROWSERS)('gives a reason for every permission of the package for %s, and for no other', (browser) => {
    const { permissions, optional_permissions: optional = [] } = manifestOf(browser);
    expect(rows('Permissions').toSorted()).toEqual([...permissions, ...optional].toSorted());
  });

  it.each(BROWSERS)('gives a reason for every host of the package for %s, and for no other', (browser) => {
    const { host_permissions: hosts, content_scripts: scripts } = manifestOf(browser);
    expect(rows('Sites that are read without being asked').toSorted()).toEqual(hosts.toSorted());
    expect([...new Set(scripts.flatMap(({ matches }) => matches))].toSorted()).toEqual(hosts.toSorted());
  });

  it.each(BROWSERS)('gives a reason for what may be allowed later, for %s', (browser) => {
    expect(rows('Sites that you may allow').toSorted()).toEqual(
      manifestOf(browser).optional_host_permissions.toSorted(),
    );
  });
});

it('Firefox is told that no data is collected', () => {
  expect(manifestOf('firefox').browser_specific_settings?.gecko.data_collection_permissions).toEqual({
    required: ['none'],
  });
});

it.each(['vi', 'en'])('name and description fit the stores, in %s', (language) => {
  const file = join(ROOT, 'public', '_locales', language, 'messages.json');
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
  // Chrome Web Store: name at most 75 characters, description at most 132.
  expect(messages['extension_name']?.message.length).toBeLessThanOrEqual(75);
  expect(messages['extension_description']?.message.length).toBeLessThanOrEqual(132);
});
