/** In which language a page of the extension says that it is, for screen readers, and by which name tabs and history know it. */
import { useEffect } from 'preact/hooks';
import type { Language } from '../../rules/language/model.ts';
import { say, wordsFor } from '../words/words.ts';

/** Names the page in a language once that is known. The name tells nothing of what the page is about. */
export function usePageLanguage(language: Language | undefined): void {
  useEffect(() => {
    if (language === undefined) return;
    document.documentElement.lang = language;
    document.title = say(wordsFor(language), 'app_name');
  }, [language]);
}
