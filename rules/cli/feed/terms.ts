/**
 * Whether metadata's end follows the period that it states. Devices work the time of issue out of the two, and take it for
 * the least that the time can be: a period that is too short would make good rules look old to all of them.
 */
import { FeedError } from '../../feed/error.ts';
import { SIGNED_ROLES, type RoleConfig, type SignedRole } from './config.ts';
import { periodsOf, type AnyMetadata } from './metadata.ts';
import type { Repository } from './repository.ts';
import { stagedMetadata, type Work } from './work.ts';

const DAY = 86_400_000;
/** By how much clocks may differ, in ms. Periods are whole days, so one that is wrong is wrong by a day at least. */
const TOLERANCE = DAY / 2;
/** Longest period, in days, as in `config.ts`. */
const MAX_DAYS = 3650;

/** Every fault in what will be in force once everything that is staged is published, as lines for people. */
export function termFaults(work: Work, published: Repository | undefined, now: Date): string[] {
  return SIGNED_ROLES.flatMap((role) => {
    const staged = stagedMetadata(work, role);
    const before = publishedMetadata(published, role);
    const found =
      staged === undefined
        ? before && termFault(role, before, now)
        : termFault(role, staged, now, { before, config: work.config.roles[role] });
    return found ?? [];
  });
}

/** @throws FeedError that lists every fault of `termFaults`. */
export function requireTerms(work: Work, published: Repository | undefined, now: Date, where: string): void {
  const faults = termFaults(work, published, now);
  if (faults.length > 0)
    throw new FeedError(
      where,
      `the periods that metadata states are not those that it holds for:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`,
      'mend them as each line says',
    );
}

function publishedMetadata(published: Repository | undefined, role: SignedRole): AnyMetadata | undefined {
  if (role === 'root') return published?.root;
  return role === 'targets' ? published?.released?.targets.metadata : published?.released?.roles.get(role)?.metadata;
}

/** What is known of staged metadata besides itself. */
interface Known {
  before: AnyMetadata | undefined;
  config: RoleConfig;
}

/** What is wrong with a role's periods, as a line for people; `known` when it is staged. */
export function termFault(role: SignedRole, metadata: AnyMetadata, now: Date, known?: Known): string | undefined {
  const anew = role === 'root' ? 'npm run feed -- rotate' : `npm run feed -- build --again --resign ${role}`;
  const line = (what: string): string => `${role} ${metadata.signed.version}: ${what}. Mend: ${anew}.`;
  const { expiry, signing } = periodsOf(metadata);
  if (!isDays(expiry, 1)) return line('states no period of validity in whole days');
  if (!isDays(signing, 0) || signing >= expiry)
    return line(`states no period of signing anew that is shorter than its ${expiry} days`);
  const issued = issuedAt(metadata, expiry);
  if (!(issued <= now.getTime() + TOLERANCE))
    return line(
      `states that it holds for ${expiry} days, but ends on ${metadata.signed.expires}, ${Math.ceil((issued - now.getTime()) / DAY)} days later than that`,
    );
  if (known === undefined) return undefined;
  const { before, config } = known;
  if (expiry !== config.days || signing !== config.resign)
    return line(
      `states ${expiry} days, and ${signing} to sign anew, where feed.config.json has ${config.days} and ${config.resign}`,
    );
  // Nothing is later than what states a time of issue that is still to come.
  const earlier = before !== undefined && termFault(role, before, now) === undefined ? before : undefined;
  if (earlier !== undefined && issued < issuedAt(earlier, Number(periodsOf(earlier).expiry)) - TOLERANCE)
    return line(`ends on ${metadata.signed.expires}, as if it were issued before version ${earlier.signed.version}`);
  return undefined;
}

function isDays(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= MAX_DAYS;
}

function issuedAt({ signed }: AnyMetadata, days: number): number {
  return Date.parse(signed.expires) - days * DAY;
}
