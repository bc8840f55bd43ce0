import { describe, expect, it } from 'vitest';
import { readPolicyValues } from '../../../utils/policy/schema.ts';

const whole = {
  schoolName: 'THPT Nguyễn Du',
  language: 'vi',
  contacts: [{ name: 'Cô Hoa', role: 'tư vấn tâm lý', phone: '0912 345 678', email: 'hoa@nguyendu.example' }],
  helpRoutes: [
    { name: 'Phòng tư vấn', hours: '8–16 giờ', url: 'http://nguyendu.example/tu-van', checked: '2026-09-01' },
  ],
  extraSites: ['forum.nguyendu.example', '*.hoctap.example'],
  sitesLeftOut: ['chat.nguyendu.example'],
  onlyStrong: ['prize'],
  cardsADay: 3,
  locks: ['pause', 'site-mute'],
  labMode: true,
  feedMirror: 'http://10.0.0.2/feed/ http://10.0.0.3/feed/',
  feedAddress: 'https://feed.example.vn/',
  feedChannel: 'canary',
};

describe('the policy of a school', () => {
  it('holds as it was set', () => {
    expect(readPolicyValues(whole)).toEqual({ policy: whole, problems: [] });
  });

  it('is nothing where nothing was set', () => {
    expect(readPolicyValues({})).toEqual({ policy: {}, problems: [] });
  });

  it.each([
    ['schoolName', 7],
    ['schoolName', ' '],
    ['language', 'fr'],
    ['contacts', 'Cô Hoa'],
    ['extraSites', 'forum.example'],
    ['onlyStrong', {}],
    ['cardsADay', 0],
    ['cardsADay', 2.5],
    ['locks', true],
    ['labMode', 'yes'],
    ['feedMirror', 'http://10.0.0.2/ ftp://10.0.0.3/'],
    ['feedMirror', ''],
    ['feedAddress', 'https://me:pw@host.example/'],
    ['feedAddress', 'javascript:alert(1)'],
    ['feedChannel', 'beta'],
  ])('names a key that is wrong and keeps all others: %s = %j', (key, value) => {
    const { [key as 'language']: _, ...others } = whole;
    const { policy, problems } = readPolicyValues({ ...whole, [key]: value });
    expect(policy).toEqual(others);
    expect(problems[0]).toEqual({ where: key, kind: 'wrong' });
  });

  it.each(['langauge', 'reportTo', '__proto__', 'constructor', 'toString'])(
    'names a key that does not exist: %s',
    (key) => {
      const values = JSON.parse(`{ "labMode": true, ${JSON.stringify(key)}: "vi" }`) as Record<string, unknown>;
      expect(readPolicyValues(values)).toEqual({
        policy: { labMode: true },
        problems: [{ where: key, kind: 'unknown' }],
      });
    },
  );

  it('names the entry of a list that is wrong, and keeps the others', () => {
    const { policy, problems } = readPolicyValues({
      contacts: [{ name: 'Cô Hoa', phone: '111' }, { name: 'Thầy Nam', phone: 'gọi thầy' }, { role: 'bảo vệ' }],
      extraSites: ['https://a.example/', 'b.example', 'localhost', 'c.example:8080'],
    });
    expect(policy).toEqual({ contacts: [{ name: 'Cô Hoa', phone: '111' }], extraSites: ['b.example'] });
    expect(problems.map(({ where }) => where)).toEqual([
      'contacts[2].phone',
      'contacts[3].name',
      'extraSites[1]',
      'extraSites[3]',
      'extraSites[4]',
    ]);
  });

  it('repeats no value: what was pasted into the wrong key may be secret', () => {
    expect(JSON.stringify(readPolicyValues({ language: 'geheim', cardsADay: 'geheim' }))).not.toContain('geheim');
  });
});
