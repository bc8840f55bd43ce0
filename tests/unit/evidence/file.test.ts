// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { EvidenceMessage } from '../../../utils/evidence/author.ts';
import { checkEvidence, evidenceName, writeEvidence } from '../../../utils/evidence/file.ts';
import { wordsFor } from '../../../utils/words/words.ts';

const words = wordsFor('vi');
const head = { host: 'chat.zalo.me', readAt: '2026-11-26T08:15:00.000Z', version: '0.1.0' };
const messages: EvidenceMessage[] = [
  { from: 'them', sender: 'Hạnh', text: 'Em nộp trước 6 giờ chiều.' },
  { from: 'me', sender: '', text: 'dạ em\nkhông có tiền' },
  { from: 'unknown', sender: '', text: '<script>alert(1)</script> & "x" \u202Eabc' },
];

describe('an evidence file', () => {
  it('holds the messages as they were written, with who wrote them, and no script', async () => {
    const { html } = await writeEvidence(words, head, messages);
    const shown = new DOMParser().parseFromString(html, 'text/html');
    expect([...shown.querySelectorAll('li > p')].map((text) => text.textContent)).toEqual(
      messages.map(({ text }) => text),
    );
    expect(shown.querySelector('li > b')?.textContent).toBe('Hạnh');
    expect(shown.querySelectorAll('script, img, link, a')).toHaveLength(0);
    expect(html).toContain("default-src 'none'");
    expect(shown.body.textContent).toContain('chat.zalo.me');
  });

  it('is whole as long as nobody changes it', async () => {
    const { html, fingerprint } = await writeEvidence(words, head, messages);
    expect(await checkEvidence(html)).toEqual({ kind: 'whole', messages: 3, fingerprint });
  });

  it.for<[string, string, string, number]>([
    ['a word of a message', '6 giờ', '9 giờ', 1],
    ['who wrote it', '>Hạnh<', '>Lan<', 1],
    ['the site', 'chat.zalo.me', 'zalo.me', 1],
    ['a later message', 'không có tiền', 'có tiền', 2],
  ])('shows a change of %s', async ([, before, after, first]) => {
    const { html } = await writeEvidence(words, head, messages);
    expect(html).toContain(before);
    expect(await checkEvidence(html.replace(before, after))).toEqual({ kind: 'changed', first });
  });

  it('shows that a message was taken out or that two changed places', async () => {
    const { html } = await writeEvidence(words, head, messages);
    const items = html.match(/<li .*?<\/li>\n/gsu) ?? [];
    expect(items.length).toBeGreaterThanOrEqual(2);
    const [first = '', second = ''] = items;
    expect(await checkEvidence(html.replace(second, ''))).toEqual({ kind: 'changed', first: 2 });
    expect(await checkEvidence(html.replace(first + second, second + first))).toMatchObject({ kind: 'changed' });
  });

  it('shows that the last message was cut off', async () => {
    const { html } = await writeEvidence(words, head, messages);
    const last = html.slice(html.lastIndexOf('<li '), html.indexOf('</ol>'));
    expect(await checkEvidence(html.replace(last, ''))).toEqual({ kind: 'changed', first: 3 });
  });

  it('tells any other file from one of its own', async () => {
    expect(await checkEvidence('<p>hello</p>')).toEqual({ kind: 'not-evidence' });
    expect(await checkEvidence('')).toEqual({ kind: 'not-evidence' });
  });

  it('has a name that says nothing about anybody', () => {
    expect(evidenceName(head.readAt)).toBe('beside-2026-11-26.html');
  });
});
