/** Text and rules made to be slow. */
import { makePhrases } from './phrases.ts';
import { below, pick, randomFrom, shuffled, type Random } from './random.ts';
import type { Text } from './text.ts';

/** Messages of one whole phrase and several that lack their last word. */
export function nearMisses(phrases: readonly string[], units: number): string[] {
  const random = randomFrom(0xadf);
  const messages: string[] = [];
  for (let length = 0; length < units;) {
    const lacking = Array.from({ length: 5 }, () => pick(random, phrases).split(' ').slice(0, -1).join(' '));
    const message = shuffled(random, [pick(random, phrases), ...lacking]).join(' ');
    messages.push(message);
    length += message.length;
  }
  return messages;
}

/** One message of ordinary words, so many UTF-16 units long. */
export function oneLong(text: Text, units: number): string {
  let message = '';
  for (let at = 0; message.length < units; at += 1) message += `${text.plain[at % text.plain.length] ?? ''} `;
  return message.slice(0, units);
}

/** Ordinary words with so many zero-width spaces between their letters in all. */
export function zeroWidth(text: Text, signs: number): string {
  return oneLong(text, signs * 2)
    .replace(/(?<=\p{L})(?=\p{L})/gu, '\u200b')
    .slice(0, signs * 3);
}

/** Deepest brackets, longest pattern and most words between first and last that the language allows, or nearly so. */
const DEPTH = 6;
const LONGEST = 600;
/** Words of one deep pattern: so few that every word of the text keeps many of its branches going. */
const WORDS = 4;

/** A pattern of alternatives, options and gaps nested as deep as may be, over the given words. */
function deepPattern(random: Random, words: readonly string[]): string {
  const branch = (depth: number, span: number): string => {
    const word = pick(random, words);
    if (depth >= DEPTH || span < 2) return word;
    const inner = `${branch(depth + 1, span - 1)}|${branch(depth + 1, Math.min(2, span - 1))}`;
    return random() < 0.35 ? `${word} [${inner}]` : `${word} (${inner})`;
  };
  const parts = Array.from({ length: 3 }, () => branch(0, 6));
  return parts.join(' ~6 ');
}

/** So many deep patterns, and a text made of nothing but the words of one after the other. */
export function deepAlternations(text: Text, count: number, units: number): { patterns: string[]; messages: string[] } {
  const random = randomFrom(0xdeeb);
  const words = [...new Set(makePhrases(text, 4000).flatMap((phrase) => phrase.split(' ')))].slice(200);
  const sets = Array.from({ length: count }, (_, index) => words.slice(index * WORDS, (index + 1) * WORDS));
  const patterns = sets.map((own) => {
    let pattern = deepPattern(random, own);
    while (pattern.length > LONGEST) pattern = deepPattern(random, own);
    return pattern;
  });
  const messages: string[] = [];
  for (let length = 0; length < units;) {
    const own = sets[below(random, sets.length)] ?? words;
    const message = Array.from({ length: 24 }, () => pick(random, own)).join(' ');
    messages.push(message);
    length += message.length;
  }
  return { patterns, messages };
}
