import { describe, expect, it } from 'vitest';
import { compilePack } from '../../../../rules/engine/compile.ts';
import { viewRules, type CompiledBuffers, type CompiledRules } from '../../../../rules/engine/compiled.ts';
import { Conversation } from '../../../../rules/engine/conversation.ts';
import { packOf, ruleOf } from '../../../fixtures/rules.ts';

const PACK = packOf(
  [
    ruleOf(
      { secrecy: ['đừng ~2 (nói|kể) ~2 <anyone>'], sum: ['gửi [ngay] {money>=10tr}'], place: ['ở {place:border}'] },
      { condition: '2 of (secrecy, sum, place)', within: '5 messages' },
    ),
  ],
  {
    signals: [{ name: 'anyone', title: 'Anyone', patterns: ['ai', 'bố mẹ'] }],
    lists: [{ name: 'place:border', words: ['Mộc Bài'] }],
    aliases: { không: ['ko'] },
  },
);

/** What the rule set says of a conversation, with all that people would be shown. */
const saysOf = (rules: CompiledRules) => {
  const conversation = new Conversation(rules);
  return ['đừng có nói với ai', 'chờ chút', 'gửi 20 triệu'].map((text, at) =>
    conversation.read({ text, from: 'them', surface: 'chat', at }),
  );
};

type Part = keyof CompiledBuffers;
const PARTS: Part[] = ['index', 'rules'];

/** The bytes of each part, which a test may change as it likes. */
const bytesOf = (rules = compilePack(PACK)): Record<Part, Uint8Array<ArrayBuffer>> => ({
  index: new Uint8Array(rules.index.slice(0)),
  rules: new Uint8Array(rules.rules.slice(0)),
});
const buffersOf = ({ index, rules }: Record<Part, Uint8Array<ArrayBuffer>>): CompiledBuffers => ({
  index: index.buffer,
  rules: rules.buffer,
});
/** Views a rule set one part of which is other bytes. */
const viewWith = (part: Part, buffer: ArrayBuffer) => viewRules({ ...buffersOf(bytesOf()), [part]: buffer });

/** What a page needs of verdicts; what rules are called stays out of the buffers. */
const bareSaysOf = (rules: CompiledRules) =>
  saysOf(rules).map((verdicts) =>
    verdicts.map(({ rule, level, message, evidence }) => ({
      id: rule.id,
      level,
      message,
      evidence: evidence.map((part) => [part.message, part.places]),
    })),
  );

describe('a compiled rule set', () => {
  it('is viewed again from its bytes alone', () => {
    const stored = viewRules(buffersOf(bytesOf()));
    expect(stored).toBeDefined();
    expect(stored && bareSaysOf(stored)).toEqual(bareSaysOf(compilePack(PACK)));
    expect(saysOf(compilePack(PACK)).map((verdicts) => verdicts.length)).toEqual([0, 0, 1]);
  });

  it('is the same bytes whenever the same rules are compiled', () => {
    expect(bytesOf()).toEqual(bytesOf());
  });

  it('is not written to by judging', () => {
    const rules = compilePack(PACK);
    saysOf(rules);
    expect(bytesOf(rules)).toEqual(bytesOf());
  });

  it('may hold no rule at all', () => {
    const rules = compilePack(packOf([]));
    expect(saysOf(rules)).toEqual([[], [], []]);
    expect(viewRules(buffersOf(bytesOf(rules)))).toBeDefined();
  });

  it('keeps titles in any script', () => {
    const title = 'Giữ bí mật 🤐 “秘密”';
    const rules = compilePack(packOf([ruleOf({ secrecy: ['đừng nói'] }, { title })]));
    const [verdict] = new Conversation(rules).read({ text: 'đừng nói', from: 'them', surface: 'chat', at: 0 });
    expect(verdict?.rule.title).toBe(title);
  });
});

describe.each(PARTS)('a compiled rule set is refused whole when of its %s', (part) => {
  it.each([0, 1, 3, 4, 8, 12, 20, 40, 64])('only the first %i bytes are left', (length) => {
    expect(viewWith(part, bytesOf()[part].buffer.slice(0, length))).toBeUndefined();
  });

  it.each([1, 2, 3, 4, 8, 64])('the last %i bytes are missing', (missing) => {
    const { buffer } = bytesOf()[part];
    expect(viewWith(part, buffer.slice(0, buffer.byteLength - missing))).toBeUndefined();
  });

  it.each([1, 2, 4, 8])('%i more bytes stand behind it', (more) => {
    const bytes = bytesOf()[part];
    const longer = new Uint8Array(bytes.length + more);
    longer.set(bytes);
    expect(viewWith(part, longer.buffer)).toBeUndefined();
  });

  it.each([0, 1, 3, 255, -1])('the format number is %i', (format) => {
    const { buffer } = bytesOf()[part];
    const view = new DataView(buffer);
    view.setInt32(4, view.getInt32(4, true) === format ? format + 1 : format, true);
    expect(viewWith(part, buffer)).toBeUndefined();
  });

  it('nothing but other bytes is left', () => {
    expect(viewWith(part, new TextEncoder().encode(JSON.stringify(PACK)).buffer)).toBeUndefined();
    expect(viewWith(part, new ArrayBuffer(4096))).toBeUndefined();
  });

  it('any one bit is flipped', () => {
    const parts = bytesOf();
    const bytes = parts[part];
    // Every bit of the first 128 bytes, and one at every 37th byte of the rest.
    const places = Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter(
      (bit) => bit < 128 * 8 || bit % (37 * 8) === bit % 8,
    );
    const flip = (bit: number) => (bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
    const accepted = places.filter((bit) => {
      flip(bit);
      const view = viewRules(buffersOf(parts));
      flip(bit);
      return view !== undefined;
    });
    expect(accepted).toEqual([]);
    expect(viewRules(buffersOf(parts))).toBeDefined();
  });

  it('another part is given for it', () => {
    for (const other of PARTS.filter((name) => name !== part))
      expect(viewWith(part, bytesOf()[other].buffer)).toBeUndefined();
  });
});

describe('a damaged compiled rule set', () => {
  it('is put right by compiling its rules again', () => {
    const damaged = bytesOf();
    damaged.rules[100] = (damaged.rules[100] ?? 0) ^ 1;
    const rules = viewRules(buffersOf(damaged)) ?? compilePack(PACK);
    expect(saysOf(rules)).toEqual(saysOf(compilePack(PACK)));
  });
});
