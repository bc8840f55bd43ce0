/**
 * A quick look at many values of one schema: what the schema is made of, put into plain comparisons once. The schema
 * library would take longer over 10,000 rules than the compiler does.
 *
 * It only ever says “good”. Whatever it is not sure of is for the schema itself to judge, and to put into words.
 */
import type * as z from 'zod/mini';

/** Whether a value certainly is as a schema wants it. `false` says nothing. */
export type Look = (value: unknown) => boolean;

/** A look at values of this schema; kinds of schemas that it does not know are asked themselves, value by value. */
export function lookOf(schema: z.core.$ZodType): Look {
  const def = (schema as z.ZodMiniType).def as z.core.$ZodTypes['_zod']['def'];
  const ask: Look = (value) => (schema as z.ZodMiniType).safeParse(value).success;
  switch (def.type) {
    case 'optional': {
      const inner = lookOf(def.innerType);
      return (value) => value === undefined || inner(value);
    }
    case 'string':
      return ('check' in def || def.coerce === true ? undefined : lookAtText(def.checks ?? [])) ?? ask;
    case 'enum': {
      const known = new Set<unknown>(Object.values(def.entries));
      return (value) => known.has(value);
    }
    case 'array':
      return lookAtList(def) ?? ask;
    case 'union': {
      if (def.checks !== undefined) return ask;
      const looks = def.options.map(lookOf);
      return (value) => looks.some((look) => look(value));
    }
    case 'object':
      // Checks of an object as a whole would be passed over.
      return def.checks === undefined && isClosed(def) ? lookAtObject(def) : ask;
    case 'record': {
      if (def.checks !== undefined) return ask;
      const [name, field] = [lookOf(def.keyType), lookOf(def.valueType)];
      return (value) => {
        if (!isPlain(value)) return false;
        for (const key of Object.keys(value)) if (key === '__proto__' || !name(key) || !field(value[key])) return false;
        return true;
      };
    }
    default:
      return ask;
  }
}

type Check = z.core.$ZodCheck<never>;
/** What a check was made of; which of the fields are there says its kind. */
type Definition = { check: string } & Partial<{
  minimum: number;
  maximum: number;
  pattern: RegExp;
  format: string;
  tx: (text: string) => string;
  type: string;
  fn: (text: string) => unknown;
}>;

function definitionOf({ ['_zod']: inner }: Check): Definition {
  return inner.def as Definition;
}

/** undefined when a check is of a kind that is not known here. */
function lookAtText(checks: readonly Check[]): Look | undefined {
  const steps: ((text: string) => string | undefined)[] = [];
  for (const { check, minimum, maximum, pattern, format, tx, type, fn } of checks.map(definitionOf)) {
    if (check === 'min_length' && minimum !== undefined)
      steps.push((text) => (text.length >= minimum ? text : undefined));
    else if (check === 'max_length' && maximum !== undefined)
      steps.push((text) => (text.length <= maximum ? text : undefined));
    else if (check === 'string_format' && format === 'regex' && pattern !== undefined && !pattern.global)
      steps.push((text) => (pattern.test(text) ? text : undefined));
    else if (check === 'overwrite' && tx !== undefined) steps.push(tx);
    else if (check === 'custom' && type === 'custom' && fn !== undefined)
      steps.push((text) => (fn(text) === true ? text : undefined));
    else return undefined;
  }
  return (value) => {
    if (typeof value !== 'string') return false;
    let text: string | undefined = value;
    for (const step of steps) {
      text = step(text);
      if (text === undefined) return false;
    }
    return true;
  };
}

function lookAtList({ element, checks = [] }: z.core.$ZodArrayDef): Look | undefined {
  const look = lookOf(element);
  let [fewest, most] = [0, Number.POSITIVE_INFINITY];
  for (const { check, minimum, maximum } of checks.map(definitionOf)) {
    if (check === 'min_length' && minimum !== undefined) fewest = Math.max(fewest, minimum);
    else if (check === 'max_length' && maximum !== undefined) most = Math.min(most, maximum);
    else return undefined;
  }
  return (value) => {
    if (!Array.isArray(value) || value.length < fewest || value.length > most) return false;
    // By number, since `every` would step over holes.
    for (let at = 0; at < value.length; at += 1) if (!look(value[at])) return false;
    return true;
  };
}

function lookAtObject({ shape }: z.core.$ZodObjectDef): Look {
  const fields = Object.entries(shape).map(([name, schema]) => ({
    name,
    look: lookOf(schema),
    isOptional: (schema as z.ZodMiniType).def.type === 'optional',
  }));
  return (value) => {
    if (!isPlain(value)) return false;
    let count = 0;
    for (const { name, look, isOptional } of fields) {
      if (Object.hasOwn(value, name)) {
        if (!look(value[name])) return false;
        count += 1;
      } else if (!isOptional) return false;
    }
    return Object.keys(value).length === count;
  };
}

function isClosed({ catchall }: z.core.$ZodObjectDef): boolean {
  return catchall !== undefined && (catchall as z.ZodMiniType).def.type === 'never';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
