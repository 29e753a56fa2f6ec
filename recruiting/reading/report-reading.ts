import { RuleBroken } from '../../lib/errors.ts';
import type { NamePlaceholder, ReadFrame } from '../../models/reading.model.ts';
import type { ReadingReviewRecord } from '../../models/reading-review.model.ts';
import type { Unit } from '../unit/unit.ts';
import { readingId } from './keep-reading.ts';

const DAY_MS = 86_400_000;

/**
 * Puts a person's last reading into the review list, or adds what they had meant to it. Names, numbers and addresses have
 * been taken out of `correction` before; the reading's own are taken out here. Who reports is not kept.
 * @throws RuleBroken `reading_gone` when there is no reading to report (any more)
 */
export async function reportReading(
  unit: Unit,
  input: { conversationId: string; staffId: string; correction: string | null },
): Promise<ReadingReviewRecord> {
  const reading = await unit.get('readings', readingId(input.conversationId, input.staffId));
  if (!reading || isOver(reading.at, unit)) throw new RuleBroken('reading_gone');
  const known = reading.reviewId ? await unit.get('readingReviews', reading.reviewId) : null;
  if (known) {
    return input.correction === null ? known : unit.change('readingReviews', known, { correction: input.correction });
  }
  const [first, ...others] = reading.frames.map((frame) => anonymousFrame(frame, reading.names));
  const review: ReadingReviewRecord = {
    _id: unit.newId('review'),
    at: unit.now,
    channel: reading.channel,
    role: reading.role,
    text: reading.text,
    intent: first?.intent ?? reading.command ?? 'unknown',
    entities: { ...first?.entities, ...(others.length > 0 ? { also: others.map(flat) } : {}) },
    decision: reading.decision,
    correction: input.correction,
    purgeAt: new Date(unit.now.getTime() + unit.settings.readingReviewDays * DAY_MS),
  };
  await unit.change('readings', reading, { reviewId: review._id });
  return unit.insert('readingReviews', review);
}

const isOver = (at: Date, unit: Unit): boolean =>
  unit.now.getTime() - at.getTime() >= unit.settings.readingHours * 3_600_000;

const flat = ({ intent, entities }: Pick<ReadFrame, 'intent' | 'entities'>): Record<string, unknown> => ({
  intent,
  ...entities,
});

function anonymousFrame(frame: ReadFrame, names: readonly NamePlaceholder[]): Pick<ReadFrame, 'intent' | 'entities'> {
  // Longer names first, so that 陳家欣 is not cut by 家欣.
  const sorted = [...names].sort((a, b) => b.word.length - a.word.length);
  const entities = replaced(frame.entities, sorted) as Record<string, unknown>;
  return { intent: frame.intent, entities };
}

/** Values at any depth with every name replaced; a corrected form of a name goes, since it may be spelt otherwise. */
function replaced(value: unknown, names: readonly NamePlaceholder[]): unknown {
  if (typeof value === 'string')
    return names.reduce((text, { word, placeholder }) => text.replaceAll(word, placeholder), value);
  if (Array.isArray(value)) return value.map((each) => replaced(each, names));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== 'candidate_norm' && key !== 'interviewer_norm')
        .map(([key, each]) => [replaced(key, names) as string, replaced(each, names)]),
    );
  }
  return value;
}
