/** What a school's policy means for what Beside does. Pure. */
import type { Language, Level } from '../../rules/language/model.ts';
import type { HelpRoute, Person } from '../help/model.ts';
import type { Policy, PolicyLock } from './schema.ts';

/** The school's contacts, as people to tell; they are never among those that a pupil saved. */
export function schoolPeople({ contacts = [] }: Policy): Person[] {
  return contacts.map(({ name, role, phone = '', email = '' }, index) => ({
    id: `school-${index + 1}`,
    name: role === undefined ? name : `${name}, ${role}`,
    phone,
    email,
  }));
}

/** The school's own help routes, in the form of the others. What the school did not say is left empty. */
export function schoolRoutes({ helpRoutes = [], schoolName = '' }: Policy): HelpRoute[] {
  const both = (text: string) => ({ vi: text, en: text });
  return helpRoutes.map(({ name, about = '', hours = '', phone, url, checked }, index) => ({
    id: `school-${index + 1}`,
    country: 'INT',
    name: both(name),
    about: both(about),
    audience: both(schoolName),
    hours: both(hours),
    cost: both(''),
    ...(phone === undefined ? {} : { phone }),
    ...(url === undefined ? {} : { url }),
    source: '',
    verified: checked,
    firstFor: [],
  }));
}

/** What of the settings a call to the worker would change that the school has locked; in lab mode, people too. */
export function isRefused({ locks = [], labMode }: Policy, type: string, input: unknown): boolean {
  const { language, pausedUntil, scope } = (input ?? {}) as { language?: string; pausedUntil?: number; scope?: string };
  const isLocked = (lock: PolicyLock): boolean => locks.includes(lock);
  switch (type) {
    case 'settings/save':
      return (language !== undefined && isLocked('language')) || ((pausedUntil ?? 0) > 0 && isLocked('pause'));
    case 'warning/mute':
      return scope === 'site' && isLocked('site-mute');
    case 'people/save':
      return labMode === true;
    default:
      return false;
  }
}

/** The interface's language: the pupil's choice, unless the school has locked it; undefined when neither has said one. */
export function languageBy({ language, locks = [] }: Policy, chosen: Language | undefined): Language | undefined {
  return locks.includes('language') ? (language ?? chosen) : (chosen ?? language);
}

/** Whether a warning of a trick comes: of those that the school made rarer, all but the quiet notes still do. */
export function isWanted({ onlyStrong = [] }: Policy, category: string, level: Level): boolean {
  return level !== 'notice' || !(onlyStrong as readonly string[]).includes(category);
}
