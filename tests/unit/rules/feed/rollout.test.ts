import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chooseFile, isTaken, readRollout, type ListedFile } from '../../../../rules/feed/rollout.ts';

const sha256 = (text: string): Promise<string> => Promise.resolve(createHash('sha256').update(text).digest('hex'));
const DEVICE = '0123456789abcdef0123456789abcdef';
const choose = (listed: ListedFile[], held: number | undefined, isEager = false) =>
  chooseFile(listed, held, DEVICE, sha256, isEager);
const to = (pct: number, salt = 's') => ({ pct, salt });

describe('a staged rollout', () => {
  it('reaches about the share that it says, and a larger share keeps who was in', async () => {
    const devices = Array.from({ length: 2000 }, (_, index) => `device ${index}`);
    const takers = async (pct: number): Promise<Set<string>> => {
      const taken = await Promise.all(devices.map((device) => isTaken(device, to(pct), sha256)));
      return new Set(devices.filter((_, index) => taken[index]));
    };
    const [few, more] = [await takers(10), await takers(50)];
    expect(few.size / devices.length).toBeCloseTo(0.1, 1);
    expect(more.size / devices.length).toBeCloseTo(0.5, 1);
    expect([...few].every((device) => more.has(device))).toBe(true);
  });

  it('reaches other devices under another salt', async () => {
    const devices = Array.from({ length: 200 }, (_, index) => `device ${index}`);
    const under = (salt: string) => Promise.all(devices.map((device) => isTaken(device, to(50, salt), sha256)));
    expect(await under('one')).not.toEqual(await under('other'));
  });

  it('of 0 percent reaches nobody, of 100 percent everybody', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await isTaken(DEVICE, to(0), never)).toBe(false);
    expect(await isTaken(DEVICE, to(100), never)).toBe(true);
  });

  it('that cannot be read reaches nobody', () => {
    expect(readRollout(undefined)).toBeUndefined();
    expect(readRollout({})).toBeUndefined();
    expect(readRollout({ rollout: { pct: 25, salt: 'x' } })).toEqual({ pct: 25, salt: 'x' });
    for (const rollout of [
      null,
      50,
      {},
      { pct: '50', salt: 'x' },
      { pct: 101, salt: 'x' },
      { pct: -1, salt: 'x' },
      { pct: 50 },
    ])
      expect(readRollout({ rollout })).toEqual({ pct: 0, salt: '' });
  });
});

describe('a device', () => {
  it('takes the newest file, whatever the order of the list', async () => {
    expect(await choose([{ number: 2 }, { number: 9 }, { number: 3 }], 2)).toEqual({ number: 9, isRollback: false });
  });

  it('takes the newest that its share allows', async () => {
    expect(await choose([{ number: 3, rollout: to(0) }, { number: 2 }, { number: 1 }], 1)).toEqual({
      number: 2,
      isRollback: false,
    });
  });

  it('keeps what it has when its share allows nothing newer', async () => {
    expect(await choose([{ number: 3, rollout: to(0) }, { number: 2 }], 2)).toEqual({ number: 2, isRollback: false });
  });

  it('keeps a file whose share was made smaller after it was taken', async () => {
    expect(await choose([{ number: 3, rollout: to(0) }, { number: 2 }], 3)).toEqual({ number: 3, isRollback: false });
  });

  it('keeps what it has, and says so, when only older files are listed', async () => {
    expect(await choose([{ number: 2 }], 3)).toEqual({ number: 3, isRollback: true });
    expect(await choose([], 3)).toEqual({ number: 3, isRollback: true });
  });

  it('keeps what it has when that is no longer listed and nothing newer is for it', async () => {
    expect(await choose([{ number: 5, rollout: to(0) }, { number: 1 }], 3)).toEqual({ number: 3, isRollback: false });
  });

  it('takes the oldest when it has nothing and its share allows nothing', async () => {
    expect(
      await choose(
        [
          { number: 5, rollout: to(0) },
          { number: 4, rollout: to(0) },
        ],
        undefined,
      ),
    ).toEqual({
      number: 4,
      isRollback: false,
    });
    expect(await choose([], undefined)).toEqual({ number: undefined, isRollback: false });
  });

  it('of the canary channel takes every file', async () => {
    expect(await choose([{ number: 3, rollout: to(0) }, { number: 2 }], 2, true)).toEqual({
      number: 3,
      isRollback: false,
    });
  });
});
