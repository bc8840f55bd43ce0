import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // Each test has a browser of its own; two cores carry two at once.
  workers: 2,
  fullyParallel: true,
  // A test that passes only sometimes has failed.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
  projects: [
    { name: 'browser', testIgnore: /school-/ },
    // Policy files hold for every browser of the machine: these come last. Alone: `--project=school --no-deps`.
    { name: 'school', testMatch: /school-/, dependencies: ['browser'] },
  ],
});
