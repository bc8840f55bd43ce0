import { describe, expect, it, vi } from 'vitest';
import { Managed } from '../../../components/managed/Managed.tsx';
import { readPolicyValues } from '../../../utils/policy/schema.ts';
import { say, wordsFor } from '../../../utils/words/words.ts';
import { draw } from './builders.tsx';

const values = {
  schoolName: 'THPT Nguyễn Du',
  language: 'vi',
  contacts: [{ name: 'Cô Hoa' }],
  helpRoutes: [{ name: 'Phòng tư vấn', checked: '2026-09-01' }],
  sitesLeftOut: ['chat.nguyendu.example'],
  onlyStrong: ['prize'],
  cardsADay: 3,
  locks: ['pause'],
  labMode: true,
  feedMirror: 'http://10.0.0.2:8080/feed/',
  feedAddress: 'https://feed.example.vn/',
  feedChannel: 'canary',
};

describe.each(['vi', 'en'] as const)('the page of what a school has set, in %s', (language) => {
  const words = wordsFor(language);
  const show = (policy: Record<string, unknown> | undefined, allowSites = vi.fn()) =>
    draw(<Managed words={words} reading={policy && readPolicyValues(policy)} on={{ allowSites }} />);

  it('says who has set it, and every key in words of its own', () => {
    const place = show(values);
    expect(place.querySelector('h1')?.textContent).toContain('THPT Nguyễn Du');
    const { schoolName: _, ...others } = values;
    expect(place.querySelectorAll('section:first-of-type li')).toHaveLength(Object.keys(others).length);
    for (const part of ['Cô Hoa', 'Phòng tư vấn', 'chat.nguyendu.example', '3', '10.0.0.2:8080', 'feed.example.vn'])
      expect(place.textContent).toContain(part);
  });

  it('always says what nobody can see', () => {
    for (const policy of [undefined, values])
      expect(show(policy).textContent).toContain(say(words, 'managed_never_read'));
  });

  it('names what is wrong for whoever looks after the machine, without its value', () => {
    const place = show({ ...values, language: 'secret', langauge: 'vi' });
    expect(place.textContent).toContain(say(words, 'managed_wrong_value', { key: 'language' }));
    expect(place.textContent).toContain(say(words, 'managed_unknown_key', { key: 'langauge' }));
    expect(place.textContent).not.toContain('secret');
  });

  it('asks before further sites are checked', () => {
    const allowSites = vi.fn();
    show({ extraSites: ['forum.example'] }, allowSites)
      .querySelector('button')
      ?.click();
    expect(allowSites).toHaveBeenCalledWith(['forum.example']);
  });
});
