/** How far a condition reaches: one message, a number of messages, or a stretch of time. */
import { LanguageError } from './problem.ts';

export interface Reach {
  /** How many messages back count, this one included. */
  messages: number;
  /** How many milliseconds back count. */
  milliseconds: number;
}

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** The longest reach: a conversation is forgotten after 30 days by default. */
const LONGEST = 30 * 86_400_000;
/** More messages than this are not kept apart in the memory of a conversation. */
const MOST_MESSAGES = 500;

/**
 * Reads `message`, `12 messages`, `30m`, `12h` or `3d`.
 *
 * @throws LanguageError when it is none of these or out of bounds.
 */
export function parseReach(source: string): Reach {
  const text = source.trim();
  if (text === 'message') return { messages: 1, milliseconds: LONGEST };
  const counted = /^(\d+) messages?$/.exec(text);
  if (counted !== null) {
    const messages = Number(counted[1]);
    if (messages >= 1 && messages <= MOST_MESSAGES) return { messages, milliseconds: LONGEST };
  }
  const timed = /^(\d+)\s*([mhd])$/.exec(text);
  if (timed !== null) {
    const milliseconds = Number(timed[1]) * (UNITS[timed[2] ?? ''] ?? 0);
    if (milliseconds > 0 && milliseconds <= LONGEST) return { messages: MOST_MESSAGES, milliseconds };
  }
  throw new LanguageError(
    `“${source}” is no reach`,
    `write message, 1 to ${MOST_MESSAGES} messages, or a time up to 30 days such as 30m, 12h, 3d`,
  );
}
