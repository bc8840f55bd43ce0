/** `feed sign`: a signer signs what is staged. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { FeedError } from '../../../feed/error.ts';
import { nowOf, placeOf, readArguments, required, UsageError, workOf, type Command } from '../args.ts';
import { roleNamed, SIGNED_ROLES, type SignedRole } from '../config.ts';
import { describeStaged } from '../describe.ts';
import { filesBelow, writeWhole } from '../files.ts';
import {
  addForeignSignature,
  looseKeyRemark,
  payloadFor,
  requireKeyOf,
  signStaged,
  takeSignatures,
  unsignedRoles,
} from '../sign.ts';
import { readEvent } from '../staging.ts';
import { requireTerms } from '../terms.ts';
import { publishedOf, stagedRoles, type Work } from '../work.ts';
import { signLines } from './build.ts';
import { count, remark, say } from './say.ts';

export const sign: Command = {
  brief: 'signs what is staged for a role',
  usage: `usage: npm run feed -- sign ROLE --key FILE.pem [--yes]
       npm run feed -- sign ROLE --from FILE                            takes the signatures of another copy
       npm run feed -- sign ROLE --payload FILE                         writes the bytes to sign, for a token
       npm run feed -- sign ROLE --signature FILE --key PUBLIC.pem      adds a signature made over them
  ROLE                 root, targets, vi-core, en, minority or vi-urgent; all: every staged role that the key may sign
  --key FILE           your private key; a folder of them will do: the right one is taken
  --from FILE          another signer's copy of staged/metadata/ROLE.json
  --yes                signs without asking, where there is a terminal to ask at
It shows what changes in plain words, checks the rules again, and says how many signatures are missing.
`,
  run: async (given) => {
    const args = readArguments(given, ['key=', 'from=', 'payload=', 'signature=', 'yes'], 1);
    const name = required(args, 0, 'The role');
    const work = workOf(args);
    const published = await publishedOf(work);
    requireTerms(work, published, nowOf(args), 'sign');
    const payload = args.text('payload');
    const from = args.text('from');
    const signature = args.text('signature');
    const key = args.text('key');
    if (payload !== undefined) {
      const role = roleNamed(name, SIGNED_ROLES);
      writeWhole(placeOf(payload), payloadFor(work, role));
      say([...(await describeStaged(work, published, role, nowOf(args))), `${payload} holds the bytes to sign.`]);
      return 0;
    }
    if (key === undefined && from === undefined) throw new UsageError('--key FILE is missing.');
    const roles = name === 'all' ? [...stagedRoles(work)] : [roleNamed(name, SIGNED_ROLES)];
    let signed = 0;
    for (const role of roles) {
      if (name !== 'all' && key !== undefined && signature === undefined && isFile(placeOf(key)))
        await requireKeyOf(work, role, placeOf(key));
      say(await describeStaged(work, published, role, nowOf(args)));
      for (const { id, reason } of readEvent(work)?.alarms ?? [])
        if (role !== 'root') say([`  accepted false alarm ${id}: ${reason}`]);
      if (!args.has('yes') && process.stdin.isTTY && !(await agrees(`Sign ${role}?`))) continue;
      try {
        const result =
          from !== undefined
            ? await takeSignatures(work, role, placeOf(from))
            : signature !== undefined
              ? await addForeignSignature(work, role, placeOf(key ?? ''), placeOf(signature))
              : await signWith(work, role, placeOf(key ?? ''));
        signed += 1;
        const open = signLines(work, published, role);
        say([`Signed ${role} as ${result.signer}.`, ...(open.length === 0 ? ['  It has all its signatures.'] : open)]);
      } catch (error) {
        // Of all that is staged, a signer signs what is theirs.
        if (name !== 'all' || !(error instanceof FeedError) || !/is no key of|has no key of/.test(error.message))
          throw error;
        say([`  not yours to sign: ${role}`]);
      }
    }
    if (name === 'all') say([`${count(signed, 'role')} signed.`]);
    if (signed > 0 && unsignedRoles(work, published).length === 0)
      say(['All is signed. Next: npm run feed -- publish DIR']);
    return signed > 0 ? 0 : 1;
  },
};

async function signWith(work: Work, role: SignedRole, place: string): ReturnType<typeof signStaged> {
  if (isFile(place)) {
    remark(looseKeyRemark(place));
    return signStaged(work, role, place);
  }
  const files = filesBelow(place).filter((file) => file.endsWith('.pem'));
  for (const file of files) {
    try {
      return await signStaged(work, role, join(place, file));
    } catch (error) {
      if (!(error instanceof FeedError) || !error.message.includes('is no key of')) throw error;
    }
  }
  throw new FeedError(place, `has no key of ${role}`, 'name the file of the key');
}

function isFile(place: string): boolean {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) throw new FeedError(place, 'is not there', 'name the file of your key');
  return found.isFile();
}

async function agrees(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^(?:y|yes|c|có|co)$/i.test(answer.trim());
}
