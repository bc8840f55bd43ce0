// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { partRoutes, SENTENCES } from '../../../components/tell/choices.ts';
import { callLink, mailLink, textLink, zaloLink } from '../../../components/tell/links.ts';
import { Tell, type TellProps } from '../../../components/tell/Tell.tsx';
import { GUIDES } from '../../../utils/help/guides.ts';
import { HELP_ROUTES, routesFor } from '../../../utils/help/routes.ts';
import { draw, findControl, lan, press, words } from './builders.tsx';

function tellProps(change: Partial<TellProps> = {}): TellProps {
  return {
    words,
    people: [lan],
    routes: routesFor(undefined, 'VN'),
    guides: GUIDES,
    today: '2026-11-23',
    on: { copy: vi.fn(async () => true), openSettings: vi.fn(), keepEvidence: vi.fn() },
    ...change,
  };
}

const hrefs = (place: HTMLElement) => [...place.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');

describe('telling someone', () => {
  it('asks for a person first, and says that a friend counts', () => {
    const place = draw(<Tell {...tellProps()} />);
    const choices = [...place.querySelectorAll('button')].map((button) => button.textContent);
    expect(choices.slice(0, 2)).toEqual(['Lan', 'A friend or someone else']);
    expect(place.textContent).toContain('A friend counts');
  });

  it('works without anybody saved', async () => {
    const props = tellProps({ people: [] });
    const place = draw(<Tell {...props} />);
    await press(place, 'Save people you trust');
    expect(props.on.openSettings).toHaveBeenCalledOnce();
    await press(place, 'A friend or someone else');
    expect(findControl(place, 'Copy this')).toBeDefined();
  });

  it('copies the sentence as the teen changed it, and says so', async () => {
    const props = tellProps();
    const place = draw(<Tell {...props} />);
    await press(place, 'Lan');
    const field = place.querySelector('textarea');
    if (field === null) throw new Error('no field for the sentence');
    act(() => {
      field.value = 'Call me please.';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press(place, 'Copy this');
    expect(props.on.copy).toHaveBeenCalledExactlyOnceWith('Call me please.');
    expect(place.textContent).toContain('Copied.');
  });

  it.each([
    ['is not allowed', async () => false],
    [
      'breaks',
      async () => {
        throw new Error('no clipboard');
      },
    ],
  ])('says how to go on when copying %s', async (_how, copy) => {
    const place = draw(<Tell {...tellProps({ on: { copy, openSettings: vi.fn(), keepEvidence: vi.fn() } })} />);
    await press(place, 'Lan');
    await press(place, 'Copy this');
    await vi.waitFor(() => expect(place.textContent).toContain('press Ctrl+C'));
  });

  it('offers every way that a person can be reached by', async () => {
    const place = draw(<Tell {...tellProps()} />);
    await press(place, 'Lan');
    const schemes = hrefs(place).map((href) => href.split(':')[0]);
    expect(schemes).toEqual(['tel', 'sms', 'https', 'mailto']);
  });

  it('carries a call to the phone of the teen by a QR code', async () => {
    const place = draw(<Tell {...tellProps()} />);
    await press(place, 'Lan');
    expect(place.querySelector('svg[role="img"]')).toBeNull();
    await press(place, 'Use your own phone');
    await vi.waitFor(() => expect(place.querySelector('svg[role="img"] path')).not.toBeNull());
  });

  it('holds out the sentence that tests an officer only where somebody plays one', () => {
    const test = 'I will go to the police station';
    expect(draw(<Tell {...tellProps({ categories: ['fake-authority'] })} />).textContent).toContain(test);
    expect(draw(<Tell {...tellProps({ categories: ['isolation-ransom'] })} />).textContent).toContain(test);
    expect(draw(<Tell {...tellProps({ categories: ['ticket'] })} />).textContent).not.toContain(test);
  });

  it('says of a help service whom it is for, when it answers, what it costs and how old this is', async () => {
    const place = draw(<Tell {...tellProps()} />);
    await press(place, '111, child protection line');
    for (const part of ['Day and night', 'Free', 'Verified 21 September 2025', 'Please check'])
      expect(place.textContent).toContain(part);
    expect(hrefs(place)).toContain('tel:111');
  });

  it('does not ask to check a service that was verified within a year', async () => {
    const place = draw(<Tell {...tellProps({ today: '2026-09-21' })} />);
    await press(place, '111, child protection line');
    expect(place.textContent).not.toContain('Please check');
  });

  it('has at least four ready sentences for people', () => {
    expect(SENTENCES.flatMap(({ keys }) => [...keys]).length).toBeGreaterThanOrEqual(4);
  });
});

describe('when it has already happened', () => {
  it.each(GUIDES.filter((guide) => guide.for === 'me').map((guide) => [guide.title.en, guide] as const))(
    'says what to do first, whom to call and what to keep: %s',
    async (title, guide) => {
      const place = draw(<Tell {...tellProps()} />);
      await press(place, 'If it has already happened');
      await press(place, title);
      expect([...place.querySelectorAll('ol li')].map((step) => step.textContent)).toEqual(
        guide.steps.map((step) => step.en),
      );
      expect(place.textContent).toContain(guide.keep.en);
      for (const id of guide.routes)
        expect(place.textContent).toContain(HELP_ROUTES.find((route) => route.id === id)?.name.en ?? 'no such route');
    },
  );

  it('begins with a sentence that fits, and leads back the way one came', async () => {
    const place = draw(<Tell {...tellProps()} />);
    await press(place, 'If it has already happened');
    await press(place, 'I sent money');
    await press(place, 'Write to someone');
    expect(place.querySelector('textarea')?.value).toContain('I sent money to someone online');
    await press(place, 'Back');
    expect(place.querySelector('h2')?.textContent).toBe('I sent money');
    await press(place, 'Back');
    await press(place, 'Back');
    expect(place.textContent).toContain('Who would you like to tell?');
  });

  it('has a word for whoever worries about a friend', async () => {
    const place = draw(<Tell {...tellProps()} />);
    await press(place, 'It is happening to a friend');
    expect(place.textContent).toContain('Listen first');
    await press(place, '113, police');
    expect(place.querySelector('a[href="tel:113"]')).not.toBeNull();
  });
});

describe('the order of help', () => {
  const routes = [...HELP_ROUTES];

  it('brings help with pictures forward when somebody threatens with them', () => {
    const { first } = partRoutes(routes, ['sextortion'], 'VN');
    expect(first.map((route) => route.id)).toEqual([
      'vn-111',
      'vn-113',
      'vn-ward-police',
      'int-take-it-down',
      'int-stopncii',
    ]);
  });

  it('keeps lines of one city and of other countries apart', () => {
    const { first, more, abroad } = partRoutes(routes, ['isolation-ransom'], 'VN');
    expect(first.every((route) => route.country === 'VN' || route.country === 'INT')).toBe(true);
    expect(more.map((route) => route.country)).toContain('VN-SG');
    expect(abroad.map((route) => route.country)).toEqual(['KH', 'TH', 'PH', 'MY']);
    expect([...first, ...more, ...abroad]).toHaveLength(routes.length);
  });
});

describe('a link', () => {
  it('dials what was typed without its spaces', () => {
    expect(callLink('+84 (912) 345-678')).toBe('tel:+84912345678');
    expect(zaloLink('+84 912 345 678')).toBe('https://zalo.me/84912345678');
  });

  it('carries Vietnamese words whole', () => {
    const text = 'Tớ thấy tin nhắn này lạ, đọc giúp tớ với.';
    expect(decodeURIComponent(textLink('111', text))).toBe(`sms:111?&body=${text}`);
    expect(decodeURIComponent(mailLink('lan@example.com', 'a & b', text))).toContain(`subject=a & b&body=${text}`);
  });

  it('cannot be bent by an address', () => {
    expect(mailLink('a@b.c?cc=x@y.z', 's', 't')).not.toContain('?cc=');
  });
});
