import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../world.ts';
import type { Mail } from './mailbox.ts';

const ATTEMPTS = 5;

/** A reply on its way to the product. */
interface Posting {
  kind: 'sms' | 'mail';
  contentType: 'application/json' | 'message/rfc822';
  body: string | Uint8Array<ArrayBuffer>;
  /** What the record shows of it. */
  shown: Record<string, unknown>;
}

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

  /** Posts a text message as JSON. */
  postSms(sms: { id: string; from: string; to: string; text: string; at: string }): void {
    this.#post({ kind: 'sms', contentType: 'application/json', body: JSON.stringify(sms), shown: { ...sms } });
  }

  /** Posts a mail as it is, `message/rfc822`. */
  postMail(source: Uint8Array, { seq, from, to, subject }: Pick<Mail, 'seq' | 'from' | 'to' | 'subject'>): void {
    const shown = { seq, from, to, subject };
    this.#post({ kind: 'mail', contentType: 'message/rfc822', body: new Uint8Array(source), shown });
  }

  /** Whether an address is the product's mailbox or one of its plus-addresses. */
  isProducts(address: string): boolean {
    const own = this.#world.settings.get().mailInboundAddress.toLowerCase();
    const at = own.lastIndexOf('@');
    const given = address.toLowerCase();
    if (at < 1) return false;
    return given === own || (given.startsWith(`${own.slice(0, at)}+`) && given.endsWith(own.slice(at)));
  }

  /** Tries five times with growing pauses. Without an address nothing happens. */
  #post(posting: Posting): void {
    if (this.#target(posting.kind).url === '') return;
    this.#count += 1;
    const number = this.#count;
    this.#inHand.set(number, `${posting.kind} reply to ${this.#target(posting.kind).url}`);
    this.#send(posting)
      .catch((error: unknown) => this.#world.report(error))
      .finally(() => this.#inHand.delete(number));
  }

  /** As it is set now: the product may have come back under another address and with another secret. */
  #target(kind: Posting['kind']): { url: string; secret: string } {
    const settings = this.#world.settings.get();
    return kind === 'sms'
      ? { url: settings.smsInboundUrl, secret: settings.smsInboundSecret }
      : { url: settings.mailInboundUrl, secret: settings.mailInboundSecret };
  }

  async #send({ kind, contentType, body, shown }: Posting): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { url, secret } = this.#target(kind);
      const startedAt = performance.now();
      let status: number | string;
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': contentType, ...(secret === '' ? {} : { 'x-inbound-secret': secret }) },
          body,
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
        body: shown,
      });
      // A product that has just come back enters its new secret a moment later.
      if (typeof status === 'number' && status < 500 && status !== 401) return;
      await pause(200 * 2 ** attempt);
    }
  }
}
