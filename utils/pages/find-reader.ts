/** Chooses how a page is read: by the adapter that owns its address, else by the generic reader. */
import { owns, type Adapter } from './adapter.ts';
import { messenger } from './adapters/messenger.ts';
import { topcv } from './adapters/topcv.ts';
import { zalo } from './adapters/zalo.ts';
import { genericReader } from './generic.ts';
import { readJobPosting } from './job-posting.ts';
import { adapterReader } from './read-rows.ts';
import type { PageReader } from './reader.ts';
import { surfaceOf } from './sites.ts';

export const ADAPTERS: readonly Adapter[] = [zalo, messenger, topcv];

/** The reader for an address. */
export function findReader(url: URL): PageReader {
  const adapter = ADAPTERS.find((candidate) => owns(candidate, url));
  if (adapter === undefined) return genericReader(surfaceOf(url));
  const reader = adapterReader(adapter, url);
  return adapter.surface === 'job' ? withJobPosting(reader) : reader;
}

/** Takes an advertisement from the page's `JobPosting` where there is one: it is whole and free of the page's other texts. */
function withJobPosting(reader: PageReader): PageReader {
  return {
    ...reader,
    rows: (root, touched) => {
      const text = readJobPosting(root.ownerDocument);
      const rows = reader.rows(root, touched);
      const [first] = rows;
      if (text === undefined) return rows.slice(0, 1);
      return [{ key: 'job-posting', text, from: 'page', element: first?.element ?? root }];
    },
  };
}
