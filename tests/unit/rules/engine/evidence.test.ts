import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { Conversation } from '../../../../rules/engine/conversation.ts';
import { EVIDENCE_REACH } from '../../../../rules/engine/limits.ts';
import { Scanner } from '../../../../rules/engine/match.ts';
import type { Pack } from '../../../../rules/language/model.ts';
import { packOf, ruleOf, say, type Message } from '../../../fixtures/rules.ts';

const me = (text: string): Message => ({ text, from: 'me' });
const quiet = (count: number): Message[] => Array.from({ length: count }, () => 'so');

/** A rule on “alpha” that asks for 10; its pack weighs some words. */
const asking = (evidence: number | undefined = 10): Pack =>
  packOf([ruleOf({ alpha: ['alpha'] }, evidence === undefined ? {} : { evidence })], {
    signals: [
      { name: 'heavy', title: 'Heavy', patterns: ['heavy'], weight: { them: 10 } },
      { name: 'half', title: 'Half', patterns: ['half'], weight: { them: 5, me: 5 } },
      { name: 'calm', title: 'Calm', patterns: ['calm'], weight: { them: -5 } },
      { name: 'answer', title: 'Answer', patterns: ['answer'], weight: { me: 10 } },
      { name: 'nothing', title: 'Nothing', patterns: ['nothing'] },
    ],
  });
const speaksAt = (messages: readonly Message[], pack = asking()): number[] =>
  say(pack, messages).flatMap((rules, index) => (rules.length > 0 ? [index] : []));

describe('a rule that asks for evidence', () => {
  it.each<[string, Message[], number[]]>([
    ['stays quiet when its condition holds and nothing else is there', ['alpha'], []],
    ['speaks when the signs weigh enough', ['heavy alpha'], [0]],
    ['counts what was said before', ['heavy', 'so', 'alpha'], [2]],
    ['counts a sign once, however often it is said', ['half', 'half', 'half', 'alpha'], []],
    ['counts a sign for each of the two sides', ['half', me('half'), 'alpha'], [2]],
    ['takes a sign that speaks against it as less', ['heavy calm alpha'], []],
    ['counts a weight for the side that it is for', [me('heavy'), 'alpha'], []],
    ['counts what the reader answers', ['alpha', me('answer')], [1]],
    ['counts nothing for a signal without a weight', ['nothing alpha'], []],
    ['needs its own condition, whatever the signs weigh', ['heavy half'], []],
    ['speaks later, at the message that brings enough', ['alpha', 'so', 'heavy'], [2]],
    ['speaks once', ['heavy alpha', 'heavy', 'half'], [0]],
  ])('%s', (_, messages, turns) => {
    expect(speaksAt(messages)).toEqual(turns);
  });

  it('forgets signs that are out of reach', () => {
    expect(speaksAt(['heavy', ...quiet(EVIDENCE_REACH - 2), 'alpha'])).toEqual([EVIDENCE_REACH - 1]);
    expect(speaksAt(['heavy', ...quiet(EVIDENCE_REACH - 1), 'alpha'])).toEqual([]);
  });

  it('does not wait for longer than signs count', () => {
    expect(speaksAt(['alpha', ...quiet(EVIDENCE_REACH - 2), 'heavy'])).toEqual([EVIDENCE_REACH - 1]);
    expect(speaksAt(['alpha', ...quiet(EVIDENCE_REACH - 1), 'heavy'])).toEqual([]);
  });

  it('speaks as soon as its condition holds when it asks for none', () => {
    expect(speaksAt(['alpha'], packOf([ruleOf({ alpha: ['alpha'] })]))).toEqual([0]);
  });

  it('remembers the signs when the conversation is opened again', () => {
    const rules = compilePack(asking());
    const scanner = new Scanner(rules);
    const piece = (text: string, minute: number) =>
      ({ text, from: 'them', surface: 'chat', at: minute * 60_000 }) as const;
    const before = new Conversation(rules, scanner);
    before.read(piece('heavy', 0));
    const after = new Conversation(rules, scanner, structuredClone(before.memory));
    expect(after.read(piece('alpha', 1))).toHaveLength(1);
  });
});
