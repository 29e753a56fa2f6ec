import type { WebSocket } from 'ws';
import type { Frame, Subscription } from './frame.ts';

/** One open WebSocket of an application. */
export class Connection {
  readonly id: string;
  readonly clientId: string;
  readonly appId: string;
  /** `http://host:port` under which the client reached the sandbox. */
  readonly origin: string;
  readonly openedAt: number = performance.now();
  readonly #socket: WebSocket;
  readonly #subscriptions: readonly Subscription[];
  /** Pings that have not been echoed, by messageId, with their data. */
  readonly pings = new Map<string, string>();
  #halfOpen = false;
  #leaving = false;
  #closed = false;

  constructor(options: {
    id: string;
    clientId: string;
    appId: string;
    origin: string;
    socket: WebSocket;
    subscriptions: readonly Subscription[];
  }) {
    this.id = options.id;
    this.clientId = options.clientId;
    this.appId = options.appId;
    this.origin = options.origin;
    this.#socket = options.socket;
    this.#subscriptions = options.subscriptions;
  }

  /** Whether the server still chooses it for pushes of a topic. */
  takes(type: string, topic: string): boolean {
    return (
      !this.#leaving &&
      this.#subscriptions.some((subscription) => subscription.type === type && subscription.topic === topic)
    );
  }

  /** Neither reading nor writing, but not closed. */
  get isHalfOpen(): boolean {
    return this.#halfOpen;
  }

  get isAlive(): boolean {
    return !this.#closed && !this.#halfOpen;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get isLeaving(): boolean {
    return this.#leaving;
  }

  get subscriptions(): readonly Subscription[] {
    return this.#subscriptions;
  }

  /** Sends a frame; false when it was lost. `onSent` is called when it has left, compressed or not. */
  send(frame: Frame, onSent: () => void = () => {}): boolean {
    if (!this.isAlive) return false;
    this.#socket.send(JSON.stringify(frame), onSent);
    return true;
  }

  goHalfOpen(): void {
    this.#halfOpen = true;
    this.#socket.pause();
  }

  recover(): void {
    this.#halfOpen = false;
    this.#leaving = false;
    this.pings.clear();
    if (!this.#closed) this.#socket.resume();
  }

  /** From now on nothing is pushed to it. */
  leave(): void {
    this.#leaving = true;
  }

  markClosed(): void {
    this.#closed = true;
  }

  /** Cuts the TCP connection without a closing handshake. */
  cut(): void {
    this.#socket.terminate();
  }

  close(): void {
    this.#socket.close(1000);
  }
}
