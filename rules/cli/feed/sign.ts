/** Signing what is staged, by one signer after another, each on their own machine. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Signature, type Key } from '@tufjs/models';
import { FeedError } from '../../feed/error.ts';
import { requireGood } from './check.ts';
import { SIGNED_ROLES, type SignedRole } from './config.ts';
import { hashOf } from './content.ts';
import { filesBelow } from './files.ts';
import { ownerOf, readPublicKey, readSigningKey, type SigningKey } from './keys.ts';
import { liveOf, packagedRules } from './live.ts';
import { addSignature, bytesOfMetadata, holdersOf, parse, payloadOf, signingOf, type Signing } from './metadata.ts';
import type { Repository } from './repository.ts';
import { folderSource } from './source.ts';
import { readEvent } from './staging.ts';
import { upcomingOf } from './upcoming.ts';
import {
  delegatorsOf,
  keysFolder,
  publishedFolder,
  publishedOf,
  stage,
  stagedFile,
  stagedMetadata,
  stagedRoles,
  type Work,
} from './work.ts';

export interface SignResult {
  role: SignedRole;
  signer: string;
  /** How far each needed word is: for a new root the old root's signers and its own, else one. */
  signings: Signing[];
}

/** How far the signing of a staged role is. */
export function signingsOf(work: Work, published: Repository | undefined, role: SignedRole): Signing[] {
  const metadata = stagedMetadata(work, role);
  if (metadata === undefined) return [];
  return delegatorsOf(work, published, role).map((delegator) => signingOf(metadata, holdersOf(delegator, role)));
}

/**
 * Signs the staged metadata of a role with a private key.
 *
 * Rules that do not hold the check are not signed: it is made again on the bytes at hand.
 *
 * @throws FeedError when nothing is staged, the key is not one of the role's, or the rules must not go out.
 */
export async function signStaged(work: Work, role: SignedRole, keyFile: string): Promise<SignResult> {
  const published = await publishedOf(work);
  const holders = holdersFor(work, published, role);
  const key = readSigningKey(keyFile);
  const member = requireMember(holders, key.key, role, keyFile, ownRolesOf(published, key.key));
  await requireSignable(work, published, role);
  return add(work, published, role, key, ownerOf(member));
}

/** Adds a signature that was made elsewhere, on a token for instance, over the bytes of `payloadFor`. */
export async function addForeignSignature(
  work: Work,
  role: SignedRole,
  publicKeyFile: string,
  signatureFile: string,
): Promise<SignResult> {
  const published = await publishedOf(work);
  const holders = holdersFor(work, published, role);
  const key = readPublicKey(publicKeyFile, 'you');
  const member = requireMember(holders, key, role, publicKeyFile, ownRolesOf(published, key));
  await requireSignable(work, published, role);
  if (!existsSync(signatureFile)) throw new FeedError(signatureFile, 'is not there', 'name the file of the signature');
  const sig = signatureOf(readFileSync(signatureFile));
  const result = { key: member, sign: () => new Signature({ keyID: member.keyID, sig }) };
  const trial = requireStaged(work, role);
  addSignature(trial, result);
  if (!signingOf(trial, { keys: [member], threshold: 1 }).signed.includes(ownerOf(member)))
    throw new FeedError(
      signatureFile,
      `is no signature of ${ownerOf(member)} over what is staged for ${role}`,
      'write the bytes anew with --payload FILE, sign exactly these, and give an ECDSA signature in DER form',
    );
  return add(work, published, role, result, ownerOf(member));
}

/** A signature in hexadecimal, from a file that has it so, or as bytes. */
function signatureOf(bytes: Buffer): string {
  const text = bytes.toString('latin1').trim();
  return /^[0-9a-f]+$/i.test(text) ? text.toLowerCase() : bytes.toString('hex');
}

/** Takes over the good signatures of another copy of the same staged metadata. */
export async function takeSignatures(work: Work, role: SignedRole, file: string): Promise<SignResult> {
  const published = await publishedOf(work);
  const holders = holdersFor(work, published, role);
  const [own, other] = [requireStaged(work, role), parse(role, readFileSync(file), file)];
  if (Buffer.compare(payloadOf(own), payloadOf(other)) !== 0)
    throw new FeedError(
      file,
      `is not what is staged here for ${role}`,
      'have the same event signed: take its files anew',
    );
  await requireSignable(work, published, role);
  const signers = holders.filter((key) => signingOf(other, { keys: [key], threshold: 1 }).missing === 0);
  if (signers.length === 0)
    throw new FeedError(
      file,
      `has no good signature of a signer of ${role}`,
      'ask the signer for their copy after signing',
    );
  for (const key of signers) addSignature(own, { key, sign: () => other.signatures[key.keyID] as Signature });
  stage(work, role, own as never);
  return { role, signer: signers.map(ownerOf).join(', '), signings: signingsOf(work, published, role) };
}

/** The bytes that a signature for a role is made over. @throws FeedError when nothing is staged for it. */
export function payloadFor(work: Work, role: SignedRole): Buffer {
  return payloadOf(requireStaged(work, role));
}

