import type { ReadingRecord } from '../../models/reading.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';

/** Longest part of an answer that is shown again. */
const LONGEST = 400;

/**
 * What the robot answered to the message of a reading, as it left. Undefined when it left privately and is asked for in a
 * group, or is no longer there.
 */
export async function answerTo(
  reader: Reader,
  reading: ReadingRecord,
  kind: 'direct' | 'group',
): Promise<string | undefined> {
  const items = await reader.list(
    'outbox',
    { recipient: `staff:${reading.staffId}`, occasion: `in:${reading.itemId}` },
    { sort: { order: 1 }, limit: 3 },
  );
  const shown = kind === 'group' ? items.filter((item) => item.kind === 'reply') : items;
  const [text] = shown.flatMap(({ payload }) => wordsOf(payload.body ?? payload.fallback) ?? []);
  return text === undefined ? undefined : plain(text);
}

function wordsOf(body: unknown): string | undefined {
  if (body === null || typeof body !== 'object') return undefined;
  if ('content' in body && typeof body.content === 'string') return body.content;
  return 'text' in body && typeof body.text === 'string' ? body.text : undefined;
}

/** Without links to tap, whose moment is over, and without links to files. */
function plain(text: string): string {
  const words = text
    .replace(/\[[^\]]*\]\(dtmd:[^)]*\)/g, '')
    .replace(/\{(?:file|export):[^}]*\}/g, '')
    .replace(/ +\n/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
