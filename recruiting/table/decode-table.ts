import { analyse } from 'chardet';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { readSheet } from 'read-excel-file/node';
import { hongKongDate } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { Settings } from '../settings.ts';

/** Rows of cells as texts, trimmed; empty rows are left out. `line` is the row's number in the file, from 1. */
export interface TableRow {
  line: number;
  cells: string[];
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];

/**
 * Reads a table: XLSX by its first bytes, else CSV (comma, semicolon or tab) in UTF-8 with or without BOM, UTF-16, Big5 or
 * GB18030.
 * @throws RuleBroken `table_too_large`, `table_empty`, `table_too_long`, `table_unreadable`
 */
export async function decodeTable(content: Uint8Array, settings: Settings): Promise<TableRow[]> {
  if (content.length > settings.importMaxBytes) {
    throw new RuleBroken('table_too_large', { megabytes: Math.floor(settings.importMaxBytes / 1_000_000) });
  }
  const isWorkbook = ZIP.every((byte, index) => content[index] === byte);
  const rows = isWorkbook ? await readWorkbook(content) : readDelimited(decodeText(content));
  return checked(rows, settings);
}

/** Reads a table that was pasted as text. @throws as `decodeTable` */
export function readPastedTable(text: string, settings: Settings): TableRow[] {
  return checked(readDelimited(text), settings);
}

function checked(rows: TableRow[], settings: Settings): TableRow[] {
  if (rows.length < 2) throw new RuleBroken('table_empty');
  if (rows.length - 1 > settings.importMaxRows) {
    throw new RuleBroken('table_too_long', { rows: rows.length - 1, limit: settings.importMaxRows });
  }
  return rows;
}

async function readWorkbook(content: Uint8Array): Promise<TableRow[]> {
  let sheet: unknown[][];
  try {
    sheet = (await readSheet(Buffer.from(content))) as unknown[][];
  } catch {
    throw new RuleBroken('table_unreadable');
  }
  return sheet
    .map((row, index) => ({ line: index + 1, cells: row.map(cellText) }))
    .filter(({ cells }) => cells.some(Boolean));
}

/** A cell as a person would type it: long numbers whole, days as YYYY-MM-DD. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return hongKongDate(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(0) : String(value);
  return String(value).trim();
}

function readDelimited(text: string): TableRow[] {
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  const counted = (['\t', ',', ';', '，', '|'] as const).map((delimiter) => ({
    delimiter,
    count: header.split(delimiter).length,
  }));
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: best.delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return rows
      .map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.some(Boolean));
  } catch {
    throw new RuleBroken('table_unreadable');
  }
}

/** Words that a list of people or places has in its first line; they tell one Chinese encoding from the other. */
const HEADER_WORDS =
  /姓名|名字|電話|电话|手機|手机|電郵|电邮|職位|职位|來源|来源|稱謂|称谓|分店|地址|角色|編號|编号|經理|经理|name|phone|email/i;

/** Text of unknown encoding: UTF-8 when it is valid UTF-8, else the Chinese encoding that reads better. */
export function decodeText(content: Uint8Array): string {
  const [first, second] = content;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return iconv.decode(Buffer.from(content), 'utf16');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    // Not UTF-8: an export of an older program.
  }
  const bytes = Buffer.from(content);
  const readings = ['big5', 'gb18030'].map((encoding) => {
    const text = iconv.decode(bytes, encoding);
    return { text, score: readingScore(text, encoding, bytes) };
  });
  return readings.reduce((a, b) => (b.score > a.score ? b : a)).text;
}

function readingScore(text: string, encoding: string, bytes: Buffer): number {
  const unreadable = (text.match(/[\ufffd\ue000-\uf8ff]/g) ?? []).length;
  const header = HEADER_WORDS.test(text.split(/\r?\n/, 1)[0] ?? '') ? 1000 : 0;
  const guess = analyse(bytes).find(({ name }) => name.toLowerCase().replace('-', '') === encoding)?.confidence ?? 0;
  return header + guess - unreadable * 10;
}
