import { describe, expect, it } from 'vitest';
import { isRefused, isWanted, languageBy, schoolPeople, schoolRoutes } from '../../../utils/policy/apply.ts';

describe('what a policy means', () => {
  it('a locked setting is refused, whoever asks for the change; ending a break never is', () => {
    const policy = { locks: ['language', 'pause', 'site-mute'] as const };
    const locked = { locks: [...policy.locks] };
    expect(isRefused(locked, 'settings/save', { language: 'en' })).toBe(true);
    expect(isRefused(locked, 'settings/save', { pausedUntil: 5 })).toBe(true);
    expect(isRefused(locked, 'settings/save', { pausedUntil: 0 })).toBe(false);
    expect(isRefused(locked, 'warning/mute', { scope: 'site' })).toBe(true);
    expect(isRefused(locked, 'warning/mute', { scope: 'conversation' })).toBe(false);
    expect(isRefused({}, 'settings/save', { language: 'en', pausedUntil: 5 })).toBe(false);
  });

  it('no people are saved on a shared machine', () => {
    expect(isRefused({ labMode: true }, 'people/save', { people: [] })).toBe(true);
    expect(isRefused({ labMode: false }, 'people/save', { people: [] })).toBe(false);
  });

  it('a pupil’s own language goes before the school’s, unless that is locked', () => {
    expect(languageBy({ language: 'vi' }, 'en')).toBe('en');
    expect(languageBy({ language: 'vi' }, undefined)).toBe('vi');
    expect(languageBy({ language: 'vi', locks: ['language'] }, 'en')).toBe('vi');
    expect(languageBy({}, undefined)).toBeUndefined();
  });

  it('a trick can be made rarer, never silent', () => {
    const policy = { onlyStrong: ['prize' as const] };
    expect(isWanted(policy, 'prize', 'notice')).toBe(false);
    expect(isWanted(policy, 'prize', 'warning')).toBe(true);
    expect(isWanted(policy, 'prize', 'urgent')).toBe(true);
    expect(isWanted(policy, 'grooming', 'notice')).toBe(true);
  });

  it('the school’s contacts and routes come in the form of the others', () => {
    expect(
      schoolPeople({ contacts: [{ name: 'Cô Hoa', role: 'tư vấn', phone: '111' }, { name: 'Thầy Nam' }] }),
    ).toEqual([
      { id: 'school-1', name: 'Cô Hoa, tư vấn', phone: '111', email: '' },
      { id: 'school-2', name: 'Thầy Nam', phone: '', email: '' },
    ]);
    const [route] = schoolRoutes({
      schoolName: 'THPT A',
      helpRoutes: [{ name: 'Phòng tư vấn', checked: '2026-09-01' }],
    });
    expect(route).toMatchObject({ country: 'INT', firstFor: [], verified: '2026-09-01', source: '' });
    expect(route?.audience.vi).toBe('THPT A');
  });
});
