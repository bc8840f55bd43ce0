import { describe, expect, it } from 'vitest';
import type { Mute } from '../../../utils/settings/model.ts';
import { present } from '../../../utils/warning/present.ts';
import { circumstances, pack, rule } from './builders.ts';

const raised = (...rules: string[]) => ({ host: 'chat.zalo.me', conversation: 'g1', rules });
const mute = (scope: Mute['scope'], key: string): Mute => ({ id: `${scope}:${key}`, scope, key, label: '', since: 0 });

describe('what a warning shows', () => {
  it('speaks in the teen’s language, of the strongest rule first', () => {
    const showing = present(raised('clear', 'grave'), circumstances({ language: 'en' }));
    expect(showing).toMatchObject({
      as: 'card',
      contents: {
        level: 'urgent',
        language: 'en',
        trick: { name: 'tasks en' },
        reasons: [{ id: 'grave' }, { id: 'clear' }],
        ruleSetVersion: 7,
        host: 'chat.zalo.me',
      },
    });
  });

  it('is nothing when all its rules are muted', () => {
    expect(present(raised('clear'), circumstances({ mutes: [mute('rule', 'clear')] }))).toEqual({ as: 'none' });
    expect(present(raised('clear'), circumstances({ mutes: [mute('site', 'chat.zalo.me')] }))).toEqual({ as: 'none' });
    expect(present(raised('clear'), circumstances({ mutes: [mute('conversation', 'hash')] }))).toEqual({ as: 'none' });
  });

  it('goes on with the rules that are not muted', () => {
    expect(present(raised('grave', 'clear'), circumstances({ mutes: [mute('rule', 'grave')] }))).toMatchObject({
      as: 'card',
      contents: { level: 'warning' },
    });
  });

  it('is not muted by another site, conversation or rule', () => {
    const mutes = [mute('site', 'x.com'), mute('conversation', 'other'), mute('rule', 'weak')];
    expect(present(raised('clear'), circumstances({ mutes }))).toMatchObject({ as: 'card' });
  });

  it('is nothing for rules that the rule set does not have', () => {
    expect(present(raised('gone'), circumstances())).toEqual({ as: 'none' });
  });

  it('falls back to the badge for a rule whose words are missing', () => {
    const wordless = rule('wordless', 'urgent', { explain: { trick: 'unknown', counterfact: 'jobs' } });
    expect(present(raised('wordless'), circumstances({ pack: pack(wordless) }))).toEqual({
      as: 'badge',
      level: 'urgent',
    });
  });

  it('asks for the help routes of the trick that speaks first', () => {
    const asked: string[] = [];
    const routesFor = (category: string) => (asked.push(category), []);
    present(raised('grave', 'clear'), circumstances({ routesFor }));
    expect(asked).toEqual(['task-scam']);
  });
});
