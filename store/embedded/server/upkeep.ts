import { describeError } from '../../../lib/errors.ts';
import type { Timer } from '../../../lib/timers.ts';
import { compileFilter } from '../engine/filter.ts';
import { type Document, isNumber } from '../engine/values.ts';
import { decode } from '../storage/bson-codec.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { RETRY_FROM, RETRY_TO } from '../storage/keys.ts';
import { removeRecord } from '../storage/records.ts';
import { Blocked } from '../storage/view.ts';
import { startQuery } from './query/run.ts';
import type { StoreServer } from './store-server.ts';

/** As MongoDB's TTL monitor. */
const EVERY_MS = 60_000;
/** What is known of a write is kept so long for a client that sends it again. */
const RETRY_LIFETIME_MS = 30 * 60_000;
/** More sessions than these are not remembered: the oldest go first. */
const MAX_RETRY_RECORDS = 10_000;
/** Documents that expire are removed in portions, so that commands get their turn. */
const PORTION = 200;

/** What goes on by itself: expired documents, old retry records, unused sessions and cursors. */
export class Upkeep {
  readonly #server: StoreServer;
  readonly #ttlNow: () => Promise<Date>;
  readonly #log: (line: string) => void;
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(server: StoreServer, ttlNow: () => Promise<Date>, log: (line: string) => void) {
    this.#server = server;
    this.#ttlNow = ttlNow;
    this.#log = log;
    this.#plan();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  #plan(): void {
    if (this.#isStopped) return;
    this.#timer = this.#server.timers.after(EVERY_MS, () => void this.run().finally(() => this.#plan()));
  }

  /** One round. */
  async run(): Promise<void> {
    try {
      this.#server.tidy();
      pruneRetryRecords(this.#server);
      await removeExpired(this.#server, await this.#ttlNow(), () => this.#isStopped);
    } catch (error) {
      this.#log(`store upkeep failed: ${describeError(error)}`);
    }
  }
}

function pruneRetryRecords(server: StoreServer): void {
  const { disk } = server.store;
  const oldest = server.now().getTime() - RETRY_LIFETIME_MS;
  const kept: { key: string; at: number }[] = [];
  for (const [key, value] of disk.entries(RETRY_FROM, RETRY_TO, false, Number.MAX_SAFE_INTEGER)) {
    const at = (decode(value).at as Date).getTime();
    if (at < oldest) disk.set(key, null);
    else kept.push({ key, at });
  }
  if (kept.length <= MAX_RETRY_RECORDS) return;
  kept.sort((a, b) => a.at - b.at);
  for (const { key } of kept.slice(0, kept.length - MAX_RETRY_RECORDS)) disk.set(key, null);
}

/** Removes what the TTL indexes say is over at this moment; returns how many documents that were. */
export async function removeExpired(server: StoreServer, now: Date, isStopped: () => boolean): Promise<number> {
  let removed = 0;
  for (const collection of [...server.store.catalog.all()]) {
    for (const index of collection.indexes) {
      const seconds = index.spec.expireAfterSeconds;
      if (!isNumber(seconds)) continue;
      const limit = new Date(now.getTime() - Number(seconds) * 1000);
      for (;;) {
        if (isStopped()) return removed;
        const count = removePortion(server, collection, index, limit);
        removed += count;
        await server.store.disk.flushed();
        if (count < PORTION) break;
      }
    }
  }
  return removed;
}

function removePortion(server: StoreServer, collection: Collection, index: Index, limit: Date): number {
  const { latest, catalog } = server.store;
  if (catalog.get(collection.namespace) !== collection) return 0;
  const partial = index.spec.partialFilterExpression as Document | undefined;
  const expired = { [index.paths[0] as string]: { $lt: limit } };
  const filter = compileFilter(partial === undefined ? expired : { $and: [expired, partial] });
  const due = [...startQuery(latest, collection, { filter, limit: PORTION, hint: index.name }).results];
  let removed = 0;
  for (const { id, document } of due) {
    try {
      removeRecord(latest, collection, id, document);
      removed += 1;
    } catch (error) {
      // A transaction is at work on it: the next round comes by again.
      if (!(error instanceof Blocked)) throw error;
    }
  }
  return removed;
}
