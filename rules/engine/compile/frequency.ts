/**
 * How common words are, for choosing by which word a pattern is looked up: a rare one is met seldom, so that little is
 * tried in vain. Counted without marks over Vietnamese and English chats, reviews, news and job advertisements; the
 * number before each group is about how often a word of it stands in 10,000. Not needed in pages.
 */
const GROUPS: readonly (readonly [perTenThousand: number, words: string])[] = [
  [384, 'i you to'],
  [192, 'a the and co is my'],
  [96, 'do it in that of va are for have de dung hang vien cho s like day what khong m thay la'],
  [
    48,
    'cua me tinh rat with your lam trong chi how dong duoc not we qua on hoc gia am thuc cac voi can giao t be em minh but giang tu nhan thi nhung sinh ban cung noi so ngay at hieu nhieu ma da tai just moi bao god nay tien anh ve nen hoi cong mua san love con du goi thu nha su ho nhanh tot luong di no wil khi ung bai van dau yes this u an dang doi about wel se',
  ],
  [
    24,
    'ky work nguoi pham al bi get as chat there k nam was hon nhiet go from shop viec lai quan dan tam thoi time may now 1 dep vi nhu nang bo or den hay they khach oh up quy ca o 2 dat if thanh dai chua tap don when one out hop l great toi know very ly phan tang hanh theo would chu he vao thong nhat sau cap mot tin roi tren cao ra thuong cam phai chuyen mat kien biet want ok cai luc any ko cau our dinh here cach dien think len vui hinh realy tiep luon dc truong hi much than phong cu 3 chinh loi thang nghe lan kha tan long some nice mon trinh them ned tro vay got going toan gi mo kho mai doing gio',
  ],
  [
    12,
    '10 khac helo today sao y huong ben mang nghi did yeu nao phuong nap take lien dich right hoa tiet gian kinh tri she hai col chung favorite viet danh where tao mau gui lop new should diem then nho giai more yeah phu lot cal only bang hien bat sure nhe truoc tra hoac schol thich re nua chan by come dao phat please trung tuyen 5 also vu make lieu ke tuong could han job nguyen home music tran het kiem d vn duong te sang ai sounds live sory its nghiem thank dam tb chac fun play muon thiet oi nghiep tham has nuoc had back dieu wow ta mac ha ba ty tel xem truyen trang why help old 0d chuc cuoc htps vua way le ngoai cuc cuoi phuc thoai let stil quoc phi xin trieu who kids fod vong people 4 vo her ap thuyet doanh hope years lau dog ong neu eat lo phap lap fre two 15 year e truc muc soan over xuat other working enjoy never tieng ket best dua tuc kind chong life tay giup giam money hey vai ngon che binh ro maybe',
  ],
];

const FREQUENCIES = new Map(GROUPS.flatMap(([frequency, words]) => words.split(' ').map((word) => [word, frequency])));

/** No word of the groups is longer, repeated letters included. */
const LONGEST_COMMON = 10;

/** Whether letters without marks are a word that is met often. */
export function isKnown(letters: string): boolean {
  return letters.length <= LONGEST_COMMON && FREQUENCIES.has(letters.replace(/(.)\1+/g, '$1'));
}

/** How often a word may be expected in 10,000, by its letters without marks; short unknown ones are commoner than long ones. */
export function frequencyOf(letters: string): number {
  return FREQUENCIES.get(letters) ?? (letters.length <= 2 ? 4 : letters.length <= 4 ? 2 : 0.5);
}
