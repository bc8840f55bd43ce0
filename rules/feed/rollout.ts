/** Staged rollout: a share of the devices takes a new rule file first. The device's number stays on the device. */

/** How much of all devices takes a file; the salt makes it other devices each time. */
export interface Rollout {
  /** Percent, 0 to 100. */
  pct: number;
  salt: string;
}

/** The SHA-256 of a text in UTF-8, in hexadecimal; given by the caller, since this folder knows no platform. */
export type Sha256 = (text: string) => Promise<string>;

/** One of a role's rule files that signed metadata lists. */
export interface ListedFile {
  number: number;
  rollout?: Rollout | undefined;
}

/** Reads a signed `custom` field; undefined when it says nothing of a rollout, and for nobody when what it says cannot be read. */
export function readRollout(custom: unknown): Rollout | undefined {
  if (typeof custom !== 'object' || custom === null || !('rollout' in custom)) return undefined;
  const { pct, salt } = (custom.rollout ?? {}) as { pct?: unknown; salt?: unknown };
  const isGood = typeof pct === 'number' && pct >= 0 && pct <= 100 && typeof salt === 'string';
  return isGood ? { pct, salt } : { pct: 0, salt: '' };
}

/** Whether a device is in the share that takes a file. The same device stays in when the share grows under one salt. */
export async function isTaken(device: string, { pct, salt }: Rollout, sha256: Sha256): Promise<boolean> {
  if (pct >= 100) return true;
  if (!(pct > 0)) return false;
  const digest = await sha256(`${device}\n${salt}`);
  return Number.parseInt(digest.slice(0, 8), 16) / 0x1_0000_0000 < pct / 100;
}

/** Which file a device is to have. */
export interface Choice {
  /** undefined when nothing is listed and nothing is held. */
  number: number | undefined;
  /** Whether nothing that is listed is as new as what is held: then that stays, and it has to be said. */
  isRollback: boolean;
}

/**
 * Chooses a role's rule file: the highest number that the device may take, never one lower than what it has.
 *
 * What it has already is always allowed, whatever the share. A device that has nothing and may take nothing takes the
 * lowest: rules that most have are better than none.
 *
 * @param held the number that the device has; undefined when none.
 * @param isEager whether the device takes every file, whatever its share (the canary channel).
 */
export async function chooseFile(
  listed: readonly ListedFile[],
  held: number | undefined,
  device: string,
  sha256: Sha256,
  isEager = false,
): Promise<Choice> {
  const newestFirst = listed.toSorted((one, other) => other.number - one.number);
  const [newest] = newestFirst;
  if (held !== undefined && (newest === undefined || newest.number < held)) return { number: held, isRollback: true };
  for (const { number, rollout } of newestFirst) {
    if (held !== undefined && number <= held) break;
    if (isEager || rollout === undefined || (await isTaken(device, rollout, sha256)))
      return { number, isRollback: false };
  }
  return { number: held ?? newestFirst.at(-1)?.number, isRollback: false };
}
