/** From a form to the policy files of every system, as texts. Sources of the forms: docs/schools.en.md. */
import { sha256 } from '../package/archive.ts';
import type { Form } from './form.ts';
import { plist } from './plist.ts';

/** The extension's id in Firefox, as in wxt.config.ts. */
export const GECKO_ID = 'beside@keben.example';
const CHROME_STORE = 'https://clients2.google.com/service/update2/crx';

/** A file by its path in the folder that is made. */
export type Files = Record<string, string | Uint8Array>;

/**
 * The `ExtensionSettings` that install Beside and keep it. Without `override_update_url` a package that does not name its own
 * address is asked for in the store, and never updated from where it came (tried, Chromium 156).
 */
export function installation(id: string, updateUrl: string): object {
  const isOwn = updateUrl !== CHROME_STORE;
  const settings = { installation_mode: 'force_installed', update_url: updateUrl };
  return { [id]: { ...settings, ...(isOwn ? { override_update_url: true } : {}) } };
}

/** Where Chromium browsers learn of the newest version. */
function updateUrlOf({ source }: Form): string {
  return source.kind === 'store' ? CHROME_STORE : `${source.base}updates.xml`;
}

/**
 * The policy files of Linux, Windows, macOS and of Firefox.
 *
 * @param id of the extension in Chromium: that of the store, or of the key that signs the school's own package.
 */
export function policyFiles(form: Form, id: string): Files {
  const { policy } = form;
  const settings = installation(id, updateUrlOf(form));
  const chromium = { ExtensionSettings: settings, '3rdparty': { extensions: { [id]: policy } } };
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  const firefox = firefoxPolicies(form);
  return {
    'linux/beside.json': json(chromium),
    'windows/chrome.reg': registryFile('SOFTWARE\\Policies\\Google\\Chrome', id, settings, policy),
    'windows/edge.reg': registryFile('SOFTWARE\\Policies\\Microsoft\\Edge', id, settings, policy),
    'windows/extension-settings.json': json(settings),
    'windows/google-admin.json': json(
      Object.fromEntries(Object.entries(policy).map(([key, Value]) => [key, { Value }])),
    ),
    'macos/beside.mobileconfig': profileOf(form, id, settings, firefox),
    'firefox/policies.json': json({ policies: firefox }),
  };
}

function firefoxPolicies({ source, policy }: Form): Record<string, unknown> {
  return {
    ...(source.kind === 'server'
      ? {
          ExtensionSettings: {
            [GECKO_ID]: { installation_mode: 'force_installed', install_url: `${source.base}beside.xpi` },
          },
          // The school's own package has no signature of Mozilla's; only the ESR takes it.
          Preferences: { 'xpinstall.signatures.required': { Value: false, Status: 'locked' } },
        }
      : {}),
    '3rdparty': { Extensions: { [GECKO_ID]: policy } },
  };
}

/**
 * A registry file in the form of regedit: UTF-16 with a mark, Windows line ends. Lists and objects are JSON in a text, which
 * Chromium reads in their place. Source: Chromium, components/policy/core/common/registry_dict.cc.
 */
function registryFile(place: string, id: string, settings: object, policy: object): Uint8Array {
  const root = `HKEY_LOCAL_MACHINE\\${place}`;
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    `[${root}]`,
    `"ExtensionSettings"=${registryValue(settings)}`,
    '',
    `[${root}\\3rdparty\\extensions\\${id}\\policy]`,
    ...Object.entries(policy).map(([key, value]) => `"${key}"=${registryValue(value)}`),
    '',
  ];
  return new Uint8Array(Buffer.from(`\uFEFF${lines.join('\r\n')}`, 'utf16le'));
}

function registryValue(value: unknown): string {
  if (typeof value === 'boolean' || typeof value === 'number')
    return `dword:${Number(value).toString(16).padStart(8, '0')}`;
  return quote(typeof value === 'string' ? value : JSON.stringify(value));
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A configuration profile for Chrome, Edge and Firefox. Its ids follow from the form, so that a new one takes the old one's place. */
function profileOf({ policy }: Form, id: string, settings: object, firefox: Record<string, unknown>): string {
  const payload = (type: string, content: object): object => ({
    PayloadType: type,
    PayloadIdentifier: `org.beside.school.${type}`,
    PayloadUUID: uuidOf(`${policy.schoolName}\n${type}`),
    PayloadVersion: 1,
    ...content,
  });
  const chromium = ['com.google.Chrome', 'com.microsoft.Edge'].flatMap((browser) => [
    payload(browser, { ExtensionSettings: settings }),
    payload(`${browser}.extensions.${id}`, policy),
  ]);
  return plist({
    PayloadType: 'Configuration',
    PayloadIdentifier: 'org.beside.school',
    PayloadUUID: uuidOf(policy.schoolName),
    PayloadVersion: 1,
    PayloadScope: 'System',
    PayloadDisplayName: `Beside, ${policy.schoolName}`,
    PayloadContent: [...chromium, payload('org.mozilla.firefox', { EnterprisePoliciesEnabled: true, ...firefox })],
  });
}

/** A UUID of a text, always the same (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = sha256(text);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-').toUpperCase();
}
