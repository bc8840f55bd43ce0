/** Leaves the notes for translators out of the package: a Vite plugin for the catalogues in `utils/words/`. */
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { ROOT } from './run.ts';

const FOLDER = join(ROOT, 'utils', 'words');

/** Gives a catalogue with its messages alone. */
export function bareWords(): Plugin {
  return {
    name: 'beside:words',
    enforce: 'pre',
    transform(code, id) {
      if (id !== join(FOLDER, basename(id)) || !id.endsWith('.json')) return undefined;
      const catalogue = JSON.parse(code) as Record<string, { message: string; description: string }>;
      const bare = Object.fromEntries(Object.entries(catalogue).map(([key, { message }]) => [key, { message }]));
      return { code: JSON.stringify(bare), map: null };
    },
  };
}
