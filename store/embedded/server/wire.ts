import type { Document } from '../engine/bson-types.ts';
import { MongoError } from '../engine/mongo-error.ts';
import { decode, encode } from '../storage/bson-codec.ts';

/** MongoDB's wire protocol: the messages OP_MSG and, for the first greeting only, OP_QUERY. */

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** The largest message MongoDB takes. */
export const MAX_MESSAGE_BYTES = 48_000_000;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
/** Bits 0 to 15 must be understood by whoever reads them. */
const REQUIRED_FLAGS = 0xffff;

/** One document of a sequence, decoded and as it came. */
export interface RawDocument {
  readonly document: Document;
  readonly bytes: Uint8Array;
}

/** A command as it came over the wire. */
export interface Request {
  readonly requestId: number;
  readonly command: Document;
  /** Documents that came in a sequence of their own, by field name; `command` holds them too. */
  readonly sequences: ReadonlyMap<string, readonly RawDocument[]>;
  /** False when nobody waits for an answer (write concern 0). */
  readonly expectsReply: boolean;
  /** The client would take several answers to this one request. */
  readonly allowsExhaust: boolean;
  readonly isLegacy: boolean;
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** Takes what came and returns the messages that are complete. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const messages: Buffer[] = [];
    for (;;) {
      if (this.#length < HEADER_BYTES) return messages;
      const head = this.#chunks[0] as Buffer;
      const start = head.length >= 4 ? head : this.#joined();
      const size = start.readInt32LE(0);
      if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES) throw new MongoError(17, `message of ${size} bytes`);
      if (this.#length < size) return messages;
      const all = this.#joined();
      messages.push(all.subarray(0, size));
      const rest = all.subarray(size);
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#length = rest.length;
    }
  }

  #joined(): Buffer {
    const first = this.#chunks[0];
    if (this.#chunks.length === 1 && first !== undefined) return first;
    const all = Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [all];
    return all;
  }
}

/** Reads one message. @throws MongoError for a message that is not one this server reads; the connection must end. */
export function readRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return readOpMsg(message, requestId);
  if (opCode === OP_QUERY) return readOpQuery(message, requestId);
  throw new MongoError(17, `unsupported opcode ${opCode}`);
}

function readOpMsg(message: Buffer, requestId: number): Request {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new MongoError(17, `unknown message flags ${flags}`);
  }
  const end = message.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4);
  let at = HEADER_BYTES + 4;
  let command: Document | undefined;
  const sequences = new Map<string, RawDocument[]>();
  while (at < end) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    if (size < 4 || at + size > end) throw new MongoError(17, 'a section is longer than its message');
    if (kind === 0) {
      command = decode(message.subarray(at, at + size));
    } else if (kind === 1) {
      const nameEnd = message.indexOf(0, at + 4);
      sequences.set(message.toString('utf8', at + 4, nameEnd), readSequence(message, nameEnd + 1, at + size));
    } else {
      throw new MongoError(17, `unknown section kind ${kind}`);
    }
    at += size;
  }
  if (command === undefined) throw new MongoError(17, 'a message without a command');
  for (const [name, documents] of sequences) command[name] = documents.map(({ document }) => document);
  return {
    requestId,
    command,
    sequences,
    expectsReply: (flags & MORE_TO_COME) === 0,
    allowsExhaust: (flags & EXHAUST_ALLOWED) !== 0,
    isLegacy: false,
  };
}

function readSequence(message: Buffer, from: number, to: number): RawDocument[] {
  const documents: RawDocument[] = [];
  let at = from;
  while (at < to) {
    const size = message.readInt32LE(at);
    if (size < 5 || at + size > to) throw new MongoError(17, 'a document is longer than its section');
    const bytes = message.subarray(at, at + size);
    documents.push({ bytes, document: decode(bytes) });
    at += size;
  }
  return documents;
}

