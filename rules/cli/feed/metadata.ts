/** Signed metadata: reading, writing, and who has signed it. */
import {
  Metadata,
  MetadataKind,
  type Key,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { canonicalJson } from '../../feed/json.ts';
import type { Role } from './config.ts';
import { ownerOf, type SigningKey } from './keys.ts';

export type AnyMetadata = Metadata<Root> | Metadata<Snapshot> | Metadata<Targets> | Metadata<Timestamp>;
/** Metadata of which others hold the keys. */
export type Delegator = Metadata<Root> | Metadata<Targets>;
type Json = Parameters<typeof Metadata.fromJSON>[1];

const EXPIRY = 'x-tuf-on-ci-expiry-period';
const SIGNING = 'x-tuf-on-ci-signing-period';
const DAY_MS = 86_400_000;

/** What every signed part begins with; days as in `feed.config.json`. */
export interface Term {
  version: number;
  now: Date;
  days: number;
  resign: number;
}

function headOf(type: string, { version, now, days, resign }: Term): Record<string, unknown> {
  return {
    _type: type,
    spec_version: '1.0.31',
    version,
    expires: dateOf(new Date(now.getTime() + days * DAY_MS)),
    [EXPIRY]: days,
    [SIGNING]: resign,
  };
}

/** A time as metadata has it: UTC, whole seconds. */
export function dateOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** Unsigned metadata of a role from the fields that it has besides its head. */
export function draft(role: 'root', term: Term, fields: object): Metadata<Root>;
export function draft(role: 'snapshot', term: Term, fields: object): Metadata<Snapshot>;
export function draft(role: 'timestamp', term: Term, fields: object): Metadata<Timestamp>;
export function draft(
  role: Exclude<Role, 'root' | 'snapshot' | 'timestamp'>,
  term: Term,
  fields: object,
): Metadata<Targets>;
export function draft(role: Role, term: Term, fields: object): AnyMetadata {
  return fromJson(role, { signed: { ...headOf(kindOf(role), term), ...fields }, signatures: [] });
}

function kindOf(role: Role): MetadataKind {
  if (role === 'root') return MetadataKind.Root;
  if (role === 'snapshot') return MetadataKind.Snapshot;
  return role === 'timestamp' ? MetadataKind.Timestamp : MetadataKind.Targets;
}

function fromJson(role: Role, json: unknown): AnyMetadata {
  // One call for each kind, since each gives another type.
  switch (kindOf(role)) {
    case MetadataKind.Root:
      return Metadata.fromJSON(MetadataKind.Root, json as Json);
    case MetadataKind.Snapshot:
      return Metadata.fromJSON(MetadataKind.Snapshot, json as Json);
    case MetadataKind.Timestamp:
      return Metadata.fromJSON(MetadataKind.Timestamp, json as Json);
    default:
      return Metadata.fromJSON(MetadataKind.Targets, json as Json);
  }
}

/** Reads metadata; says nothing of its signatures. @throws FeedError */
export function parse(role: 'root', bytes: Uint8Array, where: string): Metadata<Root>;
export function parse(role: 'snapshot', bytes: Uint8Array, where: string): Metadata<Snapshot>;
export function parse(role: 'timestamp', bytes: Uint8Array, where: string): Metadata<Timestamp>;
export function parse(
  role: Exclude<Role, 'root' | 'snapshot' | 'timestamp'>,
  bytes: Uint8Array,
  where: string,
): Metadata<Targets>;
export function parse(role: Role, bytes: Uint8Array, where: string): AnyMetadata;
export function parse(role: Role, bytes: Uint8Array, where: string): AnyMetadata {
  try {
    return fromJson(role, JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new FeedError(
      where,
      `is no ${role} metadata (${error instanceof Error ? error.message : 'unreadable'})`,
      'take the file again from where it came from',
    );
  }
}

/** Metadata as it is written: the same content gives the same bytes. */
export function bytesOfMetadata(metadata: AnyMetadata): Buffer {
  return Buffer.from(canonicalJson(metadata.toJSON()));
}

/** What a signature is made over. */
export function payloadOf(metadata: AnyMetadata): Buffer {
  let payload: Buffer = Buffer.alloc(0);
  const copy = new Metadata(metadata.signed, { ...metadata.signatures });
  copy.sign((bytes) => {
    payload = bytes;
    return { keyID: '', sig: '' } as never;
  });
  return payload;
}

/** Adds a signature; one that the same key made before gives way. */
export function addSignature(metadata: AnyMetadata, key: SigningKey): void {
  metadata.sign(key.sign);
}

/** The periods that metadata states, in days: how long it holds, and how long before its end it is to be signed anew; any value. */
export function periodsOf({ signed }: AnyMetadata): { expiry: unknown; signing: unknown } {
  return { expiry: signed.unrecognizedFields[EXPIRY], signing: signed.unrecognizedFields[SIGNING] };
}

/** Days until metadata ends, and those before its end from which on it has to be signed anew. */
export function termOf(metadata: AnyMetadata, now: Date): { left: number; resign: number } {
  const { signing } = periodsOf(metadata);
  return {
    left: (new Date(metadata.signed.expires).getTime() - now.getTime()) / DAY_MS,
    resign: typeof signing === 'number' ? signing : 0,
  };
}

/** Who may sign a role, and how many have to. */
export interface Holders {
  keys: Key[];
  threshold: number;
}

/** @throws FeedError when the delegator knows no such role. */
export function holdersOf(delegator: Delegator, role: string): Holders {
  const { signed } = delegator;
  const [known, keys] =
    signed.type === 'root'
      ? [(signed as Root).roles[role], (signed as Root).keys]
      : [(signed as Targets).delegations?.roles?.[role], (signed as Targets).delegations?.keys ?? {}];
  if (known === undefined)
    throw new FeedError(`${signed.type} ${signed.version}`, `knows no role ${role}`, 'begin a new feed with init');
  return {
    keys: known.keyIDs.map((id) => keys[id]).filter((key) => key !== undefined),
    threshold: known.threshold,
  };
}

/** How far the signing of one piece of metadata is. */
export interface Signing {
  threshold: number;
  /** Names of those who have signed. */
  signed: string[];
  /** Names of those who could. */
  open: string[];
  /** How many signatures are missing. */
  missing: number;
}

/** Who has signed; a public key that stands under two ids counts once. */
export function signingOf(metadata: AnyMetadata, { keys, threshold }: Holders): Signing {
  const good = keys.filter((key) => {
    try {
      key.verifySignature(metadata);
      return true;
    } catch {
      return false;
    }
  });
  const values = new Set(good.map(({ keyVal }) => keyVal['public']));
  return {
    threshold,
    signed: good.map(ownerOf),
    open: keys.filter((key) => !good.includes(key)).map(ownerOf),
    missing: Math.max(0, threshold - values.size),
  };
}
