import { setTimeout as pause } from 'node:timers/promises';
import type { DueList } from './due-list.ts';
import type { Followers } from './followers.ts';
import type { SandboxClock } from './sandbox-clock.ts';

/** What the wire has in hand: pushes without an answer, calls being worked on. `marks` grows with every new one. */
export interface WireActivity {
  open(): string[];
  marks(): number;
}

/** The move or the settling did not end in time; `open` says what was left. */
export class NotSettled extends Error {
  override readonly name = 'NotSettled';
  readonly open: readonly string[];

  constructor(open: readonly string[]) {
    super(`still open: ${open.join('; ')}`);
    this.open = open;
  }
}

export interface MoveResult {
  readonly now: string;
  /** Due moments that were stopped at, the target included. */
  readonly steps: number;
  readonly ran: { job: string; at: string }[];
}

/** How long everybody may take to come to rest at one moment. */
export const SETTLE_TIMEOUT_MS = 60_000;
/** A follower that is asked just before the end still gets this long for its answer. */
const LEAST_ANSWER_MS = 250;
/** More rounds of new work at one moment than this are a circle. */
const MAX_ROUNDS_AT_ONE_MOMENT = 1000;
const ASK_AGAIN_AFTER_MS = 50;

/** Moves the clock from due moment to due moment, and waits until the application and the wire are at rest. */
export class Mover {
  readonly #clock: SandboxClock;
  readonly #followers: Followers;
  readonly #dues: DueList;
  readonly #wire: WireActivity;
  readonly #onMoved: () => void;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(clock: SandboxClock, followers: Followers, dues: DueList, wire: WireActivity, onMoved: () => void) {
    this.#clock = clock;
    this.#followers = followers;
    this.#dues = dues;
    this.#wire = wire;
    this.#onMoved = onMoved;
  }

  /** Moves to a moment, running everything due on the way. Throws NotSettled; the clock then stands where it got. */
  moveTo(target: Date): Promise<MoveResult> {
    return this.#alone(() => this.#walk(() => target));
  }

  /** Moves on by a length of time. */
  moveBy(ms: number): Promise<MoveResult> {
    return this.#alone(() => {
      const target = new Date(this.#clock.now().getTime() + ms);
      return this.#walk(() => target);
    });
  }

  /** Moves to the next due moment of anybody; stays where it is when nothing is due. */
  moveToNext(): Promise<MoveResult> {
    return this.#alone(() => this.#walk(() => this.#nextDue()));
  }

  /** Waits until nothing is in hand at the present moment. Throws NotSettled. */
  settle(timeoutMs = SETTLE_TIMEOUT_MS): Promise<void> {
    return this.#alone(() => this.#rest('settle', timeoutMs, []));
  }

  /** One move or settling at a time, in the order they were asked for. */
  #alone<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #walk(pickTarget: () => Date | undefined): Promise<MoveResult> {
    this.#clock.freeze();
    const ran: MoveResult['ran'] = [];
    let steps = 0;
    try {
      await this.#rest('run', SETTLE_TIMEOUT_MS, ran);
      const target = pickTarget();
      while (target && this.#clock.now() < target) {
        const next = this.#nextDue();
        this.#clock.moveTo(next && next < target && next > this.#clock.now() ? next : target);
        this.#onMoved();
        steps += 1;
        await this.#rest('run', SETTLE_TIMEOUT_MS, ran);
      }
      return { now: this.#clock.now().toISOString(), steps, ran };
    } finally {
      this.#clock.thaw();
      this.#followers.announce();
      this.#onMoved();
      this.#dues.arm();
    }
  }

  /** Repeats at the present moment until a whole round has passed in which nobody had anything to do. */
  async #rest(kind: 'run' | 'settle', timeoutMs: number, ran: MoveResult['ran']): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    let open: string[] = [];
    for (let round = 0; round < MAX_ROUNDS_AT_ONE_MOMENT; round += 1) {
      if (kind === 'run') this.#dues.runDue();
      await this.#quietWire(deadline);
      const marks = this.#wire.marks();
      const before = this.#followers.size;
      const result = await this.#followers.ask(kind, Math.max(LEAST_ANSWER_MS, deadline - performance.now()));
      ran.push(...result.ran);
      open = result.open;
      if (before > 0 && this.#followers.size === 0)
        throw new NotSettled(open.length > 0 ? open : ['the last follower disconnected']);
      const now = this.#clock.now();
      const due = kind === 'run' ? this.#nextDue() : undefined;
      if (open.length === 0 && this.#wire.open().length === 0 && this.#wire.marks() === marks && !(due && due <= now))
        return;
      if (performance.now() >= deadline)
        throw new NotSettled([
          ...open,
          ...this.#wire.open(),
          ...(due && due <= now ? [`due since ${due.toISOString()}`] : []),
        ]);
      if (open.length > 0) {
        await pause(ASK_AGAIN_AFTER_MS);
        round -= 1;
      }
    }
    throw new NotSettled([
      ...open,
      ...this.#wire.open(),
      `no rest after ${MAX_ROUNDS_AT_ONE_MOMENT} rounds at ${this.#clock.now().toISOString()}`,
    ]);
  }

  async #quietWire(deadline: number): Promise<void> {
    while (this.#wire.open().length > 0) {
      if (performance.now() >= deadline) throw new NotSettled(this.#wire.open());
      await pause(5);
    }
  }

  #nextDue(): Date | undefined {
    const own = this.#dues.next();
    const theirs = this.#followers.nextDue();
    if (!own || !theirs) return own ?? theirs;
    return own < theirs ? own : theirs;
  }
}
