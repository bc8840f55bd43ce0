/** Reading a metadata file strictly, before the library's store is asked whether it is to be trusted. */
import { FeedRefusal } from '../refusal.ts';
import { Metadata, MetadataKind, type Root, type Snapshot, type Targets, type Timestamp } from './library.ts';
import { MAX_ROLE_KEYS, MAX_ROLE_NAME, MAX_TARGET_PATH } from './limits.ts';
import { checkShape, isInherited, isSameJson } from './shape.ts';
import { readTime } from './time.ts';

export type Kind = 'root' | 'timestamp' | 'snapshot' | 'targets';
export interface SignedParts {
  root: Root;
  timestamp: Timestamp;
  snapshot: Snapshot;
  targets: Targets;
}

const KINDS: Readonly<Record<Kind, MetadataKind>> = {
  root: MetadataKind.Root,
  timestamp: MetadataKind.Timestamp,
  snapshot: MetadataKind.Snapshot,
  targets: MetadataKind.Targets,
};

const PUBLISH = 'publish it anew with a tool that keeps to TUF 1.0';

/** The name of a role as it stands in addresses and names of files. @throws URIError on half a letter. */
export function encodeRole(role: string): string {
  return encodeURIComponent(role);
}

/** Why a role's name cannot be used; undefined when it can. */
function faultOfName(role: string): string | undefined {
  if (role === '' || isInherited(role)) return `no role can be named “${role}”`;
  try {
    return encodeRole(role).length > MAX_ROLE_NAME ? `a role's name has more than ${MAX_ROLE_NAME} letters` : undefined;
  } catch {
    return 'a role’s name is not text';
  }
}

/** What is wrong with the content of one kind of metadata beyond what the library looks at; undefined when nothing is. */
function faultOf(signed: Root | Timestamp | Snapshot | Targets): string | undefined {
  if (signed.version < 1) return `its version is ${signed.version}; versions count from 1`;
  if (readTime(signed.expires) === undefined) return `it expires at “${signed.expires}”, which is no time`;
  if (signed.type === MetadataKind.Root) {
    return Object.values(signed.roles).some((role) => role.keyIDs.length > MAX_ROLE_KEYS)
      ? `a role has more than ${MAX_ROLE_KEYS} keys`
      : undefined;
  }
  if (signed.type !== MetadataKind.Targets) return undefined;
  if (Object.keys(signed.targets).some((path) => path.length > MAX_TARGET_PATH)) {
    return `a target's path has more than ${MAX_TARGET_PATH} letters`;
  }
  const { roles = {}, succinctRoles } = signed.delegations ?? {};
  for (const role of [...Object.values(roles), ...(succinctRoles === undefined ? [] : [succinctRoles])]) {
    if (role.keyIDs.length > MAX_ROLE_KEYS) return `a role has more than ${MAX_ROLE_KEYS} keys`;
    const fault = faultOfName('name' in role ? (role.name as string) : `${role.namePrefix}-00000000`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/**
 * Reads metadata of one kind. Nothing is verified but its form: that it is bounded, that it says what it is, and that
 * what was read is what was signed, with nothing beside it.
 *
 * @param file named in the refusal
 * @throws FeedRefusal `format` or `too-long`
 */
export function readMetadataFile<K extends Kind>(kind: K, bytes: Uint8Array, file: string): Metadata<SignedParts[K]> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new FeedRefusal('format', file, 'it is not JSON in UTF-8', 'fetch it again or ask another mirror', { cause });
  }
  checkShape(value, file);
  let metadata: Metadata<SignedParts[K]>;
  try {
    // The overloads of fromJSON do not know that the kind decides the type.
    const read = Metadata.fromJSON as unknown as (kind: MetadataKind, value: unknown) => Metadata<SignedParts[K]>;
    metadata = read.call(Metadata, KINDS[kind], value);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FeedRefusal('format', file, `it is no ${kind} metadata: ${why}`, PUBLISH, { cause });
  }
  // Signatures are checked over what the library made of the file. What it left out would be read and not signed.
  if (!isSameJson((value as { signed: unknown }).signed, metadata.signed.toJSON())) {
    throw new FeedRefusal('format', file, 'it holds more than its signatures cover', PUBLISH);
  }
  const fault = faultOf(metadata.signed);
  if (fault !== undefined) throw new FeedRefusal('format', file, fault, PUBLISH);
  return metadata;
}
