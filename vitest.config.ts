import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  test: {
    projects: [
      {
        // The rule language and the engine run without a browser, and are tested without one.
        test: {
          name: 'rules',
          environment: 'node',
          include: [
            'tests/{unit,property}/rules/**/*.test.ts',
            'tests/contract/**/*.test.ts',
            'tests/corpus/**/*.test.ts',
          ],
        },
      },
      {
        plugins: [WxtVitest()],
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'extension',
          environment: 'happy-dom',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: ['tests/unit/rules/**'],
        },
      },
    ],
  },
});