/** Old clients greet with a query on `<database>.$cmd`; the server lets only the greeting through. */
function readOpQuery(message: Buffer, requestId: number): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const namespace = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new MongoError(352, 'Unsupported OP_QUERY command');
  const at = nameEnd + 1 + 8;
  const query = decode(message.subarray(at, at + message.readInt32LE(at)));
  const wrapped = query.$query;
  const command = (typeof wrapped === 'object' && wrapped !== null ? wrapped : query) as Document;
  if (command.$db === undefined) command.$db = namespace.slice(0, -'.$cmd'.length);
  return { requestId, command, sequences: new Map(), expectsReply: true, allowsExhaust: false, isLegacy: true };
}

let lastRequestId = 0;

/** Writes the answer to a request. `hasMore` announces a further answer to the same request. */
export function writeReply(request: Request, body: Uint8Array, hasMore = false, answers = request.requestId): Buffer {
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  const frame = request.isLegacy ? 20 : 5;
  const reply = Buffer.allocUnsafe(HEADER_BYTES + frame + body.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(lastRequestId, 4);
  reply.writeInt32LE(answers, 8);
  if (request.isLegacy) {
    reply.writeInt32LE(OP_REPLY, 12);
    reply.writeInt32LE(8, 16);
    reply.fill(0, 20, 32);
    reply.writeInt32LE(1, 32);
  } else {
    reply.writeInt32LE(OP_MSG, 12);
    reply.writeInt32LE(hasMore ? MORE_TO_COME : 0, 16);
    reply[20] = 0;
  }
  reply.set(body, HEADER_BYTES + frame);
  return reply;
}

/** The id of the answer written last: the next answer of a stream answers to it. */
export function lastReplyId(): number {
  return lastRequestId;
}

/** A batch of documents that are BSON already, inside an answer. */
export interface RawBatch {
  readonly id: bigint;
  readonly namespace: string;
  readonly field: 'firstBatch' | 'nextBatch';
  readonly documents: readonly Uint8Array[];
}

/** The answer of a command that opens or continues a cursor; its documents are copied, not decoded. */
export function encodeCursorReply(batch: RawBatch, rest: Document): Uint8Array {
  let arrayBytes = 5;
  for (let at = 0; at < batch.documents.length; at += 1) {
    arrayBytes += 2 + String(at).length + (batch.documents[at] as Uint8Array).length;
  }
  const namespace = Buffer.from(batch.namespace, 'utf8');
  const fieldBytes = 1 + batch.field.length + 1 + arrayBytes;
  const cursorBytes = 4 + fieldBytes + 1 + 3 + 8 + 1 + 3 + 4 + namespace.length + 1 + 1;
  const tail = encode(rest);
  const head = 4 + 1 + 'cursor'.length + 1;
  const body = Buffer.allocUnsafe(head + cursorBytes + tail.length - 4);
  body.writeInt32LE(body.length, 0);
  let at = 4;
  body[at++] = 3;
  at += body.write('cursor\0', at, 'latin1');
  body.writeInt32LE(cursorBytes, at);
  at += 4;
  body[at++] = 4;
  at += body.write(`${batch.field}\0`, at, 'latin1');
  body.writeInt32LE(arrayBytes, at);
  at += 4;
  for (let n = 0; n < batch.documents.length; n += 1) {
    const document = batch.documents[n] as Uint8Array;
    body[at++] = 3;
    at += body.write(`${n}\0`, at, 'latin1');
    body.set(document, at);
    at += document.length;
  }
  body[at++] = 0;
  body[at++] = 0x12;
  at += body.write('id\0', at, 'latin1');
  body.writeBigInt64LE(batch.id, at);
  at += 8;
  body[at++] = 2;
  at += body.write('ns\0', at, 'latin1');
  body.writeInt32LE(namespace.length + 1, at);
  at += 4;
  body.set(namespace, at);
  at += namespace.length;
  body[at++] = 0;
  body[at++] = 0;
  body.set(tail.subarray(4), at);
  return body;
}
