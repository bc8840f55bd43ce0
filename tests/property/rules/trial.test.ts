import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { tryRule } from '../../../rules/cli/trial.ts';
import { compilePack } from '../../../rules/engine/compile.ts';
import { Conversation } from '../../../rules/engine/conversation.ts';
import { talks } from '../../fixtures/arbitrary.ts';

const numRuns = Math.ceil(Number(process.env['BESIDE_RUNS'] ?? 10_000) / 50);

it('trying a rule comes to what the engine comes to, and never has nothing to say against a rule that stays quiet', () => {
  fc.assert(
    fc.property(talks(true), ([pack, said]) => {
      for (const rule of pack.rules) {
        const conversation = new Conversation(compilePack({ ...pack, rules: [rule] }));
        const spoke = said.findIndex(
          ({ text, from }, turn) => conversation.read({ text, from, surface: 'chat', at: turn * 60_000 }).length > 0,
        );
        const trial = tryRule(pack, rule, said, { surface: 'chat', stranger: false });
        expect(trial.speaks ? trial.turn : -1).toBe(spoke);
        expect(trial.sentence).toMatch(spoke < 0 ? /^It stays quiet: [a-z0-9(]/ : /because of: [a-z0-9(]/);
        expect(trial.sentence).not.toMatch(/undefined|: \./);
      }
    }),
    { numRuns, seed: 20_261_125 },
  );
}, 120_000);
