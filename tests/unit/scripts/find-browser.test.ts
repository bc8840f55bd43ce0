import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, '..', '..', '..', 'scripts', 'find-browser.ts');

/** Looks for a Firefox in a process of its own, which gives up root first, as on a developer's machine. */
function findFirefox(places: readonly string[], env: Record<string, string> = {}) {
  const code = `
    const { findFirefox } = await import(${JSON.stringify(MODULE)});
    if (process.getuid?.() === 0) process.setuid(65534);
    try { process.stdout.write(findFirefox(${JSON.stringify(places)})); }
    catch (error) { process.stdout.write(error.message); process.exitCode = 1; }`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status, stdout };
}

describe('looking for a Firefox', () => {
  it('takes the first that is there', () => {
    expect(findFirefox(['/nowhere/firefox', MODULE])).toEqual({ status: 0, stdout: MODULE });
  });

  it('says why none could be installed and what to do, where there is none and no root', () => {
    const { status, stdout } = findFirefox(['/nowhere/firefox']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/none could be installed: (apt-get takes root|this system has no apt-get)\./);
    expect(stdout).toContain('BESIDE_FIREFOX=');
  });

  it('installs nothing instead of a Firefox that was named and is not there', () => {
    const { status, stdout } = findFirefox([MODULE], { BESIDE_FIREFOX: '/nowhere/firefox' });
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('Mend the path') });
  });
});
