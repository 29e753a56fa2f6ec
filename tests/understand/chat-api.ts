import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';

/** A local API of the OpenAI kind that answers what a test tells it to. */
export class ChatApi {
  readonly #server: Server;
  readonly bodies: {
    messages: { role: string; content: string }[];
    temperature: number;
    model: string;
    [field: string]: unknown;
  }[] = [];
  answer: (response: ServerResponse) => void = (response) => response.end('{}');

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<ChatApi> {
    const server = createServer();
    const api = new ChatApi(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        expect(request.url).toBe('/v1/chat/completions');
        expect(request.headers.authorization).toBe('Bearer key');
        api.bodies.push(JSON.parse(body));
        api.answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  says(content: string): void {
    this.answer = (response) => response.end(JSON.stringify({ choices: [{ message: { content } }] }));
  }

  fails(status: number): void {
    this.answer = (response) => response.writeHead(status).end('busy');
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
