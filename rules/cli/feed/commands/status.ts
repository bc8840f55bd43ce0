/** `feed status`: what expires when, and who has to sign next. */
import { nowOf, readArguments, workOf, type Command } from '../args.ts';
import { ROLES } from '../config.ts';
import { readKills } from '../kills.ts';
import { ruleFilesOf } from '../live.ts';
import { holdersOf, signingOf, termOf } from '../metadata.ts';
import { ownerOf } from '../keys.ts';
import type { Repository } from '../repository.ts';
import { signingsOf } from '../sign.ts';
import { publishedOf, stagedRoles } from '../work.ts';
import { signLines } from './build.ts';
import { say, table } from './say.ts';

export const status: Command = {
  brief: 'what expires when, who has to sign next',
  usage: `usage: npm run feed -- status
  Lists every role with the days that are left, and what is staged with the signatures that are missing.
  Exit status 1 when something is to be signed anew by now, so that a timer can call for help.
`,
  run: async (given) => {
    const args = readArguments(given, [], 0);
    const work = workOf(args);
    const now = nowOf(args);
    const published = await publishedOf(work);
    const rows = published === undefined ? [] : rowsOf(published, now);
    if (work.config.drill) say(['This is a DRILL.']);
    if (rows.length === 0) say(['Nothing was published yet.']);
    else say(table([['role', 'version', 'expires', 'days left', 'rules', 'state'], ...rows.map(({ cells }) => cells)]));
    const { urgent, lasting } = readKills(work);
    for (const id of urgent) say([`switched off by vi-urgent: ${id}`]);
    for (const id of lasting) say([`switched off by feed.json: ${id}`]);
    const staged = stagedRoles(work);
    if (staged.length > 0) {
      const open = staged.flatMap((role) => signLines(work, published, role));
      const ready = staged.filter((role) => signingsOf(work, published, role).every(({ missing }) => missing === 0));
      say(['', 'Staged:', ...open, ...ready.map((role) => `  ${role}: signed, to be published`)]);
    }
    return rows.some(({ isDue }) => isDue) ? 1 : 0;
  },
};

function rowsOf({ root, released }: Repository, now: Date): { cells: string[]; isDue: boolean }[] {
  return ROLES.flatMap((role) => {
    const metadata =
      {
        root,
        snapshot: released?.snapshot.metadata,
        timestamp: released?.timestamp.metadata,
        targets: released?.targets.metadata,
      }[role as string] ?? released?.roles.get(role)?.metadata;
    if (metadata === undefined) return [];
    const { left, resign } = termOf(metadata, now);
    const delegator =
      role === 'vi-core' || role === 'en' || role === 'minority' || role === 'vi-urgent'
        ? released?.targets.metadata
        : root;
    const holders = delegator && holdersOf(delegator, role);
    const files = metadata.signed.type === 'targets' ? ruleFilesOf(metadata as never) : [];
    const names = holders === undefined ? '' : [...new Set(holders.keys.map(ownerOf))].join(', ');
    const isOnline = role === 'snapshot' || role === 'timestamp';
    const isDue = left <= resign;
    const cure = isOnline
      ? 'publish DIR --refresh'
      : role === 'root'
        ? `rotate, signed by ${holders?.threshold ?? ''} of ${names}`
        : `build --resign ${role}, signed by ${holders?.threshold ?? ''} of ${names}`;
    const signed = holders === undefined ? 0 : signingOf(metadata, holders).signed.length;
    return [
      {
        cells: [
          role,
          String(metadata.signed.version),
          metadata.signed.expires.slice(0, 10),
          left.toFixed(1),
          files
            .map(({ number, rollout }) => (rollout === undefined ? String(number) : `${number} (${rollout.pct} %)`))
            .join(' ') || '–',
          left <= 0
            ? `EXPIRED: ${cure}`
            : isDue
              ? `DUE: ${cure}`
              : `well, ${signed} of ${holders?.keys.length ?? 0} signed`,
        ],
        isDue,
      },
    ];
  });
}
