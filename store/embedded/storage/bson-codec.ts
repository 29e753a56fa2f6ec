import {
  Binary,
  BSON,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { type Document, setField } from '../engine/bson-types.ts';
import { MongoError } from '../engine/mongo-error.ts';

/** The deepest nesting MongoDB takes in a document from outside. */
const MAX_DEPTH = 200;

/** Turns a document into BSON bytes. Fields whose value is undefined are left out. */
export function encode(document: Document): Uint8Array {
  return BSON.serialize(document, { ignoreUndefined: true });
}

/**
 * Turns BSON bytes into a document without promotion: numbers stay Int32, Long, Double or Decimal128, and a document
 * with `$ref` and `$id` stays a document. (The `bson` package makes a DBRef of it, which is no plain object any more.)
 *
 * @throws MongoError 22 for bytes that are no BSON.
 */
export function decode(bytes: Uint8Array): Document {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 5 || buffer.readInt32LE(0) !== buffer.length) throw invalid('the length is wrong');
  try {
    return new Decoder(buffer).document(0);
  } catch (error) {
    if (error instanceof MongoError) throw error;
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function invalid(reason: string): MongoError {
  return new MongoError(22, `Invalid BSON: ${reason}`);
}

/** Walks one buffer from front to back. */
class Decoder {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  document(depth: number): Document {
    const end = this.#enter(depth);
    const document: Document = {};
    for (;;) {
      const type = this.#buffer[this.#at++];
      if (type === 0) break;
      if (type === undefined) throw invalid('a document does not end');
      const name = this.#cstring();
      const value = this.#value(type, depth);
      if (name === '__proto__') setField(document, name, value);
      else document[name] = value;
    }
    if (this.#at !== end) throw invalid('a document ends elsewhere than it says');
    return document;
  }

  #array(depth: number): unknown[] {
    const end = this.#enter(depth);
    const values: unknown[] = [];
    for (;;) {
      const type = this.#buffer[this.#at++];
      if (type === 0) break;
      if (type === undefined) throw invalid('an array does not end');
      const zero = this.#buffer.indexOf(0, this.#at);
      if (zero < 0) throw invalid('a name does not end');
      this.#at = zero + 1;
      values.push(this.#value(type, depth));
    }
    if (this.#at !== end) throw invalid('an array ends elsewhere than it says');
    return values;
  }

  /** Reads the length of a document or array; returns where it ends. */
  #enter(depth: number): number {
    if (depth > MAX_DEPTH) throw new MongoError(15, `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
    const length = this.#buffer.readInt32LE(this.#at);
    const end = this.#at + length;
    if (length < 5 || end > this.#buffer.length) throw invalid('an embedded document is longer than its frame');
    this.#at += 4;
    return end;
  }

  #cstring(): string {
    const start = this.#at;
    const end = this.#buffer.indexOf(0, start);
    if (end < 0) throw invalid('a name does not end');
    this.#at = end + 1;
    return this.#text(start, end);
  }

  #string(): string {
    const length = this.#buffer.readInt32LE(this.#at);
    const start = this.#at + 4;
    const end = start + length - 1;
    if (length < 1 || this.#buffer[end] !== 0) throw invalid('a text does not end');
    this.#at = end + 1;
    return this.#text(start, end);
  }

  /** Short texts are mostly ASCII: joining their characters is faster than a call into the decoder of UTF-8. */
  #text(start: number, end: number): string {
    if (end - start > 24) return this.#buffer.toString('utf8', start, end);
    let text = '';
    for (let at = start; at < end; at += 1) {
      const byte = this.#buffer[at] as number;
      if (byte > 127) return this.#buffer.toString('utf8', start, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #bytes(length: number): Buffer {
    const start = this.#at;
    if (length < 0 || start + length > this.#buffer.length) throw invalid('bytes are missing');
    this.#at = start + length;
    return Buffer.from(this.#buffer.subarray(start, start + length));
  }

  #long(): Long {
    const long = new Long(this.#buffer.readInt32LE(this.#at), this.#buffer.readInt32LE(this.#at + 4));
    this.#at += 8;
    return long;
  }

  #value(type: number, depth: number): unknown {
    switch (type) {
      case 0x01: {
        const double = new Double(this.#buffer.readDoubleLE(this.#at));
        this.#at += 8;
        return double;
      }
      case 0x02:
        return this.#string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.#array(depth + 1);
      case 0x05:
        return this.#binary();
      case 0x06:
        return undefined;
      case 0x07:
        return new ObjectId(this.#bytes(12));
      case 0x08:
        return this.#buffer[this.#at++] === 1;
      case 0x09:
        return new Date(this.#long().toNumber());
      case 0x0a:
        return null;
      case 0x0b:
        return new BSONRegExp(this.#cstring(), this.#cstring());
      case 0x0d:
        return new Code(this.#string());
      case 0x0e:
        return new BSONSymbol(this.#string());
      case 0x0f: {
        this.#at += 4;
        return new Code(this.#string(), this.document(depth + 1));
      }
      case 0x10: {
        const int = new Int32(this.#buffer.readInt32LE(this.#at));
        this.#at += 4;
        return int;
      }
      case 0x11:
        return new Timestamp(this.#long());
      case 0x12:
        return this.#long();
      case 0x13:
        return new Decimal128(this.#bytes(16));
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      default:
        throw invalid(`unknown type ${type}`);
    }
  }

  #binary(): Binary {
    const length = this.#buffer.readInt32LE(this.#at);
    const subType = this.#buffer[this.#at + 4] as number;
    this.#at += 5;
    if (subType !== Binary.SUBTYPE_BYTE_ARRAY) return new Binary(this.#bytes(length), subType);
    // The old kind of bytes repeats its length inside.
    this.#at += 4;
    return new Binary(this.#bytes(length - 4), subType);
  }
}
