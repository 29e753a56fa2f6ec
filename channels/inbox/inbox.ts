import type { Clock } from '../../lib/clock.ts';
import { describeError } from '../../lib/errors.ts';
import type { Ids } from '../../lib/ids.ts';
import { pause, type Timer, type Timers } from '../../lib/timers.ts';
import type { InboxItemRecord } from '../../models/inbox-item.model.ts';
import type { CardFace, InboundPress, InboundSink, InboxEvent } from '../channel.ts';
import type { Log } from '../log.ts';
import { type Held, HeldItems, type Stored } from './held-items.ts';
import { clickOf, eventOfPayload, faceOfAnswer, laneOf, withoutHkids } from './inbox-item.ts';
import { InboxStore, type OpenItem } from './inbox-store.ts';
import { Lanes } from './lanes.ts';
import type { InboxModels } from './mark-inbox-item-done.ts';
import { type SetAside, type Work, WorkOff } from './work-off.ts';

export interface InboxOptions {
  models: InboxModels;
  clock: Clock;
  ids: Ids;
  timers: Timers;
  log: Log;
  /** What an event does. Called once per event, again only after it failed or its process died. */
  work: Work;
  /** Apologises for an item that failed three times; may be called twice for the same item (same reference) after a crash. */
  onSetAside: SetAside;
  /** Told of every delivery once it is stored; `isNew` is false for one that is known. For counting. */
  onReceived?: (event: InboxEvent, isNew: boolean) => void;
  /** Names this process in the database, for people. */
  owner: string;
  /**
   * True when other processes may work on the same database: items then carry leases, and before an item starts the
   * inbox looks whether an earlier one of its lane is still open elsewhere. False saves that look.
   */
  shared: boolean;
  /** A press whose new face was not ready in time: the card must be changed by a call of its own. */
  onLateAnswer?: (press: InboundPress, face: CardFace) => void;
  /** How long a press may wait for its card's new face, from its receipt; default 1,600 ms (the platform allows 2 s). */
  answerBudgetMs?: number;
  /** How long a process may be silent until others take over its items; default 30 s. */
  leaseMs?: number;
  /** How long to wait before the next run of an item that failed so many times. */
  retryAfterMs?: (failures: number) => number;
}

export interface Inbox extends InboundSink {
  receive(event: InboxEvent): Promise<CardFace | undefined>;
  /** Takes up what a crash left behind, then serves. Call it before the receivers start. */
  start(): Promise<void>;
  /** Takes nothing more in; what runs comes to its end, what waits stays for the next start. */
  stop(): Promise<void>;
  /** Looks for items that nobody works on. */
  wake(): Promise<void>;
  /** Resolves when nothing is being worked on or waits in this process. */
  idle(): Promise<void>;
  /** Items in the database that are not finished. */
  pending(): Promise<number>;
}

/** A click brought again is recognised for this long; DingTalk delivers again after about a minute. */
const CLICK_MEMORY_MS = 600_000;
const MESSAGE_LANES_AT_ONCE = 32;
const PRESS_LANES_AT_ONCE = 64;
/** How often to look whether another process has finished what stands before us. */
const LOOK_AGAIN_MS = 100;

/** Stores what comes in before it is acknowledged and works it off in order, each item with at most one effect. */
export function createInbox(options: InboxOptions): Inbox {
  return new DatabaseInbox(options);
}

