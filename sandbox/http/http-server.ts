import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ControlApi } from '../control/control-api.ts';
import { OPERATIONS } from '../operations.ts';
import type { World } from '../world.ts';
import { OpenApi } from './open-api.ts';
import { Routes } from './routes.ts';
import { serveMail, servePage } from './static-page.ts';

/** One port for everything: Open Platform, legacy paths, stream, clock, control API, page and its live feed. */
export class HttpServer {
  readonly #world: World;
  readonly #server: Server;
  readonly #openApi: OpenApi;
  readonly #control: ControlApi;
  /** Without a shared context small frames go uncompressed, and at once. */
  readonly #stream = new WebSocketServer({ noServer: true, perMessageDeflate: { serverNoContextTakeover: true } });
  readonly #clock = new WebSocketServer({ noServer: true });

  constructor(world: World) {
    this.#world = world;
    this.#openApi = new OpenApi(world, new Routes(OPERATIONS));
    this.#control = new ControlApi(world);
    world.inHandSources.push(() => this.#openApi.inHand());
    this.#server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        world.report(error, 'debug');
        response.destroy();
      });
    });
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Listens; gives the port. Rejects with EADDRINUSE. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#world.stream.closeAll();
      this.#world.followers.close();
      this.#world.feed.close();
      this.#server.closeIdleConnections();
      // Calls that still run get a moment to answer.
      setTimeout(() => this.#server.closeAllConnections(), 2000).unref();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const path = url.pathname;
    if (path === '/control' || path.startsWith('/control/')) return this.#control.serve(request, response, url);
    if (path === '/live') return this.#world.feed.attach(request, response);
    if (path.startsWith('/files/') && request.method === 'GET') return this.#download(path, url, response);
    if (/^\/mails\/\d+$/.test(path) && request.method === 'GET')
      return serveMail(this.#world.mailbox.get(Number(path.slice('/mails/'.length))), response);
    if (
      request.method === 'GET' &&
      !path.startsWith('/v1.0/') &&
      !path.startsWith('/topapi/') &&
      servePage(path, response)
    )
      return;
    if (request.method === 'GET' && path === '/') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('Sandbox of the DingTalk Open Platform. Control API: /control\n');
      return;
    }
    return this.#openApi.serve(request, response, url);
  }

  /** `/files/ID.file?Expires&Signature` for robots; `/files/ID` for the page. */
  #download(path: string, url: URL, response: ServerResponse): void {
    const name = path.slice('/files/'.length);
    const content = name.endsWith('.file')
      ? this.#world.downloads.open(name.slice(0, -5), url.searchParams)
      : (this.#world.blobs.get(name) ?? 404);
    if (typeof content === 'number') {
      response.writeHead(content, { 'content-type': 'application/xml' });
      response.end('<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': content.length });
    response.end(content);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://sandbox');
    if (url.pathname === '/clock') {
      this.#clock.handleUpgrade(request, socket, head, (client) => this.#world.followers.attach(client));
      return;
    }
    const ticket = url.pathname === '/connect' ? this.#world.stream.redeem(url.searchParams.get('ticket')) : 404;
    if (typeof ticket === 'number') {
      this.#world.log.add({
        direction: 'in',
        kind: 'http',
        name: `GET ${url.pathname} (handshake)`,
        status: ticket,
        body: null,
      });
      socket.end(`HTTP/1.1 ${ticket} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    this.#stream.handleUpgrade(request, socket, head, (client) => this.#world.stream.attach(client, request, ticket));
  }
}
