import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { tufLibrary } from './scripts/tuf-library.ts';

/** Nothing is measured by how long a test takes: the limit is for what hangs, on a machine that is busy with other tests. */
const testTimeout = 120_000;

export default defineConfig({
  test: {
    projects: [
      {
        // The rule language and the engine run without a browser, and are tested without one.
        test: {
          name: 'rules',
          environment: 'node',
          testTimeout,
          include: [
            'tests/{unit,property}/rules/**/*.test.ts',
            'tests/contract/*.test.ts',
            'tests/corpus/**/*.test.ts',
          ],
        },
      },
      // The feed's client as a process before a server: once with the keys of hardware tokens, once with those of software.
      ...(['ecdsa-sha2-nistp256', 'ed25519'] as const).map((scheme) => ({
        test: {
          name: `tuf, ${scheme}`,
          environment: 'node',
          include: ['tests/contract/tuf/*.test.ts'],
          // These two make their keys themselves.
          exclude: scheme === 'ed25519' ? ['tests/contract/tuf/{published,repository}.test.ts'] : [],
          globalSetup: ['tests/fixtures/feed/tuf-client-build.ts'],
          provide: { tufScheme: scheme },
          testTimeout,
          sequence: { concurrent: true },
          maxConcurrency: 3,
        },
      })),
      {
        plugins: [WxtVitest(), tufLibrary()],
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'extension',
          environment: 'happy-dom',
          testTimeout,
          include: ['tests/{unit,property}/**/*.test.{ts,tsx}'],
          exclude: ['tests/{unit,property}/rules/**'],
        },
      },
    ],
  },
});
