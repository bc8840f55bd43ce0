/** `npm run feed -- COMMAND`: the publisher of the signed feed, from an editor's rules to what devices read. */
import { FeedError } from '../feed/error.ts';
import { UsageError, type Command } from './feed/args.ts';
import { build } from './feed/commands/build.ts';
import { check } from './feed/commands/check.ts';
import { importSheet } from './feed/commands/import.ts';
import { init } from './feed/commands/init.ts';
import { mirror, publish } from './feed/commands/publish.ts';
import { rotate } from './feed/commands/rotate.ts';
import { sign } from './feed/commands/sign.ts';
import { status } from './feed/commands/status.ts';
import { verify } from './feed/commands/verify.ts';

const COMMANDS: Record<string, Command> = {
  init,
  import: importSheet,
  check,
  build,
  sign,
  publish,
  verify,
  status,
  mirror,
  rotate,
};

const USAGE = `usage: npm run feed -- COMMAND …
${Object.entries(COMMANDS)
  .map(([name, { brief }]) => `  ${name.padEnd(8)} ${brief}`)
  .join('\n')}
A release goes: check, build, sign by each signer, publish DIR, verify DIR. Each command says more with --help.
All take --work DIR, the publisher's working folder; without it BESIDE_FEED, else the folder where you are or its feed-work.
--now TIME pretends another time, for drills.
`;

process.exitCode = await run(process.argv.slice(2));

/** @returns 0 when all is well, 1 when the command found or met a fault, 2 when it was called wrongly. */
async function run([name = '', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const isAsked = ['', '--help', '-h', 'help'].includes(name);
    process[isAsked ? 'stdout' : 'stderr'].write(`${isAsked ? '' : `There is no command “${name}”.\n`}${USAGE}`);
    return name === '' || !isAsked ? 2 : 0;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.usage);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n${command.usage}`);
      return 2;
    }
    if (error instanceof FeedError) {
      process.stderr.write(`${error.message}${error.message.endsWith('\n') ? '' : '. '}Mend: ${error.cure}.\n`);
      return 1;
    }
    // What the machine refuses: a file that is not there, a full disk, a missing permission.
    if (error instanceof Error && 'syscall' in error && 'path' in error) {
      process.stderr.write(
        `${String(error.path)}: ${error.message}. Mend: see to the path, its permissions and the disk.\n`,
      );
      return 1;
    }
    throw error;
  }
}
