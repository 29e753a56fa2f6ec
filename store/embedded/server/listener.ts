import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Document } from '../engine/values.ts';
import { topologyVersion } from './commands/greetings.ts';
import type { Caller, StoreServer } from './store-server.ts';
import { lastReplyId, MessageReader, type Request, readRequest, writeReply } from './wire.ts';

/** Where the server listens: a Unix socket, or a port of 127.0.0.1 (0 = any free one). */
export type Address = { readonly path: string } | { readonly port: number };

/** A server that listens. */
export interface Listener {
  /** Host and port, or the path of the socket. */
  readonly address: string;
  /** Takes no new connection, ends the ones there are and resolves when all have ended. */
  close(): Promise<void>;
}

/** A hello that waits for news of the server waits so long at most. */
const MAX_AWAIT_MS = 30_000;

/** Lets clients in. */
export async function listen(server: StoreServer, where: Address): Promise<Listener> {
  const sockets = new Set<Socket>();
  let address = 'path' in where ? where.path : '';
  const net = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    new Connection(server, socket, () => ({ address }));
  });
  await started(net, where);
  // Its folder is closed to others already; this holds wherever the socket lies.
  if ('path' in where) chmodSync(where.path, 0o600);
  const bound = net.address();
  if (typeof bound === 'object' && bound !== null) address = `127.0.0.1:${bound.port}`;
  return {
    address,
    close: () =>
      new Promise<void>((resolve) => {
        net.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function started(net: Server, where: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    net.once('error', reject);
    const ready = (): void => {
      net.removeListener('error', reject);
      resolve();
    };
    if ('path' in where) net.listen(where.path, ready);
    else net.listen(where.port, '127.0.0.1', ready);
  });
}

/** One client's connection: requests are answered in the order in which they came. */
class Connection {
  readonly #server: StoreServer;
  readonly #socket: Socket;
  readonly #caller: () => Caller;
  readonly #reader = new MessageReader();
  readonly #waiting: Buffer[] = [];
  #isBusy = false;

  constructor(server: StoreServer, socket: Socket, caller: () => Caller) {
    this.#server = server;
    this.#socket = socket;
    this.#caller = caller;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  #receive(chunk: Buffer): void {
    try {
      this.#waiting.push(...this.#reader.push(chunk));
    } catch {
      // What came is no message of this protocol: there is nobody to answer.
      this.#socket.destroy();
      return;
    }
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    try {
      for (;;) {
        const message = this.#waiting.shift();
        if (message === undefined || this.#socket.destroyed) return;
        await this.#answer(readRequest(message));
      }
    } catch {
      this.#socket.destroy();
    } finally {
      this.#isBusy = false;
    }
  }

  async #answer(request: Request): Promise<void> {
    const awaited = awaitedMs(request.command);
    if (awaited !== undefined) {
      void this.#stream(request, awaited);
      return;
    }
    const body = await this.#server.answer(request, this.#caller());
    if (request.expectsReply) this.#socket.write(writeReply(request, body));
  }

  /**
   * A hello that knows the server's state waits for another one. As the state never changes it is answered when the time
   * is over, and again and again when the client allows it.
   */
  async #stream(request: Request, awaitedMilliseconds: number): Promise<void> {
    let answers = request.requestId;
    do {
      await this.#pause(awaitedMilliseconds);
      if (this.#socket.destroyed) return;
      const body = await this.#server.answer(request, this.#caller());
      this.#socket.write(writeReply(request, body, request.allowsExhaust, answers));
      answers = lastReplyId();
    } while (request.allowsExhaust);
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#server.timers.after(milliseconds, () => {
        this.#socket.removeListener('close', ended);
        resolve();
      });
      const ended = (): void => {
        timer.cancel();
        resolve();
      };
      this.#socket.once('close', ended);
    });
  }
}

/** How long a hello wants to wait for a change of state; undefined when it wants an answer at once. */
function awaitedMs(command: Document): number | undefined {
  const isGreeting = command.hello !== undefined || command.isMaster !== undefined || command.ismaster !== undefined;
  const known = command.topologyVersion as Document | undefined;
  if (!isGreeting || command.maxAwaitTimeMS === undefined || known === undefined || known === null) return undefined;
  const own = topologyVersion();
  if (String(known.processId) !== String(own.processId)) return undefined;
  return Math.min(Number(command.maxAwaitTimeMS), MAX_AWAIT_MS);
}
