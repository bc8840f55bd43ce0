/** The engine of a frame: its index and, once a signal was found, the rules that belong to it. */
import { viewIndex, viewRules, type CompiledRules } from '../../rules/engine/compiled.ts';
import { Scanner } from '../../rules/engine/match.ts';
import { fromBase64 } from '../base64.ts';
import { browser } from '../browser.ts';
import { COMPILED_KEYS } from '../messaging/compiled-keys.ts';
import type { CompiledParcel, CompiledPart } from '../messaging/protocol.ts';
import { askWorker, isTrouble } from '../messaging/send.ts';

/** What finding signals needs; the rest comes with the first signal of the frame. */
export interface Engine {
  /** Of the rule set that the index is of; rules with another one do not fit it. */
  stamp: string;
  index: ArrayBuffer;
  scanner: Scanner;
  rules: CompiledRules | undefined;
  /** Keys of the ids of rules that are new: messages that were read before are looked at for these again. */
  news: ReadonlySet<number>;
}

/** Loads what finding signals needs; undefined when nobody has it. */
export async function loadEngine(): Promise<Engine | undefined> {
  const parcel = await loadPart('index');
  const scan = parcel === undefined ? undefined : viewIndex(parcel.bytes);
  return parcel === undefined || scan === undefined
    ? undefined
    : { stamp: parcel.stamp, index: parcel.bytes, scanner: new Scanner({ scan }), rules: undefined, news: new Set() };
}

/** Adds to an index the rules that belong to it; false when there are only others. */
export async function addRules(engine: Engine): Promise<boolean> {
  const parcel = await loadPart('rules', engine.stamp);
  const rules = parcel === undefined ? undefined : viewRules({ index: engine.index, rules: parcel.bytes });
  if (rules === undefined) return false;
  engine.rules = rules;
  engine.news = new Set(parcel?.news);
  return true;
}

/** A part of the compiled rules: from the session's storage where content scripts may read it, without waking the worker, else from the worker. */
async function loadPart(
  part: CompiledPart,
  stamp?: string,
): Promise<{ stamp: string; bytes: ArrayBuffer; news: number[] } | undefined> {
  const isWanted = (parcel: CompiledParcel): boolean => stamp === undefined || parcel.stamp === stamp;
  try {
    const { [COMPILED_KEYS[part]]: stored } = await browser.storage.session.get(COMPILED_KEYS[part]);
    const parcel = isParcel(stored) && isWanted(stored) ? opened(stored) : undefined;
    // The index is checked before it is trusted; rules are, together with it.
    if (parcel !== undefined && (part === 'rules' || viewIndex(parcel.bytes) !== undefined)) return parcel;
  } catch {
    // Firefox keeps the session's storage from content scripts.
  }
  const compiled = await askWorker('rules/compiled', { part });
  return isTrouble(compiled) || compiled === null || !isWanted(compiled) ? undefined : opened(compiled);
}

function isParcel(value: unknown): value is CompiledParcel {
  return typeof value === 'object' && value !== null && 'stamp' in value && 'bytes' in value;
}

function opened({ stamp, bytes, news = [] }: CompiledParcel): { stamp: string; bytes: ArrayBuffer; news: number[] } {
  return { stamp, bytes: fromBase64(bytes), news };
}
