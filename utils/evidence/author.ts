/** A message that may be kept, and who wrote it. */
import { say, type Words } from '../words/words.ts';

/** One message as it stood on the page. */
export interface EvidenceMessage {
  from: 'them' | 'me' | 'unknown';
  /** As the page names them; empty when it does not. */
  sender: string;
  text: string;
}

/** Who wrote a message, in words. */
export function authorOf(words: Words, { from, sender }: EvidenceMessage): string {
  if (from === 'me') return say(words, 'evidence_me');
  return sender === '' ? say(words, from === 'them' ? 'evidence_them' : 'evidence_unknown') : sender;
}
