/** How much code of the engine a page gets: what the page's side imports of it, bundled and minified as the extension is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSource } from './build.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Where the page's side stands. */
const PAGES = join(ROOT, 'utils', 'pages');
const IMPORT = /^import \{([^}]*)\} from '[./]*\/(rules\/engine\/[^']+)';$/gmu;

/** One module that passes on every value (no type) that the page's side takes from the engine. */
function entrySource(): string {
  const taken = new Map<string, Set<string>>();
  for (const file of readdirSync(PAGES).filter((name) => name.endsWith('.ts'))) {
    for (const [, names = '', from = ''] of readFileSync(join(PAGES, file), 'utf8').matchAll(IMPORT)) {
      const values = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '));
      taken.set(from, new Set([...(taken.get(from) ?? []), ...values]));
    }
  }
  return [...taken]
    .filter(([, names]) => names.size > 0)
    .map(([from, names]) => `export { ${[...names].join(', ')} } from '${join(ROOT, from).replaceAll('\\', '/')}';`)
    .join('\n');
}

async function bundle(external: RegExp[]): Promise<number> {
  const chunks = await bundleSource(entrySource(), external);
  return chunks.reduce((sum, code) => sum + Buffer.byteLength(code), 0);
}

/** Bytes of the engine without the fold table, and of the fold table. */
export async function bundleEngine(): Promise<{ engine: number; table: number }> {
  const whole = await bundle([]);
  const engine = await bundle([/fold-table/u]);
  return { engine, table: whole - engine };
}
