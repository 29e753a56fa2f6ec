import type { ReadingReviewRecord } from '../../models/reading-review.model.ts';
import type { Reader } from '../unit/reader.ts';

/** The name under which the review list is downloaded. */
export const REVIEWS_FILE_NAME = 'reading-reviews.tsv';

/** Most reports in one file: the newest. */
const MOST = 5_000;

/**
 * The review list as a file: the columns of a file of labelled messages (id, channel, role, text, intent, entities), so that
 * it can be put right by hand and measured, and one more with what the person had meant.
 */
export async function reviewsFile(reader: Reader, now: Date): Promise<{ content: string; count: number }> {
  const reviews = await reader.list('readingReviews', { purgeAt: { $gt: now } }, { sort: { at: -1 }, limit: MOST });
  const rows = reviews.reverse().map(rowOf);
  return {
    content: `${[['id', 'channel', 'role', 'text', 'intent', 'entities', 'correction'].join('\t'), ...rows].join('\n')}\n`,
    count: rows.length,
  };
}

/** A spreadsheet must not take a cell for a formula. */
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ').replace(/^(?=[=+@-])/, ' ');

function rowOf(review: ReadingReviewRecord, index: number): string {
  const cells = [
    `R${String(index + 1).padStart(4, '0')}`,
    review.channel,
    review.role,
    cell(review.text),
    review.intent,
    JSON.stringify(review.entities),
    cell(review.correction ?? ''),
  ];
  return cells.join('\t');
}
