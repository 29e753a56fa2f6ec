import { DWClient, type DWClientDownStream } from 'dingtalk-stream';
import { WebSocket } from 'ws';
import { describeError } from '../../lib/errors.ts';
import type { Timer, Timers } from '../../lib/timers.ts';
import type { Log } from '../log.ts';
import { openStreamEndpoint, type StreamSubscription } from './stream-gateway.ts';

/** A frame with an answer way back: the acknowledgement leaves on the socket that the frame came in on. */
export interface StreamFrame {
  topic: string;
  messageId: string;
  data: string;
  /** The platform's time stamp in ms, when the frame has one. */
  sentAtMs: number | undefined;
  acknowledge(response: unknown): void;
}

/** Why a connection ended. */
export type LossReason = 'closed' | 'silent' | 'asked to reconnect';

export interface StreamClientOptions {
  clientId: string;
  clientSecret: string;
  apiBase: string;
  subscriptions: readonly StreamSubscription[];
  timers: Timers;
  log: Log;
  fetch: typeof fetch;
  /** How often we ping, in ms. */
  pingEveryMs: number;
  /** A socket that shows no sign of life for this long is dead, in ms. */
  silentAfterMs: number;
  /** How long the gateway and the handshake may take, each, in ms. */
  connectTimeoutMs: number;
  onFrame(frame: StreamFrame): void;
  /** The current connection is gone, or is about to go. Called once per connection. */
  onLost(reason: LossReason, silentForMs: number): void;
}

/** After a planned change of connection the old socket stays open this long for acknowledgements under way, in ms. */
const RETIRE_AFTER_MS = 3_000;
const LARGEST_FRAME_BYTES = 8 * 1024 * 1024;

/**
 * DingTalk's stream client with its faults mended. As published (2.1.5) it doubles its attempts each second while the
 * handshake is refused, goes deaf after a throwing listener or a frame that is no JSON, never notices a half-open
 * socket, reconnects after `disconnect()`, cannot be pointed at another address and writes to the console.
 *
 * Here one call of `connect()` is one attempt that resolves or rejects; when to try again is the caller's business.
 */
export class StreamClient extends DWClient {
  readonly #options: StreamClientOptions;
  #connecting: Promise<void> | undefined;
  #live: WebSocket | undefined;
  #lastLifeAt = 0;
  #watch: Timer | undefined;
  #endpoint = '';
  #stopped = false;

  constructor(options: StreamClientOptions) {
    const base = {
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      autoReconnect: false,
      // A copy: the package's default list is one object shared by all clients.
      subscriptions: options.subscriptions.map((subscription) => ({ ...subscription })),
    };
    super(base);
    this.#options = options;
  }

  /** Milliseconds (of `Timers.elapsed`) at the last sign of life. */
  get lastLifeAt(): number {
    return this.#lastLifeAt;
  }

  override async getEndpoint(): Promise<this> {
    const { apiBase, clientId, clientSecret, fetch, connectTimeoutMs } = this.#options;
    const subscriptions = this.config.subscriptions;
    const { endpoint, ticket } = await openStreamEndpoint({
      apiBase,
      clientId,
      clientSecret,
      subscriptions,
      fetch,
      timeoutMs: connectTimeoutMs,
    });
    this.#endpoint = `${endpoint}?ticket=${ticket}`;
    return this;
  }

