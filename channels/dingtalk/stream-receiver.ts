import { randomInt } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { ConfigurationError, describeError } from '../../lib/errors.ts';
import { pause, type Timer, type Timers } from '../../lib/timers.ts';
import type { InboundSink, Receiver } from '../channel.ts';
import type { Log } from '../log.ts';
import { streamBackoffMs } from './stream-backoff.ts';
import { type LossReason, StreamClient, type StreamFrame } from './stream-client.ts';
import { CARD_TOPIC, GatewayError, ROBOT_TOPIC } from './stream-gateway.ts';
import { type CallbackTaker, createCallbackTaker } from './take-callbacks.ts';

/** A stretch in which nothing could be heard. What was said in it may be lost; cards stay pressable. */
export interface StreamGap {
  from: Date;
  to: Date;
}

export interface StreamReceiverOptions {
  clientId: string;
  clientSecret: string;
  /** Address of DingTalk's API; default https://api.dingtalk.com. */
  apiBase?: string;
  clock: Clock;
  timers: Timers;
  log: Log;
  /** Told once the stream is back after a gap. */
  onGap?: (gap: StreamGap) => void | Promise<void>;
  /** How often we ping; default 10 s. */
  pingEveryMs?: number;
  /** No sign of life for so long = dead; default 35 s, so that with the ping's rhythm it is noticed within 45 s. */
  silentAfterMs?: number;
  /** A shorter loss is not reported as a gap; default 10 s. */
  gapAfterMs?: number;
  /** Limit for the gateway's answer and for the handshake; default 10 s each. */
  connectTimeoutMs?: number;
  /** How long `start` waits for an unreachable platform before it goes on in the background; default 30 s. */
  startWithinMs?: number;
  /** From 0 up to 1, spreads reconnects. */
  chance?: () => number;
  fetch?: typeof fetch;
}

/** A connection that held so long was a good one: the next attempt starts without back-off. */
const STEADY_AFTER_MS = 30_000;
/** Wrong credentials after a good start: an administrator must act, asking often helps nobody. */
const REFUSED_RETRY_MS = 60_000;
/** How long `stop` waits for messages that are being stored. */
const STOP_WITHIN_MS = 3_000;

/** Hears robot messages and card presses over DingTalk's stream. */
export function createStreamReceiver(options: StreamReceiverOptions): Receiver {
  return new StreamReceiver(options);
}

class StreamReceiver implements Receiver {
  readonly #options: StreamReceiverOptions;
  readonly #client: StreamClient;
  readonly #underWay = new Set<Promise<void>>();
  #taker: CallbackTaker | undefined;
  #retry: Timer | undefined;
  #stopped = false;
  #attempting = false;
  #failures = 0;
  #openedAt = 0;
  /** When the present silence began; calendar moment and wire time. */
  #deaf: { from: Date; sinceMs: number; reason: string } | undefined;
  #whenOpen: (() => void) | undefined;

