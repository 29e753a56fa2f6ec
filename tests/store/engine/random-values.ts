import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/** Seeded chance: the same seed gives the same numbers on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Picks by weight and calls what was picked. */
  choose<T>(...options: readonly (readonly [weight: number, make: () => T])[]): T {
    let at = this.next() * options.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of options) {
      at -= weight;
      if (at < 0) return make();
    }
    return (options[options.length - 1] as readonly [number, () => T])[1]();
  }

  list<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}

const STRINGS = [
  '',
  'a',
  'b',
  'ab',
  'abc',
  'A',
  'x',
  'y',
  'z',
  'x.y',
  '中文',
  'é',
  '😀',
  'line\nbreak',
  'offer',
  'Offer',
];
const DECIMALS = ['2.50', '5', '-1', '0', '-0', '1E3', '0.1', '2.5', '9007199254740993', '1E-10', 'NaN', 'Infinity'];
const LONGS = [
  '0',
  '1',
  '2',
  '5',
  '-3',
  '9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '4294967296',
];
const DOUBLES = [0, 1, 2, 2.5, 5, -1.5, 0.1, 0.2, 1e20, -0, 3.7, 1e300, 9007199254740992];
const DATES = ['2026-01-31T16:00:00Z', '2026-02-01T00:00:00Z', '1969-12-31T23:59:59.999Z', '2026-03-15T12:30:45.123Z'];
const IDS = [
  '650000000000000000000001',
  '650000000000000000000002',
  '65ffffffffffffffffffffff',
  '6a0000000000000000000000',
];

/** Makes values of the shapes that documents of the product and the imitations' usual mistakes have. */
export class RandomValues {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  int(): Int32 {
    return new Int32(this.random.below(12) - 2);
  }

  string(): string {
    return this.random.pick(STRINGS);
  }

  date(): Date {
    return new Date(this.random.pick(DATES));
  }

  id(): ObjectId {
    return new ObjectId(this.random.pick(IDS));
  }

  number(): unknown {
    const { random } = this;
    return random.choose<unknown>(
      [10, () => this.int()],
      [4, () => new Double(random.pick(DOUBLES))],
      [2, () => Long.fromString(random.pick(LONGS))],
      [2, () => Decimal128.fromString(random.pick(DECIMALS))],
      [0.3, () => new Double(random.pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]))],
      [0.3, () => new Int32(2147483647)],
    );
  }

  scalar(): unknown {
    const { random } = this;
    return random.choose<unknown>(
      [10, () => this.number()],
      [6, () => this.string()],
      [2, () => random.chance(50)],
      [3, () => null],
      [2, () => this.date()],
      [2, () => this.id()],
      [0.7, () => new Binary(Buffer.from(random.pick(['', 'a', 'b', 'abc'])), random.pick([0, 0, 4, 5, 128]))],
      [0.4, () => new BSONRegExp(random.pick(['a', '^b', 'x']), random.pick(['', 'i']))],
      [0.3, () => new Timestamp({ t: 1 + random.below(3), i: 1 + random.below(3) })],
      [0.3, () => random.pick([new MinKey(), new MaxKey()])],
    );
  }

  /** A small document with fields in random order. */
  document(names: readonly string[], depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (let i = this.random.below(4); i > 0; i--) result[this.random.pick(names)] = this.value(depth - 1);
    return result;
  }

  value(depth = 2): unknown {
    const { random } = this;
    if (depth <= 0) return this.scalar();
    return random.choose<unknown>(
      [12, () => this.scalar()],
      [3, () => this.document(['x', 'y', 'z', 'k', 'v'], depth)],
      [3, () => random.list(0, 3, () => this.value(depth - 1))],
    );
  }

  item(): unknown {
    const { random } = this;
    if (random.chance(8)) return this.value(1);
    const item: Record<string, unknown> = {};
    if (random.chance(85)) item.k = random.pick(['a', 'b', 'c', 'a']);
    if (random.chance(80)) item.v = random.chance(85) ? this.int() : this.value(1);
    if (random.chance(35)) item.g = random.chance(85) ? random.list(0, 3, () => this.int()) : this.value(1);
    if (random.chance(20)) item.at = random.chance(60) ? this.date() : null;
    return item;
  }

  /** A whole document without `_id`, with fields in random order. */
  record(): Record<string, unknown> {
    const { random } = this;
    const makers: [string, number, () => unknown][] = [
      ['a', 60, () => this.value(2)],
      ['b', 50, () => this.value(2)],
      ['n', 70, () => this.number()],
      ['s', 65, () => this.string()],
      ['t', 40, () => (random.chance(90) ? this.date() : this.scalar())],
      ['r', 30, () => this.id()],
      ['ok', 30, () => random.chance(50)],
      ['arr', 60, () => random.list(0, 4, () => (random.chance(75) ? this.int() : this.value(1)))],
      ['items', 60, () => (random.chance(92) ? random.list(0, 3, () => this.item()) : this.scalar())],
      ['p', 55, () => (random.chance(80) ? this.document(['x', 'y', 'z'], 2) : this.value(2))],
    ];
    const result: Record<string, unknown> = {};
    for (let i = makers.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [makers[i], makers[j]] = [makers[j]!, makers[i]!];
    }
    for (const [name, percent, make] of makers) if (random.chance(percent)) result[name] = make();
    return result;
  }

  /** A value of the kind that usually stands at a path, so that conditions find something. */
  forPath(path: string): unknown {
    const { random } = this;
    if (random.chance(12)) return this.value(2);
    if (random.chance(5)) return null;
    switch (path) {
      case 'n':
        return this.number();
      case 's':
        return this.string();
      case 't':
      case 'items.at':
        return this.date();
      case 'r':
        return this.id();
      case 'ok':
        return random.chance(50);
      case 'items.k':
      case 'items.0.k':
      case 'items.1.k':
        return random.pick(['a', 'b', 'c']);
      case 'arr':
        return random.chance(70) ? this.int() : random.list(0, 3, () => this.int());
      case 'items':
        return this.item();
      case 'p':
        return this.document(['x', 'y', 'z'], 2);
      case '_id':
        return new Int32(random.below(20));
      default:
        return random.chance(70) ? this.int() : this.value(1);
    }
  }
}
