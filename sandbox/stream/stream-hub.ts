import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { WebSocket } from 'ws';
import { originOf } from '../http/open-api.ts';
import type { RobotApp } from '../organisation/applications.ts';
import type { World } from '../world.ts';
import { AckBook } from './ack-book.ts';
import { Connection } from './connection.ts';
import { type Ack, type Frame, readAck, type Subscription } from './frame.ts';

interface Ticket {
  readonly clientId: string;
  readonly subscriptions: readonly Subscription[];
  readonly expiresAt: number;
}

/** A frame that went to a connection; `isSent` is false when it was lost on the way. */
export interface Push {
  readonly messageId: string;
  readonly isSent: boolean;
  readonly connectionId: string;
}

const MAX_MISSED_PINGS = 2;

/** The stream side of the gateway: tickets, connections, frames down and acknowledgements up. */
export class StreamHub {
  readonly #world: World;
  readonly #tickets = new Map<string, Ticket>();
  readonly #connections = new Set<Connection>();
  readonly #ghosts = new Map<Connection, number>();
  readonly #acks = new AckBook();
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
    /** The connection that did not answer last time; another one is taken where there is one. */
    avoid?: string | undefined;
    onAnswer: (ack: Ack | undefined) => void;
  }): Push | undefined {
    const { app, type, topic } = options;
    const ghosts = [...this.#ghosts]
      .filter(([connection, until]) => until > performance.now() && connection.clientId === app.clientId)
      .map(([ghost]) => ghost);
    const able = [...this.connectionsOf(app.clientId), ...ghosts].filter((connection) => connection.takes(type, topic));
    const others = able.filter(({ id }) => id !== options.avoid);
    const choice = others.length > 0 ? others : able;
    const connection = choice[Math.floor(Math.random() * choice.length)];
    if (!connection) return undefined;
    const messageId = `${this.#world.ids.hex('frame').slice(0, 16)}_${this.#world.ids.count('frame')}`;
    const frame = this.#frame(connection, type, topic, messageId, options.data(connection), options.headers);
    this.#world.journal.flush();
    const isSent = options.lose !== true && connection.send(frame);
    this.#marks += 1;
    this.#log('out', `${type} ${topic}`, isSent ? 'sent' : 'lost', logged(frame), app.clientId);
    const answer = isSent ? options.onAnswer : undefined;
    this.#acks.expect(messageId, { connection, topic, label: options.label, limitMs: options.limitMs, answer });
    return { messageId, isSent, connectionId: connection.id };
  }

  /** Pushes that wait for their acknowledgement on a living connection. */
  inHand(): string[] {
    return this.#acks.inHand();
  }

  /** Grows with every push. */
  get marks(): number {
    return this.#marks;
  }

  /** Ends every disturbance: handshakes are taken again, half-open connections read and write. */
  calm(): void {
    this.#refusedUntil = 0;
    for (const connection of this.#connections) if (connection.isHalfOpen) connection.recover();
  }

  /** Refuses handshakes for so many seconds. */
  refuse(seconds: number): void {
    this.#refusedUntil = performance.now() + seconds * 1000;
  }

  /** Sends a `disconnect` frame; the connection is closed some seconds later and gets nothing until then. */
  askToLeave(connection: Connection, reason = 'persistent connection is timeout'): void {
    if (connection.isClosed) return;
    const { disconnectCloseMs } = this.#world.settings.get();
    connection.leave();
    this.#system(connection, 'disconnect', { reason }, () => {
      setTimeout(() => connection.cut(), disconnectCloseMs).unref();
    });
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
    const { clientId } = connection;
    if (!ack) {
      this.#log('in', 'ACK', 'unreadable', raw, clientId, { violation: 'not an acknowledgement frame' });
      return;
    }
    const ping = connection.pings.get(ack.messageId);
    if (ping !== undefined) {
      connection.pings.clear();
      if (ack.data !== ping)
        this.#log('in', 'ACK ping', ack.code, ack, clientId, { violation: 'the ping was answered with other data' });
      return;
    }
    const found = this.#acks.find(ack.messageId);
    if (!found) {
      // SDKs acknowledge greetings too; those are of no interest.
      if (ack.code !== 200) this.#log('in', 'ACK', ack.code, ack, clientId);
      return;
    }
    const { topic, ...timing } = found;
    const body = { messageId: ack.messageId, message: ack.message, data: parsedOrText(ack.data) };
    this.#log('in', `ACK ${topic}`, ack.code, body, clientId, timing);
    this.#acks.answer(ack.messageId, ack);
  }

  #drop(connection: Connection, code: number): void {
    connection.markClosed();
    this.#connections.delete(connection);
    const { ghostSeconds } = this.#world.settings.get();
    if (code === 1006 && ghostSeconds > 0) this.#ghosts.set(connection, performance.now() + ghostSeconds * 1000);
    this.#acks.drop(connection);
    this.#world.feed.emit({ type: 'stream', data: { connections: this.#connections.size } });
  }

  #pingLater(connection: Connection): void {
    setTimeout(() => {
      if (connection.isClosed) return;
      const isSilent = connection.pings.size >= MAX_MISSED_PINGS;
      if (isSilent && connection.isHalfOpen) {
        // A half-open connection is given up like any silent one, but its end is not told to the client.
        connection.leave();
      } else if (isSilent) {
        connection.cut();
        return;
      } else {
        this.#system(connection, 'ping', { opaque: this.#world.ids.uuid('ping') });
      }
      this.#pingLater(connection);
    }, this.#world.settings.get().pingSeconds * 1000).unref();
  }

  #system(connection: Connection, topic: string, data: Record<string, unknown>, onSent?: () => void): void {
    const messageId = `${this.#world.ids.hex('frame').slice(0, 16)}_0`;
    const frame = this.#frame(connection, 'SYSTEM', topic, messageId, JSON.stringify(data));
    if (topic === 'ping') connection.pings.set(messageId, frame.data);
    const sent = connection.send(frame, onSent);
    if (topic !== 'ping')
      this.#log('out', `SYSTEM ${topic}`, sent ? 'sent' : 'lost', logged(frame), connection.clientId);
  }

  #log(
    direction: 'in' | 'out',
    name: string,
    status: number | string,
    body: unknown,
    clientId: string,
    extra: { ackMs?: number; violation?: string } = {},
  ): void {
    this.#world.log.add({ direction, kind: 'frame', name, status, ...extra, body, clientId });
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
