import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importSheet } from '../../../../../rules/cli/feed/commands/import.ts';
import { filesBelow } from '../../../../../rules/cli/feed/files.ts';
import { readRule } from '../../../../../rules/language/source.ts';
import { writeWorkbook } from './workbook.ts';

const LURES = [
  'Cho mình mượn ví điện tử của bạn nhận tiền giùm, trả 5% mỗi lần',
  'cho muon vi dien tu nhan tien gium nha, 1 lan 50k',
  'Bạn có ví điện tử không, cho anh mượn ví nhận tiền hộ, hoa hồng 7%',
  'Cần người cho mượn ví điện tử, nhận tiền rồi chuyển tiếp, được 100k',
  'Em ơi cho chị mượn ví điện tử nhận tiền hàng, chị gửi 200k cảm ơn',
];
const HARMLESS = [
  'Ví điện tử của mình bị lỗi rồi, nhận tiền không được',
  'Cho mượn cái ví đi chợ nha',
  'Mẹ ơi con quên ví ở nhà',
  'Nhận tiền lì xì chưa',
  'Ai biết ví điện tử nào dùng tốt không',
];
const HEADER = ['Nguồn', 'LOAI', 'Tiêu đề', 'Ví dụ không được bắt', 'Ví dụ phải bắt', 'Lời khuyên'];
const ROW = [
  'https://example.org/vi',
  'money-mule',
  'Mượn ví nhận tiền',
  HARMLESS.join('\n'),
  LURES.join('\n'),
  'Đừng cho mượn ví',
];

describe('a spreadsheet', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beside-import-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function imported(file: string): Promise<{ status: number; said: string }> {
    let said = '';
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    try {
      return { status: await importSheet.run([join(folder, file), '--to', join(folder, 'vi')]), said };
    } finally {
      spy.mockRestore();
    }
  }

  const csv = (rows: string[][], sign = ','): string =>
    rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign)).join('\r\n');

  const FILE = join('money-mule', 'muon-vi-nhan-tien.yml');

  it.each([
    ['with commas', (rows: string[][]) => Buffer.from(csv(rows))],
    [
      'with semicolons and a byte order mark, as Excel writes it',
      (rows: string[][]) => Buffer.from(`\uFEFF${csv(rows, ';')}`),
    ],
    ['in UTF-16', (rows: string[][]) => Buffer.from(`\uFEFF${csv(rows, '\t')}`, 'utf16le')],
  ])('as CSV %s becomes a rule that proves itself', async (_, write) => {
    writeFileSync(join(folder, 'rules.csv'), write([HEADER, ROW]));
    const { status, said } = await imported('rules.csv');
    expect(said).toContain('5 of 5 examples found and none of 5 to ignore');
    expect(status).toBe(0);
    const read = readRule(FILE, readFileSync(join(folder, 'vi', FILE), 'utf8'));
    expect(read).toMatchObject({
      ok: true,
      value: { rule: { title: 'Mượn ví nhận tiền', category: 'money-mule', status: 'experimental' } },
    });
    expect(said).not.toContain('to do');
  });

  it('as XLSX becomes the same, with several examples in one cell or in columns of their own', async () => {
    const [source = '', category = '', title = '', , , advice = ''] = ROW;
    writeWorkbook(join(folder, 'rules.xlsx'), [
      ['Title', 'Category', 'Match 1', 'Match 2', 'Must not match', 'Advice', 'Source'],
      [title, category, LURES.slice(0, 2).join('\n'), LURES.slice(2).join('\n'), HARMLESS.join('\n'), advice, source],
    ]);
    const { status, said } = await imported('rules.xlsx');
    expect(said).toContain('5 of 5 examples found and none of 5 to ignore');
    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'vi', FILE), 'utf8')).toContain(
      '# Advice from the sheet, for texts.yml: Đừng cho mượn ví',
    );
  });

  it('says of every row what is wrong with it, and drafts the others', async () => {
    const rows = [
      HEADER,
      ['', 'thú vị', 'Một', '', 'a b', ''],
      ['', 'prize', '', '', '', ''],
      ['', '', '', '', '', ''],
      ROW,
    ];
    writeFileSync(join(folder, 'rules.csv'), csv(rows));
    const { status, said } = await imported('rules.csv');
    expect(status).toBe(1);
    expect(said).toContain(
      'rules.csv row 2, column “LOAI”: “thú vị” is no category. Mend: write one of: fake-authority',
    );
    expect(said).toContain('rules.csv row 3, column “Tiêu đề”: is empty');
    expect(said).toContain('rules.csv row 3, column “Ví dụ phải bắt”: is empty');
    expect(said).toContain('row 5: money-mule/muon-vi-nhan-tien.yml: ');
  });

  it('leaves to the editor what no pattern can tell apart', async () => {
    const row = ['', 'prize', 'Giống nhau', 'Chúc mừng bạn trúng thưởng', 'Chúc mừng bạn trúng thưởng', ''];
    writeFileSync(join(folder, 'rules.csv'), csv([HEADER, row]));
    const { said } = await imported('rules.csv');
    expect(said).toContain('to do: write a pattern for the example 1');
    const yaml = readFileSync(join(folder, 'vi', 'prize', 'giong-nhau.yml'), 'utf8');
    expect(yaml).toContain('# To do: write a pattern for the example 1');
    expect(readRule('giong-nhau.yml', yaml).ok, 'an unfinished draft is no rule').toBe(false);
  });

  it('never writes over a file that an editor may have changed', async () => {
    writeFileSync(join(folder, 'rules.csv'), csv([HEADER, ROW]));
    await imported('rules.csv');
    writeFileSync(join(folder, 'vi', FILE), 'title: mine\n');
    expect((await imported('rules.csv')).said).toContain('is there already (mine); left alone');
    expect(readFileSync(join(folder, 'vi', FILE), 'utf8')).toBe('title: mine\n');
  });

  it.each([
    ['rules.csv', Buffer.from('Title;Loại\nx;prize\n'), 'lacks a column “match”'],
    ['rules.csv', Buffer.from([0x54, 0xe9, 0x3b, 0x0a]), 'is not in UTF-8'],
    ['rules.csv', Buffer.from('title,category,match\n"a,prize,b\n'), /line \d+: cannot be read as CSV/],
    ['rules.xlsx', Buffer.from('no workbook'), 'cannot be read as XLSX'],
    ['rules.xls', Buffer.from(''), 'save it as .xlsx'],
  ])('that cannot be read is refused with the cure: %s', async (name, bytes, what) => {
    writeFileSync(join(folder, name), bytes);
    const error: unknown = await imported(name).catch((thrown: unknown) => thrown);
    expect(`${String(error)} ${(error as { cure?: string }).cure ?? ''}`).toMatch(what);
    expect(filesBelow(join(folder, 'vi'))).toEqual([]);
  });
});
