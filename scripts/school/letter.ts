/** One page for families: what Beside does at school and what it does not. Plain HTML, to print or to send. */
import type { Language } from '../../rules/language/model.ts';
import type { Policy } from '../../utils/policy/schema.ts';
import { escapeXml } from './plist.ts';

interface Letter {
  title: string;
  greeting: string;
  does: string;
  doesList: string[];
  doesNot: string;
  doesNotList: string[];
  here: string;
  lab: string;
  own: string;
  contacts: string;
  limits: string;
  end: string;
}

const LETTERS: Record<Language, Letter> = {
  vi: {
    title: 'Kề Bên trên máy của trường',
    greeting:
      'Kính gửi gia đình, trên máy của {school} có cài Kề Bên, một tiện ích cho trình duyệt. Thư này nói rõ tiện ích làm gì và không làm gì.',
    does: 'Kề Bên làm gì',
    doesList: [
      'Đọc chữ trên một số trang trò chuyện, mạng xã hội và việc làm, ngay trên máy, và so với các chiêu dụ dỗ đã biết.',
      'Khi thấy giống một chiêu đã biết thì nhắc nhẹ nhàng, nói vì sao, và chỉ cách kiểm tra.',
      'Giúp các em tìm người để nói: người của trường, 111, người các em tin.',
    ],
    doesNot: 'Kề Bên không làm gì',
    doesNotList: [
      'Không gửi nội dung, địa chỉ trang hay con số nào ra khỏi máy. Thứ duy nhất được tải về là các quy tắc mới.',
      'Không cho ai xem các em đọc gì hay viết gì: trường không, gia đình không, người làm Kề Bên cũng không.',
      'Không tự báo cho ai, không tự nhắn tin, không chặn trang nào.',
    ],
    here: 'Ở trường',
    lab: 'Máy dùng chung: đóng trình duyệt là Kề Bên không còn lưu gì.',
    own: 'Kề Bên chỉ nhớ trên máy rằng đã thấy chiêu nào và khi nào, không lưu chữ, và tự quên sau 30 ngày.',
    contacts: 'Người các em có thể tìm ở trường: {contacts}.',
    limits:
      'Kề Bên không đọc được hình, cuộc gọi hay ứng dụng điện thoại, và có thể bỏ sót. Không có lời nhắc không có nghĩa là an toàn. Nói chuyện với các em vẫn là điều giúp nhiều nhất.',
    end: 'Trong trình duyệt, ai cũng mở được trang “Trường đã đặt sẵn những gì” để xem tất cả.',
  },
  en: {
    title: 'Beside on the school’s computers',
    greeting:
      'Dear families, the computers of {school} have Beside, an extension of the browser. This letter says what it does and what it does not do.',
    does: 'What Beside does',
    doesList: [
      'It reads the text of some chat, social and job sites, on the computer itself, and compares it with known lures.',
      'Where it looks like one of them it says so quietly, says why, and how to check.',
      'It helps to find someone to tell: people at the school, 111, whomever a pupil trusts.',
    ],
    doesNot: 'What Beside does not do',
    doesNotList: [
      'It sends no content, no address of a page and no number from the computer. New rules are all that it fetches.',
      'It shows nobody what pupils read or write: not the school, not their families, not those who make Beside.',
      'It tells nobody by itself, writes no message and blocks no site.',
    ],
    here: 'At the school',
    lab: 'Shared computers: once the browser is closed, Beside keeps nothing.',
    own: 'Beside remembers on the computer which trick it saw and when, never the text, and forgets it after 30 days.',
    contacts: 'Whom pupils can turn to at the school: {contacts}.',
    limits:
      'Beside cannot see pictures, calls or apps on a phone, and it can miss things. No warning does not mean safe. Talking with each other still helps most.',
    end: 'In the browser, everyone can open the page “What your school has set” and read all of it.',
  },
};

/** The letter in one language. */
export function letterFor(language: Language, policy: Policy & { schoolName: string }): string {
  const words = LETTERS[language];
  const contacts = (policy.contacts ?? [])
    .map(({ name, role, phone }) => [name, role, phone].filter((part) => part !== undefined).join(', '))
    .join('; ');
  const paragraph = (text: string): string => `<p>${escapeXml(text)}</p>`;
  const list = (items: string[]): string => `<ul>${items.map((item) => `<li>${escapeXml(item)}</li>`).join('')}</ul>`;
  const heading = (text: string): string => `<h2>${escapeXml(text)}</h2>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${escapeXml(words.title)}</title>
<style>@page { size: A4; margin: 18mm } body { font: 11.5pt/1.4 sans-serif; max-width: 174mm; margin: auto } h1 { font-size: 18pt } h2 { font-size: 13pt; margin-bottom: 0 } ul { margin-top: 2mm }</style>
</head>
<body>
${[
  `<h1>${escapeXml(words.title)}</h1>`,
  paragraph(words.greeting.replace('{school}', () => policy.schoolName)),
  heading(words.does),
  list(words.doesList),
  heading(words.doesNot),
  list(words.doesNotList),
  heading(words.here),
  list([
    policy.labMode === true ? words.lab : words.own,
    ...(contacts === '' ? [] : [words.contacts.replace('{contacts}', () => contacts)]),
  ]),
  paragraph(words.limits),
  paragraph(words.end),
].join('\n')}
</body>
</html>
`;
}
