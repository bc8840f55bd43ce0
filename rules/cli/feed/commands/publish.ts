/** `feed publish` and `feed mirror`: to where devices read. */
import { readFileSync } from 'node:fs';
import { addressOf, nowOf, placeOf, readArguments, required, workOf, type Command } from '../args.ts';
import { roleNamed, SIGNED_ROLES } from '../config.ts';
import { mirrorTo, type CopyResult } from '../copy.ts';
import { publishTo, refreshPublished } from '../publish.ts';
import type { Released } from '../repository.ts';
import { sourceOf } from '../source.ts';
import { count, say } from './say.ts';

export const publish: Command = {
  brief: 'puts a signed release where devices read it',
  usage: `usage: npm run feed -- publish DIR [--only ROLE]
       npm run feed -- publish DIR --refresh
  DIR          the folder that the web server shows; it may hold what was published before
  --only ROLE  publishes this role and leaves what else is staged, for a rule that has to stop at once
  --refresh    renews the timestamp (and the snapshot when its time is near); run it every 6 to 12 hours
It needs the online keys of keys/online, writes the timestamp last, and refuses to go back to lower versions.
`,
  run: async (given) => {
    const args = readArguments(given, ['refresh', 'only…='], 1);
    const folder = placeOf(required(args, 0, 'The folder'));
    const work = workOf(args);
    const only = args.list('only').map((name) => roleNamed(name, SIGNED_ROLES));
    const now = nowOf(args);
    const result = args.has('refresh')
      ? await refreshPublished(work, folder, { now })
      : await publishTo(work, folder, { now, only: only.length === 0 ? undefined : only });
    const what = args.has('refresh')
      ? 'Renewed'
      : result.roles.length === 0
        ? 'Nothing was staged; copied what is published'
        : `Published ${result.roles.join(', ')}`;
    say([`${what}: release ${result.snapshot}, timestamp ${result.timestamp}.`, ...copyLines(result, folder)]);
    return 0;
  },
};

export const mirror: Command = {
  brief: 'copies a published feed',
  usage: `usage: npm run feed -- mirror URL|DIR DIR [--root FILE]
  Copies what is published now, only what is missing, the timestamp last; every signature and hash is looked at.
  --root FILE  the first root that is trusted; by default the one that DIR has, else the one that the feed shows
`,
  run: async (given) => {
    const args = readArguments(given, ['root='], 2);
    const from = addressOf(required(args, 0, 'The address to copy from'));
    const folder = placeOf(required(args, 1, 'The folder to copy to'));
    const root = args.text('root');
    const result = await mirrorTo(sourceOf(from), folder, root === undefined ? undefined : readFileSync(placeOf(root)));
    const { snapshot, timestamp } = result.repository.released as Released;
    const { version, expires } = timestamp.metadata.signed;
    say([
      `Release ${snapshot.metadata.signed.version}, timestamp ${version}, holds until ${expires.slice(0, 16).replace('T', ' ')} UTC.`,
      ...copyLines(result, folder),
    ]);
    return 0;
  },
};

function copyLines({ written, bytes, kept }: CopyResult, folder: string): string[] {
  return [
    `${count(written.length, 'file')} written to ${folder} (${(bytes / 1000).toFixed(1)} kB), ${kept} there already.`,
  ];
}
