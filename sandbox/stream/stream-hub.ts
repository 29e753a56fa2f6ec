import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { WebSocket } from 'ws';
import { originOf } from '../http/open-api.ts';
import type { RobotApp } from '../organisation/applications.ts';
import type { World } from '../world.ts';
import { Connection } from './connection.ts';
import { type Ack, type Frame, readAck, type Subscription } from './frame.ts';

interface Ticket {
  readonly clientId: string;
  readonly subscriptions: readonly Subscription[];
  readonly expiresAt: number;
}

/** A frame that went to a connection. */
export interface Push {
  readonly messageId: string;
  readonly connection: Connection;
}

interface Awaited {
  readonly push: Push;
  readonly topic: string;
  readonly label: string;
  readonly sentAt: number;
  readonly limitMs: number;
  readonly frame: Frame;
  answer: ((ack: Ack | undefined) => void) | undefined;
}

/** How long an unanswered push on a living connection counts as being in hand. */
const IN_HAND_MS = 5000;
/** Unanswered pushes are forgotten after this time; a later acknowledgement is logged as one for an unknown frame. */
const FORGET_MS = 120_000;

/** The stream side of the gateway: tickets, connections, frames down and acknowledgements up. */
export class StreamHub {
  readonly #world: World;
  readonly #tickets = new Map<string, Ticket>();
  readonly #connections = new Set<Connection>();
  readonly #ghosts = new Map<Connection, number>();
  readonly #awaited = new Map<string, Awaited>();
  #refusedUntil = 0;
  #marks = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** A ticket for one connection. */
  issueTicket(app: RobotApp, subscriptions: readonly Subscription[]): string {
    const ticket = this.#world.ids.uuid('ticket');
    const ttlMs = this.#world.settings.get().ticketSeconds * 1000;
    this.#tickets.set(ticket, { clientId: app.clientId, subscriptions, expiresAt: performance.now() + ttlMs });
    return ticket;
  }

