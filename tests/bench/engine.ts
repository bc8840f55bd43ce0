/**
 * The engine as pages get it: one bundle. Between modules, Node looks imported names up at each use, which would make the
 * hot loops about twice as slow as they are in the extension.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleSource } from './build.ts';

const ENGINE = join(import.meta.dirname, '..', '..', 'rules', 'engine');
const SOURCE = [
  ['compilePack', 'compile.ts'],
  ['Scanner', 'match.ts'],
  ['Conversation', 'conversation.ts'],
  ['viewRules', 'compiled.ts'],
]
  .map(([name, file]) => `export { ${name} } from '${join(ENGINE, file ?? '').replaceAll('\\', '/')}';`)
  .join('\n');

type Engine = Pick<typeof import('../../rules/engine/compile.ts'), 'compilePack'> &
  Pick<typeof import('../../rules/engine/match.ts'), 'Scanner'> &
  Pick<typeof import('../../rules/engine/conversation.ts'), 'Conversation'> &
  Pick<typeof import('../../rules/engine/compiled.ts'), 'viewRules'>;

async function bundled(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'beside-bench-'));
  try {
    const file = join(folder, 'engine.mjs');
    writeFileSync(file, (await bundleSource(SOURCE)).join('\n'));
    return (await import(pathToFileURL(file).href)) as Engine;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const { compilePack, Scanner, Conversation, viewRules } = await bundled();
