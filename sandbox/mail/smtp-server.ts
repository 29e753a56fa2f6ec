import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Fault } from '../fault/faults.ts';
import type { World } from '../world.ts';
import type { Mail } from './mailbox.ts';

const MAX_BYTES = 25 * 1024 * 1024;

/** An error with the reply code the client is to see. */
function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** The mail server: takes every mail, from anybody, to anybody; nothing leaves the machine. */
export class MailServer {
  readonly #world: World;
  readonly #server: SMTPServer;
  readonly #inHand = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      size: MAX_BYTES,
      banner: 'sandbox',
      onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
      onRcptTo: ({ address }, _session, done) => {
        const isDead = world.settings.get().deadMailboxes.some((dead) => dead.toLowerCase() === address.toLowerCase());
        if (isDead) this.#log([address], 550, 0, { to: [address] });
        done(isDead ? refusal(550, `5.1.1 <${address}>: no such mailbox`) : null);
      },
      onData: (stream, session, done) => {
        this.#take(stream, session).then(
          (reply) => done(null, reply),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    // A client that hangs up in the middle is its own affair.
    this.#server.on('error', (error) => world.report(error, 'debug'));
  }

  /** Listens; gives the port. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.server.once('error', reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  inHand(): string[] {
    return [...this.#inHand];
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const startedAt = performance.now();
    const to = session.envelope.rcptTo.map(({ address }) => address);
    const label = `mail to ${to.join(', ')}`;
    this.#inHand.add(label);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
      if (stream.sizeExceeded) throw refusal(552, 'message exceeds fixed maximum message size');
      const fault = this.#world.faults.take('smtp', 'SMTP');
      if (fault && !fault.afterWork) await this.#strike(fault, session, to, startedAt);
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
      const raw = Buffer.concat(chunks);
      let mail = await this.#keep(raw, from, to);
      if (fault?.duplicate) mail = await this.#keep(raw, from, to);
      this.#world.journal.flush();
      if (fault?.afterWork) await this.#strike(fault, session, to, startedAt);
      this.#log(to, 250, performance.now() - startedAt, { seq: mail.seq, from, to, subject: mail.subject });
      return `OK queued as ${mail.seq}`;
    } finally {
      this.#inHand.delete(label);
    }
  }

  /** Keeps a mail; one for the product's own mailbox is delivered there, with the lines a mail server puts above it. */
  async #keep(raw: Buffer, from: string, to: readonly string[]): Promise<Mail> {
    const { mailbox, replyHooks } = this.#world;
    const own = to.filter((address) => replyHooks.isProducts(address));
    const mail = await mailbox.receive(raw, from, to, own.length > 0 ? 'reply' : 'outgoing');
    for (const address of own) {
      const above = Buffer.from(`Return-Path: <${from}>\r\nDelivered-To: ${address}\r\n`);
      replyHooks.postMail(Buffer.concat([above, raw]), { ...mail, to: [address] });
    }
    return mail;
  }

  /** Delays, then cuts the connection or refuses, as the fault says. */
  async #strike(fault: Fault, session: SMTPServerSession, to: string[], startedAt: number): Promise<void> {
    if (fault.delayMs) await pause(fault.delayMs);
    const status = fault.drop ? 'cut' : fault.status;
    if (status === undefined) return;
    this.#log(to, status, performance.now() - startedAt, { to });
    if (fault.drop) this.#cut(session);
    throw refusal(fault.status ?? 451, typeof fault.body === 'string' ? fault.body : 'try again later');
  }

  #cut(session: SMTPServerSession): void {
    const connections = (this.#server as unknown as { connections: Set<{ id: string; _socket?: { destroy(): void } }> })
      .connections;
    for (const connection of connections) if (connection.id === session.id) connection._socket?.destroy();
  }

  #log(to: string[], status: number | string, ms: number, body: unknown): void {
    this.#world.log.add({ direction: 'in', kind: 'smtp', name: to.join(', '), status, ackMs: Math.round(ms), body });
  }
}
