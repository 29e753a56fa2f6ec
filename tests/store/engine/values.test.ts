import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import {
  addNumbers,
  bsonTypeOf,
  compareValues,
  encodeKey,
  equalValues,
  isTruncatedKey,
  MAX_KEY_BYTES,
  multiplyNumbers,
  truthy,
} from '../../../store/embedded/engine/values.ts';
import { Random, RandomValues } from './random-values.ts';

const decimal = (text: string) => Decimal128.fromString(text);
const sign = (n: number) => Math.sign(n) + 0;

/** Strictly ascending in BSON's order. */
const ASCENDING: unknown[] = [
  new MinKey(),
  undefined,
  null,
  new Double(Number.NaN),
  new Double(Number.NEGATIVE_INFINITY),
  decimal('-9E6144'),
  Long.MIN_VALUE,
  new Int32(-5),
  new Double(-0.1),
  new Int32(0),
  decimal('1E-6176'),
  new Double(5e-324),
  decimal('0.1'),
  new Double(0.1),
  new Int32(7),
  new Double(9007199254740992),
  Long.fromString('9007199254740993'),
  decimal('9007199254740993.5'),
  Long.MAX_VALUE,
  new Double(2 ** 63),
  decimal('1E400'),
  new Double(Number.POSITIVE_INFINITY),
  '',
  'a',
  'a\0',
  'ab',
  'é',
  '\uffff',
  '😀',
  {},
  { b: new Int32(0) },
  { a: 'x' },
  { b: 'a' },
  [],
  [null],
  [new Int32(1)],
  [new Int32(1), 'a'],
  [[]],
  new Binary(Buffer.from('b')),
  new Binary(Buffer.from('ab')),
  new Binary(Buffer.from('ab'), 5),
  new ObjectId('650000000000000000000001'),
  new ObjectId('650000000000000000000002'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new MaxKey(),
];

describe('order of BSON values', () => {
  test('goes by type, then by value, numbers of all types among each other', () => {
    for (const [i, a] of ASCENDING.entries()) {
      for (const [j, b] of ASCENDING.entries()) expect([a, b, sign(compareValues(a, b))]).toEqual([a, b, sign(i - j)]);
    }
  });

  test('key bytes have the same order, descending parts reversed', () => {
    for (const a of ASCENDING) {
      for (const b of ASCENDING) {
        const order = sign(compareValues(a, b));
        expect(sign(Buffer.compare(encodeKey([a]), encodeKey([b])))).toBe(order);
        expect(sign(Buffer.compare(encodeKey([1, a, 'x'], [1, -1, 1]), encodeKey([1, b, 'x'], [1, -1, 1])))).toBe(
          0 - order,
        );
      }
    }
  });

  test('holds for 3,000 random pairs of nested values', () => {
    const values = new RandomValues(new Random(3));
    for (let i = 0; i < 3_000; i++) {
      const a = values.value(3);
      const b = values.random.chance(30) ? values.number() : values.value(3);
      const order = sign(compareValues(a, b));
      expect([a, b, sign(compareValues(b, a))]).toEqual([a, b, 0 - order]);
      expect([a, b, sign(Buffer.compare(encodeKey([a]), encodeKey([b])))]).toEqual([a, b, order]);
    }
  });

  test('equal numbers of different types are equal and have equal keys', () => {
    const fives = [new Int32(5), new Double(5), Long.fromNumber(5), decimal('5'), decimal('5.00')];
    for (const five of fives) {
      expect(equalValues(five, new Int32(5))).toBe(true);
      expect(encodeKey([five])).toEqual(encodeKey([new Int32(5)]));
    }
  });

  test('the order of fields counts', () => {
    expect(equalValues({ x: 1, y: 2 }, { y: 2, x: 1 })).toBe(false);
  });

  test('keys of long values are cut and say so', () => {
    const key = encodeKey(['x'.repeat(5_000)]);
    expect([key.length, isTruncatedKey(key), isTruncatedKey(encodeKey(['x'.repeat(500)]))]).toEqual([
      MAX_KEY_BYTES,
      true,
      false,
    ]);
  });
});

describe('arithmetic', () => {
  test.each([
    ['int + int', addNumbers(new Int32(1), new Int32(2)), 'int', '3'],
    ['int overflows to long', addNumbers(new Int32(2147483647), new Int32(1)), 'long', '2147483648'],
    ['long stays long', addNumbers(Long.fromNumber(1), new Int32(1)), 'long', '2'],
    ['double wins over long', addNumbers(Long.fromNumber(1), new Double(0.5)), 'double', '1.5'],
    [
      'decimal wins over double, which gives 15 digits',
      addNumbers(decimal('1'), new Double(0.1)),
      'decimal',
      '1.100000000000000',
    ],
    ['decimals keep their zeros', multiplyNumbers(decimal('2.50'), new Int32(2)), 'decimal', '5.00'],
  ])('%s', (_name, result, type, text) => {
    expect([bsonTypeOf(result), String(result)]).toEqual([type, text]);
  });

  test('64 bits that overflow have no sum', () => {
    expect(addNumbers(Long.MAX_VALUE, new Int32(1))).toBeUndefined();
  });

  test('false, zero, null and missing are not true; everything else is', () => {
    const untrue = [false, new Int32(0), new Double(-0), decimal('0.00'), Long.ZERO, null, undefined];
    expect(untrue.map(truthy)).toEqual(untrue.map(() => false));
    expect([true, new Int32(2), new Double(Number.NaN), '', [], {}].map(truthy)).toEqual(Array(6).fill(true));
  });
});
