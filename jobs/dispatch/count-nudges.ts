import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import { DELIVERY_RULES } from '../../recruiting/message/delivery-rules.ts';
import type { Office } from '../../recruiting/unit/office.ts';

/** Nudges a person has had: since midnight in Hong Kong, and in the last seven days. */
export interface NudgeCount {
  today: number;
  week: number;
}

const NUDGES = Object.keys(DELIVERY_RULES).filter((template) => DELIVERY_RULES[template]?.sort === 'nudge');

/** Counts the nudges of everybody in a batch who is about to get one; one query for all. */
export async function countNudges(
  office: Office,
  items: readonly OutboxItemRecord[],
  now: Date,
): Promise<Map<string, NudgeCount>> {
  const recipients = new Set(items.filter((item) => NUDGES.includes(item.what)).map((item) => item.recipient));
  const counts = new Map<string, NudgeCount>();
  if (recipients.size === 0) return counts;
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000);
  const midnight = momentAt(hongKongDate(now));
  const sent = await office.models.outbox
    .find(
      { recipient: { $in: [...recipients] }, what: { $in: NUDGES }, state: 'done', doneAt: { $gt: weekAgo } },
      { recipient: 1, doneAt: 1 },
    )
    .lean();
  for (const { recipient, doneAt } of sent) {
    const count = counts.get(recipient) ?? { today: 0, week: 0 };
    count.week += 1;
    if (doneAt && doneAt >= midnight) count.today += 1;
    counts.set(recipient, count);
  }
  return counts;
}