  /** Uses up a ticket. Gives an HTTP status when the handshake is refused. */
  redeem(ticket: string | null): Ticket | number {
    if (performance.now() < this.#refusedUntil) return 503;
    const known = ticket === null ? undefined : this.#tickets.get(ticket);
    if (ticket !== null) this.#tickets.delete(ticket);
    if (!known || known.expiresAt < performance.now()) return 401;
    if (this.connectionsOf(known.clientId).length >= this.#world.settings.get().maxConnections) return 400;
    return known;
  }

  attach(socket: WebSocket, request: IncomingMessage, ticket: Ticket): void {
    const app = this.#world.apps.get(ticket.clientId);
    if (!app) {
      socket.close(1008);
      return;
    }
    const connection = new Connection({
      id: this.#world.ids.uuid('connection'),
      clientId: app.clientId,
      appId: app.appId,
      origin: originOf(request),
      socket,
      subscriptions: ticket.subscriptions,
    });
    this.#connections.add(connection);
    socket.on('message', (raw, isBinary) => this.#hear(connection, isBinary ? '' : String(raw)));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => this.#drop(connection, code));
    const { greet, connectionLifeSeconds } = this.#world.settings.get();
    if (greet) {
      this.#system(connection, 'CONNECTED', {});
      this.#system(connection, 'REGISTERED', {});
    }
    this.#pingLater(connection);
    if (connectionLifeSeconds > 0)
      setTimeout(() => this.askToLeave(connection, 'connection is expired'), connectionLifeSeconds * 1000).unref();
    this.#world.feed.emit({ type: 'stream', data: { connections: this.#connections.size } });
  }

  connectionsOf(clientId: string): Connection[] {
    return [...this.#connections].filter((connection) => connection.clientId === clientId);
  }

  /**
   * Pushes to one connection chosen at random among those that subscribed to the topic. Undefined when there is none.
   * `onAnswer` hears the acknowledgement, or undefined when the connection broke; of a lost frame nothing is ever heard.
   */
  push(options: {
    app: RobotApp;
    type: 'CALLBACK' | 'EVENT';
    topic: string;
    headers?: Record<string, string>;
    data: (connection: Connection) => string;
    label: string;
    limitMs: number;
    lose?: boolean;
    onAnswer: (ack: Ack | undefined) => void;
  }): Push | undefined {
    const { app, type, topic } = options;
    const ghosts = [...this.#ghosts]
      .filter(([connection, until]) => until > performance.now() && connection.clientId === app.clientId)
      .map(([ghost]) => ghost);
    const able = [...this.connectionsOf(app.clientId), ...ghosts].filter((connection) => connection.takes(type, topic));
    const connection = able[Math.floor(Math.random() * able.length)];
    if (!connection) return undefined;
    const messageId = `${this.#world.ids.hex('frame').slice(0, 16)}_${this.#world.ids.count('frame')}`;
    const frame = this.#frame(connection, type, topic, messageId, options.data(connection), options.headers);
    this.#world.journal.flush();
    const sent = options.lose !== true && connection.send(frame);
    this.#marks += 1;
    const push: Push = { messageId, connection };
    this.#world.log.add({
      direction: 'out',
      kind: 'frame',
      name: `${type} ${topic}`,
      status: sent ? 'sent' : 'lost',
      body: logged(frame),
      clientId: app.clientId,
    });
    this.#awaited.set(messageId, {
      push,
      topic,
      label: options.label,
      sentAt: performance.now(),
      limitMs: options.limitMs,
      frame,
      answer: sent ? options.onAnswer : undefined,
    });
    setTimeout(() => this.#awaited.delete(messageId), FORGET_MS).unref();
    return push;
  }

  /** Pushes that wait for their acknowledgement on a living connection. */
  inHand(): string[] {
    const now = performance.now();
    return [...this.#awaited.values()]
      .filter(({ answer, push, sentAt }) => answer && push.connection.isAlive && now - sentAt < IN_HAND_MS)
      .map(({ topic, label }) => `frame ${topic} ${label}`);
  }

  /** Grows with every push. */
  get marks(): number {
    return this.#marks;
  }

  /** Refuses handshakes for so many seconds. */
  refuse(seconds: number): void {
    this.#refusedUntil = performance.now() + seconds * 1000;
  }

  /** Sends a `disconnect` frame; the connection is closed some seconds later and gets nothing until then. */
  askToLeave(connection: Connection, reason = 'persistent connection is timeout'): void {
    if (connection.isClosed) return;
    this.#system(connection, 'disconnect', { reason });
    connection.leave();
    setTimeout(() => connection.cut(), this.#world.settings.get().disconnectCloseMs).unref();
  }

  keepAlive(connection: Connection): void {
    this.#system(connection, 'KEEPALIVE', {});
  }

  /** Ends the connections of applications that are not registered any more. */
  dropUnknown(): void {
    for (const connection of this.#connections) if (!this.#world.apps.get(connection.clientId)) connection.cut();
  }

  closeAll(): void {
    for (const connection of this.#connections) connection.cut();
  }

  #hear(connection: Connection, raw: string): void {
    const ack = readAck(raw);
    const clientId = connection.clientId;
    if (!ack) {
      this.#world.log.add({
        direction: 'in',
        kind: 'frame',
        name: 'ACK',
        status: 'unreadable',
        violation: 'not an acknowledgement frame',
        body: raw,
        clientId,
      });
      return;
    }
    if (connection.lastPing?.messageId === ack.messageId) {
      const isEcho = ack.data === connection.lastPing.data;
      connection.missedPings = 0;
      connection.lastPing = undefined;
      if (!isEcho)
        this.#world.log.add({
          direction: 'in',
          kind: 'frame',
          name: 'ACK ping',
          status: ack.code,
          violation: 'the ping was answered with other data',
          body: ack,
          clientId,
        });
      return;
    }
    const awaited = this.#awaited.get(ack.messageId);
    if (!awaited) {
      // SDKs acknowledge greetings too; those are of no interest
      if (ack.code === 200) return;
      this.#world.log.add({ direction: 'in', kind: 'frame', name: 'ACK', status: ack.code, body: ack, clientId });
      return;
    }
    const ackMs = Math.round(performance.now() - awaited.sentAt);
    const violation =
      ackMs > awaited.limitMs ? `acknowledged after ${ackMs} ms, the limit is ${awaited.limitMs} ms` : undefined;
    this.#world.log.add({
      direction: 'in',
      kind: 'frame',
      name: `ACK ${awaited.topic}`,
      status: ack.code,
      ackMs,
      ...(violation === undefined ? {} : { violation }),
      body: { messageId: ack.messageId, message: ack.message, data: parsedOrText(ack.data) },
      clientId,
    });
    this.#answer(ack.messageId, ack);
  }

  #answer(messageId: string, ack: Ack | undefined): void {
    const awaited = this.#awaited.get(messageId);
    const answer = awaited?.answer;
    if (!awaited || !answer) return;
    awaited.answer = undefined;
    answer(ack);
  }

  #drop(connection: Connection, code: number): void {
    connection.markClosed();
    this.#connections.delete(connection);
    const { ghostSeconds } = this.#world.settings.get();
    if (code === 1006 && ghostSeconds > 0) this.#ghosts.set(connection, performance.now() + ghostSeconds * 1000);
    for (const [messageId, awaited] of this.#awaited) {
      if (awaited.push.connection === connection) this.#answer(messageId, undefined);
    }
    this.#world.feed.emit({ type: 'stream', data: { connections: this.#connections.size } });
  }

  #pingLater(connection: Connection): void {
    setTimeout(() => {
      if (connection.isClosed) return;
      if (connection.isAlive) {
        connection.missedPings = connection.lastPing ? connection.missedPings + 1 : 0;
        if (connection.missedPings >= 2) {
          connection.cut();
          return;
        }
        this.#system(connection, 'ping', { opaque: this.#world.ids.uuid('ping') });
      }
      this.#pingLater(connection);
    }, this.#world.settings.get().pingSeconds * 1000).unref();
  }

  #system(connection: Connection, topic: string, data: Record<string, unknown>): void {
    const messageId = `${this.#world.ids.hex('frame').slice(0, 16)}_0`;
    const frame = this.#frame(connection, 'SYSTEM', topic, messageId, JSON.stringify(data));
    if (topic === 'ping') connection.lastPing = { messageId, data: frame.data };
    const sent = connection.send(frame);
    if (topic !== 'ping')
      this.#world.log.add({
        direction: 'out',
        kind: 'frame',
        name: `SYSTEM ${topic}`,
        status: sent ? 'sent' : 'lost',
        body: logged(frame),
        clientId: connection.clientId,
      });
  }

  #frame(
    connection: Connection,
    type: Frame['type'],
    topic: string,
    messageId: string,
    data: string,
    extra: Record<string, string> = {},
  ): Frame {
    return {
      specVersion: '1.0',
      type,
      headers: {
        appId: connection.appId,
        connectionId: connection.id,
        contentType: 'application/json',
        messageId,
        time: String(this.#world.clock.now().getTime()),
        topic,
        ...extra,
      },
      data,
    };
  }
}

/** A frame as the log shows it: with `data` opened. */
function logged(frame: Frame): unknown {
  return { ...frame, data: parsedOrText(frame.data) };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
