/** From rows of cells to what an editor says of each trick; headers in English or Vietnamese, in any order. */
import { FeedError } from '../../../feed/error.ts';
import {
  CATEGORIES,
  SURFACES,
  type Category,
  type ExampleTurn,
  type Language,
  type Surface,
} from '../../../language/model.ts';
import type { Rows } from './sheet.ts';

/** One row. */
export interface SheetEntry {
  /** As the spreadsheet counts: the header is row 1. */
  row: number;
  title: string;
  category: Category;
  match: ExampleTurn[][];
  ignore: ExampleTurn[][];
  advice: string;
  source: string;
  surface: Surface;
  language: Language | undefined;
}

const COLUMNS = {
  title: ['title', 'tieu de', 'ten', 'ten luat', 'ten thu doan', 'name'],
  category: ['category', 'loai', 'the loai', 'phan loai', 'danh muc', 'nhom', 'thu doan'],
  match: [
    'match',
    'must match',
    'examples that must match',
    'lure',
    'lures',
    'vi du',
    'phai bat',
    'vi du phai bat',
    'bat',
    'lua dao',
  ],
  ignore: [
    'ignore',
    'must not match',
    'examples that must not',
    'harmless',
    'khong bat',
    'khong duoc bat',
    'vi du khong bat',
    'bo qua',
    'binh thuong',
    'vo hai',
  ],
  advice: ['advice', 'loi khuyen', 'khuyen', 'goi y', 'nen lam gi'],
  source: ['source', 'nguon', 'reference', 'references', 'link', 'url', 'tham khao'],
  surface: ['surface', 'kind', 'noi', 'kenh', 'o dau'],
  language: ['language', 'ngon ngu', 'tieng'],
} as const;
type Column = keyof typeof COLUMNS;

/** Words without marks and signs, for comparing what people write in cells. */
export function plainOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Which column a header names; `example 2` and `Ví dụ phải bắt (1)` are columns of their kind, too. */
function columnOf(header: string): Column | undefined {
  const plain = plainOf(header).replace(/ ?\d+$/, '');
  const known = (Object.keys(COLUMNS) as Column[]).find((column) =>
    (COLUMNS[column] as readonly string[]).includes(plain),
  );
  if (known !== undefined) return known;
  const has = (pattern: RegExp): boolean => pattern.test(` ${plain} `);
  if (has(/ (not|ignore|harmless|innocent|khong|binh thuong|vo hai|bo qua) /)) return 'ignore';
  if (has(/ (match|lures?|examples?|vi du|phai bat|lua dao) /)) return 'match';
  return (['title', 'category', 'advice', 'source'] as const).find((column) =>
    COLUMNS[column].some((name) => name.length > 3 && plain.startsWith(`${name} `)),
  );
}

/** What a spreadsheet says: its entries, what is wrong with which row, and what was not read. */
export interface SheetReading {
  entries: SheetEntry[];
  faults: string[];
  notes: string[];
}

/**
 * Reads the rows of a spreadsheet.
 *
 * @param categoryNames other names of categories, such as those of the tricks in each language, without marks.
 * @throws FeedError when the header lacks a column without which nothing can be drafted.
 */
export function readEntries(file: string, rows: Rows, categoryNames: ReadonlyMap<string, Category>): SheetReading {
  const header = rows[0] ?? [];
  const columns = header.map(columnOf);
  const lacking = (['title', 'category', 'match'] as const).filter((column) => !columns.includes(column));
  if (lacking.length > 0)
    throw new FeedError(
      `${file} row 1`,
      `lacks ${lacking.map((column) => `a column “${column}” (or “${COLUMNS[column][1]}”)`).join(' and ')}`,
      'the first row has to name the columns: title, category, match, ignore, advice, source (Tiêu đề, Loại, Phải bắt, Không bắt, Lời khuyên, Nguồn)',
    );
  const reading: SheetReading = { entries: [], faults: [], notes: [] };
  const unread = header.filter((name, index) => columns[index] === undefined && name !== '');
  if (unread.length > 0) reading.notes.push(`${file} row 1: not read: ${unread.map((name) => `“${name}”`).join(', ')}`);
  if (!columns.includes('ignore'))
    reading.notes.push(
      `${file} row 1: there is no column of examples that must not match; without them a rule cannot prove itself`,
    );
  for (const [index, cells] of rows.entries()) {
    if (index === 0 || cells.every((cell) => cell === '')) continue;
    readRow(file, index + 1, cells, header, columns, categoryNames, reading);
  }
  if (rows.length < 2) reading.notes.push(`${file}: has no row below its header`);
  return reading;
}

