import type { ClientSession } from 'mongoose';
import { redactHkids } from '../../hongkong/hkid.ts';
import type { Clock } from '../../lib/clock.ts';
import { describeError } from '../../lib/errors.ts';
import { pause, type Timers } from '../../lib/timers.ts';
import type { CardFace, InboxEvent } from '../channel.ts';
import type { Log } from '../log.ts';
import { faceOfAnswer, referenceOf } from './inbox-item.ts';
import type { InboxStore } from './inbox-store.ts';
import { InboxItemAlreadyDone, type InboxModels, markInboxItemDone } from './mark-inbox-item-done.ts';

/** The item an event belongs to, as its handler sees it. */
export interface InboxItem {
  id: string;
  /** 1 for the first run. */
  attempt: number;
  receivedAt: Date;
  /**
   * Writes "done" inside the handler's own transaction: effect and mark become true together. A handler that returns
   * without it is marked done afterwards, at the price of one more write and of a second run after a crash in between.
   * @param answer the card's new face, repeated when the press is delivered again.
   * @throws InboxItemAlreadyDone when another process has done it: let the transaction fail.
   */
  markDone(session: ClientSession, answer?: CardFace): Promise<void>;
}

/** What an event does. @returns for a press the card's new face. */
export type Work = (event: InboxEvent, item: InboxItem) => Promise<CardFace | undefined>;

/** An item that failed three times. */
export interface SetAsideItem {
  id: string;
  event: InboxEvent;
  receivedAt: Date;
}
export type SetAside = (item: SetAsideItem, reference: string) => Promise<void>;

/** One item to be worked off, with the number of runs that are known to have failed. */
export interface ItemToWork extends SetAsideItem {
  failures: number;
}

export interface WorkOffParts {
  models: InboxModels;
  store: InboxStore;
  clock: Clock;
  timers: Timers;
  log: Log;
  work: Work;
  onSetAside: SetAside;
  retryAfterMs?: (failures: number) => number;
  isStopped(): boolean;
}

/** After so many failed runs an item is set aside. */
const MOST_FAILURES = 3;
/** Tries to write "done" for a handler that did not do it itself. */
const MARK_TRIES = 3;

/** 250 ms, then 1 s: the lane waits meanwhile, and so does the person. */
export function inboxRetryAfterMs(failures: number): number {
  return failures <= 1 ? 250 : 1_000;
}

/** Runs one item until it is done or set aside. */
export class WorkOff {
  readonly #parts: WorkOffParts;

  constructor(parts: WorkOffParts) {
    this.#parts = parts;
  }

  /** @returns the card's new face, `undefined` when there is none or the item stays open because of a stop. */
  async run(item: ItemToWork): Promise<CardFace | undefined> {
    const { store, log, timers, retryAfterMs = inboxRetryAfterMs } = this.#parts;
    let { failures } = item;
    while (!this.#parts.isStopped()) {
      if (failures >= MOST_FAILURES) return this.#setAside(item);
      try {
        return await this.#attempt(item, failures + 1);
      } catch (error) {
        if (error instanceof InboxItemAlreadyDone) return faceOfAnswer((await store.find(item.id))?.answer ?? null);
        failures += 1;
        const reason = redactHkids(describeError(error)).slice(0, 300);
        log.warn({ item: item.id, failures, error: reason }, 'inbox: an item failed');
        const isOpen = await store.noteFailure(item.id, failures, reason).catch(() => true);
        // Committed after all: only the answer to the commit was lost.
        if (!isOpen) return faceOfAnswer((await store.find(item.id))?.answer ?? null);
        if (failures < MOST_FAILURES) await pause(timers, retryAfterMs(failures));
      }
    }
    return undefined;
  }

  async #attempt(item: ItemToWork, attempt: number): Promise<CardFace | undefined> {
    const { models, clock, work } = this.#parts;
    let markedIn: ClientSession | undefined;
    const face = await work(item.event, {
      id: item.id,
      attempt,
      receivedAt: item.receivedAt,
      markDone: async (session, answer) => {
        await markInboxItemDone(models, session, { itemId: item.id, doneAt: clock.now(), answer });
        markedIn = session;
      },
    });
    if (!markedIn || !hasCommitted(markedIn)) await this.#markAfterwards(item, face);
    return face;
  }

  async #markAfterwards(item: ItemToWork, answer: CardFace | undefined): Promise<void> {
    const { models, clock, timers, log } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await markInboxItemDone(models, undefined, { itemId: item.id, doneAt: clock.now(), answer });
        return;
      } catch (error) {
        if (error instanceof InboxItemAlreadyDone) return;
        // Not a failure of the work: running it again would double its effect.
        if (attempt === MARK_TRIES) {
          log.error(
            { item: item.id, error: describeError(error) },
            'inbox: an item was worked off but not marked done',
          );
          return;
        }
        await pause(timers, inboxRetryAfterMs(attempt));
      }
    }
  }

  async #setAside(item: ItemToWork): Promise<undefined> {
    const { store, log, onSetAside } = this.#parts;
    const reference = referenceOf(item.id);
    log.error({ item: item.id, reference }, 'inbox: an item failed three times and was set aside');
    try {
      // Before the mark: after a crash in between the apology is asked for again, with the same reference.
      await onSetAside({ id: item.id, event: item.event, receivedAt: item.receivedAt }, reference);
    } catch (error) {
      log.error({ item: item.id, reference, error: describeError(error) }, 'inbox: the apology could not be made');
    }
    await store.setAside(item.id, reference);
    return undefined;
  }
}

/**
 * Whether the session's last transaction was committed. The driver keeps this on its `transaction` property, which its
 * types leave out; should it ever go, the answer is false and costs one more write.
 */
function hasCommitted(session: ClientSession): boolean {
  const { transaction } = session as unknown as { transaction?: { isCommitted?: boolean } };
  return transaction?.isCommitted === true;
}
