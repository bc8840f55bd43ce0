/** Apple's property lists, as XML. */

/** A property list of plain values: texts, whole numbers, booleans, lists and objects. */
export function plist(value: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${write(value, '')}
</plist>
`;
}

function write(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value === 'boolean') return `${indent}<${String(value)}/>`;
  if (typeof value === 'number') return `${indent}<integer>${value}</integer>`;
  if (typeof value === 'string') return `${indent}<string>${escapeXml(value)}</string>`;
  if (Array.isArray(value))
    return [`${indent}<array>`, ...value.map((item) => write(item, inner)), `${indent}</array>`].join('\n');
  const parts = Object.entries(value as object).map(
    ([key, part]) => `${inner}<key>${escapeXml(key)}</key>\n${write(part, inner)}`,
  );
  return [`${indent}<dict>`, ...parts, `${indent}</dict>`].join('\n');
}

/** Text as it may stand in XML and HTML. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
