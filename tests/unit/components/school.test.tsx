// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { Popup, type PopupProps } from '../../../components/popup/Popup.tsx';
import { Settings, type SettingsProps } from '../../../components/settings/Settings.tsx';
import { Tell } from '../../../components/tell/Tell.tsx';
import { GUIDES } from '../../../utils/help/guides.ts';
import { routesFor } from '../../../utils/help/routes.ts';
import { schoolPeople, schoolRoutes } from '../../../utils/policy/apply.ts';
import type { Policy } from '../../../utils/policy/schema.ts';
import { say } from '../../../utils/words/words.ts';
import { draw, findControl, press, ruleSetState, words } from './builders.tsx';

const nothing = new Proxy({}, { get: () => vi.fn() });

function popup(policy: Policy | undefined, change: Partial<PopupProps> = {}): HTMLElement {
  return draw(
    <Popup
      words={words}
      tab={{ kind: 'not-checked', host: '' }}
      ruleSet={ruleSetState()}
      settings={{ language: 'en', pausedUntil: 0 }}
      people={[]}
      routes={[]}
      guides={GUIDES}
      today="2026-11-26"
      policy={policy}
      on={nothing as PopupProps['on']}
      {...change}
    />,
  );
}

function settings(policy: Policy | undefined, openManaged = vi.fn()): HTMLElement {
  return draw(
    <Settings
      words={words}
      settings={{ language: 'en', pausedUntil: 0 }}
      people={[]}
      mutes={[]}
      ruleSet={ruleSetState()}
      sites={{ listed: [], added: [] }}
      memory={{ conversations: 0, days: 30 }}
      policy={policy}
      on={{ openManaged } as unknown as SettingsProps['on']}
    />,
  );
}

describe('on a school’s machine', () => {
  it('the popup and the settings lead to the page of what is set; elsewhere there is none', async () => {
    const link = say(words, 'managed_link');
    expect(findControl(popup({ cardsADay: 3 }), link)).toBeDefined();
    expect(findControl(popup(undefined), link)).toBeUndefined();
    expect(findControl(settings(undefined), link)).toBeUndefined();
    const openManaged = vi.fn();
    await press(settings({ cardsADay: 3 }, openManaged), link);
    expect(openManaged).toHaveBeenCalledOnce();
  });

  it('a locked setting says so instead of doing nothing, and a break that runs can be ended', () => {
    const locked = say(words, 'managed_locked');
    expect(popup({ locks: ['pause'] }).textContent).toContain(locked);
    expect(popup({ locks: [] }).textContent).not.toContain(locked);
    const running = popup({ locks: ['pause'] }, { settings: { language: 'en', pausedUntil: Date.now() + 60_000 } });
    expect(running.textContent).not.toContain(locked);
    expect(findControl(settings({ locks: ['language'] }), 'Tiếng Việt')).toBeUndefined();
    expect(findControl(settings({ locks: ['pause'] }), 'Tiếng Việt')).toBeDefined();
  });

  it('a site that is left out is said not to be checked, and by whom', () => {
    const text = popup({}, { tab: { kind: 'left-out', host: 'chat.zalo.me' } }).textContent;
    expect(text).toContain(say(words, 'popup_left_out', { host: 'chat.zalo.me' }));
  });

  it('that is shared, nobody is asked to save people, and a call is one look at a code away', async () => {
    expect(findControl(settings({ labMode: true }), say(words, 'person_add'))).toBeUndefined();
    expect(findControl(settings({}), say(words, 'person_add'))).toBeDefined();
    const policy: Policy = {
      contacts: [{ name: 'Ms Hoa', phone: '0912 345 678' }],
      helpRoutes: [{ name: 'Room 12', checked: '2026-09-01' }],
    };
    const tell = (isShared: boolean): HTMLElement =>
      draw(
        <Tell
          words={words}
          people={schoolPeople(policy)}
          routes={[...schoolRoutes(policy), ...routesFor(undefined, 'VN')]}
          guides={GUIDES}
          today="2026-11-26"
          isShared={isShared}
          on={{ copy: vi.fn(), openSettings: vi.fn(), keepEvidence: vi.fn() }}
        />,
      );
    const place = tell(true);
    const names = [...place.querySelectorAll('button')].map((button) => button.textContent ?? '');
    expect(names[0]).toBe('Ms Hoa');
    expect(names.findIndex((name) => name.includes('Room 12'))).toBeLessThan(
      names.findIndex((name) => name.includes('111')),
    );
    await press(place, 'Ms Hoa');
    expect(place.querySelector('svg.qr')).not.toBeNull();
    const own = tell(false);
    await press(own, 'Ms Hoa');
    expect(own.querySelector('svg.qr')).toBeNull();
    const route = tell(true);
    await press(route, 'Room 12');
    // What the school did not say of its route is left out.
    expect(route.querySelectorAll('dt')).toHaveLength(0);
  });
});
