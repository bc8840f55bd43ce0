/** `feed build`: makes the next release, for signing. */
import { FeedError } from '../../../feed/error.ts';
import { OWN_PACKS } from '../../packs.ts';
import { nowOf, placeOf, readArguments, readRollouts, workOf, type Arguments, type Command } from '../args.ts';
import { buildRelease } from '../build.ts';
import { readApproval } from '../check.ts';
import { roleNamed, SIGNED_ROLES } from '../config.ts';
import { hashOf, readContent, type Content } from '../content.ts';
import { describeStaged } from '../describe.ts';
import { signingsOf, unsignedRoles } from '../sign.ts';
import { publishedOf, stagedRoles, urgentFolder, type Work } from '../work.ts';
import { say } from './say.ts';

export const build: Command = {
  brief: 'makes the next release from checked rules',
  usage: `usage: npm run feed -- build [--packs DIR] [--rollout ROLE=PCT] [--only ROLE] [--resign ROLE] [--again]
       npm run feed -- build --kill RULE-ID [--lasting]      switches a rule off, without waiting for other changes
       npm run feed -- build --unkill RULE-ID                lets it speak again
       npm run feed -- build --keep --rollout ROLE=PCT       changes the share of devices for the newest rules
  --packs DIR          other rules than rules/packs
  --rollout ROLE=PCT   so many percent of devices take the new rules (ROLE may be all); 100 is for all
  --kill, --unkill     by vi-urgent, whose signers are on call; with --lasting by feed.json, which targets signs
  --keep               leaves the rules as they are; so do --kill, --unkill and --resign without --packs
  --only ROLE          builds this role and leaves what else is staged
  --resign ROLE        signs anew although nothing changed; what is about to expire comes along by itself
  --again              throws signatures away that were made for what was staged before
The same rules give the same bytes. Numbers count up only for roles whose rules changed.
`,
  run: async (given) => {
    const args = readArguments(
      given,
      ['packs=', 'rollout…=', 'kill…=', 'unkill…=', 'lasting', 'keep', 'only…=', 'resign…=', 'again'],
      0,
    );
    const work = workOf(args);
    const rollout = readRollouts(args.list('rollout'));
    const isKept =
      args.has('keep') || (!args.has('packs') && ['kill', 'unkill', 'resign'].some((name) => args.has(name)));
    const content = isKept ? undefined : checkedContent(args, work);
    const now = nowOf(args);
    const only = args.list('only').map((name) => roleNamed(name, SIGNED_ROLES));
    const result = await buildRelease(work, {
      now,
      content,
      rollout,
      kill: args.list('kill'),
      unkill: args.list('unkill'),
      lasting: args.has('lasting'),
      only: only.length === 0 ? undefined : only,
      resign: args.list('resign').map((name) => roleNamed(name, SIGNED_ROLES)),
      again: args.has('again'),
      alarms: content === undefined ? undefined : (readApproval(work)?.alarms ?? []),
    });
    if (result.kept.length > 0) say([`Staged as before, signatures included: ${result.kept.join(', ')}`]);
    await sayStaged(work, now);
    return 0;
  },
};

function checkedContent(args: Arguments, work: Work): Content {
  const { content, faults } = readContent(placeOf(args.text('packs') ?? OWN_PACKS), urgentFolder(work));
  if (content === undefined)
    throw new FeedError(
      'build',
      `the rules cannot be read:\n${faults.join('\n')}`,
      'mend them, then: npm run feed -- check',
    );
  const approval = readApproval(work);
  if (approval?.content !== hashOf(content))
    throw new FeedError(
      'build',
      approval === undefined
        ? 'these rules were not found good by a check'
        : 'the rules have changed since the last good check',
      'run: npm run feed -- check; to leave the rules as they are: build --keep',
    );
  return content;
}

/** Says what is staged, and who is to sign it. */
export async function sayStaged(work: Work, now: Date): Promise<void> {
  const published = await publishedOf(work);
  const roles = stagedRoles(work);
  if (roles.length === 0) {
    say(['Nothing changes, so there is nothing to sign.']);
    return;
  }
  for (const role of roles) say(await describeStaged(work, published, role, now));
  const unsigned = unsignedRoles(work, published);
  say(
    unsigned.length === 0
      ? ['All is signed. Next: npm run feed -- publish DIR']
      : [
          '',
          'To be signed, each by their own signers:',
          ...unsigned.flatMap((role) => signLines(work, published, role)),
        ],
  );
}

/** How far the signing of a role is, for people. */
export function signLines(
  work: Work,
  published: Parameters<typeof signingsOf>[1],
  role: Parameters<typeof signingsOf>[2],
): string[] {
  const signings = signingsOf(work, published, role);
  return signings
    .filter(({ missing }) => missing > 0)
    .map(({ threshold, signed, open, missing }, index) => {
      const whose =
        role === 'root' && signings.length > 1 ? (index === 0 ? ' by the root before' : ' by the new root') : '';
      return `  ${role}${whose}: ${signed.length} of ${threshold}${signed.length === 0 ? '' : ` (${signed.join(', ')})`}, ${missing} more of ${open.join(', ')}`;
    });
}
