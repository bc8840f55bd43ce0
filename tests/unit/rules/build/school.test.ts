/** The files that a school gets from its form, read back as each system reads them. */
import { Buffer } from 'node:buffer';
import { createPublicKey, createVerify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { crxOf, idOf, makeKey, updateManifest } from '../../../../scripts/school/crx.ts';
import { GECKO_ID, policyFiles } from '../../../../scripts/school/files.ts';
import { FormError, readForm } from '../../../../scripts/school/form.ts';
import { letterFor } from '../../../../scripts/school/letter.ts';
import { readPolicyValues } from '../../../../utils/policy/schema.ts';

const EXAMPLE = readFileSync(join(import.meta.dirname, '../../../../docs/school-form.yml'), 'utf8');
const ID = 'abcdefghijklmnopabcdefghijklmnop';
const NASTY = `schoolName: 'A & B "C" <d> \\ đ'\nchromeId: ${ID}\n`;
const text = (content: string | Uint8Array | undefined): string => String(content);

function problemsOf(form: string): readonly string[] {
  try {
    readForm(form);
    return [];
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    return error.problems;
  }
}

describe('a form', () => {
  it('of ten lines is enough, and the example is one', () => {
    expect(EXAMPLE.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length).toBeLessThanOrEqual(10);
    const { source, policy } = readForm(EXAMPLE);
    expect(source).toEqual({ kind: 'server', base: 'http://10.0.0.2/beside/' });
    expect(readPolicyValues(policy)).toEqual({ policy, problems: [] });
    expect(policy.labMode).toBe(true);
  });

  it.each([
    ['schoolName: A\nserver: http://a/\nlabmode: true\n', 'line 3: there is no key “labmode”'],
    ['schoolName: A\nserver: http://a/\nlanguage: fr\n', 'line 3: language cannot have this value. vi or en'],
    [
      'schoolName: A\nserver: http://a/\ncontacts:\n  - { name: Hoa, phone: ring }\n',
      'line 4: contacts[1].phone cannot',
    ],
    ['schoolName: A\nserver: ftp://a/\n', 'line 2: write one of the two'],
    [`schoolName: A\nserver: http://a/\nchromeId: ${ID}\n`, 'write one of the two'],
    ['server: http://a/\n', 'schoolName is missing'],
    ['schoolName: A\nserver: "http://a/\n', 'line'],
    ['- a\n', 'the form has to consist of lines'],
    ['', 'the form has to consist of lines'],
  ])('that is wrong is told where and how to mend it: %j', (form, problem) => {
    expect(problemsOf(form).join('\n')).toContain(problem);
  });

  it('tells every problem at once', () => {
    expect(problemsOf('language: fr\ncardsADay: 99\n')).toHaveLength(4);
  });
});

describe('the policy files', () => {
  const form = readForm(EXAMPLE);
  const files = policyFiles(form, ID);
  const { policy } = form;

  it('of Linux install Beside, keep it new from the school’s server, and set what the form says', () => {
    expect(JSON.parse(text(files['linux/beside.json']))).toEqual({
      ExtensionSettings: {
        [ID]: {
          installation_mode: 'force_installed',
          update_url: 'http://10.0.0.2/beside/updates.xml',
          override_update_url: true,
        },
      },
      '3rdparty': { extensions: { [ID]: policy } },
    });
  });

  it.each(['chrome', 'edge'])('of Windows are registry files that say the same: %s', (browser) => {
    const bytes = files[`windows/${browser}.reg`];
    const lines = new TextDecoder('utf-16le').decode(bytes as Uint8Array).split('\r\n');
    expect(Array.from((bytes as Uint8Array).slice(0, 2))).toEqual([0xff, 0xfe]);
    expect(lines[0]).toBe('Windows Registry Editor Version 5.00');
    const read = Object.fromEntries(
      lines.flatMap((line): [string, string | number][] => {
        const found = /^"(?<name>\w+)"=(?:dword:(?<number>[0-9a-f]{8})|(?<text>".*"))$/u.exec(line)?.groups;
        if (found === undefined) return [];
        if (found['number'] !== undefined) return [[found['name'] ?? '', parseInt(found['number'], 16)]];
        return [[found['name'] ?? '', JSON.parse((found['text'] ?? '').replaceAll(/\\(?!["\\])/gu, '\\\\')) as string]];
      }),
    );
    expect(read['labMode']).toBe(1);
    expect(read['schoolName']).toBe(policy.schoolName);
    expect(JSON.parse(String(read['contacts']))).toEqual(policy.contacts);
    expect(JSON.parse(String(read['ExtensionSettings']))).toHaveProperty([ID, 'installation_mode'], 'force_installed');
    expect(lines.some((line) => line.endsWith(`\\3rdparty\\extensions\\${ID}\\policy]`))).toBe(true);
  });

  it('for consoles are the extension’s settings and its values in Google’s form', () => {
    expect(JSON.parse(text(files['windows/extension-settings.json']))).toHaveProperty(
      [ID, 'override_update_url'],
      true,
    );
    const values = JSON.parse(text(files['windows/google-admin.json'])) as Record<string, { Value: unknown }>;
    expect(Object.fromEntries(Object.entries(values).map(([key, { Value }]) => [key, Value]))).toEqual(policy);
  });

  it('of macOS are one profile with a part for each browser, the same on each run', () => {
    const profile = text(files['macos/beside.mobileconfig']);
    const document = new new Window().DOMParser().parseFromString(profile, 'text/xml');
    const read = (node: Element): unknown => {
      const children = [...node.children] as unknown as Element[];
      switch (node.tagName) {
        case 'dict':
          return Object.fromEntries(
            children.flatMap((key, at) => (at % 2 === 0 ? [[key.textContent, read(children[at + 1] as Element)]] : [])),
          );
        case 'array':
          return children.map(read);
        case 'true':
        case 'false':
          return node.tagName === 'true';
        case 'integer':
          return Number(node.textContent);
        default:
          return node.textContent;
      }
    };
    const { PayloadContent: parts } = read(document.querySelector('plist > dict') as unknown as Element) as {
      PayloadContent: Record<string, unknown>[];
    };
    expect(parts.map(({ PayloadType }) => PayloadType)).toEqual([
      'com.google.Chrome',
      `com.google.Chrome.extensions.${ID}`,
      'com.microsoft.Edge',
      `com.microsoft.Edge.extensions.${ID}`,
      'org.mozilla.firefox',
    ]);
    expect(parts[1]).toMatchObject(policy);
    expect(new Set(parts.map(({ PayloadUUID }) => PayloadUUID)).size).toBe(5);
    for (const { PayloadUUID } of parts)
      expect(PayloadUUID).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}$/u);
    expect(policyFiles(form, ID)['macos/beside.mobileconfig']).toBe(profile);
  });

  it('of Firefox take the unsigned package of the school’s server', () => {
    const { policies } = JSON.parse(text(files['firefox/policies.json'])) as { policies: Record<string, unknown> };
    expect(policies).toMatchObject({
      ExtensionSettings: { [GECKO_ID]: { install_url: 'http://10.0.0.2/beside/beside.xpi' } },
      '3rdparty': { Extensions: { [GECKO_ID]: policy } },
      Preferences: { 'xpinstall.signatures.required': { Value: false } },
    });
  });

  it('hold whatever a name is made of, and ask the store where the form names one', () => {
    const nasty = policyFiles(readForm(NASTY), ID);
    expect(text(nasty['macos/beside.mobileconfig'])).toContain('A &amp; B &quot;C&quot; &lt;d&gt; \\ đ');
    expect(new TextDecoder('utf-16le').decode(nasty['windows/chrome.reg'] as Uint8Array)).toContain(
      '"A & B \\"C\\" <d> \\\\ đ"',
    );
    expect(JSON.parse(text(nasty['linux/beside.json']))).toHaveProperty(
      ['ExtensionSettings', ID, 'update_url'],
      'https://clients2.google.com/service/update2/crx',
    );
  });
});

describe.each(['vi', 'en'] as const)('the letter to families, in %s', (language) => {
  it('is one page that names the school and its contacts, and asks nothing of a server', () => {
    const { policy } = readForm(EXAMPLE);
    const letter = letterFor(language, policy);
    expect(letter).toContain(policy.schoolName);
    expect(letter).toContain('Cô Hoa, tư vấn tâm lý, 0912 345 678');
    expect(letter).not.toMatch(/<script|<img|https?:/u);
    // About 60 lines of 95 letters fit on a page of this size.
    expect(letter.replaceAll(/<style.*<\/style>|<[^>]+>/gu, '').length).toBeLessThan(3000);
    expect(letterFor(language, readForm(NASTY).policy)).toContain('A &amp; B &quot;C&quot; &lt;d&gt;');
  });
});

describe('the package of a school’s own server', () => {
  it('is a CRX3 whose signature holds, and whose id is that of its key', () => {
    const key = makeKey();
    const zip = zipSync({ 'manifest.json': new TextEncoder().encode('{}') });
    const crx = crxOf(zip, key);
    expect(crx.subarray(0, 4).toString()).toBe('Cr24');
    expect(crx.readUInt32LE(4)).toBe(3);
    const rest = crx.subarray(12 + crx.readUInt32LE(8));
    expect(Object.keys(unzipSync(rest))).toEqual(['manifest.json']);
    const header = crx.subarray(12, 12 + crx.readUInt32LE(8));
    const publicKey = createPublicKey(key);
    const der = publicKey.export({ type: 'spki', format: 'der' });
    expect(header.includes(der)).toBe(true);
    // The signature is the last 256 bytes before the field of the signed data, which is 22 bytes with its head.
    const signed = header.subarray(-18);
    const signature = header.subarray(header.length - 18 - 4 - 256, header.length - 18 - 4);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(signed.length);
    const verify = createVerify('sha256').update(
      Buffer.concat([Buffer.from('CRX3 SignedData\0'), length, signed, rest]),
    );
    expect(verify.verify(publicKey, signature)).toBe(true);
    expect(idOf(key)).toMatch(/^[a-p]{32}$/u);
    expect(updateManifest(idOf(key), '0.1.0', 'http://10.0.0.2/beside.crx')).toContain(`appid="${idOf(key)}"`);
  });
});
