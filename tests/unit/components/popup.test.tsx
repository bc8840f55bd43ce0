// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { minutesUntilMorning } from '../../../components/parts/PauseButtons.tsx';
import { Popup, type PopupProps } from '../../../components/popup/Popup.tsx';
import { GUIDES } from '../../../utils/help/guides.ts';
import { routesFor } from '../../../utils/help/routes.ts';
import { draw, findControl, lan, press, ruleSetState, words } from './builders.tsx';

function popupProps(change: Partial<PopupProps> = {}): PopupProps {
  return {
    words,
    tab: { kind: 'checked', host: 'www.messenger.com', reader: 'messenger', conversationOpen: true, warnings: 0 },
    ruleSet: ruleSetState(),
    settings: { language: 'en', pausedUntil: 0 },
    people: [lan],
    routes: routesFor(undefined, 'VN'),
    guides: GUIDES,
    today: '2026-11-23',
    on: {
      pause: vi.fn(),
      resume: vi.fn(),
      askForSite: vi.fn(),
      openSettings: vi.fn(),
      keepEvidence: vi.fn(),
      copy: vi.fn(async () => true),
      reload: vi.fn(),
    },
    ...change,
  };
}

describe('the popup', () => {
  it('says that the page is read, and never that it is safe', () => {
    const text = draw(<Popup {...popupProps()} />).textContent;
    expect(text).toContain('Reading along with you');
    expect(text).toContain('No warning does not mean safe');
    expect(text).toContain('Rule set 42, 20 November 2026');
  });

  it('says how many notes there were and how strong the strongest was', () => {
    const tab = {
      kind: 'checked',
      host: 'a.vn',
      reader: 'r',
      conversationOpen: true,
      warnings: 2,
      highest: 'urgent',
    } as const;
    const text = draw(<Popup {...popupProps({ tab })} />).textContent;
    expect(text).toContain('Notes so far: 2');
    expect(text).toContain('Talk to someone now');
  });

  it('mends a page that is older than the extension', async () => {
    const props = popupProps({ tab: { kind: 'unreadable', host: 'chat.zalo.me', why: 'reload' } });
    await press(draw(<Popup {...props} />), 'Reload the page');
    expect(props.on.reload).toHaveBeenCalledOnce();
  });

  it('asks for a site only when it is pressed', async () => {
    const props = popupProps({ tab: { kind: 'not-checked', host: 'a.vn', origin: 'https://a.vn/*' } });
    const place = draw(<Popup {...props} />);
    expect(props.on.askForSite).not.toHaveBeenCalled();
    await press(place, 'Check this site too');
    expect(props.on.askForSite).toHaveBeenCalledExactlyOnceWith('https://a.vn/*');
  });

  it('does not offer to check a page of the browser', () => {
    const place = draw(<Popup {...popupProps({ tab: { kind: 'not-checked', host: '' } })} />);
    expect(findControl(place, 'Check this site too')).toBeUndefined();
    expect(place.textContent).toContain('page of the browser');
  });

  it('takes a break and ends it', async () => {
    const props = popupProps();
    await press(draw(<Popup {...props} />), '30 minutes');
    expect(props.on.pause).toHaveBeenCalledExactlyOnceWith(30);
    const until = Date.now() + 60_000;
    const paused = popupProps({
      tab: { kind: 'paused', host: 'a.vn', until },
      settings: { language: 'en', pausedUntil: until },
    });
    await press(draw(<Popup {...paused} />), 'Resume');
    expect(paused.on.resume).toHaveBeenCalledOnce();
  });

  it.each([
    ['22:00', 8 * 60],
    ['01:00', 5 * 60],
    ['06:00', 24 * 60],
  ])('counts a break until tomorrow at %s to six in the morning', (time, minutes) => {
    expect(minutesUntilMorning(new Date(`2026-11-23T${time}:00`))).toBe(minutes);
  });

  it('says truthfully when the rules are missing or damaged', () => {
    expect(draw(<Popup {...popupProps({ ruleSet: undefined })} />).textContent).toContain('not loaded yet');
    const ruleSet = ruleSetState({}, { problem: 'rules-damaged' });
    expect(draw(<Popup {...popupProps({ ruleSet })} />).textContent).toContain('are damaged');
  });

  it('leads to telling someone, and back', async () => {
    const place = draw(<Popup {...popupProps()} />);
    await press(place, 'Tell someone');
    expect(place.textContent).toContain('Who would you like to tell?');
    await press(place, 'Back');
    expect(document.activeElement?.textContent).toBe('Tell someone');
  });
});