  constructor(options: StreamReceiverOptions) {
    this.#options = options;
    this.#client = new StreamClient({
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      apiBase: options.apiBase ?? 'https://api.dingtalk.com',
      subscriptions: [
        { type: 'CALLBACK', topic: ROBOT_TOPIC },
        { type: 'CALLBACK', topic: CARD_TOPIC },
      ],
      timers: options.timers,
      log: options.log,
      fetch: options.fetch ?? fetch,
      pingEveryMs: options.pingEveryMs ?? 10_000,
      silentAfterMs: options.silentAfterMs ?? 35_000,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      onFrame: (frame) => this.#take(frame),
      onLost: (reason, silentForMs) => this.#lost(reason, silentForMs),
    });
  }

  /**
   * Resolves when the stream is open. When the platform cannot be reached it resolves after `startWithinMs` and goes on
   * trying; `health` says so.
   * @throws ConfigurationError when the platform refuses the credentials.
   */
  async start(sink: InboundSink): Promise<void> {
    const { log, timers, clock } = this.#options;
    this.#taker = createCallbackTaker({ sink, log });
    this.#deaf = { from: clock.now(), sinceMs: timers.elapsed(), reason: 'not connected yet' };
    const opened = new Promise<void>((resolve) => {
      this.#whenOpen = resolve;
    });
    try {
      await this.#client.connect();
      this.#open();
    } catch (error) {
      if (error instanceof GatewayError && error.refused) {
        this.#stopped = true;
        this.#client.disconnect();
        throw new ConfigurationError(
          `DingTalk refuses the stream connection (${error.message}). Check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET, that the application is published, that its robot receives messages in stream mode and that this machine's address is allowed.`,
          ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'],
        );
      }
      this.#failed(error);
      await Promise.race([opened, pause(timers, this.#options.startWithinMs ?? 30_000)]);
      if (this.#deaf) log.error({ reason: this.#deaf.reason }, 'stream: started without a connection, still trying');
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retry?.cancel();
    // What is being stored may still be acknowledged; otherwise it would come again after the restart.
    await Promise.race([Promise.allSettled([...this.#underWay]), pause(this.#options.timers, STOP_WITHIN_MS)]);
    this.#client.disconnect();
  }

  health(): { ok: boolean; reason?: string } {
    if (this.#stopped) return { ok: false, reason: 'stopped' };
    return this.#deaf ? { ok: false, reason: `stream: ${this.#deaf.reason}` } : { ok: true };
  }

  #take(frame: StreamFrame): void {
    // No acknowledgement after stop: the platform sends it again to the next process.
    if (this.#stopped || !this.#taker) return;
    const done = this.#takeFrame(frame, this.#taker)
      .catch((error: unknown) => {
        this.#options.log.error(
          { topic: frame.topic, error: describeError(error) },
          'stream: a message could not be stored, not acknowledged',
        );
      })
      .finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async #takeFrame(frame: StreamFrame, taker: CallbackTaker): Promise<void> {
    const receivedAt = frame.sentAtMs === undefined ? this.#options.clock.now() : new Date(frame.sentAtMs);
    if (frame.topic === ROBOT_TOPIC) {
      await taker.takeMessage(frame.data, receivedAt);
      frame.acknowledge(null);
    } else if (frame.topic === CARD_TOPIC) {
      frame.acknowledge(await taker.takePress(frame.data, { deliveryId: frame.messageId, receivedAt }));
    }
  }

  #lost(reason: LossReason, silentForMs: number): void {
    const { clock, timers, log } = this.#options;
    if (reason === 'asked to reconnect') {
      this.#again(timers.elapsed() - this.#openedAt >= STEADY_AFTER_MS ? 0 : this.#backoffMs());
      return;
    }
    // A silent socket was deaf since its last sign of life, a closed one only since now.
    const lostForMs = reason === 'silent' ? silentForMs : 0;
    this.#deaf ??= {
      from: new Date(clock.now().getTime() - lostForMs),
      sinceMs: timers.elapsed() - lostForMs,
      reason: reason === 'silent' ? 'connected, but nothing is heard' : 'connection lost',
    };
    log.warn({ reason, silentForMs: Math.round(silentForMs) }, 'stream: connection lost');
    if (timers.elapsed() - this.#openedAt >= STEADY_AFTER_MS) this.#failures = 0;
    this.#again(this.#backoffMs());
  }

  #backoffMs(): number {
    const chance = this.#options.chance ?? (() => randomInt(1_000_000) / 1_000_000);
    const waitMs = streamBackoffMs(this.#failures, chance());
    this.#failures += 1;
    return waitMs;
  }

  #again(afterMs: number): void {
    if (this.#stopped) return;
    this.#retry?.cancel();
    this.#retry = this.#options.timers.after(afterMs, () => this.#attempt());
  }

  #attempt(): void {
    // An attempt under way decides what comes next, also for a connection that is lost meanwhile.
    if (this.#attempting) return;
    this.#attempting = true;
    this.#client.connect().then(
      () => {
        this.#attempting = false;
        this.#open();
      },
      (error: unknown) => {
        this.#attempting = false;
        this.#failed(error);
      },
    );
  }

  #failed(error: unknown): void {
    if (this.#stopped) return;
    const refused = error instanceof GatewayError && error.refused;
    if (this.#deaf) this.#deaf.reason = describeError(error);
    if (refused) {
      this.#options.log.error({ error: describeError(error) }, 'stream: DingTalk refuses our credentials');
    } else {
      this.#options.log.warn({ error: describeError(error), failures: this.#failures }, 'stream: no connection');
    }
    this.#again(refused ? REFUSED_RETRY_MS : this.#backoffMs());
  }

  #open(): void {
    if (this.#stopped) return;
    const { clock, timers, log, gapAfterMs = 10_000 } = this.#options;
    this.#openedAt = timers.elapsed();
    const deaf = this.#deaf;
    this.#deaf = undefined;
    log.info({}, 'stream: connected');
    const first = this.#whenOpen;
    this.#whenOpen = undefined;
    first?.();
    if (!deaf || first || timers.elapsed() - deaf.sinceMs < gapAfterMs) return;
    void this.#report({ from: deaf.from, to: clock.now() });
  }

  async #report(gap: StreamGap): Promise<void> {
    try {
      await this.#options.onGap?.(gap);
    } catch (error) {
      this.#options.log.error({ error: describeError(error) }, 'stream: the gap could not be reported');
    }
  }
}
