/** Chooses how a page is read: by the adapter that owns its address, else by the generic reader. */
import { owns } from './adapter.ts';
import { ADAPTERS } from './adapters/index.ts';
import { genericReader, openConversation } from './generic.ts';
import { readJobPosting } from './job-posting.ts';
import { adapterReader } from './read-rows.ts';
import type { PageReader } from './reader.ts';
import { surfaceOf } from './sites.ts';

/** The reader for an address. */
export function findReader(url: URL): PageReader {
  const adapter = ADAPTERS.find((candidate) => owns(candidate, url));
  if (adapter === undefined) return genericReader(surfaceOf(url));
  const reader = adapterReader(adapter, url);
  return adapter.surface === 'chat'
    ? chatOrGeneric(reader)
    : pageOrGeneric(adapter.surface === 'job' ? withJobPosting(reader) : reader);
}

/** So many looks without a place for messages, or readings without one, and the site is taken to have changed. */
const PATIENCE = 4;

/** A chat whose structure the adapter does not know is read as any chat's, once one is open. */
function chatOrGeneric(reader: PageReader): PageReader {
  const generic = genericReader('chat');
  let looks = 0;
  let passes = 0;
  let isLost = false;
  let isKnown = false;
  return {
    ...reader,
    get id() {
      return isLost ? generic.id : reader.id;
    },
    findRoot: (document) => {
      const root = reader.findRoot(document);
      looks = root === undefined ? looks + 1 : 0;
      isLost = looks >= PATIENCE && openConversation(document.body) !== undefined;
      return isLost ? document.body : root;
    },
    rows: (root, touched) => {
      const rows = reader.rows(root, touched);
      isKnown ||= rows.length > 0;
      passes += 1;
      isLost = !isKnown && (isLost || passes >= PATIENCE) && openConversation(root) !== undefined;
      return isLost ? generic.rows(root, undefined) : rows;
    },
  };
}

/** Posts and advertisements of a form that the adapter does not know are read as any page's. */
function pageOrGeneric(reader: PageReader): PageReader {
  const generic = genericReader(reader.surface);
  let isKnown = false;
  return {
    ...reader,
    rows: (root, touched) => {
      const rows = reader.rows(root, touched);
      isKnown ||= rows.length > 0;
      return isKnown ? rows : generic.rows(root, undefined);
    },
  };
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