/** Signs everything that is staged with every key of the drill; for tests and drills. */
export async function signWithAllKeys(work: Work): Promise<void> {
  if (!work.config.drill)
    throw new FeedError('sign', 'uses all keys at once in a drill alone', 'have each signer sign');
  const published = await publishedOf(work);
  const files = filesBelow(keysFolder(work)).filter((file) => file.endsWith('.pem'));
  const keys = files.map((file) => readSigningKey(join(keysFolder(work), file)));
  const roles = stagedRoles(work);
  // All are judged together, so once is enough.
  const [judged] = roles.filter((role) => role !== 'root');
  if (judged !== undefined) await requireSignable(work, published, judged);
  for (const role of roles) {
    const ids = new Set(holdersFor(work, published, role).map(({ keyID }) => keyID));
    const metadata = requireStaged(work, role);
    for (const key of keys) if (ids.has(key.key.keyID)) addSignature(metadata, key);
    stage(work, role, metadata as never);
  }
}

function add(
  work: Work,
  published: Repository | undefined,
  role: SignedRole,
  key: SigningKey,
  signer: string,
): SignResult {
  const metadata = requireStaged(work, role);
  addSignature(metadata, key);
  // What a wrong file would have been refused for is looked at on the bytes that will be published.
  const written = parse(role, bytesOfMetadata(metadata), stagedFile(work, role));
  stage(work, role, written as never);
  return { role, signer, signings: signingsOf(work, published, role) };
}

function requireStaged(work: Work, role: SignedRole): NonNullable<ReturnType<typeof stagedMetadata>> {
  const metadata = stagedMetadata(work, role);
  if (metadata !== undefined) return metadata;
  const staged = stagedRoles(work);
  throw new FeedError(
    role,
    'has nothing to sign',
    staged.length === 0 ? 'build first: npm run feed -- build' : `to be signed are: ${staged.join(', ')}`,
  );
}

/** Every key whose signature counts for a staged role. */
function holdersFor(work: Work, published: Repository | undefined, role: SignedRole): Key[] {
  requireStaged(work, role);
  return delegatorsOf(work, published, role).flatMap((delegator) => holdersOf(delegator, role).keys);
}

/** @throws FeedError when a private key may not sign a staged role; said before anything else is shown or done. */
export async function requireKeyOf(work: Work, role: SignedRole, keyFile: string): Promise<void> {
  const published = await publishedOf(work);
  const { key } = readSigningKey(keyFile);
  requireMember(holdersFor(work, published, role), key, role, keyFile, ownRolesOf(published, key));
}

/** The roles that a key may sign by what is published. */
function ownRolesOf(published: Repository | undefined, key: Key): string[] {
  const targets = published?.released?.targets.metadata;
  return SIGNED_ROLES.filter((role) => {
    const delegator = role === 'root' || role === 'targets' ? published?.root : targets;
    return delegator !== undefined && holdersOf(delegator, role).keys.some(({ keyID }) => keyID === key.keyID);
  });
}

function requireMember(holders: readonly Key[], key: Key, role: SignedRole, file: string, own: readonly string[]): Key {
  const member = holders.find(({ keyID, keyVal }) => keyID === key.keyID || keyVal['public'] === key.keyVal['public']);
  if (member !== undefined) return member;
  const names = [...new Set(holders.map(ownerOf))].join(', ');
  throw new FeedError(
    file,
    `is no key of ${role}${own.length === 0 ? '' : `, but of ${own.join(', ')}`} (its id begins with ${key.keyID.slice(0, 8)})`,
    `sign with the key of one of: ${names}; who signs is changed by rotate`,
  );
}

/** Makes the hard part of the check again on the staged bytes. The root carries no rules. */
async function requireSignable(work: Work, published: Repository | undefined, role: SignedRole): Promise<void> {
  if (role === 'root') return;
  const event = readEvent(work);
  if (event === undefined)
    throw new FeedError(role, 'was staged, but its release was not built', 'run: npm run feed -- check, then build');
  const upcoming = await upcomingOf(work, published);
  if (hashOf(upcoming) !== event.content)
    throw new FeedError(
      role,
      'the staged rules are not those that were checked and built',
      'somebody changed the files; build again: npm run feed -- check, then build --again',
    );
  if (event.unchecked && work.config.drill) return;
  const live = published && (await liveOf(folderSource(publishedFolder(work)), published));
  requireGood(upcoming, (live ?? packagedRules()).pack, event.alarms, `sign ${role}`);
}

/** A remark when others on this machine can read a private key; undefined when all is well. */
export function looseKeyRemark(file: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  return (statSync(file).mode & 0o077) === 0
    ? undefined
    : `${file} can be read by others on this machine. Mend: chmod 600 ${file}.`;
}

/** The staged roles that still miss signatures. */
export function unsignedRoles(work: Work, published: Repository | undefined): SignedRole[] {
  const staged = new Set(stagedRoles(work));
  return SIGNED_ROLES.filter(
    (role) => staged.has(role) && signingsOf(work, published, role).some(({ missing }) => missing > 0),
  );
}
