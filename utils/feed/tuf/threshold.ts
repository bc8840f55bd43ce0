/**
 * Whether enough of the right people signed. Stricter than the library, which counts key ids: one public key under two
 * ids is one signer, or a single stolen key would make a threshold of two.
 */
import { FeedRefusal } from '../refusal.ts';
import {
  MetadataKind,
  type Key,
  type Metadata,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from './library.ts';
import { fingerprint, readDescribedKey } from './public-key.ts';
import { answerRsa } from './signatures.ts';

type AnyMetadata = Metadata<Root> | Metadata<Timestamp> | Metadata<Snapshot> | Metadata<Targets>;
export type Delegator = Metadata<Root> | Metadata<Targets>;

/** A record's own member: `constructor` and its kin are no keys and no roles. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The keys that a delegator knows, and the ids and threshold that it asks for a role; undefined when it names no such role. */
export function delegationOf(delegator: Delegator, role: string): { keys: Key[]; threshold: number } | undefined {
  const { signed } = delegator;
  const isRoot = signed.type === MetadataKind.Root;
  const known = (isRoot ? signed.keys : signed.delegations?.keys) ?? {};
  const roles = isRoot ? signed.roles : signed.delegations?.roles;
  const succinct = isRoot ? undefined : signed.delegations?.succinctRoles;
  const asked =
    roles === undefined ? (succinct?.isDelegatedRole(role) === true ? succinct : undefined) : own(roles, role);
  if (asked === undefined) return undefined;
  const keys = asked.keyIDs.map((id) => own(known, id)).filter((key) => key !== undefined);
  return { keys, threshold: asked.threshold };
}

/** The fingerprint of a key of metadata; undefined for a key of no known kind, which cannot have signed either. */
export function fingerprintOf(key: Key): string | undefined {
  try {
    return fingerprint(readDescribedKey(key));
  } catch {
    return undefined;
  }
}

/** The fingerprints of those keys that have a good signature on the metadata. */
function countSigners(keys: readonly Key[], metadata: AnyMetadata): Set<string> {
  const signers = new Set<string>();
  for (const key of keys) {
    try {
      key.verifySignature(metadata);
    } catch {
      continue;
    }
    const signer = fingerprintOf(key);
    if (signer !== undefined) signers.add(signer);
  }
  return signers;
}

/**
 * Checks that as many different keys as the delegator asks for have signed a role's metadata.
 *
 * @throws FeedRefusal `signature`
 */
export async function requireThreshold(
  delegator: Delegator,
  role: string,
  metadata: AnyMetadata,
  file: string,
): Promise<void> {
  const asked = delegationOf(delegator, role);
  if (asked === undefined) {
    throw new FeedRefusal(
      'signature',
      file,
      `nobody is trusted to sign ${role}`,
      'ask the publisher whether the role exists',
    );
  }
  let signers = countSigners(asked.keys, metadata);
  if (await answerRsa()) signers = countSigners(asked.keys, metadata);
  if (signers.size < asked.threshold) {
    throw new FeedRefusal(
      'signature',
      file,
      `${signers.size} of the ${asked.threshold} signatures needed are good`,
      'ask another mirror; when all say so, have it signed anew',
    );
  }
}
