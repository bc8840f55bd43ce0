/** Builders for tests of views: complete props, with what a test does not care about filled in. */
import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { vi } from 'vitest';
import type { CardProps } from '../../../components/card/Card.tsx';
import { Tell } from '../../../components/tell/Tell.tsx';
import type { Person } from '../../../utils/help/model.ts';
import { GUIDES } from '../../../utils/help/guides.ts';
import { routesFor } from '../../../utils/help/routes.ts';
import type { FeedState, RuleSetState } from '../../../utils/settings/model.ts';
import type { CardContents } from '../../../utils/warning/contents.ts';
import { wordsFor } from '../../../utils/words/words.ts';

export const words = wordsFor('en');

export const lan: Person = { id: 'lan', name: 'Lan', phone: '0912 345 678', email: 'lan@example.com' };

export function cardContents(change: Partial<CardContents> = {}): CardContents {
  return {
    level: 'warning',
    language: 'en',
    trick: {
      name: 'A job far away',
      headline: 'Does this job promise too much?',
      explanation: 'This looks like an offer that takes people abroad.',
      checks: ['Ask for the contract.'],
      now: ['Show it to a friend.'],
      happened: ['Get off where there are people.'],
    },
    counterfact: {
      text: 'Real jobs do not cost money.',
      source: 'TopCV',
      url: 'https://www.topcv.vn/faqs/find-a-safe-job',
      date: '2026-11-23',
    },
    words: ['easy work, high pay'],
    reasons: [
      {
        id: 'rule-1',
        title: 'Work at the border',
        category: 'trafficking-job',
        date: '2026-11-20',
        references: ['https://plo.vn/a', 'javascript:alert(1)'],
      },
    ],
    ruleSetVersion: 42,
    host: 'www.messenger.com',
    ...change,
  };
}

export function cardProps(change: Partial<CardProps> = {}): CardProps {
  return {
    contents: cardContents(),
    words,
    size: 'card',
    people: [lan],
    routes: routesFor('trafficking-job', 'VN'),
    guides: GUIDES,
    today: '2026-11-23',
    on: {
      grow: vi.fn(),
      close: vi.fn(),
      mute: vi.fn(),
      undoMute: vi.fn(),
      copy: vi.fn(async () => true),
      openSettings: vi.fn(),
      keepEvidence: vi.fn(),
      drawTell: (place, props) => render(<Tell {...props} />, place),
    },
    ...change,
  };
}

/** A rule set from the feed with which all is well, but for what a test changes. */
export function ruleSetState(feed: Partial<FeedState> = {}, change: Partial<RuleSetState> = {}): RuleSetState {
  return {
    version: 42,
    date: '2026-11-20',
    rules: 187,
    feed: {
      source: 'feed',
      freshness: 'fresh',
      issued: '2026-11-20T12:00:00Z',
      checkedAt: Date.UTC(2026, 10, 23, 12),
      changedAt: Date.UTC(2026, 10, 20, 12),
      files: { 'vi-core': 41, en: 12 },
      rulesFrom: 'feed',
      ...feed,
    },
    ...change,
  };
}

/** Draws a view into a fresh place of the document and returns that place. */
export function draw(view: ComponentChild, place = freshPlace()): HTMLElement {
  act(() => render(view, place));
  return place;
}

function freshPlace(): HTMLElement {
  document.body.replaceChildren();
  return document.body.appendChild(document.createElement('div'));
}

/** Finds what a person would press, by the words on it or its name. */
export function findControl(place: HTMLElement, name: string): HTMLElement | undefined {
  const controls = place.querySelectorAll<HTMLElement>('button, a, summary');
  return [...controls].find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.includes(name));
}

/** Presses what carries these words and waits until the view has settled. */
export async function press(place: HTMLElement, name: string): Promise<void> {
  const control = findControl(place, name);
  if (control === undefined) throw new Error(`nothing to press is called “${name}”`);
  await act(async () => control.click());
}

/** Types into the field with this name. */
export function type(place: HTMLElement, name: string, text: string): void {
  const field = place.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(`no field is called “${name}”`);
  act(() => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
