// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { Evidence, type EvidenceProps } from '../../../components/evidence/Evidence.tsx';
import { writeEvidence } from '../../../utils/evidence/file.ts';
import { draw, press, words } from './builders.tsx';

function evidenceProps(change: Partial<EvidenceProps> = {}): EvidenceProps {
  return {
    words,
    host: 'www.messenger.com',
    messages: [
      { from: 'them', sender: '', text: 'Send 2 million today.' },
      { from: 'me', sender: '', text: 'Why?' },
      { from: 'them', sender: '', text: 'Do not tell anybody.' },
    ],
    on: {
      again: vi.fn(),
      write: vi.fn((messages) =>
        writeEvidence(words, { host: 'www.messenger.com', readAt: '2026-11-26T08:00:00Z', version: '1' }, messages),
      ),
      save: vi.fn(),
      check: vi.fn(async () => ({ kind: 'not-evidence' as const })),
    },
    ...change,
  };
}

const boxes = (place: HTMLElement) => [...place.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')];

describe('keeping evidence', () => {
  it('chooses nothing for the teen', () => {
    const place = draw(<Evidence {...evidenceProps()} />);
    expect(boxes(place).map(({ checked }) => checked)).toEqual([false, false, false]);
    expect(place.querySelector('iframe')).toBeNull();
  });

  it('puts into the file what was chosen, in order, and saves it only when asked', async () => {
    const props = evidenceProps();
    const place = draw(<Evidence {...props} />);
    boxes(place)[2]?.click();
    boxes(place)[0]?.click();
    await vi.waitFor(() => {
      const html = place.querySelector('iframe')?.getAttribute('srcdoc') ?? '';
      expect(html.indexOf('Send 2 million')).toBeGreaterThan(0);
      expect(html.indexOf('Do not tell')).toBeGreaterThan(html.indexOf('Send 2 million'));
      expect(html).not.toContain('Why?');
    });
    expect(props.on.save).not.toHaveBeenCalled();
    await press(place, 'Save the file');
    expect(props.on.save).toHaveBeenCalledOnce();
    expect(place.textContent).toContain('take it to the police station');
  });

  it('shows the file where no script of it could run', async () => {
    const place = draw(<Evidence {...evidenceProps()} />);
    await press(place, 'Choose all');
    await vi.waitFor(() => expect(place.querySelector('iframe')?.getAttribute('sandbox')).toBe(''));
  });

  it('says how to go on when there is nothing to read', async () => {
    const props = evidenceProps({ messages: [], host: '' });
    const place = draw(<Evidence {...props} />);
    expect(place.textContent).toContain('Open the conversation');
    await press(place, 'Read the page again');
    expect(props.on.again).toHaveBeenCalledOnce();
  });
});
