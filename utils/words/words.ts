/** The words of the interface, in the languages that Beside speaks. */
import type { Language } from '../../rules/language/model.ts';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

export type WordKey = keyof typeof en;

/** One language's words: plain values, so that they can be sent to a page together with what they label. */
export interface Words {
  language: Language;
  messages: Record<WordKey, string>;
}

/** All words of one language; the notes for translators stay behind. */
export function wordsFor(language: Language): Words {
  const catalogues: Record<Language, Record<WordKey, { message: string }>> = { vi, en };
  const messages = Object.fromEntries(Object.entries(catalogues[language]).map(([key, word]) => [key, word.message]));
  return { language, messages: messages as Record<WordKey, string> };
}

/**
 * The words for `key`, with `{name}` replaced by the parameter of that name.
 *
 * A placeholder without a parameter stays as it is, so that a slip is seen and nothing is lost.
 */
export function say(words: Words, key: WordKey, params: Record<string, string | number> = {}): string {
  return words.messages[key].replace(/\{(\w+)\}/gu, (placeholder, name: string) => String(params[name] ?? placeholder));
}
