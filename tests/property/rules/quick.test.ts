import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPack, OWN_PACKS } from '../../../rules/cli/packs.ts';
import { formIssues, issuesOf, packSchema } from '../../../rules/language/schema.ts';
import { talks } from '../../fixtures/arbitrary.ts';

/** Values that a field may be given, many of them nearly good. */
const odd = fc.oneof(
  fc.constantFrom<unknown>('vi', ['vi'], '["vi"]', ['vi', 'vi', 'en'], [], {}, null, undefined, 0, '', ' ', 'x\ny'),
  fc.constantFrom<unknown>('stable', 'message', '2026-11-24', { exact: 'a' }, { exact: 'a', loose: 'b' }, [
    { loose: 'x' },
  ]),
  fc.constantFrom<unknown>(
    'constructor',
    '__proto__',
    'a'.repeat(130),
    Array.from({ length: 70 }, () => 'x'),
  ),
  fc.jsonValue(),
);

/** A copy with one value somewhere in it changed, added or taken away. */
function changed(value: unknown, steps: readonly number[], to: unknown, key: string): unknown {
  const copy = structuredClone(value);
  let at: unknown = copy;
  for (const [index, step] of steps.entries()) {
    if (typeof at !== 'object' || at === null) return copy;
    const keys = Object.keys(at);
    const name = keys[step % (keys.length + 1)] ?? key;
    const holder = at as Record<string, unknown>;
    if (index < steps.length - 1) at = Object.getOwnPropertyDescriptor(holder, name)?.value;
    else if (to === undefined) delete holder[name];
    else Object.defineProperty(holder, name, { value: to, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

describe('the quick look at a rule set', () => {
  it('finds the project’s own rules as good as the whole schema does', () => {
    const { pack } = loadPack(OWN_PACKS);
    expect(formIssues(pack)).toEqual([]);
    expect(issuesOf(packSchema, pack)).toEqual([]);
  });

  it('says of any rule set what the whole schema says of it', () => {
    const steps = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
    const key = fc.constantFrom('extra', 'correlation', '__proto__', 'from', 'fact');
    fc.assert(
      fc.property(talks(true), fc.array(fc.tuple(steps, odd, key), { maxLength: 3 }), ([pack], changes) => {
        // Twice over, so that what is known of the first is used for the second.
        const twice: unknown = { ...pack, rules: [...pack.rules, ...structuredClone(pack.rules)] };
        const value = changes.reduce<unknown>(
          (whole, [way, to, name]) => changed(whole, [3, ...way.slice(1)], to, name),
          changes.reduce<unknown>((whole, [way, to, name]) => changed(whole, way, to, name), twice),
        );
        expect(formIssues(value)).toEqual(issuesOf(packSchema, value));
      }),
      { numRuns: 500 },
    );
  });
});
