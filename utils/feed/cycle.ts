/**
 * One check of the feed: mirrors in order until one has good metadata and all files that it names, then a generation is
 * made of them and taken into use. Nothing is taken in part, and whatever is refused leaves the last good rules in use.
 */
import type { FeedFile } from '../../rules/feed/format.ts';
import type { FeedRefusal as Refusal, RefusalKind } from '../settings/model.ts';
import { BadPublication } from './generation.ts';
import { takePublication, StorageTrouble, type RefusedBefore, type TakingParts } from './publication.ts';
import { issueOf, refresh, type TrustedMetadata } from './refresh.ts';
import { FeedRefusal, type RefusalKind as CoreRefusal } from './refusal.ts';
import { restUntil } from './schedule.ts';
import type { FeedStorage } from './storage.ts';
import { TransportError, type Transport } from './transport.ts';

/** Most time for a whole check, in ms. Source: design/feed.md 4.5. */
const CYCLE_TIME = 90_000;

/** What a check works with. */
export interface CycleParts extends Omit<TakingParts, 'note' | 'refused'> {
  storage: FeedStorage;
  /** Base addresses, each with a slash at its end, in the order in which to ask. */
  mirrors: readonly string[];
  /** Mirrors to leave alone, by host, and until when. */
  resting: Readonly<Record<string, number>>;
  /** The clock, in ms since 1970. */
  now(): number;
  /** Whether this device has a network, as far as it knows. */
  isOnline(): boolean;
}

/** What a check has brought. */
export interface CycleResult {
  /** Whether a mirror was believed and everything that it has for this device is in use. */
  isGood: boolean;
  /** What signed metadata said last; undefined when no mirror was believed. */
  answer?: Answer;
  /** Whether another rule set is in use now. */
  hasChanged: boolean;
  refusal?: Refusal;
  refused?: RefusedBefore;
  resting: Record<string, number>;
  /** By how much the clock is ahead of a server that was asked over https, in ms. */
  clockOffBy?: number;
}

/** What signed metadata says of the feed as a whole. */
export interface Answer {
  /** When its timestamp expires, and the newest time of issue in it, in ms since 1970. */
  expires: number;
  issued: number;
  /** Undefined when `feed.json` could not be had. */
  feed?: FeedFile;
}

/** Checks the feed. Whatever goes wrong is in the result; it throws nothing. */
export async function runCycle(parts: CycleParts): Promise<CycleResult> {
  const { now } = parts;
  const result: CycleResult = {
    isGood: false,
    hasChanged: false,
    resting: Object.fromEntries(Object.entries(parts.resting).filter(([, until]) => until > now())),
  };
  const signal = AbortSignal.any([parts.signal, AbortSignal.timeout(CYCLE_TIME)]);
  const refusals: Noted[] = [];
  for (const base of parts.mirrors) {
    const mirror = hostOf(base);
    const note: Note = (kind, file, what, isLag = false) => {
      // What a publisher or a mirror writes is shown in the details: no more of it than fits there.
      const blamed = kind === 'storage' ? '' : mirror;
      const shown = { kind, file: file.slice(0, 100), mirror: blamed, at: now(), what: what.slice(0, 400) };
      refusals.push({ refusal: shown, isLag });
    };
    if (result.resting[mirror] !== undefined) {
      note('unreachable', '', 'it asked to be left alone for a while', true);
      continue;
    }
    const run: CycleParts & TakingParts = {
      ...parts,
      signal,
      transport: watchClock(parts, result),
      note,
      refused: (refused) => (result.refused = refused),
    };
    try {
      if (signal.aborted) throw new TransportError('timeout', 'the check took too long');
      const trusted = await askMirror(run, base);
      result.answer = { expires: Date.parse(trusted.timestamp.expires), issued: issueOf(trusted) };
      const { feed, hasChanged } = await takePublication(run, base, trusted);
      result.answer.feed = feed;
      result.hasChanged = hasChanged;
      result.isGood = true;
      break;
    } catch (error) {
      const retryAfter = error instanceof FeedRefusal || error instanceof TransportError ? error.retryAfter : undefined;
      if (retryAfter !== undefined) result.resting[mirror] = restUntil(now(), retryAfter);
      if (!noteError(note, error, parts.isOnline())) break;
    }
  }
  const refusal = worst(refusals, result.isGood);
  return refusal === undefined ? result : { ...result, refusal };
}

/** A refusal, and whether it is what a mirror may be without harm while another one is believed: away, or a few hours behind. */
interface Noted {
  refusal: Refusal;
  isLag: boolean;
}

type Note = (kind: RefusalKind, file: string, what: string, isLag?: boolean) => void;

async function askMirror(run: CycleParts, base: string): Promise<TrustedMetadata> {
  try {
    return await refresh(base, run.storage, run.transport, {
      now: run.now(),
      buildTime: run.buildTime,
      signal: run.signal,
      leaveOutExpired: true,
    });
  } catch (error) {
    if (error instanceof FeedRefusal || error instanceof TransportError) throw error;
    throw new StorageTrouble(messageOf(error), { cause: error });
  }
}

const KINDS: Record<CoreRefusal, RefusalKind> = {
  signature: 'bad-signature',
  expired: 'expired',
  rollback: 'rollback',
  mix: 'mix',
  hash: 'tampered',
  'too-long': 'too-large',
  format: 'bad-format',
  missing: 'unreachable',
  offline: 'offline',
  timeout: 'unreachable',
  status: 'unreachable',
  redirect: 'unreachable',
};

const LAG: readonly RefusalKind[] = ['offline', 'unreachable', 'expired', 'rollback'];

/** Notes why a mirror was not believed; says whether the next one may help. */
function noteError(note: Note, error: unknown, isOnline: boolean): boolean {
  if (error instanceof FeedRefusal || error instanceof TransportError) {
    const found = KINDS[error.kind];
    // A server that is gone looks like no network; the device knows better.
    const kind = found === 'offline' && isOnline ? 'unreachable' : found;
    note(kind, error instanceof FeedRefusal ? error.file : '', error.message, LAG.includes(kind));
    return true;
  }
  if (error instanceof BadPublication) note(error.kind, error.file, error.message);
  else note('storage', '', messageOf(error));
  return false;
}

/** The refusal to tell of: what is more than a lag comes first, and a lag only when nobody was believed. */
function worst(refusals: readonly Noted[], isGood: boolean): Refusal | undefined {
  const isAway = ({ refusal }: Noted): boolean => refusal.kind === 'offline' || refusal.kind === 'unreachable';
  const grave = refusals.find(({ isLag }) => !isLag);
  const lag = isGood ? undefined : (refusals.find((noted) => !isAway(noted)) ?? refusals[0]);
  return (grave ?? lag)?.refusal;
}

/** Notes by how much the clock is off from what servers say over https. */
function watchClock({ transport, now }: CycleParts, result: CycleResult): Transport {
  return {
    get: async (url, limits) => {
      const answer = await transport.get(url, limits);
      if (answer.date !== undefined && url.startsWith('https:')) result.clockOffBy = now() - answer.date;
      return answer;
    },
  };
}

function hostOf(base: string): string {
  return URL.canParse(base) ? new URL(base).host : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
