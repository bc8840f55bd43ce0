/**
 * Reading text from the DOM without ever asking for layout: no `innerText`, no computed style, no rectangles. A walk over
 * text nodes, leaving out what is not part of the text or not meant to be read.
 */

/** Never read: code, controls, and above all whatever the reader is typing. */
const SKIPPED_TAGS = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'TEXTAREA',
  'INPUT',
  'SELECT',
  'OPTION',
  'BUTTON',
  'SVG',
  'CANVAS',
  'IFRAME',
  'VIDEO',
  'AUDIO',
  'CODE',
  'PRE',
  'TIME',
]);
/** What a person types into, and what the page hides; nothing under it is ever read. */
export const UNREAD =
  '[contenteditable=""],[contenteditable="true"],[contenteditable="plaintext-only"],[role="textbox"],[role="searchbox"],[role="combobox"],[hidden]';

/** Elements that end a line, by tag name, since asking for `display` would cost a style. Custom elements count too. */
const BLOCK_TAGS = new Set([
  'ADDRESS',
  'ARTICLE',
  'ASIDE',
  'BLOCKQUOTE',
  'BR',
  'DD',
  'DIV',
  'DL',
  'DT',
  'FIGCAPTION',
  'FIGURE',
  'FOOTER',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'HEADER',
  'HR',
  'LI',
  'MAIN',
  'NAV',
  'OL',
  'P',
  'SECTION',
  'TABLE',
  'TD',
  'TH',
  'TR',
  'UL',
]);

/** Where a stretch of the text stands in the page. */
export interface TextPart {
  node: Text;
  /** Offset of the node's first unit in the text. */
  at: number;
}

export interface ReadText {
  text: string;
  parts: TextPart[];
}

/** Whether an element's text belongs to nobody's message. */
function isSkipped(element: Element, drop: string): boolean {
  if (SKIPPED_TAGS.has(element.tagName.toUpperCase())) return true;
  return element.matches(UNREAD) || (drop !== '' && element.matches(drop));
}

/**
 * Reads the text of an element, lines apart where blocks are; nothing when the element is part of what is never read.
 *
 * @param drop Selector of parts to leave out; may be empty.
 * @param most Most UTF-16 units to read.
 */
export function readText(element: Element, drop: string, most: number): ReadText {
  const parts: TextPart[] = [];
  let text = '';
  const endLine = (): void => {
    if (text !== '' && !text.endsWith('\n')) text += '\n';
  };
  const visit = (node: Node): void => {
    for (let child = node.firstChild; child !== null && text.length < most; child = child.nextSibling) {
      if (child.nodeType === Node.TEXT_NODE) {
        const { data } = child as Text;
        if (data.trim() === '') {
          if (text !== '' && !/\s$/.test(text)) text += ' ';
          continue;
        }
        parts.push({ node: child as Text, at: text.length });
        text += data;
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        const inner = child as Element;
        if (isSkipped(inner, drop)) continue;
        const isBlock = BLOCK_TAGS.has(inner.tagName) || inner.tagName.includes('-');
        if (isBlock) endLine();
        if (inner.tagName === 'IMG') text += emojiOf(inner);
        visit(inner.shadowRoot ?? inner);
        if (isBlock) endLine();
      }
    }
  };
  if (element.closest(UNREAD) === null) visit(element);
  return { text: text.trimEnd(), parts };
}

/** An emoji that a site draws as a picture: a short alternative text beyond ASCII. */
function emojiOf(image: Element): string {
  const alt = image.getAttribute('alt') ?? '';
  return alt.length <= 12 && /[^\p{ASCII}]/u.test(alt) ? alt : '';
}

/** The range in the page of a stretch of a text that was read; undefined when the page has changed since. */
export function rangeOf(read: ReadText, start: number, end: number): Range | undefined {
  const first = read.parts.findLast(({ at }) => at <= start);
  const last = read.parts.findLast(({ at }) => at < end);
  if (first === undefined || last === undefined || !first.node.isConnected || !last.node.isConnected) return undefined;
  const range = first.node.ownerDocument.createRange();
  try {
    range.setStart(first.node, start - first.at);
    range.setEnd(last.node, Math.min(end - last.at, last.node.data.length));
  } catch {
    return undefined; // the text has become shorter than it was when it was read
  }
  return range;
}
