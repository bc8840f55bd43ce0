import { describe, expect, it } from 'vitest';
import { owns } from '../../utils/pages/adapter.ts';
import { ADAPTERS } from '../../utils/pages/adapters/index.ts';
import { findReader } from '../../utils/pages/find-reader.ts';
import { findSite, SITE_MATCHES, surfaceOf } from '../../utils/pages/sites.ts';

const examples = ADAPTERS.flatMap((adapter) => adapter.examples.map((address) => ({ address, id: adapter.id })));

describe('page adapters', () => {
  it.each(examples)('one adapter owns $address, all others refuse it', ({ address, id }) => {
    expect(ADAPTERS.filter((adapter) => owns(adapter, new URL(address))).map((adapter) => adapter.id)).toEqual([id]);
    expect(findReader(new URL(address)).id).toBe(id);
  });

  it.each(ADAPTERS)('are for sites that are on the list: $id', ({ hosts }) => {
    for (const host of hosts) expect(findSite(host.replace('*', 'vn')), host).toBeDefined();
  });

  it.each(ADAPTERS)('are data: no function, no regular expression: $id', (adapter) => {
    expect(JSON.parse(JSON.stringify(adapter))).toEqual(adapter);
  });

  it('take a site that only looks like theirs for an ordinary page', () => {
    for (const address of [
      'https://chat.zalo.me.example.com/',
      'https://zalo.me/',
      'https://www.topcv.vn.example.com/viec-lam/a',
    ])
      expect(findReader(new URL(address)).id, address).toBe('generic');
  });
});

describe('the list of sites', () => {
  it('has every site that Beside promises to read', () => {
    for (const host of [
      'www.facebook.com',
      'www.messenger.com',
      'chat.zalo.me',
      'www.instagram.com',
      'www.tiktok.com',
      'discord.com',
      'web.telegram.org',
      'web.whatsapp.com',
      'x.com',
      'www.topcv.vn',
      'www.vietnamworks.com',
      'vieclam24h.vn',
      'vn.indeed.com',
      'www.linkedin.com',
      'www.chotot.com',
      'www.vieclamtot.com',
    ])
      expect(findSite(host), host).toBeDefined();
  });

  it('names hosts, never everything', () => {
    for (const match of SITE_MATCHES) expect(match).toMatch(/^\*:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\/\*$/u);
  });

  it('knows chats from posts and jobs on the same host', () => {
    expect(surfaceOf(new URL('https://www.facebook.com/messages/t/1'))).toBe('chat');
    expect(surfaceOf(new URL('https://www.facebook.com/groups/1'))).toBe('post');
    expect(surfaceOf(new URL('https://www.linkedin.com/jobs/view/1'))).toBe('job');
    expect(surfaceOf(new URL('https://forum.example.com/'))).toBe('page');
  });
});
