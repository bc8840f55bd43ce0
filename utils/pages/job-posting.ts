/** Reads a job advertisement from the `JobPosting` that job boards put into their pages for search engines (schema.org, JSON-LD). */

/** Shortest description worth more than the page's own text. */
const MIN_DESCRIPTION = 80;

/** Title, employer, pay, place and description of the first `JobPosting` of a page, a line each; undefined when there is none. */
export function readJobPosting(document: Document): string | undefined {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const posting = findPosting(parse(script.textContent ?? ''), 0);
    if (posting === undefined) continue;
    const description = plain(document, textOf(posting['description']));
    if (description.length < MIN_DESCRIPTION) continue;
    return [
      textOf(posting['title']),
      nameOf(posting['hiringOrganization']),
      payOf(posting['baseSalary']),
      placeOf(posting['jobLocation']),
      description,
    ]
      .filter((line) => line !== '')
      .join('\n');
  }
  return undefined;
}

type Fields = Record<string, unknown>;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // a page's mistake is not ours to report; the page's text is read instead
  }
}

function findPosting(value: unknown, depth: number): Fields | undefined {
  if (depth > 4 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findPosting(item, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const fields = value as Fields;
  const type = fields['@type'];
  if (type === 'JobPosting' || (Array.isArray(type) && type.includes('JobPosting'))) return fields;
  return findPosting(fields['@graph'], depth + 1);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? textOf((value as Fields)['name']) : textOf(value);
}

function payOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const { currency, value: amount } = value as Fields;
  const range = typeof amount === 'object' && amount !== null ? (amount as Fields) : { value: amount };
  return [textOf(range['minValue']), textOf(range['maxValue']), textOf(range['value']), textOf(currency)]
    .filter((part) => part !== '')
    .join(' ');
}

function placeOf(value: unknown): string {
  const places = Array.isArray(value) ? value : [value];
  return places
    .flatMap((place) => {
      const address = (place as { address?: unknown } | undefined)?.address;
      return typeof address === 'object' && address !== null
        ? ['streetAddress', 'addressLocality', 'addressRegion', 'addressCountry'].map((field) =>
            nameOf((address as Fields)[field]),
          )
        : [nameOf(address)];
    })
    .filter((part) => part !== '')
    .join(', ');
}

/** The text of a fragment of HTML. A parsed document is inert: it runs nothing and loads nothing. */
function plain(document: Document, html: string): string {
  if (!html.includes('<')) return html;
  const Parser = document.defaultView?.DOMParser ?? DOMParser;
  const parsed = new Parser().parseFromString(
    html.replace(/<(?:br|\/p|\/li|\/div|\/h\d)\b[^>]*>/gi, '$&\n'),
    'text/html',
  );
  return (parsed.body.textContent ?? '').trim();
}
