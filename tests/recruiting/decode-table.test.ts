import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { CANDIDATE_COLUMNS } from '../../recruiting/candidate/plan-import.ts';
import { resolveSettings } from '../../recruiting/settings.ts';
import { namedRows } from '../../recruiting/table/columns.ts';
import { decodeTable, readPastedTable } from '../../recruiting/table/decode-table.ts';
import { workbook } from '../conversations/workbook.ts';

const settings = resolveSettings();
const LIST = '姓名,電話,職位,備考\n陳家欣,9123 4567,店務員,"早更，晚更"\n鄧麗,95550000,收銀員,\n\n';
const SIMPLIFIED = '姓名,电话,职位\n陈家欣,91234567,店务员\n';

describe('tables in every encoding that offices still send', () => {
  test.each([
    ['UTF-8', Buffer.from(LIST)],
    ['UTF-8 with BOM', Buffer.from(`\ufeff${LIST}`)],
    ['UTF-16', iconv.encode(LIST, 'utf16le', { addBOM: true })],
    ['Big5', iconv.encode(LIST, 'big5')],
    ['GB18030', iconv.encode(LIST, 'gb18030')],
    ['semicolons', Buffer.from(LIST.replaceAll(',', ';'))],
    ['tabs', Buffer.from(LIST.replaceAll(',', '\t'))],
  ])('%s', async (_, content) => {
    const rows = namedRows(await decodeTable(content, settings), CANDIDATE_COLUMNS, ['name', 'job']);
    expect(rows.map(({ line, values }) => [line, values.name, values.phone, values.job])).toEqual([
      [2, '陳家欣', '9123 4567', '店務員'],
      [3, '鄧麗', '95550000', '收銀員'],
    ]);
  });

  test('Simplified headers in GB18030', async () => {
    const rows = namedRows(await decodeTable(iconv.encode(SIMPLIFIED, 'gb18030'), settings), CANDIDATE_COLUMNS, [
      'name',
      'job',
    ]);
    expect(rows[0]?.values).toEqual({ name: '陈家欣', phone: '91234567', job: '店务员' });
  });

  test('a workbook: telephone numbers that Excel made numbers stay whole', async () => {
    const content = workbook([
      ['Full Name', 'Mobile', 'Position'],
      ['Maria Santos', 95551234, 'R102'],
      ['', '', ''],
    ]);
    const rows = namedRows(await decodeTable(content, settings), CANDIDATE_COLUMNS, ['name']);
    expect(rows.map(({ values }) => values)).toEqual([{ name: 'Maria Santos', phone: '95551234', job: 'R102' }]);
  });

  test('an identity card number in any cell is gone', () => {
    const [row] = namedRows(readPastedTable('姓名\t電話\n陳家欣 A123456(3)\t91234567', settings), CANDIDATE_COLUMNS, [
      'name',
    ]);
    expect(JSON.stringify(row)).not.toContain('A123456');
    expect(row?.hadHkid).toBe(true);
  });

  test('too large, too long, empty, broken, without the needed columns: refused by name', async () => {
    const code = async (content: Uint8Array, limits = settings): Promise<string> => {
      try {
        namedRows(await decodeTable(content, limits), CANDIDATE_COLUMNS, ['name', 'job']);
        return 'taken';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    expect(await code(Buffer.from(LIST), resolveSettings({ importMaxBytes: 10 }))).toBe('table_too_large');
    expect(await code(Buffer.from(LIST), resolveSettings({ importMaxRows: 1 }))).toBe('table_too_long');
    expect(await code(Buffer.from('姓名,職位\n'))).toBe('table_empty');
    expect(await code(Buffer.from('PK\u0003\u0004 no workbook'))).toBe('table_unreadable');
    expect(await code(Buffer.from('姓名,電話\n陳家欣,91234567\n'))).toBe('table_columns_missing');
  });
});
