// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { Settings, type SettingsProps } from '../../../components/settings/Settings.tsx';
import { draw, lan, press, ruleSetState, type, words } from './builders.tsx';

function settingsProps(change: Partial<SettingsProps> = {}): SettingsProps {
  return {
    words,
    settings: { language: 'en', pausedUntil: 0 },
    people: [lan],
    mutes: [{ id: 'm1', scope: 'site', key: 'a.vn', label: 'a.vn', since: Date.UTC(2026, 10, 20, 12) }],
    ruleSet: ruleSetState(),
    sites: { listed: ['Messenger'], added: ['https://b.vn/*'] },
    memory: { conversations: 3, days: 30 },
    on: {
      addPerson: vi.fn(),
      changePerson: vi.fn(),
      removePerson: vi.fn(),
      setLanguage: vi.fn(),
      pause: vi.fn(),
      resume: vi.fn(),
      undoMute: vi.fn(),
      removeSite: vi.fn(),
      forgetAll: vi.fn(),
      checkFeed: vi.fn(async () => ruleSetState().feed),
    },
    ...change,
  };
}

describe('the settings', () => {
  it('save a person with a name alone, for a friend counts', async () => {
    const props = settingsProps({ people: [] });
    const place = draw(<Settings {...props} />);
    await press(place, 'Add a person');
    type(place, 'name', '  Minh ');
    await press(place, 'Save');
    expect(props.on.addPerson).toHaveBeenCalledExactlyOnceWith({ name: 'Minh', phone: '', email: '' });
  });

  it.each([
    ['name', '', 'Please write a name.'],
    ['phone', '12 ab', 'This number does not look right.'],
    ['email', 'lan@', 'This address does not look right.'],
  ])('say what is wrong with the %s and keep what was typed', async (field, typed, mistake) => {
    const props = settingsProps({ people: [] });
    const place = draw(<Settings {...props} />);
    await press(place, 'Add a person');
    type(place, 'name', 'Minh');
    type(place, field, typed);
    await press(place, 'Save');
    expect(place.textContent).toContain(mistake);
    expect(props.on.addPerson).not.toHaveBeenCalled();
    expect(document.activeElement?.getAttribute('name')).toBe(field);
  });

  it('change a person and keep who it is', async () => {
    const props = settingsProps();
    const place = draw(<Settings {...props} />);
    await press(place, 'Edit: Lan');
    type(place, 'phone', '111');
    await press(place, 'Save');
    expect(props.on.changePerson).toHaveBeenCalledExactlyOnceWith({ ...lan, phone: '111' });
  });

  it('ask once more before a person is removed', async () => {
    const props = settingsProps();
    const place = draw(<Settings {...props} />);
    await press(place, 'Remove: Lan');
    expect(props.on.removePerson).not.toHaveBeenCalled();
    expect(document.activeElement?.textContent).toBe('Keep');
    await press(place, 'Remove');
    expect(props.on.removePerson).toHaveBeenCalledExactlyOnceWith('lan');
  });

  it('ask once more before everything remembered is forgotten', async () => {
    const props = settingsProps();
    const place = draw(<Settings {...props} />);
    await press(place, 'Forget all');
    expect(props.on.forgetAll).not.toHaveBeenCalled();
    await press(place, 'Forget all');
    expect(props.on.forgetAll).toHaveBeenCalledOnce();
    expect(place.textContent).toContain('All forgotten.');
  });

  it('take back a mute, a site and a language', async () => {
    const props = settingsProps();
    const place = draw(<Settings {...props} />);
    await press(place, 'Undo: a.vn');
    await press(place, 'Remove: https://b.vn/*');
    await press(place, 'Tiếng Việt');
    expect(props.on.undoMute).toHaveBeenCalledExactlyOnceWith('m1');
    expect(props.on.removeSite).toHaveBeenCalledExactlyOnceWith('https://b.vn/*');
    expect(props.on.setLanguage).toHaveBeenCalledExactlyOnceWith('vi');
  });
});
