/** `feed init`: begins a feed. */
import { FeedError } from '../../../feed/error.ts';
import { nowOf, placeOf, readArguments, required, type Command } from '../args.ts';
import { readConfig, roleNamed, ROLES } from '../config.ts';
import { createRepository } from '../init.ts';
import { publishedOf, stagedFolder } from '../work.ts';
import { signingsOf } from '../sign.ts';
import { say } from './say.ts';

export const init: Command = {
  brief: 'begins a feed: working folder, keys, first root',
  usage: `usage: npm run feed -- init DIR [--drill] [--config FILE] [--key ROLE=FILE.pem …]
  DIR                  the publisher's working folder; it must not be there yet
  --drill              a practice feed: makes key files for every role (keys/SIGNER/ROLE.pem), with small thresholds
  --key ROLE=FILE.pem  the PUBLIC key of a signer, who is called as the file is (Ed25519, ECDSA P-256 or P-384);
                       give it once for each signer of each role: root, targets, vi-core, en, minority, vi-urgent
  --config FILE        other signers, thresholds and periods: a feed.config.json (make one with --drill and change it)
Without --drill every role but snapshot and timestamp needs the public keys of its signers.
`,
  run: async (given) => {
    const args = readArguments(given, ['drill', 'config=', 'key…='], 1);
    const folder = placeOf(required(args, 0, 'The folder'));
    const config = args.text('config');
    const keys = args.list('key').map((text) => {
      const [, role = '', file = ''] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
      if (file === '') throw new FeedError(`--key ${text}`, 'is no key of a role', 'write --key ROLE=FILE.pem');
      return { role: roleNamed(role, ROLES), file: placeOf(file) };
    });
    const work = createRepository(folder, {
      drill: args.has('drill'),
      config: config === undefined ? undefined : readConfig(placeOf(config)),
      keys,
      now: nowOf(args),
    });
    const missing = Math.max(0, ...signingsOf(work, await publishedOf(work), 'root').map((one) => one.missing));
    say([
      `${work.folder} is the working folder${work.config.drill ? ' of a DRILL: its keys lie in it, so never use it for a feed that people have' : ''}.`,
      ...ROLES.map((role) => {
        const { signers, threshold, days } = work.config.roles[role];
        return `  ${role.padEnd(10)} ${threshold} of ${signers.join(', ')}; holds ${days} days`;
      }),
      missing === 0
        ? 'Root 1 is signed.'
        : `Root 1 still needs ${missing} signatures: npm run feed -- sign root --key FILE`,
      `It is staged in ${stagedFolder(work)} and goes out with the first release.`,
      'Next: npm run feed -- check',
    ]);
    return 0;
  },
};
