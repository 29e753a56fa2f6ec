import { type Code, DBRef, Double, Int32, type ObjectId, type Timestamp } from 'bson';
import { BSON_TYPE, type Document, rankOfType, typeNumber } from './bson-types.ts';
import { binaryOf, regexParts } from './compare.ts';
import { exactDecimal } from './numbers.ts';

/**
 * Longest key `encodeKey` gives, in bytes (LMDB takes 1,978, and the caller appends the record's number). Only
 * truncated keys have exactly this length.
 */
export const MAX_KEY_BYTES = 1900;

/** True when the key stands for longer values: equal truncated keys need not be equal values, nor in order. */
export function isTruncatedKey(key: Uint8Array): boolean {
  return key.length === MAX_KEY_BYTES;
}

/** A byte buffer that grows. */
class KeyWriter {
  bytes = Buffer.allocUnsafe(64);
  length = 0;

  reserve(extra: number): void {
    if (this.length + extra <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + extra));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  byte(value: number): KeyWriter {
    this.reserve(1);
    this.bytes[this.length++] = value;
    return this;
  }

  raw(value: Uint8Array): KeyWriter {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
    return this;
  }

  uint32(value: number): KeyWriter {
    this.reserve(4);
    this.length = this.bytes.writeUInt32BE(value >>> 0, this.length);
    return this;
  }

  uint64(value: bigint): KeyWriter {
    this.reserve(8);
    this.length = this.bytes.writeBigUInt64BE(BigInt.asUintN(64, value), this.length);
    return this;
  }

  /** UTF-8 with 0x00 written as 0x00 0xff and the end as 0x00 0x01, so that a prefix sorts first. */
  text(value: string): KeyWriter {
    this.reserve(value.length * 3 + 2);
    if (value.indexOf('\0') === -1) {
      this.length += this.bytes.write(value, this.length, 'utf8');
    } else {
      for (const part of Buffer.from(value, 'utf8')) {
        this.byte(part);
        if (part === 0) this.byte(0xff);
      }
    }
    return this.byte(0).byte(1);
  }
}

const NUMBER_NAN = 1;
const NUMBER_MINUS_INFINITY = 2;
const NUMBER_NEGATIVE = 3;
const NUMBER_ZERO = 4;
const NUMBER_POSITIVE = 5;
const NUMBER_INFINITY = 6;

/**
 * Numbers of all types by exact decimal value: class byte, exponent of the first digit, digits in pairs. Equal numbers
 * have equal bytes whatever their type; negative ones are inverted.
 */
function writeNumber(out: KeyWriter, value: unknown): KeyWriter {
  let digits: string;
  let magnitudeExponent: number;
  let negative: boolean;
  const small = value instanceof Int32 || value instanceof Double ? value.value : undefined;
  if (small !== undefined && Number.isSafeInteger(small)) {
    if (small === 0) return out.byte(NUMBER_ZERO);
    negative = small < 0;
    digits = String(Math.abs(small));
    magnitudeExponent = digits.length;
  } else {
    const decimal = exactDecimal(value);
    if (decimal.special === 'nan') return out.byte(NUMBER_NAN);
    if (decimal.special) return out.byte(decimal.negative ? NUMBER_MINUS_INFINITY : NUMBER_INFINITY);
    if (decimal.coefficient === 0n) return out.byte(NUMBER_ZERO);
    negative = decimal.negative;
    digits = decimal.coefficient.toString();
    magnitudeExponent = digits.length + decimal.exponent;
  }
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) end--;
  out.byte(negative ? NUMBER_NEGATIVE : NUMBER_POSITIVE);
  const start = out.length;
  const biased = magnitudeExponent + 0x4000;
  out.byte(biased >> 8);
  out.byte(biased & 0xff);
  for (let i = 0; i < end; i += 2) {
    const tens = digits.charCodeAt(i) - 48;
    const ones = i + 1 < end ? digits.charCodeAt(i + 1) - 48 : 0;
    out.byte(tens * 10 + ones + 1);
  }
  out.byte(0);
  if (negative) invert(out, start);
  return out;
}

function invert(out: KeyWriter, from: number): void {
  for (let i = from; i < out.length; i++) out.bytes[i] = 0xff - (out.bytes[i] ?? 0);
}

function writeDocument(out: KeyWriter, document: Document): KeyWriter {
  for (const name of Object.keys(document)) {
    const value = document[name];
    const type = typeNumber(value);
    out.byte(rankOfType(type));
    out.text(name);
    writeBody(out, value, type);
  }
  return out.byte(0);
}

function writeBody(out: KeyWriter, value: unknown, type: number): KeyWriter {
  switch (type) {
    case BSON_TYPE.int:
    case BSON_TYPE.double:
    case BSON_TYPE.long:
    case BSON_TYPE.decimal:
      return writeNumber(out, value);
    case BSON_TYPE.string:
    case BSON_TYPE.symbol:
      return out.text(String(value));
    case BSON_TYPE.object:
      return writeDocument(out, value instanceof DBRef ? (value.toJSON() as unknown as Document) : (value as Document));
    case BSON_TYPE.array:
      for (const item of value as unknown[]) writeValue(out, item);
      return out.byte(0);
    case BSON_TYPE.binData: {
      const { bytes, subtype } = binaryOf(value);
      return out
        .uint32(bytes.length + (subtype === 2 ? 4 : 0))
        .byte(subtype)
        .raw(bytes);
    }
    case BSON_TYPE.objectId:
      return out.raw((value as ObjectId).id);
    case BSON_TYPE.bool:
      return out.byte(value ? 2 : 1);
    case BSON_TYPE.date: {
      const time = (value as Date).getTime();
      return out.uint64((Number.isNaN(time) ? -(2n ** 63n) : BigInt(time)) ^ (1n << 63n));
    }
    case BSON_TYPE.timestamp:
      return out.uint64((value as Timestamp).toBigInt());
    case BSON_TYPE.regex: {
      const { pattern, options } = regexParts(value);
      return out.text(pattern).text(options);
    }
    case BSON_TYPE.javascript:
      return out.text((value as Code).code);
    case BSON_TYPE.javascriptWithScope:
      out.text((value as Code).code);
      return writeDocument(out, (value as Code).scope ?? {});
    default:
      return out;
  }
}

function writeValue(out: KeyWriter, value: unknown): void {
  const type = typeNumber(value);
  out.byte(rankOfType(type));
  writeBody(out, value, type);
}

/**
 * A compound key as bytes whose order (memcmp) is exactly the order of `compareValues`, parts with direction -1
 * reversed. Values that are equal have equal bytes. A prefix of the parts gives a prefix of the bytes, so a range over
 * the first parts is a range over keys. Keys beyond {@link MAX_KEY_BYTES} are cut to it.
 */
export function encodeKey(values: readonly unknown[], directions: readonly (1 | -1)[] = []): Buffer {
  const out = new KeyWriter();
  for (let i = 0; i < values.length; i++) {
    const start = out.length;
    writeValue(out, values[i]);
    if (directions[i] === -1) invert(out, start);
  }
  return Buffer.from(out.bytes.subarray(0, Math.min(out.length, MAX_KEY_BYTES)));
}
