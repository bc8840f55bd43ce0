/** What people read in the stores is what the package says, in both languages, and the pictures have the size that stores ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const STORE = join(ROOT, 'docs', 'store');
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

describe.each(['vi', 'en'])('the listing in %s', (language) => {
  const parts = new Map(
    read('docs', 'store', `listing.${language}.md`)
      .split(/^## /mu)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n')).trim()]),
  );
  const messages = JSON.parse(read('public', '_locales', language, 'messages.json')) as Record<
    string,
    { message: string }
  >;

  it('has the name and the short description of the package', () => {
    expect(parts.get('Name')).toBe(messages['extension_name']?.message);
    expect(parts.get('Short description')).toBe(messages['extension_description']?.message);
  });

  it('promises what can be kept, and names the help lines', () => {
    const description = parts.get('Description') ?? '';
    // Chrome Web Store: at most 16,000 characters.
    expect(description.length).toBeLessThan(16_000);
    expect(description).toMatch(/\b111\b/u);
    expect(description).toMatch(language === 'vi' ? /có thể nhầm/u : /can be wrong/u);
    expect(description).toMatch(
      language === 'vi' ? /không có nghĩa là an toàn/u : /does not mean that something is safe/u,
    );
    expect(description).not.toContain('!');
  });

  it('has pictures of 1280 × 800 pixels', () => {
    const pictures = readdirSync(join(STORE, 'pictures')).filter((name) => name.endsWith(`-${language}.jpg`));
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const name of pictures) expect(sizeOf(readFileSync(join(STORE, 'pictures', name))), name).toEqual([1280, 800]);
  });
});

it.each(['PRIVACY.md', 'PRIVACY.vi.md'])('%s makes the statements that the stores ask for', (name) => {
  const text = read(name).replaceAll(/\s+/gu, ' ');
  expect(text).toContain('Limited Use');
  expect(text).toContain('https://developer.chrome.com/docs/webstore/program-policies/user-data-faq');
  expect(text).toContain('`data_collection_permissions`');
  expect(text).toContain('`none`');
});

/** Width and height of a JPEG, from its frame header. Source: ITU-T T.81, B.2.2. */
function sizeOf(bytes: Buffer): [width: number, height: number] {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  throw new Error('no frame header: not a JPEG');
}
