/** Phrase lists: nested, so that the first 100 of 10,000 are the list of 100. */
import { normalise } from './normalise.ts';
import { below, pick, pickByRank, randomFrom } from './random.ts';
import type { Text } from './text.ts';

/**
 * Share of phrases that are runs of words in held-out messages; the others are words drawn by rank, without the few that
 * are in every other message. 10,000 of them are found 0.2 times a message, as design/engine.md 1 has it: far more often
 * than phrases of lures are.
 */
const REAL_SHARE = 0.1;
const REAL_LENGTHS = [3, 4];
const DRAWN_LENGTHS = [2, 3, 4];
const FIRST_RANK = 5;

/** Words of letters only, in lower case, as people wrote them. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? []
  );
}

/** All words of the messages, the most frequent first, each with the number of messages that have it. */
export function rankWords(messages: readonly string[]): [word: string, messages: number][] {
  const counts = new Map<string, number>();
  for (const message of messages)
    for (const word of new Set(wordsOf(message))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
}

/** Whether it is a word of the two languages, not one of another script that the engine takes for a separator. */
function isPlain(word: string): boolean {
  return /^[a-z]+$/.test(normalise(word)) && word.length <= 12;
}

/** The form in which two phrases are the same for the engine: no marks, repeated letters joined. */
export function plainForm(phrase: string): string {
  return normalise(phrase).replace(/([a-z])\1+/g, '$1');
}

/** A nested list of different phrases of 2 to 4 words, with the marks of their words. */
export function makePhrases(text: Text, count: number): string[] {
  const random = randomFrom(0xf4a5e);
  const words = rankWords(text.plain)
    .map(([word]) => word)
    .filter(isPlain);
  const seen = new Set<string>();
  const phrases: string[] = [];
  while (phrases.length < count) {
    const isReal = random() < REAL_SHARE;
    const length = pick(random, isReal ? REAL_LENGTHS : DRAWN_LENGTHS);
    let parts: string[];
    if (isReal) {
      const message = wordsOf(pick(random, text.heldOut));
      const from = below(random, Math.max(1, message.length - length + 1));
      parts = message.slice(from, from + length);
    } else {
      parts = Array.from({ length }, () => pickByRank(random, words, FIRST_RANK));
    }
    const phrase = parts.join(' ');
    if (parts.length < 2 || !parts.every(isPlain) || seen.has(plainForm(phrase))) continue;
    seen.add(plainForm(phrase));
    phrases.push(phrase);
  }
  return phrases;
}
