import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the page is told about; the data say where to look, the page fetches the rest. */
export type LiveEvent =
  | { type: 'message'; data: { conversationId: string; seq: number } }
  | { type: 'card'; data: { outTrackId: string; conversationIds: string[] } }
  | { type: 'sms'; data: { seq: number; to: string; from: string } }
  | { type: 'mail'; data: { seq: number; to: string[] } }
  | { type: 'clock'; data: { now: string; running: boolean } }
  | { type: 'people'; data: Record<string, never> }
  | { type: 'stream'; data: { connections: number } }
  | { type: 'log'; data: { seq: number; kind: string; name: string; status: number | string; violation?: string } }
  | { type: 'reset'; data: { seed: string } };

/** Server-sent events for the page: `GET /live`. */
export class LiveFeed {
  readonly #open = new Set<ServerResponse>();

  attach(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    response.write('retry: 1000\n\n');
    this.#open.add(response);
    request.on('close', () => this.#open.delete(response));
  }

  emit(event: LiveEvent): void {
    if (this.#open.size === 0) return;
    const text = `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
    for (const response of this.#open) response.write(text);
  }

  close(): void {
    for (const response of this.#open) response.end();
    this.#open.clear();
  }
}
