import type { InboxItemRecord } from '../../models/inbox-item.model.ts';
import type { InboxModels } from './mark-inbox-item-done.ts';

/** What is needed to put an item into its lane; the content is read when its turn comes. */
export type OpenItem = Pick<
  InboxItemRecord,
  '_id' | 'lane' | 'click' | 'receivedAt' | 'order' | 'owner' | 'leaseUntil' | 'begun' | 'failures'
>;

const OPEN_FIELDS = {
  lane: 1,
  click: 1,
  receivedAt: 1,
  order: 1,
  owner: 1,
  leaseUntil: 1,
  begun: 1,
  failures: 1,
} as const;

/** The inbox's database operations, each one command. */
export class InboxStore {
  readonly #models: InboxModels;

  constructor(models: InboxModels) {
    this.#models = models;
  }

  /** @returns false when an item of this id exists already. */
  async insert(record: InboxItemRecord): Promise<boolean> {
    try {
      // Straight to the driver: the record is built here, typed, and this is the path of every message.
      await this.#models.inboxItems.collection.insertOne(record as never);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async find(id: string): Promise<InboxItemRecord | null> {
    return this.#models.inboxItems.findOne({ _id: id }).lean<InboxItemRecord | null>();
  }

  async openItems(): Promise<OpenItem[]> {
    return this.#models.inboxItems
      .find({ state: 'open' }, OPEN_FIELDS)
      .sort({ receivedAt: 1, order: 1, _id: 1 })
      .lean<OpenItem[]>();
  }

  /** The first open item of the lane that was received before the given one. */
  async predecessor(item: Pick<OpenItem, '_id' | 'lane' | 'receivedAt' | 'order'>): Promise<OpenItem | null> {
    const { lane, receivedAt, order, _id } = item;
    return this.#models.inboxItems
      .findOne(
        {
          state: 'open',
          lane,
          _id: { $ne: _id },
          $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, order: { $lt: order } }],
        },
        OPEN_FIELDS,
      )
      .sort({ receivedAt: 1, order: 1, _id: 1 })
      .lean<OpenItem | null>();
  }

  /** The latest item of the same click since a moment. */
  async latestClick(click: string, since: Date): Promise<InboxItemRecord | null> {
    return this.#models.inboxItems
      .findOne({ kind: 'press', click, receivedAt: { $gte: since } })
      .sort({ receivedAt: -1 })
      .lean<InboxItemRecord | null>();
  }

  /**
   * Takes over an item whose worker is gone. A run that had begun counts as a failure.
   * @returns the item as it is now, null when another process was faster or it is done.
   */
  async claim(item: OpenItem, owner: string, leaseUntil: Date): Promise<InboxItemRecord | null> {
    return this.#models.inboxItems
      .findOneAndUpdate(
        { _id: item._id, state: 'open', owner: item.owner, begun: item.begun, failures: item.failures },
        { $set: { owner, leaseUntil, begun: true }, $inc: { failures: item.begun ? 1 : 0 } },
        { returnDocument: 'after' },
      )
      .lean<InboxItemRecord | null>();
  }

  /** @returns false when the item is not open any more. */
  async noteFailure(id: string, failures: number, lastError: string): Promise<boolean> {
    const result = await this.#models.inboxItems.updateOne(
      { _id: id, state: 'open' },
      { $set: { failures, lastError, begun: true } },
    );
    return result.matchedCount > 0;
  }

  async setAside(id: string, reference: string): Promise<void> {
    await this.#models.inboxItems.updateOne({ _id: id, state: 'open' }, { $set: { state: 'set_aside', reference } });
  }

  async renewLeases(owner: string, leaseUntil: Date): Promise<void> {
    await this.#models.inboxItems.updateMany({ state: 'open', owner }, { $set: { leaseUntil } });
  }

  async countOpen(): Promise<number> {
    return this.#models.inboxItems.countDocuments({ state: 'open' });
  }
}

function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}