function readRow(
  file: string,
  row: number,
  cells: string[],
  header: string[],
  columns: (Column | undefined)[],
  categoryNames: ReadonlyMap<string, Category>,
  { entries, faults }: SheetReading,
): void {
  const before = faults.length;
  const valuesOf = (column: Column): string[] =>
    cells.filter((cell, index) => columns[index] === column && cell !== '');
  const fail = (column: Column, what: string, cure: string): void => {
    const name = header[columns.indexOf(column)] ?? column;
    faults.push(`${file} row ${row}, column “${name}”: ${what}. Mend: ${cure}.`);
  };
  const [title = '', category = '', surface = '', language = ''] = (
    ['title', 'category', 'surface', 'language'] as const
  ).map((column) => valuesOf(column)[0]?.replace(/\s+/g, ' '));
  const found = categoryOf(category, categoryNames);
  const where = surface === '' ? 'chat' : SURFACES.find((one) => one === plainOf(surface));
  const tongue = languageOf(language);
  const match = valuesOf('match').flatMap(examplesOf);
  if (title === '') fail('title', 'is empty', 'say in a few words what the trick is; people see it as the reason');
  else if (title.length > 120) fail('title', `has ${title.length} characters`, 'shorten it to 120');
  if (found === undefined)
    fail(
      'category',
      category === '' ? 'is empty' : `“${category}” is no category`,
      `write one of: ${CATEGORIES.join(', ')}`,
    );
  if (match.length === 0)
    fail('match', 'is empty', 'give the texts that the rule has to match, one a line in the cell');
  if (where === undefined) fail('surface', `“${surface}” is no surface`, `write one of: ${SURFACES.join(', ')}`);
  if (tongue === null) fail('language', `“${language}” is no language of rules`, 'write vi or en');
  if (faults.length > before || found === undefined || where === undefined || tongue === null) return;
  entries.push({
    row,
    title,
    category: found,
    match,
    ignore: valuesOf('ignore').flatMap(examplesOf),
    advice: valuesOf('advice').join('\n'),
    source: valuesOf('source').join('\n'),
    surface: where,
    language: tongue,
  });
}

function categoryOf(text: string, names: ReadonlyMap<string, Category>): Category | undefined {
  const plain = plainOf(text);
  return CATEGORIES.find((category) => plainOf(category) === plain) ?? names.get(plain);
}

function languageOf(text: string): Language | undefined | null {
  const plain = plainOf(text);
  if (plain === '') return undefined;
  if (['vi', 'viet', 'tieng viet', 'vietnamese'].includes(plain)) return 'vi';
  return ['en', 'anh', 'tieng anh', 'english'].includes(plain) ? 'en' : null;
}

/** The examples of a cell, one a line; `them: … / me: …` is a conversation. */
function examplesOf(cell: string): ExampleTurn[][] {
  return cell
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-–•*]|\d{1,2}[.)])\s+/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const turns = line.split(/\s+\/\s+/).map((part) => /^(them|me):\s*(.+)$/i.exec(part));
      return turns.every((turn) => turn !== null)
        ? turns.map((turn) => ({ from: turn[1]?.toLowerCase() === 'me' ? 'me' : 'them', text: turn[2] ?? '' }))
        : [{ from: 'them', text: line }];
    });
}
