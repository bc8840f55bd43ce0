/** `npm run fix`: formats, mends what the linter can mend, and writes generated files anew. */
import { join } from 'node:path';
import { commandOf, ROOT, runTool } from './run.ts';

const results = [
  runTool(join(ROOT, 'scripts', 'fold-table.ts'), []),
  runTool(commandOf('oxlint'), ['--fix']),
  runTool(commandOf('prettier'), ['--write', '--log-level', 'warn', '.']),
];
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