class DatabaseInbox implements Inbox {
  readonly #options: InboxOptions;
  readonly #store: InboxStore;
  readonly #workOff: WorkOff;
  readonly #owner: string;
  readonly #leaseMs: number;
  readonly #messages = new Lanes(MESSAGE_LANES_AT_ONCE);
  readonly #presses = new Lanes(PRESS_LANES_AT_ONCE);
  readonly #held = new HeldItems();
  /** Items left behind run one at a time: if one of them kills the process, only that one is counted as begun. */
  #leftover: Promise<void> = Promise.resolve();
  #scan: Promise<void> | undefined;
  #order = 0;
  #rounds: Timer | undefined;
  #stopped = false;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#owner = `${options.owner}/${options.ids.next('run')}`;
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#store = new InboxStore(options.models);
    this.#workOff = new WorkOff({ ...options, store: this.#store, isStopped: () => this.#stopped });
  }

  async start(): Promise<void> {
    await this.wake();
    if (this.#options.shared) this.#goRounds();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return this.idle();
    this.#stopped = true;
    this.#rounds?.cancel();
    await this.idle();
    // Others need not wait for the lease to run out.
    if (this.#options.shared) await this.#store.renewLeases(this.#owner, new Date(0));
  }

  async idle(): Promise<void> {
    do {
      await this.#scan;
      await this.#held.finished();
      await Promise.all([this.#messages.idle(), this.#presses.idle()]);
    } while (this.#scan || this.#held.size > 0);
  }

  pending(): Promise<number> {
    return this.#store.countOpen();
  }

  wake(): Promise<void> {
    this.#scan ??= this.#findLeftovers().finally(() => {
      this.#scan = undefined;
    });
    return this.#scan;
  }

  async receive(incoming: InboxEvent): Promise<CardFace | undefined> {
    if (this.#stopped) throw new Error('the inbox has been stopped');
    const deadline = this.#options.timers.elapsed() + (this.#options.answerBudgetMs ?? 1_600);
    const event = withoutHkids(incoming);
    const click = clickOf(event);
    const known = this.#held.find(event.eventId, click);
    const held = known ?? this.#takeIn(event, click);
    const stored = await held.stored;
    this.#options.onReceived?.(event, !known && stored.is === 'new');
    if (event.kind !== 'press') {
      // Known, but perhaps nobody works on it: its first delivery may have failed after it was stored.
      if (stored.is === 'known') await this.wake();
      return undefined;
    }
    if (stored.is === 'known') return this.#recordedFace(stored.itemId, deadline);
    // One late answer per press, however often it was delivered meanwhile.
    const onLate = known ? undefined : (face: CardFace): void => this.#options.onLateAnswer?.(event, face);
    return this.#before(deadline, held.finished, onLate);
  }

  /** Gives the event its place in the lane at once and stores it; work starts as soon as it is stored. */
  #takeIn(event: InboxEvent, click: string | null): Held {
    const lanes = this.#lanesOf(event.kind);
    const lane = laneOf(event);
    const now = this.#options.clock.now();
    const record: InboxItemRecord = {
      _id: event.eventId,
      lane,
      kind: event.kind,
      state: 'open',
      receivedAt: now,
      order: ++this.#order,
      payload: JSON.stringify(event),
      click,
      owner: this.#owner,
      leaseUntil: this.#leaseFrom(now),
      // Behind others its work has surely not begun; a crash then does not count as its failure.
      begun: lanes.isFree(lane),
      failures: 0,
      lastError: null,
      answer: null,
      doneAt: null,
      reference: null,
    };
    const held = this.#held.hold(record._id, click, this.#storeOnce(record));
    lanes.add(lane, () =>
      this.#inTurn(held, async () => {
        const stored = await held.stored;
        if (stored.is === 'known') return undefined;
        await this.#letEarlierGo(record);
        return this.#workOff.run({ id: record._id, event, receivedAt: now, failures: 0 });
      }),
    );
    return held;
  }

  async #storeOnce(record: InboxItemRecord): Promise<Stored> {
    if (record.click !== null) {
      const since = new Date(record.receivedAt.getTime() - CLICK_MEMORY_MS);
      const earlier = await this.#store.latestClick(record.click, since);
      // Unfinished, or finished only after trouble: nobody saw an answer, so this is the same click once more.
      if (earlier && (earlier.state === 'open' || (earlier.state === 'done' && earlier.failures > 0))) {
        return { is: 'known', itemId: earlier._id };
      }
    }
    const isNew = await this.#store.insert(record);
    return isNew ? { is: 'new' } : { is: 'known', itemId: record._id };
  }

  /** Runs a held item's work in its lane and lets it go, whatever happens. */
  async #inTurn(held: Held, work: () => Promise<CardFace | undefined>): Promise<void> {
    let face: CardFace | undefined;
    try {
      face = await work();
    } catch (error) {
      this.#options.log.error({ item: held.id, error: describeError(error) }, 'inbox: an item stays open');
    } finally {
      this.#held.letGo(held, face);
    }
  }

  async #findLeftovers(): Promise<void> {
    const items = await this.#store.openItems();
    for (const item of items) {
      this.#order = Math.max(this.#order, item.order);
      if (this.#stopped || this.#held.get(item._id) || !this.#isForsaken(item)) continue;
      const held = this.#held.hold(item._id, item.click, Promise.resolve({ is: 'new' }));
      const kind = item.click === null ? 'message' : 'press';
      this.#lanesOf(kind).add(item.lane, () =>
        this.#inTurn(held, async () => {
          await this.#letEarlierGo(item);
          return this.#takeOver(item);
        }),
      );
    }
  }

  /** Without other processes an open item that this one does not hold is from before a crash. */
  #isForsaken(item: OpenItem): boolean {
    if (!this.#options.shared || item.owner === this.#owner) return true;
    return item.leaseUntil <= this.#options.clock.now();
  }

  #takeOver(item: OpenItem): Promise<CardFace | undefined> {
    const run = this.#leftover.then(async () => {
      if (this.#stopped) return undefined;
      const claimed = await this.#store.claim(item, this.#owner, this.#leaseFrom(this.#options.clock.now()));
      if (!claimed) return undefined;
      const event = eventOfPayload(claimed.payload);
      return this.#workOff.run({ id: claimed._id, event, receivedAt: claimed.receivedAt, failures: claimed.failures });
    });
    this.#leftover = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }

  /** Waits for earlier items of the lane that other processes hold, and does the work of processes that are gone. */
  async #letEarlierGo(item: Pick<OpenItem, '_id' | 'lane' | 'receivedAt' | 'order'>): Promise<void> {
    if (!this.#options.shared) return;
    while (!this.#stopped) {
      const earlier = await this.#store.predecessor(item);
      if (!earlier) return;
      if (this.#isForsaken(earlier)) await this.#takeOver(earlier);
      else await pause(this.#options.timers, LOOK_AGAIN_MS);
    }
  }

  /** What a press was answered with when it came first; waits for it within the budget. */
  async #recordedFace(itemId: string, deadline: number): Promise<CardFace | undefined> {
    for (;;) {
      const held = this.#held.get(itemId);
      // The delivery that asks is itself held while its place in the lane comes up.
      if (held && (await held.stored).is === 'new') return this.#before(deadline, held.finished);
      const record = await this.#store.find(itemId);
      if (record?.state !== 'open') return faceOfAnswer(record?.answer ?? null);
      if (this.#options.timers.elapsed() >= deadline) return undefined;
      if (!this.#options.shared) await this.wake();
      await pause(this.#options.timers, LOOK_AGAIN_MS);
    }
  }

  #before(
    deadline: number,
    finished: Promise<CardFace | undefined>,
    onLate?: (face: CardFace) => void,
  ): Promise<CardFace | undefined> {
    const { timers } = this.#options;
    return new Promise((resolve) => {
      let isLate = false;
      const timer = timers.after(Math.max(0, deadline - timers.elapsed()), () => {
        isLate = true;
        resolve(undefined);
      });
      void finished.then((face) => {
        timer.cancel();
        resolve(face);
        if (isLate && face) onLate?.(face);
      });
    });
  }

  #goRounds(): void {
    this.#rounds = this.#options.timers.after(this.#leaseMs / 3, () => {
      void this.#makeRound().finally(() => {
        if (!this.#stopped) this.#goRounds();
      });
    });
  }

  async #makeRound(): Promise<void> {
    try {
      if (this.#held.size > 0) {
        await this.#store.renewLeases(this.#owner, this.#leaseFrom(this.#options.clock.now()));
      }
      await this.wake();
    } catch (error) {
      this.#options.log.warn({ error: describeError(error) }, 'inbox: leases could not be renewed');
    }
  }

  #leaseFrom(now: Date): Date {
    return new Date(now.getTime() + this.#leaseMs);
  }

  #lanesOf(kind: InboxEvent['kind']): Lanes {
    return kind === 'press' ? this.#presses : this.#messages;
  }
}
