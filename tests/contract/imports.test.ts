import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

interface Import {
  from: string;
  to: string;
  /** A type leaves no trace in what runs. */
  isType: boolean;
}

const IMPORT = /^(?:import|export)\s+(?<type>type\s)?(?:[^'"`;]*?\sfrom\s+)?'(?<to>[^']+)';$/gmu;

/** Every import of the source folders; `to` is a path from the root, or a package's name. */
const imports: Import[] = ['entrypoints', 'components', 'rules', 'utils'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .flatMap((name) => {
      const from = join(folder, name).split(sep).join('/');
      const source = readFileSync(join(ROOT, from), 'utf8');
      return [...source.matchAll(IMPORT)].map(({ groups }) => ({
        from,
        to: resolve(from, groups?.['to'] ?? ''),
        isType: groups?.['type'] !== undefined,
      }));
    }),
);

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.')
    ? relative(ROOT, join(ROOT, dirname(from), specifier))
        .split(sep)
        .join('/')
    : specifier;
}

const without = (from: RegExp, to: RegExp): Import[] =>
  imports.filter((found) => from.test(found.from) && to.test(found.to));

describe('who may know whom', () => {
  it('is read from real imports', () => {
    expect(imports.length).toBeGreaterThan(150);
    expect(imports).toContainEqual({ from: 'utils/pages/engine.ts', to: 'rules/engine/match.ts', isType: false });
  });

  it('the rule language knows nothing but itself', () => {
    expect(without(/^rules\/language\//u, /^(?!rules\/language\/|zod|yaml)/u)).toEqual([]);
  });

  it('the engine knows the rule language, and no package', () => {
    expect(without(/^rules\/engine\//u, /^(?!rules\/(?:engine|language)\/)/u)).toEqual([]);
  });

  it('only the command lines know Node', () => {
    expect(without(/^(?!rules\/cli\/)/u, /^node:/u)).toEqual([]);
    expect(without(/^rules\/cli\//u, /^node:/u)).not.toEqual([]);
  });

  it('rules know nothing of the extension', () => {
    expect(without(/^rules\//u, /^(?:utils|components|entrypoints)\//u)).toEqual([]);
  });

  it('what runs in every page carries no interface, no database, no schema library and no YAML', () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { to } of imports.filter(({ from, isType }) => from === file && !isType)) {
        if (/\.tsx?$/u.test(to)) visit(to);
        else seen.add(to);
      }
    };
    visit('entrypoints/page.content.ts');
    const packages = [...seen].filter((name) => !/\.tsx?$/u.test(name)).toSorted();
    expect(packages).toEqual(['wxt/browser', 'wxt/utils/define-content-script']);
    expect([...seen].filter((name) => /^(?:components|utils\/(?:store|feed|worker))\//u.test(name))).toEqual([]);
  });

  it('views are given everything: they ask neither the browser nor the worker', () => {
    expect(without(/^components\//u, /^utils\/(?:browser|messaging\/(?:send|serve)|store|worker|pages)/u)).toEqual([]);
  });

  it('only the worker opens the database', () => {
    const allowed = /^(?:utils\/(?:store|worker|feed)\/|entrypoints\/background\.ts)/u;
    expect(without(/./u, /^utils\/store\/database/u).filter(({ from }) => !allowed.test(from))).toEqual([]);
  });
});
