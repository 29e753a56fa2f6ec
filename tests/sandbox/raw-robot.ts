import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface RawFrame {
  specVersion: string;
  type: string;
  headers: Record<string, string>;
  data: string;
}

export const ROBOT = '/v1.0/im/bot/messages/get';
export const CARD = '/v1.0/card/instances/callback';

/** A stream client without an SDK: says and answers exactly what a test wants, and nothing by itself. */
export class RawRobot {
  readonly frames: RawFrame[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<unknown>;
  readonly #waiting: { topic: string; take: (frame: RawFrame) => void }[] = [];
  readonly #unread: RawFrame[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close');
    socket.on('error', () => {});
    socket.on('message', (raw) => {
      const frame = JSON.parse(String(raw)) as RawFrame;
      this.frames.push(frame);
      const index = this.#waiting.findIndex(({ topic }) => topic === frame.headers.topic);
      if (index === -1) this.#unread.push(frame);
      else this.#waiting.splice(index, 1)[0]?.take(frame);
    });
  }

  static async open(
    origin: string,
    app: { clientId: string; clientSecret: string },
    topics = [ROBOT, CARD],
  ): Promise<RawRobot> {
    const ticket = await RawRobot.register(origin, app, topics);
    return RawRobot.connect(`${ticket.endpoint}?ticket=${ticket.ticket}`);
  }

  static async register(
    origin: string,
    app: { clientId: string; clientSecret: string },
    topics = [ROBOT, CARD],
  ): Promise<{ endpoint: string; ticket: string; status: number; code?: string }> {
    const response = await fetch(`${origin}/v1.0/gateway/connections/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        ua: 'raw',
        localIp: '10.0.0.1',
        subscriptions: topics.map((topic) => ({ type: topic === '*' ? 'EVENT' : 'CALLBACK', topic })),
      }),
    });
    return { ...((await response.json()) as { endpoint: string; ticket: string }), status: response.status };
  }

  static async connect(url: string): Promise<RawRobot> {
    const socket = new WebSocket(url);
    const robot = new RawRobot(socket);
    await once(socket, 'open');
    return robot;
  }

  /** The next frame of a topic, oldest unread first. */
  next(topic: string): Promise<RawFrame> {
    const index = this.#unread.findIndex((frame) => frame.headers.topic === topic);
    const frame = index === -1 ? undefined : this.#unread.splice(index, 1)[0];
    if (frame) return Promise.resolve(frame);
    return new Promise((take) => this.#waiting.push({ topic, take }));
  }

  ack(frame: RawFrame, data: unknown = { response: null }, code = 200): void {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    const headers = { contentType: 'application/json', messageId: frame.headers.messageId };
    this.socket.send(JSON.stringify({ code, headers, message: 'OK', data: text }));
  }
}
