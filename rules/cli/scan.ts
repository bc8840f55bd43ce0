/**
 * `npm run --silent scan`: JSON Lines in on stdin, JSON Lines out on stdout, in the same order.
 *
 *     {"id": "1", "kind": "chat", "turns": [{"from": "them", "text": "…"}]}  →  {"id": "1", "warnings": […]}
 *
 * A bad line gives {"id", "error"} and exit status 1 at the end; the others go on. `--packs DIR` uses other packs.
 */
import { createInterface } from 'node:readline';
import { Judge, requireRules, takePacks } from './judge.ts';
import { readRecord, RecordError } from './records.ts';

const args = process.argv.slice(2);
const judge = new Judge(requireRules(takePacks(args)));
if (args.length > 0) {
  process.stderr.write(
    `scan reads records from stdin; it does not know “${args.join(' ')}”. Its only option is --packs DIR.\n`,
  );
  process.exit(2);
}

process.stdout.on('error', () => process.exit(1));
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line.trim() === '') continue;
  let answer: object;
  try {
    const record = readRecord(line);
    answer = { id: record.id, warnings: judge.judge(record) };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    answer = { id: error.id, error: error.message };
    process.exitCode = 1;
  }
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
    await new Promise((resolve) => process.stdout.once('drain', resolve));
}
