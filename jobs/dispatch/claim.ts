import type { Lease } from '../../lib/lease.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Office } from '../../recruiting/unit/office.ts';

/** How many items one claim takes: enough to write in bulk, few enough that a kill leaves little behind. */
export const BATCH = 200;

/** Claims what is due in a lane, oldest first, in three operations however many there are. */
export async function claimDue(
  office: Office,
  lease: Lease,
  lane: OutboxItemRecord['lane'],
  limit = BATCH,
): Promise<OutboxItemRecord[]> {
  const { outbox } = office.models;
  const due = await outbox
    .find({ state: 'pending', lane, dueAt: { $lte: office.clock.now() } }, { _id: 1 })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean();
  if (due.length === 0) return [];
  const ids = due.map((item) => item._id);
  const claim = `${lease.owner}/${office.ids.next('claim')}`;
  await outbox.updateMany(
    { _id: { $in: ids }, state: 'pending' },
    { $set: { state: 'claimed', claimedBy: claim, claimedUntil: lease.until() } },
  );
  const claimed = (await outbox.find({ _id: { $in: ids }, claimedBy: claim }).lean()) as OutboxItemRecord[];
  return claimed.sort(
    (a, b) =>
      a.dueAt.getTime() - b.dueAt.getTime() || a.createdAt.getTime() - b.createdAt.getTime() || a.order - b.order,
  );
}

/** The next moment at which something in the outbox is due; null when nothing waits. */
export async function nextOutboxDue(office: Office): Promise<Date | null> {
  let next: Date | null = null;
  for (const lane of ['fast', 'slow'] as const) {
    const first = await office.models.outbox
      .findOne({ state: 'pending', lane }, { dueAt: 1 })
      .sort({ dueAt: 1 })
      .lean();
    if (first && (next === null || first.dueAt < next)) next = first.dueAt;
  }
  return next;
}

/**
 * Claims whose holder is gone. Called at start and from time to time.
 * @returns the items, still marked as claimed by the dead holder
 */
export async function lostClaims(office: Office, lease: Lease, atStart: boolean): Promise<OutboxItemRecord[]> {
  if (lease.sole && !atStart) return [];
  const over = lease.sole ? {} : { claimedUntil: { $lt: lease.wallNow() } };
  const lost = await office.models.outbox
    .find({ state: 'claimed', ...over })
    .limit(1_000)
    .lean();
  // What this process holds itself is never lost, however long a call takes.
  return (lost as OutboxItemRecord[]).filter((item) => !item.claimedBy?.startsWith(`${lease.owner}/`));
}
