/** The named list of sites that Beside reads without being asked; every other site is optional, by a click. */
import type { Surface } from '../../rules/language/model.ts';

/** What stands on a site, where it differs by path: the first prefix that fits decides. */
export interface Site {
  name: string;
  /** Host names, each with or without subdomains (`*.indeed.com`). */
  hosts: readonly string[];
  surfaces: readonly (readonly [pathPrefix: string, surface: Surface])[];
}

/** Facts of hosts and paths: design/adapters.md section 1, 2026-11-23. */
export const SITES: readonly Site[] = [
  {
    name: 'Facebook, Messenger',
    hosts: ['www.facebook.com', 'web.facebook.com', 'www.messenger.com'],
    surfaces: [
      ['/messages', 'chat'],
      ['/t/', 'chat'],
      ['/', 'post'],
    ],
  },
  { name: 'Zalo', hosts: ['chat.zalo.me'], surfaces: [['/', 'chat']] },
  {
    name: 'Instagram',
    hosts: ['www.instagram.com'],
    surfaces: [
      ['/direct', 'chat'],
      ['/', 'post'],
    ],
  },
  {
    name: 'TikTok',
    hosts: ['www.tiktok.com'],
    surfaces: [
      ['/messages', 'chat'],
      ['/', 'post'],
    ],
  },
  { name: 'Discord', hosts: ['discord.com'], surfaces: [['/', 'chat']] },
  { name: 'Telegram', hosts: ['web.telegram.org'], surfaces: [['/', 'chat']] },
  { name: 'WhatsApp', hosts: ['web.whatsapp.com'], surfaces: [['/', 'chat']] },
  {
    name: 'X',
    hosts: ['x.com'],
    surfaces: [
      ['/messages', 'chat'],
      ['/i/chat', 'chat'],
      ['/', 'post'],
    ],
  },
  { name: 'TopCV', hosts: ['www.topcv.vn'], surfaces: [['/', 'job']] },
  { name: 'VietnamWorks', hosts: ['www.vietnamworks.com'], surfaces: [['/', 'job']] },
  { name: 'ViecLam24h', hosts: ['vieclam24h.vn'], surfaces: [['/', 'job']] },
  { name: 'Indeed', hosts: ['*.indeed.com'], surfaces: [['/', 'job']] },
  {
    name: 'LinkedIn',
    hosts: ['www.linkedin.com'],
    surfaces: [
      ['/messaging', 'chat'],
      ['/jobs', 'job'],
      ['/', 'post'],
    ],
  },
  {
    name: 'Chợ Tốt, Việc Làm Tốt',
    hosts: ['www.chotot.com', 'chat.chotot.com', 'www.vieclamtot.com'],
    surfaces: [
      ['/chat', 'chat'],
      ['/', 'job'],
    ],
  },
];

/** The match patterns of the manifest, one per host. */
export const SITE_MATCHES: readonly string[] = SITES.flatMap(({ hosts }) => hosts.map((host) => `*://${host}/*`));

/** The site of the list that a host belongs to. */
export function findSite(host: string): Site | undefined {
  return SITES.find(({ hosts }) => isAmong(host, hosts));
}

/** Whether a host is one of those that are named, each with or without subdomains (`*.indeed.com`). */
export function isAmong(host: string, named: readonly string[]): boolean {
  return named.some((one) =>
    one.startsWith('*.') ? host.endsWith(one.slice(1)) || host === one.slice(2) : host === one,
  );
}

/** What kind of text stands at an address; a site that is not on the list is an ordinary page. */
export function surfaceOf(url: URL): Surface {
  const found = findSite(url.hostname)?.surfaces.find(([prefix]) => url.pathname.startsWith(prefix));
  return found?.[1] ?? 'page';
}
