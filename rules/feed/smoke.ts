/**
 * The trial that every rule set has to pass before it is used: ordinary talk stays quiet, and lures are warned of. It
 * catches a rule set that is well formed and signed, yet would cry at everything or has gone silent.
 */
import { Conversation } from '../engine/conversation.ts';
import type { CompiledRules } from '../engine/compiled.ts';
import { Scanner } from '../engine/match.ts';
import { SURFACES, type Surface } from '../language/model.ts';

/** Talk of a kind that everybody reads every day. A rule set that warns of any of it is refused whole. */
export const SMOKE_ORDINARY: readonly string[] = [
  'Chào bạn, hôm nay bạn khỏe không?',
  'Mai lớp mình học lúc mấy giờ vậy?',
  'Tối nay nhà mình ăn cơm cá kho nhé con.',
  'Con nhớ mang áo mưa, chiều nay trời mưa to đấy.',
  'Cô giáo nhắc thứ hai nộp bài tập toán trang 45.',
  'Ê chiều đi đá bóng không, sân cũ nha?',
  'Mẹ ơi con tan học rồi, mẹ đón con ở cổng trường nhé.',
  'Cảm ơn bạn đã cho mình mượn vở, mai mình trả.',
  'Chúc mừng sinh nhật, chúc bạn luôn vui và học giỏi!',
  'Bộ phim hôm qua hay quá, cuối tuần mình xem tiếp.',
  'Hi, how are you today?',
  'What time does class start tomorrow?',
  'Dinner is ready, come down when you finish your homework.',
  'Thanks for lending me your notes, I will bring them back on Monday.',
  'Are we still playing football after school?',
  'Happy birthday! Hope you have a great day.',
  'The bus is late again, I will be there in ten minutes.',
  'Did you see the match last night? What a goal!',
];

/** Lures as they are told again and again. A rule set that warns of none of them is refused whole. */
export const SMOKE_LURES: readonly string[] = [
  'Tôi là công an đây, em đang liên quan đến vụ án rửa tiền, phải chuyển tiền vào tài khoản an toàn, không được nói với ai kể cả bố mẹ.',
  'Tuyển cộng tác viên làm nhiệm vụ online tại nhà, hoa hồng 500k mỗi ngày, nạp tiền trước để nhận nhiệm vụ.',
  'Việc nhẹ lương cao bên Campuchia, không cần bằng cấp, bao ăn ở, lo hộ chiếu và xe đưa đón qua biên giới.',
  'Chuyển cho anh 5 triệu ngay, không thì anh gửi ảnh nóng của em cho cả lớp và bố mẹ em xem.',
  'This is the police. You are involved in money laundering. Transfer your money to a safe account and do not tell anyone, not even your parents.',
  'Pay me now or I will send your nudes to all your friends and your family.',
];

/** Why a rule set did not pass. */
export type SmokeFault = { what: 'warns-of-ordinary'; text: string; rule: string } | { what: 'silent' };

/** Tries a compiled rule set; undefined when it passes. */
export function smokeTest(rules: CompiledRules): SmokeFault | undefined {
  const scanner = new Scanner(rules);
  const warns = (text: string, surface: Surface): string | undefined =>
    new Conversation(rules, scanner).read({ text, from: 'them', surface, at: 0 })[0]?.rule.id;
  for (const text of SMOKE_ORDINARY)
    for (const surface of SURFACES) {
      const rule = warns(text, surface);
      if (rule !== undefined) return { what: 'warns-of-ordinary', text, rule };
    }
  return SMOKE_LURES.some((text) => SURFACES.some((surface) => warns(text, surface) !== undefined))
    ? undefined
    : { what: 'silent' };
}
