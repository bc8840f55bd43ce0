/**
 * The generic reader: for sites without an adapter, and for those whose adapter finds nothing. It gets every visible text
 * and never a draft; what it loses is who said it, so its pieces are of `page` or `unknown`.
 */
import { keyOf } from '../../rules/engine/key.ts';
import type { Surface } from '../../rules/language/model.ts';
import { readJobPosting } from './job-posting.ts';
import { MAX_ROW, type PageReader, type Row } from './reader.ts';
import { readText, UNREAD } from './text.ts';

/** Parts of a page that are not its content: navigation, lists of other conversations, what the reader types and its mirror. */
const DROP =
  'nav,footer,aside,[role="navigation"],[role="banner"],[role="contentinfo"],[role="menu"],[role="menubar"],[role="toolbar"],[role="tablist"],[role="complementary"],[aria-hidden="true"],[role="status"],form:has(textarea),form:has([contenteditable="true"])';
/** Blocks shorter than this are labels, names and times. */
const MIN_BLOCK = 12;
const MIN_CHAT_BLOCK = 2;
/** What a message is typed into. */
const COMPOSERS = '[contenteditable="true"],[contenteditable="plaintext-only"],[role="textbox"],textarea';
/** So many blocks of text beside a composer are a conversation, fewer its own bar: a name, a quoted message. */
const MIN_BESIDE = 3;
/** Most blocks of one pass; a page with more is read further as it changes. */
const MAX_BLOCKS = 600;
/** What holds one post, comment or message whole, on sites that mark it. */
const POSTS = 'article,[role="article"],[aria-posinset]';
/** Elements that hold one block of text, by tag name. */
const BLOCKS = 'p,li,blockquote,h1,h2,h3,h4,h5,h6,dd,td,div,section';

/** A reader for any page. */
export function genericReader(surface: Surface): PageReader {
  return {
    id: 'generic',
    surface,
    watch: [],
    drop: DROP,
    findRoot: (document) => document.body ?? undefined,
    // Two advertisements may have one path and differ in the query only.
    conversation: (_, url) =>
      `${url.pathname}${surface === 'chat' ? url.search + url.hash : surface === 'job' ? url.search : ''}`,
    rows: (root) =>
      surface === 'chat' ? messages(root) : surface === 'job' ? whole(root, surface) : posts(root, surface),
  };
}

/** Every block of text by itself: what a chat without an adapter offers. */
function messages(root: Element): Row[] {
  const rows: Row[] = [];
  for (const element of blocksOf(conversationIn(root))) {
    if (rows.length >= MAX_BLOCKS) break;
    const { text } = readText(element, DROP, 4000);
    if (text.length >= MIN_CHAT_BLOCK && /\p{L}/u.test(text))
      rows.push({ key: `${keyOf(text)}:${text.length}`, text, from: 'unknown', element });
  }
  return rows;
}

/** The part of a chat page that is the open conversation: the list beside it holds previews of what strangers say to others. */
function conversationIn(root: Element): Element {
  return openConversation(root) ?? root.querySelector('main,[role="main"]') ?? root;
}

/** What is marked as a conversation, or stands around what is typed into; undefined where none is open. */
export function openConversation(root: Element): Element | undefined {
  const marked = root.querySelector('[role="log"]');
  if (marked !== null) return marked;
  const composer = [...root.querySelectorAll(COMPOSERS)].findLast(
    (element) => element.closest('[role="search"]') === null,
  );
  for (let box = composer?.parentElement; box != null && root.contains(box); box = box.parentElement) {
    let beside = 0;
    for (const _ of blocksOf(box)) {
      beside += 1;
      if (beside >= MIN_BESIDE) return box;
    }
  }
  return undefined;
}

/** The innermost blocks that hold text of their own; the outer ones would repeat it. */
function* blocksOf(scope: Element): Generator<Element> {
  for (const element of scope.querySelectorAll(BLOCKS))
    if (hasOwnText(element) && element.closest(`${DROP},${UNREAD}`) === null) yield element;
}

/** Every post and comment by itself; the page as a whole where not several are marked. */
function posts(root: Element, surface: Surface): Row[] {
  const marked = [...root.querySelectorAll(POSTS)].slice(0, MAX_BLOCKS);
  if (marked.length < 2) return whole(root, surface);
  return marked.flatMap((element) => {
    const { text } = readText(element, `${DROP},${POSTS}`, MAX_ROW);
    return text.length >= MIN_BLOCK
      ? [{ key: `${keyOf(text)}:${text.length}`, text, from: 'page' as const, element }]
      : [];
  });
}

/** An article, an advertisement or a page as one text: what it says further down changes what the beginning means. */
function whole(root: Element, surface: Surface): Row[] {
  const scope = root.querySelector('article') ?? root.querySelector('main,[role="main"]') ?? root;
  const text =
    (surface === 'job' ? readJobPosting(root.ownerDocument) : undefined) ?? readText(scope, DROP, MAX_ROW).text;
  return text.length >= MIN_BLOCK ? [{ key: surface, text, from: 'page', element: scope }] : [];
}

function hasOwnText(element: Element): boolean {
  for (let child = element.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === Node.TEXT_NODE && (child as Text).data.trim() !== '') return true;
    // An inline element with text belongs to the block that it stands in.
    if (
      child.nodeType === Node.ELEMENT_NODE &&
      !(child as Element).matches(BLOCKS) &&
      (child as Element).querySelector(BLOCKS) === null &&
      (child.textContent ?? '').trim() !== ''
    )
      return true;
  }
  return false;
}
