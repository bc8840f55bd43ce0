/** The worker's overview for the popup and the settings page, with a calm stand-in while the worker cannot be reached. */
import { askWorker, isTrouble } from '../messaging/send.ts';
import type { Overview } from '../messaging/protocol.ts';

/** Asks for everything that the panels show. */
export async function readOverview(): Promise<Overview | undefined> {
  const answer = await askWorker('panel/overview', {});
  return isTrouble(answer) ? undefined : answer;
}

/** When a break of so many minutes ends, in milliseconds since 1970. */
export function pauseEnd(minutes: number): number {
  return Date.now() + minutes * 60_000;
}

/** The day in the reader's own zone, YYYY-MM-DD. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join(
    '-',
  );
}
