/** `feed check`: whether rules may go out, and what they change. */
import { FeedError } from '../../../feed/error.ts';
import { OWN_PACKS } from '../../packs.ts';
import {
  addressOf,
  nowOf,
  placeOf,
  readArguments,
  UsageError,
  workIfAny,
  type Arguments,
  type Command,
} from '../args.ts';
import { checkParts, readApproval, writeApproval, type AcceptedAlarm, type CheckResult } from '../check.ts';
import { recordLine } from '../compare.ts';
import { hashOf, readContent, type Content } from '../content.ts';
import { listOf } from '../describe.ts';
import { readKills } from '../kills.ts';
import { liveOf, packagedRules, type Live } from '../live.ts';
import { dateOf } from '../metadata.ts';
import { readRepository } from '../repository.ts';
import { folderSource, sourceOf } from '../source.ts';
import { termFaults } from '../terms.ts';
import { publishedFolder, publishedOf, urgentFolder, type Work } from '../work.ts';
import { count, say } from './say.ts';

export const check: Command = {
  brief: 'are the rules good, and what do they change?',
  usage: `usage: npm run feed -- check [--packs DIR] [--against DIR|URL] [--accept-alarms ID,ID --reason "…"]
  Looks at the form of every file, every rule's own examples, limits and duplicates, and compares with the live rules:
  which rules change, which lures of tests/corpus are newly caught or lost, which harmless texts are newly warned of.
  --packs DIR          other rules than rules/packs; rules of the urgent role lie in urgent/ of the working folder
  --against DIR|URL    another published feed to compare with than the one published last
  --accept-alarms IDs  lets these harmless records be warned of; --reason says why, and every signer reads it
  --work DIR           the working folder; without one nothing is approved, only said
Exit status 1 when something is wrong. Only rules that were found good can be built and signed.
`,
  run: async (given) => {
    const args = readArguments(given, ['packs=', 'against=', 'accept-alarms…=', 'reason='], 0);
    const work = workIfAny(args);
    const packs = placeOf(args.text('packs') ?? OWN_PACKS);
    const { content, faults } = readContent(packs, work === undefined ? '' : urgentFolder(work));
    if (content === undefined) {
      if (work !== undefined) writeApproval(work, undefined);
      say([...faults, `${count(faults.length, 'fault')}. Nothing was approved.`]);
      return 1;
    }
    const live = await liveFor(args, work);
    const accepted = alarmsOf(args, work, content);
    const kills = work === undefined ? { urgent: [], lasting: [] } : readKills(work);
    const parts = { ...content.parts, 'vi-urgent': { ...content.parts['vi-urgent'], kills: kills.urgent } };
    const result = checkParts({
      parts,
      tests: content.tests,
      killed: kills.lasting,
      live: live.pack,
      accepted,
      fileOf: (id) => content.files.get(id) ?? id,
    });
    if (work !== undefined) result.faults.push(...termFaults(work, await publishedOf(work), nowOf(args)));
    say(reportOf(result, content, live));
    const isGood = result.faults.length === 0;
    if (work === undefined)
      say([isGood ? 'All is well. There is no working folder here, so nothing was approved.' : '']);
    else {
      const approval = { content: hashOf(content), at: dateOf(nowOf(args)), against: live.name, alarms: accepted };
      writeApproval(work, isGood ? approval : undefined);
      say([
        isGood
          ? 'All is well, and approved. Next: npm run feed -- build'
          : `${count(result.faults.length, 'fault')}. Nothing was approved, so nothing can be built or signed.`,
      ]);
    }
    return isGood ? 0 : 1;
  },
};

async function liveFor(args: Arguments, work: Work | undefined): Promise<Live> {
  const against = args.text('against');
  if (against !== undefined) {
    const source = sourceOf(addressOf(against));
    const live = await liveOf(source, await readRepository(source));
    if (live === undefined) throw new FeedError(against, 'has published no rules', 'leave --against out');
    return live;
  }
  const published = work && (await publishedOf(work));
  const live = work && published && (await liveOf(folderSource(publishedFolder(work)), published));
  return live ?? packagedRules();
}

/** Alarms that are accepted now, and those that were accepted for these very rules before. */
function alarmsOf(args: Arguments, work: Work | undefined, content: Content): AcceptedAlarm[] {
  const ids = args.list('accept-alarms');
  const reason = args.text('reason');
  if ((ids.length === 0) !== (reason === undefined || reason.trim() === ''))
    throw new UsageError('--accept-alarms and --reason belong together: every signer reads why.');
  const before = work === undefined ? undefined : readApproval(work);
  const kept = before?.content === hashOf(content) ? before.alarms.filter(({ id }) => !ids.includes(id)) : [];
  return [...kept, ...ids.map((id) => ({ id, reason: (reason ?? '').trim() }))];
}

function reportOf(
  { faults, notes, rules, corpus, pack }: CheckResult,
  { files, parts }: Content,
  live: Live,
): string[] {
  const lines: string[] = [];
  if (rules !== undefined && pack !== undefined) {
    const { added, changed, removed, shared } = rules;
    const line = (sign: string, { id, title }: { id: string; title: string }): string =>
      `  ${sign} ${files.get(id) ?? id}  ${title}`;
    lines.push(
      `Against ${live.name}: ${live.pack.rules.length} → ${count(pack.rules.length, 'rule')}; ${added.length} new, ${changed.length} changed, ${removed.length} removed`,
      ...added.map((rule) => line('+', rule)),
      ...changed.map((rule) => line('~', rule)),
      ...removed.map(({ id, title }) => `  - ${title} (${id})`),
      ...(shared.length === 0 ? [] : [`  ~ shared by rules: ${listOf(shared)}`]),
    );
    const urgent = parts['vi-urgent'].rules.length;
    if (urgent > 0) lines.push(`  ${count(urgent, 'rule')} of all in vi-urgent`);
  }
  if (corpus !== undefined) {
    const { caught, lures, alarms, harmless, newlyCaught, lost, newAlarms, goneAlarms } = corpus;
    lines.push(
      `Travelling corpus: ${caught[0]} → ${caught[1]} of ${lures} lures caught; ${alarms[0]} → ${alarms[1]} of ${harmless} harmless texts warned of`,
      ...newlyCaught.map((record) => `  newly caught   ${recordLine(record)}`),
      ...lost.map((record) => `  LOST           ${recordLine(record)}`),
      ...goneAlarms.map((record) => `  quiet again    ${recordLine(record)}`),
      ...newAlarms.map(({ record }) => `  newly warned   ${recordLine(record)}`),
    );
  }
  return [...lines, ...notes.map((note) => `Note: ${note}.`), ...faults.map((fault) => `FAULT ${fault}`)];
}
