/** Release notes come from the changelog, and no warning of the add-on linter passes without a reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRelease } from '../../scripts/package/changelog.ts';
import { unexplained, type Explained } from '../../scripts/package/lint.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CHANGELOG =
  '# Changelog\n\n## [0.2.0] - 2026-12-01\n\n### Fixed\n\n- One.\n\n## [0.1.0] - 2026-11-26\n\nThe first.\n';

describe('release notes', () => {
  it('are the section of that version', () => {
    expect(readRelease(CHANGELOG, '0.2.0')).toEqual({
      version: '0.2.0',
      date: '2026-12-01',
      notes: '### Fixed\n\n- One.',
    });
    expect(readRelease(CHANGELOG, '0.1.0').notes).toBe('The first.');
  });

  it('are missed when a version has no section, no day or nothing to say', () => {
    expect(() => readRelease(CHANGELOG, '0.3.0')).toThrow('no section');
    expect(() => readRelease('## [0.3.0]\n\nText.\n', '0.3.0')).toThrow('names no day');
    expect(() => readRelease('## [0.3.0] - 2026-12-24\n', '0.3.0')).toThrow('says nothing');
  });

  it('exist for the version that is being built', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(readRelease(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version).notes).not.toBe('');
  });
});

describe('the add-on linter', () => {
  const explained = [{ code: 'UNSAFE', file: 'chunks/popup.js', count: 1, why: 'never reached' }];
  const warning = { code: 'UNSAFE', file: 'chunks/popup-CghLvSE3.js', message: '' };

  it('may warn of what is explained', () => {
    expect(unexplained({ errors: [], warnings: [warning], notices: [] }, explained)).toEqual([]);
  });

  it('may not find an error, a warning more, another warning, or nothing where something is explained', () => {
    const faults = (errors: (typeof warning)[], warnings: (typeof warning)[]): number =>
      unexplained({ errors, warnings, notices: [] }, explained).length;
    expect(faults([warning], [warning])).toBe(1);
    expect(faults([], [warning, warning])).toBe(1);
    expect(faults([], [warning, { ...warning, code: 'OTHER' }])).toBe(1);
    expect(faults([], [])).toBe(1);
  });

  it('has a reason for each explained warning', () => {
    const file = join(ROOT, 'scripts', 'package', 'lint-warnings.json');
    for (const { why } of JSON.parse(readFileSync(file, 'utf8')) as Explained[]) expect(why).toMatch(/\w{3,}/u);
  });
});

it('no source file makes HTML of a text, which is why the linter’s warnings are harmless', () => {
  const made = ['components', 'entrypoints', 'utils'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/u.test(name))
      .map((name) => join(folder, name))
      .filter((name) =>
        /dangerouslySetInnerHTML|(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/u.test(
          readFileSync(join(ROOT, name), 'utf8'),
        ),
      ),
  );
  expect(made).toEqual([]);
});
