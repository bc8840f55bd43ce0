import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  buildRelease,
  createRepository,
  mirrorTo,
  publishTo,
  refreshPublished,
  rotateKeys,
  signStaged,
  signWithAllKeys,
} from '../../../../../rules/cli/feed/api.ts';
import { folderSource } from '../../../../../rules/cli/feed/source.ts';
import { emptyPart } from '../../../../../rules/feed/format.ts';

it('serves programs that need a feed of made-up rules at any time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beside-api-'));
  const day = (number: number): { now: Date } => ({ now: new Date(Date.UTC(2026, 10, number)) });
  const content = (words: string[]): Parameters<typeof buildRelease>[1]['content'] => ({
    parts: {
      'vi-core': { ...emptyPart(), lists: [{ name: 'vi:made-up', words }] },
      en: emptyPart(),
      minority: emptyPart(),
      'vi-urgent': emptyPart(),
    },
    tests: { 'vi-core': {}, en: {}, minority: {}, 'vi-urgent': {} },
  });
  try {
    const work = createRepository(join(folder, 'work'), { drill: true, ...day(1) });
    const site = join(folder, 'site');
    await buildRelease(work, { content: content(['một']), unchecked: true, ...day(1) });
    await signWithAllKeys(work);
    expect(await publishTo(work, site, day(1))).toMatchObject({ snapshot: 1, timestamp: 1 });
    await buildRelease(work, { content: content(['hai']), unchecked: true, ...day(2) });
    for (const signer of ['an', 'binh'])
      await signStaged(work, 'vi-core', join(work.folder, 'keys', signer, 'vi-core.pem'));
    expect(await publishTo(work, site, day(2))).toMatchObject({ snapshot: 2, timestamp: 2, roles: ['vi-core'] });
    expect(await refreshPublished(work, site, day(3))).toMatchObject({ snapshot: 2, timestamp: 3, roles: [] });
    expect(await rotateKeys(work, day(3))).toEqual(['root']);
    await signWithAllKeys(work);
    await publishTo(work, site, day(3));
    await mirrorTo(folderSource(site), join(folder, 'mirror'));
    expect(existsSync(join(folder, 'mirror', 'metadata', '2.root.json'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
