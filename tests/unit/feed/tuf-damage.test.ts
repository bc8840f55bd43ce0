// @vitest-environment node
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedRefusal } from '../../../utils/feed/refusal.ts';
import { feedRepository, update, upToDate } from '../../fixtures/feed/device.ts';
import { memoryStorage } from '../../fixtures/feed/memory-storage.ts';

type Damage = { at: number; byte: number; way: 'change' | 'insert' | 'remove' | 'cut' };

const damage = fc.record<Damage>({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  byte: fc.integer({ min: 0, max: 255 }),
  way: fc.constantFrom('change', 'insert', 'remove', 'cut'),
});

function damaged(bytes: Uint8Array, { at, byte, way }: Damage): Uint8Array {
  const place = Math.floor(at * bytes.length);
  const rest = bytes.subarray(way === 'insert' ? place : place + 1);
  if (way === 'cut') return bytes.slice(0, place);
  return new Uint8Array([...bytes.subarray(0, place), ...(way === 'remove' ? [] : [byte]), ...rest]);
}

/** What a device has learnt: every signed part. */
function learnt({ root, timestamp, snapshot, targets, roles }: Awaited<ReturnType<typeof update>>): unknown {
  return [root, timestamp, snapshot, targets, ...roles.values()].map((part) => part.toJSON());
}

describe('any damage to any file', () => {
  const repository = feedRepository();
  repository.hashes = false;
  repository.nextRoot();
  repository.release();
  const paths = [...repository.files.keys()].filter((path) => path.startsWith('metadata/'));

  it('on the way is refused, or changes nothing of what is learnt', async () => {
    const whole = learnt(await update(memoryStorage({ root: repository.root() }), repository));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), damage, async (path, how) => {
        const files = new Map(repository.files).set(path, damaged(repository.file(path), how));
        const got = await update(memoryStorage({ root: repository.root() }), { files }).then(
          learnt,
          (error: unknown) => error,
        );
        expect(got instanceof FeedRefusal ? whole : got).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('on the device heals at the next refresh, and the damaged copy is not used', async () => {
    const good = await upToDate(repository);
    const whole = learnt(await update(good, repository));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...good.stored.keys()), damage, async (role, how) => {
        const storage = memoryStorage({ root: repository.root() });
        for (const [name, bytes] of good.stored) storage.stored.set(name, bytes);
        storage.stored.set(role, damaged(good.stored.get(role) as Uint8Array, how));
        storage.floor = good.floor;
        expect(learnt(await update(storage, repository))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});
