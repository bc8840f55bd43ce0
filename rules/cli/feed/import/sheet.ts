/** Spreadsheets as rows of cells: CSV by csv-parse, XLSX by read-excel-file. */
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { readSheet as readXlsx } from 'read-excel-file/node';
import { FeedError } from '../../../feed/error.ts';

/** Cells as texts; the first row is the header, as in the spreadsheet. */
export type Rows = string[][];

/** Reads a spreadsheet. @throws FeedError that says where it cannot be read and how to save it. */
export async function readSheet(file: string, sheet?: string): Promise<Rows> {
  if (!existsSync(file)) throw new FeedError(file, 'is not there', 'name a .csv or .xlsx file');
  switch (extname(file).toLowerCase()) {
    case '.csv':
    case '.tsv':
    case '.txt':
      return readCsv(file);
    case '.xlsx':
      return readWorkbook(file, sheet);
    default:
      throw new FeedError(file, 'is no kind of file that can be read', 'save it as .xlsx, or as CSV UTF-8');
  }
}

function readCsv(file: string): Rows {
  const text = decode(file, readFileSync(file));
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
    }) as unknown as Rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FeedError(
      `${file} line ${String(error['lines'] ?? '?')}`,
      `cannot be read as CSV (${error.message.split('\n')[0] ?? ''})`,
      'see to it that every quotation mark in a cell is doubled and every quoted cell is closed; or save it as .xlsx',
    );
  }
}

function decode(file: string, bytes: Buffer): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    return new TextDecoder(isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true }).decode(
      bytes,
    );
  } catch {
    throw new FeedError(
      file,
      'is not in UTF-8, so its Vietnamese letters would be wrong',
      'save it as “CSV UTF-8”, or as .xlsx',
    );
  }
}

/** What separates the cells: the sign that the header has most of. Excel writes semicolons where a comma is the decimal point. */
function delimiterOf(text: string): string {
  const header = text.replace(/"[^"]*"/g, '').split(/\r?\n/)[0] ?? '';
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

async function readWorkbook(file: string, sheet: string | undefined): Promise<Rows> {
  const bytes = readFileSync(file);
  try {
    const rows = sheet === undefined ? await readXlsx(bytes) : await readXlsx(bytes, sheet);
    return rows.map((row) => row.map(textOf));
  } catch (error) {
    throw new FeedError(
      file,
      `cannot be read as XLSX (${error instanceof Error ? error.message : 'damaged'})`,
      'open it in a spreadsheet program and save it as .xlsx again, or as CSV UTF-8',
    );
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).trim();
}
