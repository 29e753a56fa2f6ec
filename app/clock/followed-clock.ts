import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { describeError } from '../../lib/errors.ts';
import type { Timers } from '../../lib/timers.ts';
import type { Log } from '../../recruiting/unit/office.ts';

/** What the app says after it has done everything that was due at a moment. */
export interface StepReport {
  nextDue: Date | null;
  ran: { job: string; at: string }[];
  /** What is still in hand; empty when everything is settled. */
  open: string[];
}

const frameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('now'), now: z.iso.datetime({ offset: true }), running: z.boolean() }),
  z.object({ type: z.literal('run'), step: z.number(), now: z.iso.datetime({ offset: true }) }),
  z.object({ type: z.literal('settle'), step: z.number() }),
]);

/**
 * Follows the clock of a sandbox over a WebSocket (docs/sandbox.md: clock). The sandbox says what time it is; at each
 * step the app does everything due and reports its next due moment. When the line is cut the last known time goes on.
 */
export class FollowedClock implements Clock {
  readonly #url: string;
  readonly #timers: Timers;
  readonly #log: Log;
  #base: number | undefined;
  #since = 0;
  #running = false;
  #socket: WebSocket | undefined;
  #stopped = false;
  #onStep: (() => Promise<StepReport>) | undefined;
  #queue: Promise<void> = Promise.resolve();
  #onMoved: () => void = () => undefined;

  /** @param url address of the sandbox; http is read as ws, the path is always /clock */
  constructor(url: string, timers: Timers, log: Log) {
    const address = new URL(url);
    address.protocol = address.protocol.replace('http', 'ws');
    address.pathname = '/clock';
    this.#url = address.href;
    this.#timers = timers;
    this.#log = log;
  }

  now(): Date {
    if (this.#base === undefined) throw new Error('the followed clock has not been connected');
    return new Date(this.#base + (this.#running ? this.#timers.elapsed() - this.#since : 0));
  }

  /** Connects and waits for the first time. */
  async connect(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#open(resolve, reject);
    });
  }

  /** From now on steps are answered with what `onStep` did; `onMoved` hears of every change of time. */
  follow(onStep: () => Promise<StepReport>, onMoved: () => void): void {
    this.#onStep = onStep;
    this.#onMoved = onMoved;
  }

  /** Tells the sandbox that the next due moment has changed. */
  announceDue(nextDue: Date | null): void {
    this.#send({ type: 'due', nextDue: nextDue?.toISOString() ?? null });
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.close();
  }

  #open(onFirst?: () => void, onFail?: (error: Error) => void): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.on('message', (data) => {
      const frame = frameSchema.safeParse(parseJson(String(data)));
      if (!frame.success) {
        this.#log.warn({ fault: frame.error.message }, 'unreadable frame from the clock');
        return;
      }
      this.#take(frame.data);
      onFirst?.();
    });
    socket.on('error', (error) => onFail?.(error));
    socket.on('close', () => {
      onFail?.(new Error(`the clock at ${this.#url} closed the line`));
      if (this.#stopped || this.#base === undefined) return;
      this.#timers.after(500, () => {
        if (!this.#stopped) this.#open();
      });
    });
  }

  #take(frame: z.infer<typeof frameSchema>): void {
    if (frame.type === 'now') {
      this.#running = frame.running;
      this.#set(frame.now);
      this.#onMoved();
      return;
    }
    if (frame.type === 'run') this.#set(frame.now);
    const { step } = frame;
    this.#queue = this.#queue.then(() => this.#answer(step));
  }

  async #answer(step: number): Promise<void> {
    let report: StepReport = { nextDue: null, ran: [], open: ['starting'] };
    try {
      if (this.#onStep) report = await this.#onStep();
    } catch (error) {
      this.#log.error({ fault: describeError(error) }, 'a step of the clock failed');
      report = { nextDue: null, ran: [], open: [describeError(error)] };
    }
    this.#send({ type: 'ran', step, ...report, nextDue: report.nextDue?.toISOString() ?? null });
  }

  /** Time never goes back, also not by a late frame. */
  #set(now: string): void {
    const moment = Date.parse(now);
    this.#base = this.#base === undefined ? moment : Math.max(moment, this.now().getTime());
    this.#since = this.#timers.elapsed();
  }

  #send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
