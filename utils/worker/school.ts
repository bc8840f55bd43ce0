/** Taking up a school's policy in the worker: what may be kept, which sites are left out, what is wrong with it. */
import { browser } from '../browser.ts';
import { readPolicy } from '../policy/read.ts';
import { saveLeftOut } from '../settings/left-out.ts';
import { savePause } from '../settings/pause.ts';
import type { PersonalStore } from '../store/personal.ts';

/** For how long a policy may be on its way after an installation by policy, in ms. Measured: 3.6 s, design/feasibility.md. */
const POLICY_COMES_WITHIN = 15_000;
const WAITED = 'policyWaited';

/**
 * Whether nothing may be kept beyond the session. A school's browser that has just installed the extension does not tell
 * the policy yet: until it does, or the time for it is over, everything is treated as in lab mode.
 *
 * @param onDecided called when the waiting has ended without a policy.
 */
export async function isSessionOnly(onDecided: () => void): Promise<boolean> {
  const { policy, problems } = await readPolicy();
  if (policy.labMode === true) return true;
  if (Object.keys(policy).length + problems.length > 0) return false;
  if (!(await isForced()) || (await browser.storage.local.get(WAITED))[WAITED] !== undefined) return false;
  setTimeout(() => void browser.storage.local.set({ [WAITED]: true }).then(onDecided), POLICY_COMES_WITHIN);
  return true;
}

/**
 * Does what the policy says now.
 *
 * @param hasStarted whether the browser has just started: in lab mode, the pupil before has left by now.
 */
export async function takeUpPolicy(store: PersonalStore, hasStarted: boolean): Promise<void> {
  const { policy, problems } = await readPolicy();
  for (const { where, kind } of problems)
    // For the administrator, who looks there first: the name of a key, never a value.
    // oxlint-disable-next-line eslint/no-console
    console.warn(
      `Beside: the policy's ${where} ${kind === 'unknown' ? 'is no known key' : 'has a value that it cannot have'}; it is left out`,
    );
  await saveLeftOut(policy.sitesLeftOut ?? []);
  if (policy.labMode !== true) return;
  await store.wipeDisk();
  if (hasStarted) await savePause(0);
}

/** Whether a policy has installed the extension; `management.getSelf` needs no permission. */
async function isForced(): Promise<boolean> {
  try {
    return (await browser.management.getSelf()).installType === 'admin';
  } catch {
    return false;
  }
}
