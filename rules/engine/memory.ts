/** What is kept of a conversation: keys, counts and times, never text. */

/** One signal that was seen: key of the signal, number of the message, time in seconds, speaker (1 them, 2 me), key of the text's source. */
export type RememberedHit = [signal: number, message: number, at: number, speaker: number, source: number];

/** What is kept of a conversation; plain numbers that can be stored as they are. */
export interface ConversationMemory {
  messages: number;
  hits: RememberedHit[];
  /** Key of a rule and the time in seconds at which it spoke last. */
  spoke: [rule: number, at: number][];
}

/** A memory without anything in it. */
export function emptyMemory(): ConversationMemory {
  return { messages: 0, hits: [], spoke: [] };
}
