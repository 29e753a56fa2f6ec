import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 64 * 1024 * 1024;

/** The whole body, chunked or not. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('the body is larger than 64 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON in a body; `wrong` says that there was something else. */
export function parseBody(raw: Buffer): { value: unknown; wrong: boolean } {
  if (raw.length === 0) return { value: undefined, wrong: false };
  try {
    return { value: JSON.parse(raw.toString('utf8')), wrong: false };
  } catch {
    return { value: undefined, wrong: true };
  }
}
