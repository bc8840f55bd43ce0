/** The compiled form from outside: its buffers, as they are stored and sent to pages. Kept apart from what compiles. */
import { viewRules } from './engine.ts';

export type Compiled = NonNullable<ReturnType<typeof viewRules>>;

/** The buffers of a compiled rule set, by name. */
export function buffersOf(compiled: Compiled): Record<string, ArrayBuffer> {
  return Object.fromEntries(
    Object.entries(compiled).filter((entry): entry is [string, ArrayBuffer] => entry[1] instanceof ArrayBuffer),
  );
}

/** Views the buffers that a page gets: all but the names. Where the compiled form has only one buffer, it is that one. */
export function viewInPage({ buffer, index, rules }: Readonly<Record<string, ArrayBuffer>>): Compiled {
  const form: unknown = buffer ?? { index, rules };
  const compiled = (viewRules as (form: unknown) => Compiled | undefined)(form);
  if (compiled === undefined) throw new Error('the compiled rule set cannot be viewed');
  return compiled;
}
