import { defineConfig } from 'wxt';
import { loadPack, OWN_PACKS } from './rules/cli/packs.ts';
import { describeProblem } from './rules/language/problem.ts';
import { feedFromEnvironment } from './scripts/feed-package.ts';
import { tufLibrary } from './scripts/tuf-library.ts';
import { bareWords } from './scripts/words.ts';
import type { BuiltIn } from './utils/feed/built-in.ts';
import { sha256Of } from './utils/feed/hash.ts';
import { SITE_MATCHES } from './utils/pages/sites.ts';

/** The rule set that ships in the package, as JSON; a pack with a fault stops the build. */
function ownRules(): string {
  const { pack, problems } = loadPack(OWN_PACKS);
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'));
  return JSON.stringify(pack);
}

/** Where the feed is and what is the floor, by BESIDE_FEED_URL and BESIDE_FEED_REPOSITORY; see docs/feed. */
const { address, feed } = await feedFromEnvironment(process.env);
const rules = feed === undefined ? ownRules() : JSON.stringify(feed.pack);
/** A package that can be built again, byte for byte, has the day of its release here. Source: reproducible-builds.org, SOURCE_DATE_EPOCH. */
const epoch = process.env['SOURCE_DATE_EPOCH'];
const builtIn: BuiltIn = {
  builtAt: epoch === undefined ? Date.now() : Number(epoch) * 1000,
  rules: await sha256Of(rules),
  ...(address === undefined ? {} : { address }),
  ...(feed === undefined ? {} : { publication: feed.publication }),
};

/** A match pattern's origin: it names no port. */
function originOf(text: string): string {
  const { protocol, hostname } = new URL(text);
  return `${protocol}//${hostname}`;
}

export default defineConfig({
  ...(process.env['BESIDE_OUTPUT'] === undefined ? {} : { outDir: process.env['BESIDE_OUTPUT'] }),
  modules: ['@wxt-dev/webextension-polyfill'],
  manifestVersion: 3,
  imports: false,
  webExt: { disabled: true },
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'vi',
    permissions: ['storage', 'scripting', 'alarms', 'activeTab'],
    host_permissions: [...SITE_MATCHES, ...(address === undefined ? [] : [`${originOf(address)}/*`])],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'beside@keben.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
            gecko_android: { strict_min_version: '142.0' },
          },
        }
      : { minimum_chrome_version: '120', storage: { managed_schema: 'managed-schema.json' } }),
  }),
  hooks: {
    'build:manifestGenerated': (_, manifest) => {
      // WXT takes the popup's <title>, which cannot be translated.
      if (manifest.action !== undefined) manifest.action.default_title = '__MSG_action_title__';
    },
    'prepare:publicPaths': (_, paths) => {
      paths.push('rules.json', ...(feed?.files.keys() ?? []));
    },
    'build:publicAssets': (_, files) => {
      files.push({ relativeDest: 'rules.json', contents: rules });
      for (const [relativeDest, bytes] of feed?.files ?? [])
        files.push({ relativeDest, contents: bytes.toString('utf8') });
    },
  },
  vite: () => ({
    plugins: [tufLibrary(), bareWords()],
    define: { 'import.meta.env.BESIDE_BUILT_IN': JSON.stringify(builtIn) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    // Its stand-in for old browsers would be the only request that a panel makes.
    build: { modulePreload: { polyfill: false } },
  }),
});
