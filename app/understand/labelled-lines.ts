import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One line of a file of labelled messages. `entities` is what its author says is right; reading may use `replyTo` only. */
export interface LabelledLine {
  id: string;
  channel: 'group' | 'direct';
  role: 'hr' | 'manager' | 'candidate';
  text: string;
  intent: string;
  entities: Record<string, unknown>;
  /** Core keys that are not compared on this line: there careful people differed. */
  unscored: ReadonlySet<string>;
}

const lineSchema = z.object({
  id: z.string().min(1),
  channel: z.enum(['group', 'direct']),
  role: z.enum(['hr', 'manager', 'candidate']),
  text: z.string(),
  intent: z.string(),
  entities: z.record(z.string(), z.unknown()),
  unscored: z.string().transform(
    (keys) =>
      new Set(
        keys
          .split(',')
          .map((key) => key.trim())
          .filter(Boolean),
      ),
  ),
});

/**
 * Reads a tab-separated file with the columns id, channel, role, text, intent, entities (JSON or empty) and optionally unscored, in
 * any order.
 * @throws Error naming file and line for a line that cannot be read
 */
export function readLabelledLines(path: string): LabelledLine[] {
  const [head = '', ...rows] = readFileSync(path, 'utf8').split('\n');
  const names = head.replace(/^\ufeff|\r$/g, '').split('\t');
  return rows.flatMap((raw, index) => {
    if (raw.trim() === '') return [];
    const cells = raw.replace(/\r$/, '').split('\t');
    const row = Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
    try {
      return [lineSchema.parse({ unscored: '', ...row, entities: JSON.parse(row.entities || '{}') })];
    } catch (error) {
      throw new Error(`${path}:${index + 2}: ${error instanceof SyntaxError ? 'entities are no JSON' : String(error)}`);
    }
  });
}
