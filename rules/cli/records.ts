/** Records of a corpus: JSON Lines as `scan` and `eval` read them. */
import { KINDS, type RecordToJudge } from './judge.ts';

/** A record with what is known of it, for `eval`. */
export interface LabelledRecord extends RecordToJudge {
  label: 'lure' | 'benign';
  category: string;
  lang: string;
  scope: string;
  /** Index of the first turn in which the harm is demanded. */
  harmTurn?: number;
  /** Near-identical lures have the same. */
  cluster?: string;
  /** `category/name` of the story that the record tells; one author's variations of it have the same. */
  family?: string;
  /** How it is written: `teencode`, `formal`, …; empty when nobody said. */
  style: string[];
}

/** A line that cannot be judged, with the reason. */
export class RecordError extends Error {
  readonly id: string | null;

  constructor(message: string, id: string | null = null) {
    super(message);
    this.id = id;
  }
}

/**
 * Reads one line.
 *
 * @throws RecordError when it is no JSON or lacks what a record needs.
 */
export function readRecord(line: string): RecordToJudge & { raw: Record<string, unknown> } {
  let raw: Record<string, unknown>;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
    raw = value as Record<string, unknown>;
  } catch {
    throw new RecordError('the line is no JSON object');
  }
  const id = typeof raw['id'] === 'string' || typeof raw['id'] === 'number' ? String(raw['id']) : null;
  if (id === null) throw new RecordError('the field “id” is missing: give a text');
  const { kind = 'chat' } = raw;
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
    throw new RecordError(
      `the field “kind” is ${JSON.stringify(kind)}: write one of ${Object.keys(KINDS).join(', ')}`,
      id,
    );
  }
  return { id, kind: kind as RecordToJudge['kind'], turns: readTurns(raw, id), raw };
}

/**
 * Reads one line of a labelled corpus.
 *
 * @throws RecordError as `readRecord`, and when the label is missing.
 */
export function readLabelled(line: string): LabelledRecord {
  const { raw, ...record } = readRecord(line);
  const { label } = raw;
  if (label !== 'lure' && label !== 'benign')
    throw new RecordError('the field “label” must be lure or benign', record.id);
  const textOf = (field: string, fallback: string): string => (typeof raw[field] === 'string' ? raw[field] : fallback);
  return {
    ...record,
    label,
    category: textOf('category', textOf('trap', 'benign').split(':')[0] ?? 'benign'),
    lang: textOf('lang', '?'),
    scope: textOf('scope', 'core'),
    ...(typeof raw['harm_turn'] === 'number' ? { harmTurn: raw['harm_turn'] } : {}),
    ...(typeof raw['cluster'] === 'string' ? { cluster: raw['cluster'] } : {}),
    ...(typeof raw['family'] === 'string' ? { family: raw['family'] } : {}),
    style: [raw['style']].flat().filter((style): style is string => typeof style === 'string'),
  };
}

function readTurns(raw: Record<string, unknown>, id: string): RecordToJudge['turns'] {
  if (typeof raw['text'] === 'string') return [{ from: 'them', text: raw['text'] }];
  if (!Array.isArray(raw['turns'])) throw new RecordError('the record has neither “turns” nor “text”', id);
  return raw['turns'].map((turn: unknown, index) => {
    const { from, text } = (turn ?? {}) as { from?: unknown; text?: unknown };
    if ((from !== 'them' && from !== 'me') || typeof text !== 'string') {
      throw new RecordError(`turn ${index} needs “from” (them or me) and “text”`, id);
    }
    return { from, text };
  });
}
