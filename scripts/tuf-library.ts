/**
 * Brings tuf-js's verification core into the browser: a Vite plugin that gives `utils/feed/tuf/library.ts` as one bundle
 * in which Node's `crypto`, `util`, `minimatch` and the global `Buffer` are the shims of `utils/feed/tuf/shims/`.
 *
 * A table of aliases would do for a build, but Vitest runs packages in CommonJS as they are, with Node's own parts. This
 * way the extension, the executable and the tests get the same bytes.
 */
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { ROOT } from './run.ts';

const FOLDER = join(ROOT, 'utils', 'feed', 'tuf');
const LIBRARY = join(FOLDER, 'library.ts');
const BUFFER = 'beside:buffer';
const SHIMS: Readonly<Record<string, string>> = {
  crypto: join(FOLDER, 'shims', 'crypto.ts'),
  util: join(FOLDER, 'shims', 'util.ts'),
  minimatch: join(FOLDER, 'shims', 'minimatch.ts'),
  [BUFFER]: join(FOLDER, 'shims', 'buffer.ts'),
};
/** Modules of ours that the shims share with the rest of the client: one copy, or their memory would be two. */
const SHARED = ['public-key.ts', 'signatures.ts'].map((name) => join(FOLDER, name));

/** Puts the shims in the place of Node's parts, and keeps what is shared outside of the bundle. */
const shims: Plugin = {
  name: 'beside:tuf-shims',
  enforce: 'pre',
  async resolveId(id, importer, options) {
    if (Object.hasOwn(SHIMS, id)) return SHIMS[id];
    if (id.startsWith('@noble/')) return { id, external: true };
    if (!id.startsWith('.')) return undefined;
    const found = await this.resolve(id, importer, { ...options, skipSelf: true });
    return found !== null && SHARED.includes(found.id) ? { id: found.id, external: 'absolute' } : found;
  },
  transform(code, id) {
    const usesBuffer = id.includes('/@tufjs/models/') && code.includes('Buffer');
    return usesBuffer ? { code: `const { Buffer } = require('${BUFFER}');\n${code}`, map: null } : undefined;
  },
};

/** The library and its shims as one module. @throws when something of Node's would be left in it. */
async function bundleLibrary(): Promise<string> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [shims],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: LIBRARY, formats: ['es'] },
    },
  });
  const [{ output }] = result as unknown as [{ output: { code: string }[] }];
  const { code } = output[0] ?? { code: '' };
  const foreign = /(?:__require|\brequire)\(["'][^"']+["']\)|from ["']node:/.exec(code);
  if (code === '' || foreign !== null) {
    throw new Error(
      `${LIBRARY}: the bundle of tuf-js still asks for ${foreign?.[0] ?? 'everything'}. Give scripts/tuf-library.ts a shim for it.`,
    );
  }
  return code;
}

/** The plugin, for the Vite configuration of the extension, of the tests and of the executable. */
export function tufLibrary(): Plugin {
  let bundled: Promise<string> | undefined;
  return {
    name: 'beside:tuf-library',
    enforce: 'pre',
    async load(id) {
      if (id.split('?')[0]?.replaceAll('\\', '/') !== LIBRARY.replaceAll('\\', '/')) return undefined;
      bundled ??= bundleLibrary();
      return { code: await bundled, map: null };
    },
  };
}
