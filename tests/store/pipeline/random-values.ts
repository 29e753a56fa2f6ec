import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';

/** A source of chance that gives the same numbers for the same seed. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** Chance from a seed (a 32-bit mixing generator). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (choices) => choices[below(choices.length)] as (typeof choices)[number] };
}

const TEXTS = [
  '',
  'x',
  'y',
  'X',
  'abc',
  'Abc ',
  ' a b ',
  'é',
  '陳小姐',
  '😀b',
  'a,b,,c',
  '5',
  '-2.5',
  '2026-02-01',
  'aXbX',
];
const MOMENTS = [
  '2026-01-31T16:00:00.000Z',
  '2026-02-28T23:59:59.999Z',
  '2024-02-29T12:00:00.000Z',
  '2026-03-08T06:30:00.000Z',
  '2026-11-01T05:30:00.000Z',
  '1969-12-31T23:00:00.123Z',
  '2026-12-31T16:00:00.000Z',
  '2027-01-03T00:00:00.000Z',
  '1999-12-31T23:59:59.000Z',
];

/** Values of documents, of every common type. */
export class ValueMaker {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  number(): unknown {
    const c = this.#chance;
    return c.pick<() => unknown>([
      () => new Int32(c.below(12) - 3),
      () => new Int32(c.below(12) - 3),
      () => new Int32(c.pick([2147483647, -2147483648, 1000, 365])),
      () => new Double(c.pick([0.1, 0.2, 0.3, -2.5, 2, 3, 1.5, 0, -0, 1e10, 123.456, 0.5, -7.25, 1e-7])),
      () => Long.fromString(c.pick(['0', '1', '2', '5', '-3', '9007199254740993', '5000000000'])),
      () => Long.fromString(c.pick(['9223372036854775807', '-9223372036854775808', '3', '7'])),
      () => Decimal128.fromString(c.pick(['0', '1.10', '2.50', '-3', '1E+3', '0.001', '2', '123456789.123456789'])),
      () => new Double(c.pick([Number.NaN, Number.POSITIVE_INFINITY, 5, 2.5])),
    ])();
  }

  text(): string {
    return this.#chance.pick(TEXTS);
  }

  date(): Date {
    return new Date(this.#chance.pick(MOMENTS));
  }

  scalar(): unknown {
    const c = this.#chance;
    return c.pick<() => unknown>([
      () => this.number(),
      () => this.number(),
      () => this.number(),
      () => this.text(),
      () => this.text(),
      () => this.date(),
      () => c.pick([true, false]),
      () => null,
      () => new ObjectId(`65000000000000000000000${c.below(4)}`),
    ])();
  }

  value(depth = 2): unknown {
    const c = this.#chance;
    if (depth === 0 || c.below(3) > 0) return this.scalar();
    if (c.below(2) === 0) return Array.from({ length: c.below(4) }, () => this.value(depth - 1));
    return this.object(depth - 1);
  }

  object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < this.#chance.below(3); i += 1)
      object[this.#chance.pick(['x', 'y', 'q', 'z'])] = this.value(depth);
    return object;
  }

  /** A document with some of the fields the pipelines look at. */
  document(id: unknown): Record<string, unknown> {
    const c = this.#chance;
    const document: Record<string, unknown> = { _id: id };
    const maybe = (name: string, make: () => unknown) => {
      if (c.below(5) > 0) document[name] = make();
    };
    maybe('a', () => this.value());
    maybe('n', () => this.number());
    maybe('b', () => this.number());
    maybe('s', () => c.pick(['x', 'y', 'abc', this.text()]));
    maybe('d', () => this.date());
    maybe('arr', () => Array.from({ length: c.below(4) }, () => this.scalar()));
    maybe('items', () => Array.from({ length: c.below(3) }, () => ({ k: c.pick(['a', 'b']), v: this.scalar() })));
    maybe('p', () => this.object(1));
    return document;
  }
}
