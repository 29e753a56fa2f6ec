import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { containsHkid, redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { TableRow } from './decode-table.ts';

/** Columns a table may have: field name -> words its header may be. */
export type Columns<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** One row by field. `hadHkid`: an identity card number stood in it and was removed. */
export interface FieldRow<Field extends string> {
  line: number;
  values: Partial<Record<Field, string>>;
  hadHkid: boolean;
}

/** The words of headers, for asking whether a text begins like such a table. */
export function headerFields<Field extends string>(
  cells: readonly string[],
  columns: Columns<Field>,
): (Field | undefined)[] {
  const plain = (text: string): string => foldForMatching(text).replace(/[\s*_.:：()（）-]/g, '');
  const fields = Object.entries(columns) as [Field, readonly string[]][];
  return cells.map((cell) => fields.find(([, words]) => words.some((word) => plain(word) === plain(cell)))?.[0]);
}

/**
 * Names the cells of a table by its header. Columns nobody knows are ignored; identity card numbers go from every cell.
 * @throws RuleBroken `table_columns_missing` (slot `columns`: the words of each missing one)
 */
export function namedRows<Field extends string>(
  rows: readonly TableRow[],
  columns: Columns<Field>,
  required: readonly NoInfer<Field>[],
): FieldRow<Field>[] {
  const [header, ...body] = rows;
  const fields = headerFields(header?.cells ?? [], columns);
  const missing = required.filter((field) => !fields.includes(field));
  if (missing.length > 0) {
    throw new RuleBroken('table_columns_missing', { columns: missing.map((field) => columns[field][0] ?? field) });
  }
  return body.map(({ line, cells }) => {
    const values: Partial<Record<Field, string>> = {};
    cells.forEach((cell, index) => {
      const field = fields[index];
      if (field && cell && values[field] === undefined) values[field] = redactHkids(cell);
    });
    return { line, values, hadHkid: cells.some(containsHkid) };
  });
}
