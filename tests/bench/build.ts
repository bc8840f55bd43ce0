/** Bundles a virtual module as the extension is bundled, in memory. */
import { build, type Plugin } from 'vite';

const ENTRY = 'virtual:bench';

/** The code of each chunk of a module with this source; what `external` matches is left out. */
export async function bundleSource(source: string, external: RegExp[] = [], plugins: Plugin[] = []): Promise<string[]> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      ...plugins,
      {
        name: 'bench-entry',
        resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
        load: (id) => (id === `\0${ENTRY}` ? source : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'esnext',
      reportCompressedSize: false,
      rollupOptions: { input: ENTRY, external, preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs
    .flatMap((one) => ('output' in one ? one.output : []))
    .flatMap((part) => (part.type === 'chunk' ? [part.code] : []));
}
