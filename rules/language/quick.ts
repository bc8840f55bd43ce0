/**
 * A quick look at many values of one schema: each value of a field is shown to the schema once, and what it found good is
 * known from then on. In 10,000 rules a few languages, levels and reaches come again and again, and the schema library
 * would take longer over them than the compiler takes over the rules.
 *
 * It only ever says “good”. Whatever it is not sure of is for the schema itself to judge, and to put into words.
 */
import type * as z from 'zod/mini';

/** Longer values hardly come twice. */
const MAX_KNOWN = 120;
/** Longer lists hardly come twice. */
const MAX_LIST = 3;

interface Field {
  name: string;
  schema: z.core.$ZodType;
  isOptional: boolean;
}

/** Knows the values that were found good, for as long as it lives. */
export class QuickLook {
  readonly #texts = new Map<z.core.$ZodType, Set<string>>();
  readonly #lists = new Map<z.core.$ZodType, Set<string>>();
  readonly #fields = new Map<z.core.$ZodType, Field[]>();

  /** Whether a value certainly is as the schema wants it. `false` says nothing. */
  isGood(schema: z.core.$ZodType, value: unknown): boolean {
    const def = definitionOf(schema);
    switch (def.type) {
      case 'optional':
        return value === undefined || this.isGood(def.innerType, value);
      case 'object':
        // Checks of an object as a whole would be passed over.
        return def.checks === undefined && isClosed(def) && this.#isGoodObject(schema, def, value);
      case 'record':
        return def.checks === undefined && this.#isGoodRecord(def, value);
      default:
        return this.#isKnown(schema, value);
    }
  }

  #isGoodObject(schema: z.core.$ZodType, { shape }: z.core.$ZodObjectDef, value: unknown): boolean {
    if (!isPlain(value)) return false;
    let fields = this.#fields.get(schema);
    if (fields === undefined) {
      fields = Object.entries(shape).map(([name, field]) => ({
        name,
        schema: field,
        isOptional: definitionOf(field).type === 'optional',
      }));
      this.#fields.set(schema, fields);
    }
    let count = 0;
    for (const { name, schema: field, isOptional } of fields) {
      if (!Object.hasOwn(value, name)) {
        if (!isOptional) return false;
        continue;
      }
      count += 1;
      if (!this.isGood(field, value[name])) return false;
    }
    return Object.keys(value).length === count;
  }

  #isGoodRecord({ keyType, valueType }: z.core.$ZodRecordDef, value: unknown): boolean {
    if (!isPlain(value)) return false;
    for (const key of Object.keys(value))
      if (key === '__proto__' || !this.isGood(keyType, key) || !this.isGood(valueType, value[key])) return false;
    return true;
  }

  #isKnown(schema: z.core.$ZodType, value: unknown): boolean {
    const text = writtenOf(value);
    // Apart, or a text that looks like a list would pass for one.
    const all = typeof value === 'string' ? this.#texts : this.#lists;
    let known = all.get(schema);
    if (text !== undefined && known?.has(text) === true) return true;
    if (!(schema as z.ZodMiniType).safeParse(value).success) return false;
    if (text === undefined) return true;
    if (known === undefined) all.set(schema, (known = new Set()));
    known.add(text);
    return true;
  }
}

/** A text, or a list as a text that no other list has; undefined when it is hardly worth knowing. */
function writtenOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.length > MAX_KNOWN ? undefined : value;
  if (!Array.isArray(value) || value.length > MAX_LIST) return undefined;
  const text = JSON.stringify(value);
  return text.length > MAX_KNOWN ? undefined : text;
}

/** What a schema was made of. */
function definitionOf(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.ZodMiniType).def as z.core.$ZodTypes['_zod']['def'];
}

function isClosed({ catchall }: z.core.$ZodObjectDef): boolean {
  return catchall !== undefined && definitionOf(catchall).type === 'never';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
