/** `feed rotate`: changes who signs. */
import { FeedError } from '../../../feed/error.ts';
import { nowOf, placeOf, readArguments, workOf, type Command } from '../args.ts';
import { roleNamed, ROLES, type Role } from '../config.ts';
import { rotateKeys } from '../rotate.ts';
import { sayStaged } from './build.ts';

export const rotate: Command = {
  brief: 'changes who signs: keys and thresholds',
  usage: `usage: npm run feed -- rotate [--add ROLE=SIGNER:FILE.pem] [--remove ROLE=SIGNER] [--threshold ROLE=N]
  --add        a signer with their public key; in a drill ROLE=SIGNER makes the key (keys/SIGNER/ROLE.pem)
  --remove     a signer who left, or whose key was lost or stolen; with --add of the same name the key is changed
  --threshold  how many have to sign
Changes of root, targets, snapshot or timestamp make a new root, which needs the signatures of the old root's signers and
of the new one's; with it comes a new timestamp key. Without any option there is just that: a new root for another year.
Changes of vi-core, en, minority or vi-urgent make new targets. What has to be signed anew then is staged as well.
`,
  run: async (given) => {
    const args = readArguments(given, ['add…=', 'remove…=', 'threshold…='], 0);
    const work = workOf(args);
    const now = nowOf(args);
    await rotateKeys(work, {
      now,
      add: args.list('add').map((text) => {
        const [, role = '', signer = '', file] = /^([\w-]+)=([^:]+)(?::(.+))?$/.exec(text) ?? wrong('--add', text);
        return { role: roleNamed(role, ROLES), signer, file: file === undefined ? undefined : placeOf(file) };
      }),
      remove: args.list('remove').map((text) => {
        const [, role = '', signer = ''] = /^([\w-]+)=([^:]+)$/.exec(text) ?? wrong('--remove', text);
        return { role: roleNamed(role, ROLES), signer };
      }),
      thresholds: Object.fromEntries(
        args.list('threshold').map((text): [Role, number] => {
          const [, role = '', number = ''] = /^([\w-]+)=([1-9]\d?)$/.exec(text) ?? wrong('--threshold', text);
          return [roleNamed(role, ROLES), Number(number)];
        }),
      ),
    });
    await sayStaged(work, now);
    return 0;
  },
};

function wrong(option: string, text: string): never {
  throw new FeedError(
    `${option} ${text}`,
    'cannot be read',
    'write it as the usage says: npm run feed -- rotate --help',
  );
}
