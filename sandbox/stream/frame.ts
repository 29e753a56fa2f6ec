/** A frame as it goes down to the client; `data` is always a text (DingTalk: Stream protocol). */
export interface Frame {
  readonly specVersion: '1.0';
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';
export const EVENT_TOPIC = '*';

export interface Subscription {
  readonly type: string;
  readonly topic: string;
}

/** What a client sent back. */
export interface Ack {
  readonly code: number;
  readonly messageId: string;
  readonly message: string;
  /** The text in `data`, untouched. */
  readonly data: string;
}

/** Reads an acknowledgement; undefined when it is none. */
export function readAck(raw: string): Ack | undefined {
  try {
    const frame = JSON.parse(raw) as {
      code?: unknown;
      headers?: { messageId?: unknown };
      message?: unknown;
      data?: unknown;
    };
    if (typeof frame.code !== 'number' || typeof frame.headers?.messageId !== 'string') return undefined;
    const data =
      typeof frame.data === 'string' ? frame.data : frame.data === undefined ? '' : JSON.stringify(frame.data);
    return { code: frame.code, messageId: frame.headers.messageId, message: String(frame.message ?? ''), data };
  } catch {
    return undefined;
  }
}
