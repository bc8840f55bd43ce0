/**
 * `npm run build:tuf-client`: builds the feed client as one program file, with the same shims as in the browser, and
 * prints its path as the last line. It runs under any Node from 20 on.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './run.ts';
import { tufLibrary } from './tuf-library.ts';

const FOLDER = join(ROOT, '.output', 'tuf-client');
const FILE = 'tuf-client.mjs';

await build({
  configFile: false,
  root: ROOT,
  logLevel: 'warn',
  publicDir: false,
  plugins: [tufLibrary()],
  // Of Node it may use what a browser has not got: files and arguments. Its cryptography is the browser's.
  build: {
    outDir: FOLDER,
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    lib: { entry: join(ROOT, 'scripts', 'tuf-client', 'main.ts'), formats: ['es'], fileName: () => FILE },
    rolldownOptions: {
      external: ['node:fs', 'node:path', 'node:util'],
      output: { banner: '#!/usr/bin/env node', codeSplitting: false },
    },
  },
});
chmodSync(join(FOLDER, FILE), 0o755);
process.stdout.write(`${join(FOLDER, FILE)}\n`);
