import { performance } from 'node:perf_hooks';
import type { Connection } from './connection.ts';
import type { Ack } from './frame.ts';

/** A frame that went out and what is to happen when it is answered. */
interface Awaited {
  readonly connection: Connection;
  readonly topic: string;
  readonly label: string;
  readonly sentAt: number;
  readonly limitMs: number;
  answer: ((ack: Ack | undefined) => void) | undefined;
}

/** How long an unanswered push on a living connection counts as being in hand. */
const IN_HAND_MS = 5000;
/** Unanswered pushes are forgotten after this time; a later acknowledgement is one for an unknown frame. */
const FORGET_MS = 120_000;

/** Frames that wait for their acknowledgement. */
export class AckBook {
  readonly #awaited = new Map<string, Awaited>();

  expect(messageId: string, frame: Omit<Awaited, 'sentAt'>): void {
    this.#awaited.set(messageId, { ...frame, sentAt: performance.now() });
    setTimeout(() => this.#awaited.delete(messageId), FORGET_MS).unref();
  }

  /** What an acknowledgement belongs to, with the time it took and what was wrong with it. */
  find(messageId: string): { topic: string; ackMs: number; violation?: string } | undefined {
    const awaited = this.#awaited.get(messageId);
    if (!awaited) return undefined;
    const { topic, limitMs } = awaited;
    const tookMs = performance.now() - awaited.sentAt;
    const ackMs = Math.round(tookMs);
    if (tookMs <= limitMs) return { topic, ackMs };
    return { topic, ackMs, violation: `acknowledged after ${ackMs} ms, the limit is ${limitMs} ms` };
  }

  /** Hands the acknowledgement to whoever pushed the frame; only the first one counts. */
  answer(messageId: string, ack: Ack | undefined): void {
    const awaited = this.#awaited.get(messageId);
    const answer = awaited?.answer;
    if (!awaited || !answer) return;
    awaited.answer = undefined;
    answer(ack);
  }

  /** Nothing will come any more over this connection. */
  drop(connection: Connection): void {
    for (const [messageId, awaited] of this.#awaited) {
      if (awaited.connection === connection) this.answer(messageId, undefined);
    }
  }

  /** Pushes that are still waited for on a living connection. */
  inHand(): string[] {
    const now = performance.now();
    return [...this.#awaited.values()]
      .filter(({ answer, connection, sentAt }) => answer && connection.isAlive && now - sentAt < IN_HAND_MS)
      .map(({ topic, label }) => `frame ${topic} ${label}`);
  }
}
