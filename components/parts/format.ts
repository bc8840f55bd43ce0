/** Small ways to write dates, addresses and numbers for people. */
import { say, type WordKey, type Words } from '../../utils/words/words.ts';

/** A date as people write it: `2026-11-23` becomes `23/11/2026` in Vietnamese and `23 November 2026` in English. */
export function writeDay(words: Words, day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return words.language === 'vi'
    ? date.toLocaleDateString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' })
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** A moment on this machine's own clock, with the day when it is not `now`'s, and the year when that differs. */
export function writeMoment(words: Words, moment: number, now = Date.now()): string {
  const locale = words.language === 'vi' ? 'vi-VN' : 'en-GB';
  const date = new Date(moment);
  const time = date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  // Written out here: for Vietnamese, browsers put a dash between day and month, but a stroke when the year is there too.
  const [year, month = '', day = ''] = dayOf(moment).split('-');
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return `${time}, ${day}/${month}${isThisYear ? '' : `/${year}`}`;
}

/** The day on this machine's own clock, YYYY-MM-DD. */
export function dayOf(moment: number): string {
  const date = new Date(moment);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Whole days from one YYYY-MM-DD to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The address if it is one for the web, so that nothing else ever becomes a link. */
export function findWebAddress(address: string | undefined): URL | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

/** A phone number that is not broken over two lines. */
export function writePhone(phone: string): string {
  return phone.replace(/\s+/gu, '\u00a0');
}

/** A host as people say it, without its `www.`. */
export function writeHost(host: string): string {
  return host.replace(/^www\./u, '');
}

/** The host of an address, as people say it. */
export function hostOf(url: URL): string {
  return writeHost(url.hostname);
}

/** At most `length` characters, cut with `…` and without line breaks. */
export function shorten(text: string, length: number): string {
  const letters = Array.from(text.replace(/\s+/gu, ' ').trim().normalize('NFC'));
  return letters.length <= length
    ? letters.join('')
    : `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** Which word stands for which level. */
export const LEVEL_WORDS = {
  notice: 'level_notice',
  warning: 'level_warning',
  urgent: 'level_urgent',
} as const satisfies Record<string, WordKey>;

/** Which word stands for which problem of rules or storage. */
export const PROBLEM_WORDS = {
  'rules-damaged': 'problem_rules_damaged',
  'storage-full': 'problem_storage_full',
  'storage-unavailable': 'problem_storage_unavailable',
} as const satisfies Record<string, WordKey>;

/** Version and date of the rules, in one line. */
export function writeRuleSet(words: Words, ruleSet: { version: number; date: string }): string {
  return say(words, 'rules_state', { version: ruleSet.version, date: writeDay(words, ruleSet.date) });
}
