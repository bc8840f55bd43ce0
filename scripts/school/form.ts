/** A school's form: a few lines of YAML, read with an error that says where and how to mend it. */
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import { POLICY_KEYS, readPolicyValues, type Policy } from '../../utils/policy/schema.ts';
import { KEY_WORDS } from './managed-schema.ts';

/** Where browsers get the extension from. */
export type Source =
  /** A folder of a web server in the school's network, with a slash at its end. */
  | { kind: 'server'; base: string }
  /** Its id in the Chrome Web Store. */
  | { kind: 'store'; chromeId: string };

export interface Form {
  source: Source;
  policy: Policy & { schoolName: string };
}

/** What is wrong with a form, one line each: where, what, and what it may be. */
export class FormError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const OWN_KEYS = {
  server:
    'web address of the folder in your own network from which machines get Beside, such as http://10.0.0.2/beside/',
  chromeId: 'id in the Chrome Web Store: 32 letters from a to p',
};

/**
 * Reads a form. Its keys are those of the policy, and where Beside comes from: `server` or `chromeId`.
 *
 * @throws FormError with every problem at once.
 */
export function readForm(text: string): Form {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw new FormError(
      document.errors.map(({ message, linePos }) => `line ${linePos?.[0].line ?? '?'}: ${firstLine(message)}`),
    );
  if (!isMap(document.contents))
    throw new FormError(['the form has to consist of lines such as “schoolName: THPT Nguyễn Du”']);
  const values = document.toJS() as Record<string, unknown>;
  const { server, chromeId, ...rest } = values;
  const at = (where: string): string => placeOf(document, lines, where);
  const { policy, problems } = readPolicyValues(rest);
  const faults = problems.map(({ where, kind }) => {
    const key = /^\w*/u.exec(where)?.[0] ?? '';
    const known = Object.hasOwn(POLICY_KEYS, key) ? KEY_WORDS[key as keyof typeof KEY_WORDS][1] : undefined;
    if (kind === 'unknown' && known === undefined)
      return `${at(where)}there is no key “${where}”; there are ${Object.keys({ ...KEY_WORDS, ...OWN_KEYS }).join(', ')}`;
    return `${at(where)}${where} ${kind === 'unknown' ? 'is no known part' : 'cannot have this value'}. ${known ?? ''}`;
  });
  if (policy.schoolName === undefined && !faults.some((fault) => fault.includes('schoolName')))
    faults.push('schoolName is missing: the name of the school');
  const source = readSource(server, chromeId);
  if (source === undefined)
    faults.push(`${at('server')}write one of the two: server (${OWN_KEYS.server}) or chromeId (${OWN_KEYS.chromeId})`);
  const { schoolName } = policy;
  if (faults.length > 0 || source === undefined || schoolName === undefined) throw new FormError(faults);
  return { source, policy: { ...policy, schoolName } };
}

function readSource(server: unknown, chromeId: unknown): Source | undefined {
  if (server !== undefined && chromeId !== undefined) return undefined;
  if (typeof chromeId === 'string' && /^[a-p]{32}$/u.test(chromeId)) return { kind: 'store', chromeId };
  if (typeof server !== 'string' || !URL.canParse(server)) return undefined;
  const { protocol, origin, pathname } = new URL(server);
  if (!/^https?:$/u.test(protocol)) return undefined;
  return { kind: 'server', base: `${origin}${pathname.endsWith('/') ? pathname : `${pathname}/`}` };
}

/** `line 3: ` for `contacts[2].phone`; empty for what is not in the form. */
function placeOf(document: Document, lines: LineCounter, where: string): string {
  const path = [...where.matchAll(/(?<name>[^.[\]]+)|\[(?<index>\d+)\]/gu)].map(({ groups }) =>
    groups?.['index'] === undefined ? (groups?.['name'] ?? '') : Number(groups['index']) - 1,
  );
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range !== undefined) return `line ${lines.linePos(node.range[0]).line}: `;
  }
  return '';
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
