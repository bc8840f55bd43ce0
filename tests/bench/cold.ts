/**
 * The first message of a fresh process: `cold.ts engine|expression FOLDER` writes the milliseconds that it takes, from the
 * bytes of a compiled rule set, or from the source of a regular expression, to the findings of one message. Reading
 * files and loading modules is not counted, on either side.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scanner } from './engine.ts';
import { padded } from './normalise.ts';
import { viewInPage } from './form.ts';

/** Milliseconds of one fresh process. */
export function coldTimes(contender: 'engine' | 'expression', folder: string): number {
  const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, contender, folder], {
    encoding: 'utf8',
  });
  const time = Number.parseFloat(stdout);
  if (!Number.isFinite(time)) throw new Error(`a fresh process did not measure: ${stderr}`);
  return time;
}

function buffersIn(folder: string): Record<string, ArrayBuffer> {
  const entries = readdirSync(folder).filter((name) => name.endsWith('.bin'));
  return Object.fromEntries(
    entries.map((name) => [name.slice(0, -4), new Uint8Array(readFileSync(join(folder, name))).buffer]),
  );
}

function measureEngine(folder: string, message: string): number {
  const buffers = buffersIn(folder);
  const from = performance.now();
  const { hits } = new Scanner(viewInPage(buffers)).scan(message);
  const time = performance.now() - from;
  return hits.length < 0 ? 0 : time;
}

function measureExpression(folder: string, message: string): number {
  const source = readFileSync(join(folder, 'expression.txt'), 'utf8');
  const from = performance.now();
  const found = padded(message).match(new RegExp(source, 'g'));
  const time = performance.now() - from;
  return found?.length === -1 ? 0 : time;
}

const [contender, folder] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && folder !== undefined && existsSync(folder)) {
  const message = readFileSync(join(folder, 'message.txt'), 'utf8');
  process.stdout.write(
    String(contender === 'engine' ? measureEngine(folder, message) : measureExpression(folder, message)),
  );
}
