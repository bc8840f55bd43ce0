/** The policy's schema as browsers and their consoles read it, made from the schema that checks it. */
import * as z from 'zod/mini';
import { POLICY_KEYS, type PolicyKey } from '../../utils/policy/schema.ts';

/** What an administrator reads of each key. */
export const KEY_WORDS: Record<PolicyKey, readonly [title: string, description: string]> = {
  schoolName: ['Name of the school', 'Shown on the page that says what is set.'],
  language: ['First language', 'vi or en. A pupil may choose the other one, unless locks has language.'],
  contacts: ['Contacts of the school', 'Up to 5 people, first in “tell someone”: name, and role, phone, email.'],
  helpRoutes: [
    'Help routes of the school',
    'Up to 5 services, shown before the others: name, checked (the day on which it was verified, YYYY-MM-DD), and about, hours, phone, url.',
  ],
  extraSites: [
    'Sites to check as well',
    'Host names such as forum.school.edu.vn or *.school.edu.vn. They are suggested: the browser asks whoever sits there.',
  ],
  sitesLeftOut: ['Sites not to check', 'Host names such as chat.school.edu.vn or *.school.edu.vn.'],
  onlyStrong: ['Tricks without quiet notes', 'Names of tricks of which the weakest of three levels does not come.'],
  cardsADay: ['Most cards a day', '1 to 20; 5 without this key. Urgent ones always come.'],
  locks: ['What pupils cannot change', 'Any of language, pause, site-mute.'],
  labMode: ['Lab mode', 'For shared machines: nothing that a pupil leaves is kept beyond the browser’s session.'],
  feedMirror: [
    'Mirrors of the rules in your own network',
    'Web address of a folder with a copy of the signed rule feed, such as http://beside.school.lan/feed/; several with spaces between. Beside asks them first, then the public addresses. A mirror needs no key and cannot change the rules.',
  ],
  feedAddress: [
    'Address of the rules',
    'Web address of the signed rule feed to use instead of the one that Beside was built with. Rules are still accepted only with the signatures that Beside was built to trust.',
  ],
  feedChannel: [
    'Take new rules first',
    'Write canary to take every new set of rules as soon as it is published, before it reaches all devices. For test devices.',
  ],
};

interface Schema {
  type?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
}

/**
 * The schema for `storage.managed`. It holds types alone: Chromium drops what does not fit without a word to the extension,
 * and a value that Beside gets can be named on the “managed” page. Unknown keys Chromium always drops; it names them on
 * chrome://policy. An `additionalProperties` here makes it refuse the whole package (tried, 156).
 */
export function managedSchema(): object {
  const properties = Object.fromEntries(
    Object.entries(KEY_WORDS).map(([key, [title, description]]) => {
      const schema = z.toJSONSchema(POLICY_KEYS[key as PolicyKey], { target: 'draft-4', io: 'input' }) as Schema;
      return [key, { title, description, ...typesOf(schema) }];
    }),
  );
  return { type: 'object', properties };
}

function typesOf({ type, items, properties }: Schema): Schema {
  return {
    ...(type === undefined ? {} : { type }),
    ...(items === undefined ? {} : { items: typesOf(items) }),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, typesOf(part)])) }),
  };
}