  /** One attempt; attempts at the same time share one. @throws GatewayError or the handshake's error */
  override connect(): Promise<void> {
    this.#connecting ??= this.#attempt().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #attempt(): Promise<void> {
    await this.getEndpoint();
    if (this.#stopped) throw new Error('the stream client has been stopped');
    await this._connect();
  }

  override _connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.#endpoint, {
        handshakeTimeout: this.#options.connectTimeoutMs,
        maxPayload: LARGEST_FRAME_BYTES,
      });
      socket.on('error', reject);
      socket.on('close', () => {
        reject(new Error('the socket closed before it opened'));
        this.#lose(socket, 'closed');
      });
      socket.on('message', (data) => this.#take(socket, data.toString()));
      socket.on('ping', () => this.#noteLife(socket));
      socket.on('pong', () => this.#noteLife(socket));
      socket.on('open', () => {
        if (this.#stopped) {
          socket.terminate();
          reject(new Error('the stream client has been stopped'));
          return;
        }
        const before = this.#live;
        this.#live = socket;
        this.connected = true;
        this.#noteLife(socket);
        this.#keepWatch(socket);
        if (before) this.#options.timers.after(RETIRE_AFTER_MS, () => before.close());
        resolve();
      });
    });
  }

  /** Ends the connection for good; nothing reconnects. */
  override disconnect(): void {
    this.#stopped = true;
    this.#watch?.cancel();
    const socket = this.#live;
    this.#live = undefined;
    this.connected = false;
    this.registered = false;
    if (!socket) return;
    socket.close();
    // A peer that never answers the closing frame must not keep the socket.
    this.#options.timers.after(1_000, () => socket.terminate());
  }

  #noteLife(socket: WebSocket): void {
    if (socket === this.#live) this.#lastLifeAt = this.#options.timers.elapsed();
  }

  #keepWatch(socket: WebSocket): void {
    const { timers, pingEveryMs, silentAfterMs } = this.#options;
    this.#watch?.cancel();
    this.#watch = timers.after(pingEveryMs, () => {
      if (socket !== this.#live) return;
      if (timers.elapsed() - this.#lastLifeAt >= silentAfterMs) {
        this.#lose(socket, 'silent');
        socket.terminate();
        return;
      }
      if (socket.readyState === WebSocket.OPEN) socket.ping();
      this.#keepWatch(socket);
    });
  }

  #lose(socket: WebSocket, reason: LossReason): void {
    if (socket !== this.#live || this.#stopped) return;
    const silentForMs = this.#options.timers.elapsed() - this.#lastLifeAt;
    this.connected = false;
    this.registered = false;
    // After a request to reconnect the old socket goes on serving until the new one is open.
    if (reason !== 'asked to reconnect') {
      this.#live = undefined;
      this.#watch?.cancel();
    }
    this.#options.onLost(reason, silentForMs);
  }

  #take(socket: WebSocket, text: string): void {
    this.#noteLife(socket);
    if (this.#stopped) return;
    try {
      const frame = frameOf(text);
      if (!frame) {
        this.#options.log.warn({ bytes: text.length }, 'stream: a frame that cannot be read was skipped');
        return;
      }
      if (frame.type === 'SYSTEM') this.#takeSystem(socket, frame);
      else if (frame.type === 'CALLBACK') this.#options.onFrame(this.#frameFor(socket, frame));
      else if (frame.type === 'EVENT') reply(socket, frame.headers.messageId, { status: 'SUCCESS', message: '' });
    } catch (error) {
      // Whatever is thrown here would break the receiver of the socket: deaf for ever, and looking alive.
      this.#options.log.error({ error: describeError(error) }, 'stream: a frame could not be taken');
    }
  }

  #takeSystem(socket: WebSocket, frame: DWClientDownStream): void {
    switch (frame.headers.topic) {
      case 'ping':
        write(socket, { code: 200, headers: frame.headers, message: 'OK', data: frame.data });
        break;
      case 'REGISTERED':
        this.registered = true;
        break;
      case 'disconnect':
        // Messages sent from now on can be lost here: move to a new connection while this one is still open.
        this.#lose(socket, 'asked to reconnect');
        break;
    }
  }

  #frameFor(socket: WebSocket, frame: DWClientDownStream): StreamFrame {
    const sentAtMs = Number(frame.headers.time);
    return {
      topic: frame.headers.topic,
      messageId: frame.headers.messageId,
      data: frame.data,
      sentAtMs: Number.isFinite(sentAtMs) && sentAtMs > 0 ? sentAtMs : undefined,
      acknowledge: (response) => reply(socket, frame.headers.messageId, { response }),
    };
  }
}

function frameOf(text: string): DWClientDownStream | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const frame = value as Partial<DWClientDownStream>;
  if (typeof frame.type !== 'string' || typeof frame.headers !== 'object' || frame.headers === null) return undefined;
  return value as DWClientDownStream;
}

function reply(socket: WebSocket, messageId: string, value: unknown): void {
  write(socket, {
    code: 200,
    headers: { contentType: 'application/json', messageId },
    message: 'OK',
    data: JSON.stringify(value),
  });
}

/** A lost acknowledgement is no loss: the platform sends the message again and the inbox knows it. */
function write(socket: WebSocket, frame: unknown): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}
