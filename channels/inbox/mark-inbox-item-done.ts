import type { ClientSession, Model } from 'mongoose';
import type { InboxItemRecord } from '../../models/inbox-item.model.ts';
import type { CardFace } from '../channel.ts';

/** The collection the inbox lives in. */
export interface InboxModels {
  readonly inboxItems: Model<InboxItemRecord>;
}

/** Somebody else has finished the item: whoever gets this must change nothing (its transaction is to be aborted). */
export class InboxItemAlreadyDone extends Error {
  override readonly name = 'InboxItemAlreadyDone';
}

/**
 * Writes "this inbox item is done" inside the handler's transaction, so that the effect and the mark are true together.
 * The content is dropped: from now on only the id is kept, to know a redelivery.
 * @param answer the card's new face, repeated when the press is delivered again.
 * @throws InboxItemAlreadyDone when it was done before; the transaction must then end without effect.
 */
export async function markInboxItemDone(
  models: InboxModels,
  session: ClientSession | undefined,
  mark: { itemId: string; doneAt: Date; answer?: CardFace | undefined },
): Promise<void> {
  const result = await models.inboxItems.updateOne(
    { _id: mark.itemId, state: 'open' },
    {
      $set: {
        state: 'done',
        doneAt: mark.doneAt,
        payload: '',
        answer: mark.answer ? JSON.stringify(mark.answer) : null,
      },
    },
    session ? { session } : {},
  );
  if (result.matchedCount === 0) throw new InboxItemAlreadyDone(mark.itemId);
}

/** Forgets items that were done before a moment. For the housekeeping job; 30 days are plenty, redelivery takes minutes. */
export async function forgetInboxItems(models: InboxModels, before: Date): Promise<number> {
  const result = await models.inboxItems.deleteMany({ state: 'done', doneAt: { $lt: before } });
  return result.deletedCount;
}
