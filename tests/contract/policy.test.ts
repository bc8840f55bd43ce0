/** What a school may set at all. A new key fails here until it has its reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { managedSchema } from '../../scripts/school/managed-schema.ts';
import { POLICY_KEYS, readPolicyValues } from '../../utils/policy/schema.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Every place where a policy can say something, why it cannot make content leave the device, and why it shows no adult what
 * a pupil read. Whoever adds a line answers both.
 */
const REASONS: Record<string, string> = {
  schoolName: 'words shown to the pupil',
  language: 'which of two catalogues is shown',
  'contacts[].name': 'words shown to the pupil',
  'contacts[].role': 'words shown to the pupil',
  'contacts[].phone':
    'a link that the pupil follows; it carries a ready sentence that the pupil sees, never words of a page',
  'contacts[].email': 'as the phone: the pupil’s own mail program opens, the pupil sends',
  'helpRoutes[].name': 'words shown to the pupil',
  'helpRoutes[].about': 'words shown to the pupil',
  'helpRoutes[].hours': 'words shown to the pupil',
  'helpRoutes[].phone': 'a link that only calls',
  'helpRoutes[].url': 'a link that the pupil follows, opened without a referrer and with nothing added',
  'helpRoutes[].checked': 'a date shown to the pupil',
  'extraSites[]': 'the pupil is asked; what is read there stays there as on every site',
  'sitesLeftOut[]': 'less is read',
  'onlyStrong[]': 'fewer notes are shown',
  cardsADay: 'fewer or more cards are shown',
  'locks[]': 'a choice is refused; nothing is told',
  labMode: 'less is kept',
  feedMirror: 'an address for the feed’s GETs, the same bytes whatever was read; signatures decide what is taken',
  feedAddress: 'as the mirror',
  feedChannel: 'when a signed file is taken',
};

interface Schema {
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
}

function leaves(schema: Schema, path: string): string[] {
  if (schema.items !== undefined) return leaves(schema.items, `${path}[]`);
  if (schema.properties === undefined) return [path];
  return Object.entries(schema.properties).flatMap(([name, part]) => leaves(part, `${path}.${name}`));
}
const keys = Object.entries(POLICY_KEYS).flatMap(([key, schema]) => leaves(z.toJSONSchema(schema) as Schema, key));

const sources = ['entrypoints', 'components', 'utils'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(ROOT, folder, name), 'utf8') })),
);

describe('what a school may set', () => {
  it('is what was thought through, key by key, and nothing else', () => {
    expect(keys.toSorted()).toEqual(Object.keys(REASONS).toSorted());
  });

  it('is closed: a list’s entry with a part of another name is refused', () => {
    const { policy, problems } = readPolicyValues({ contacts: [{ name: 'Lan', reportTo: 'https://a.example/' }] });
    expect(policy.contacts).toEqual([]);
    expect(problems).toEqual([{ where: 'contacts[1].reportTo', kind: 'unknown' }]);
  });

  it('is read in one place, so that no other part can know a key of its own', () => {
    const reading = sources.filter(({ text }) =>
      /storage\.managed|\bmanaged\.get\b/u.test(text.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gmu, '')),
    );
    expect(reading.map(({ name }) => name)).toEqual(['utils/policy/read.ts']);
  });

  it('gives addresses to nothing that sends but the feed, which can only get', () => {
    const asking = sources.filter(({ text }) => /feedMirror|feedAddress/u.test(text)).map(({ name }) => name);
    expect(asking.toSorted()).toEqual([
      'components/managed/Managed.tsx',
      'utils/policy/feed.ts',
      'utils/policy/schema.ts',
    ]);
    const transport = sources.find(({ name }) => name === 'utils/feed/transport.ts')?.text ?? '';
    expect(transport).not.toMatch(/method:|body:/u);
  });

  it('is described to browsers by a schema that is made from the one that checks it', async () => {
    await expect(`${JSON.stringify(managedSchema(), null, 2)}\n`).toMatchFileSnapshot(
      '../../public/managed-schema.json',
    );
  });

  it('keeps to the form of schema that Chromium reads: one type each, no reference, no choice, nothing open', () => {
    const text = JSON.stringify(managedSchema());
    expect(text).not.toContain('additionalProperties');
    expect(text).not.toMatch(/"(?:anyOf|oneOf|allOf|\$ref|enum|pattern|required)"/u);
    expect([...text.matchAll(/"type":(?<type>[^,}]+)/gu)].map(({ groups }) => groups?.['type'])).not.toContain(
      'undefined',
    );
  });
});
