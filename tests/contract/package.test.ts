/** What the built package says and holds; `npm test` builds it first. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SITE_MATCHES } from '../../utils/pages/sites.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PACKAGE = join(ROOT, '.output', 'chrome-mv3');
const read = (file: string): string => readFileSync(join(PACKAGE, file), 'utf8');
const manifest = JSON.parse(read('manifest.json')) as Record<string, unknown> & {
  permissions: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  content_scripts: { matches: string[]; all_frames: boolean }[];
};
const readme = existsSync(join(ROOT, 'README.md')) ? readFileSync(join(ROOT, 'README.md'), 'utf8') : '';

describe('the manifest', () => {
  it('asks for nothing that README does not explain', () => {
    expect(manifest.permissions.filter((permission) => !readme.includes(`\`${permission}\``))).toEqual([]);
    for (const host of [...manifest.host_permissions, ...manifest.optional_host_permissions])
      expect(readme, host).toContain(`\`${host}\``);
  });

  it('asks for four permissions and the named sites', () => {
    expect(manifest.permissions.toSorted()).toEqual(['activeTab', 'alarms', 'scripting', 'storage']);
    expect(manifest.host_permissions.toSorted()).toEqual(SITE_MATCHES.toSorted());
    expect(manifest.content_scripts).toHaveLength(1);
    expect(manifest.content_scripts[0]?.matches.toSorted()).toEqual(SITE_MATCHES.toSorted());
    expect(manifest.content_scripts[0]?.all_frames).toBe(true);
  });

  it('lets no web page reach a file of the package', () => {
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('externally_connectable');
  });

  it('is in the language of the browser', () => {
    expect(manifest).toMatchObject({ default_locale: 'vi', name: expect.stringMatching(/^__MSG_/u) as unknown });
    for (const language of ['vi', 'en']) {
      const messages = JSON.parse(read(`_locales/${language}/messages.json`)) as Record<string, { message: string }>;
      for (const [, key] of JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/gu))
        expect(messages[key ?? '']?.message, `${language} ${key}`).toMatch(/\S/u);
    }
  });
});

describe('the package', () => {
  const scripts = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));

  it('opens the card in a closed shadow root', () => {
    expect(read('card.js')).toMatch(/mode:\s*["'`]closed["'`]/u);
    expect(scripts.filter((name) => /mode:\s*["'`]open["'`]/u.test(read(name)))).toEqual([]);
  });

  it.each(scripts)('runs nothing that was not in it: %s', (name) => {
    expect(read(name)).not.toMatch(/\beval\(|new Function\(|importScripts\(/u);
  });

  it('asks no server for anything', () => {
    const asking = scripts.filter((name) => /XMLHttpRequest|sendBeacon|new WebSocket|EventSource/u.test(read(name)));
    expect(asking).toEqual([]);
    expect(scripts.filter((name) => /\bfetch\(/u.test(read(name)))).toEqual(['background.js']);
  });

  it('carries its rules, so that it works offline from the first second', () => {
    const rules = JSON.parse(read('rules.json')) as { rules: { languages: string[] }[] };
    expect(rules.rules.length).toBeGreaterThanOrEqual(24);
    expect(new Set(rules.rules.flatMap(({ languages }) => languages))).toEqual(new Set(['vi', 'en']));
  });
});
