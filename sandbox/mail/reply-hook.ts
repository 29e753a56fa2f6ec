import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../world.ts';

const ATTEMPTS = 5;

/** Hands replies of candidates (SMS, e-mail) to the address that was set for them, as a gateway's webhook would. */
export class ReplyHooks {
  readonly #world: World;
  readonly #inHand = new Map<number, string>();
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  inHand(): string[] {
    return [...this.#inHand.values()];
  }

  get marks(): number {
    return this.#count;
  }

  /** Posts JSON; tries five times with growing pauses. Without an address nothing happens. */
  post(kind: 'sms' | 'mail', body: Record<string, unknown>): void {
    const { smsInboundUrl, mailInboundUrl } = this.#world.settings.get();
    const url = kind === 'sms' ? smsInboundUrl : mailInboundUrl;
    if (url === '') return;
    this.#count += 1;
    const number = this.#count;
    this.#inHand.set(number, `${kind} reply to ${url}`);
    this.#send(url, body)
      .catch((error: unknown) => this.#world.report(error))
      .finally(() => this.#inHand.delete(number));
  }

  async #send(url: string, body: Record<string, unknown>): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const startedAt = performance.now();
      let status: number | string;
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(5000),
        });
        status = response.status;
      } catch {
        status = 'unreachable';
      }
      this.#world.log.add({
        direction: 'out',
        kind: 'http',
        name: `POST ${url}`,
        status,
        ackMs: Math.round(performance.now() - startedAt),
        body,
      });
      if (typeof status === 'number' && status < 500) return;
      await pause(200 * 2 ** attempt);
    }
  }
}
