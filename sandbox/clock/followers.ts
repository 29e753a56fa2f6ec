import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { SandboxClock } from './sandbox-clock.ts';

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const FROM_FOLLOWER = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ran'),
    step: z.number().int(),
    nextDue: moment.nullish(),
    ran: z.array(z.object({ job: z.string(), at: z.string() })).optional(),
    open: z.array(z.unknown()).optional(),
  }),
  z.object({ type: z.literal('due'), nextDue: moment.nullish() }),
]);

/** What one follower did in one step. */
export interface StepReport {
  readonly ran: { job: string; at: string }[];
  readonly open: string[];
}

interface Follower {
  readonly name: string;
  readonly socket: WebSocket;
  nextDue: Date | undefined;
  waiting: { step: number; done(report: StepReport): void } | undefined;
}

/** Everything that was asked of the followers in one step, taken together. */
export interface StepResult extends StepReport {
  /** Followers that answered in time. */
  readonly answered: number;
}

/**
 * Applications that follow the clock over `ws://…/clock`. Each is told the time when it connects and whenever it
 * changes, is asked to run what is due or to settle, and says when it next has something due.
 */
export class Followers {
  readonly #clock: SandboxClock;
  readonly #all = new Set<Follower>();
  #count = 0;
  #step = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#all.size;
  }

  attach(socket: WebSocket): void {
    this.#count += 1;
    const follower: Follower = { name: `follower ${this.#count}`, socket, nextDue: undefined, waiting: undefined };
    this.#all.add(follower);
    socket.on('message', (raw) => this.#hear(follower, String(raw)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#all.delete(follower);
      follower.waiting?.done({ ran: [], open: [`${follower.name} disconnected`] });
    });
    socket.send(this.#nowFrame());
  }

  /** Tells everybody what time it is and whether it passes by itself. */
  announce(): void {
    for (const follower of this.#all) follower.socket.send(this.#nowFrame());
  }

  /** The earliest moment any follower has announced. */
  nextDue(): Date | undefined {
    let first: Date | undefined;
    for (const { nextDue } of this.#all) if (nextDue && (!first || nextDue < first)) first = nextDue;
    return first;
  }

  /** Asks everybody to run what is due at the present moment, or to settle; waits for all answers, at most `timeoutMs`. */
  async ask(kind: 'run' | 'settle', timeoutMs: number): Promise<StepResult> {
    this.#step += 1;
    const step = this.#step;
    const frame = JSON.stringify(
      kind === 'run' ? { type: 'run', step, now: this.#clock.now().toISOString() } : { type: 'settle', step },
    );
    const asked = [...this.#all];
    const reports = await Promise.all(asked.map((follower) => this.#askOne(follower, step, frame, timeoutMs)));
    const lost = asked.filter((follower) => !this.#all.has(follower));
    const open = reports.flatMap((report) => report.open);
    // While another follower lives it takes over the work of the one that has gone.
    const kept =
      lost.length > 0 && this.#all.size > 0
        ? open.filter((text) => !lost.some(({ name }) => text.startsWith(`${name} `)))
        : open;
    return { ran: reports.flatMap((report) => report.ran), open: kept, answered: asked.length - lost.length };
  }

  close(): void {
    for (const { socket } of this.#all) socket.close(1001);
  }

  #askOne(follower: Follower, step: number, frame: string, timeoutMs: number): Promise<StepReport> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => finish({ ran: [], open: [`${follower.name} has not answered step ${step} within ${timeoutMs} ms`] }),
        timeoutMs,
      );
      const finish = (report: StepReport): void => {
        clearTimeout(timer);
        follower.waiting = undefined;
        resolve(report);
      };
      follower.waiting = { step, done: finish };
      follower.socket.send(frame);
    });
  }

  #hear(follower: Follower, raw: string): void {
    const parsed = FROM_FOLLOWER.safeParse(parseJson(raw));
    if (!parsed.success) {
      follower.socket.close(1008, 'not a frame of the clock protocol');
      return;
    }
    const frame = parsed.data;
    follower.nextDue = frame.nextDue ?? undefined;
    if (frame.type !== 'ran' || follower.waiting?.step !== frame.step) return;
    const open = (frame.open ?? []).map(
      (item) => `${follower.name}: ${typeof item === 'string' ? item : JSON.stringify(item)}`,
    );
    follower.waiting.done({ ran: frame.ran ?? [], open });
  }

  #nowFrame(): string {
    return JSON.stringify({ type: 'now', now: this.#clock.now().toISOString(), running: this.#clock.running });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
