import { BSONRegExp, Double, Int32 } from 'bson';
import { type Random, RandomValues } from './random-values.ts';

export type PlainDocument = Record<string, unknown>;

/** Paths that conditions, sorts and projections look along. */
export const PATHS = [
  'a',
  'b',
  'n',
  's',
  't',
  'r',
  'ok',
  'arr',
  'arr.0',
  'arr.1',
  'items',
  'items.k',
  'items.v',
  'items.g',
  'items.at',
  'items.0.k',
  'items.1.v',
  'items.g.0',
  'p',
  'p.x',
  'p.y',
  'p.z',
  'a.x',
  'a.y',
  'b.x.y',
  'q',
  '_id',
  'a.k',
  'b.0',
  'p.x.x',
  'a.0.x',
] as const;

const PATTERNS = [
  'a',
  '^a',
  'b$',
  '^x',
  '.',
  'e',
  '^.$',
  '[a-c]',
  'o.f',
  '^$',
  'line$',
  '(?i)OFFER',
  '\\w',
  'a|x',
  '^[^a]',
];
const TYPES = [
  'double',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'int',
  'timestamp',
  'long',
  'decimal',
  'minKey',
  'maxKey',
  'number',
];

/** Makes random filters, sorts and projections that MongoDB accepts (and now and then one it refuses). */
export class RandomQueries {
  readonly random: Random;
  readonly values: RandomValues;

  constructor(random: Random) {
    this.random = random;
    this.values = new RandomValues(random);
  }

  path(): string {
    return this.random.pick(PATHS);
  }

  filter(depth = 2): PlainDocument {
    const { random } = this;
    const result: PlainDocument = {};
    const count = random.choose([1, () => 0], [8, () => 1], [4, () => 2], [1, () => 3]);
    for (let i = 0; i < count; i++) {
      if (random.chance(4)) {
        result.$expr = this.comparison();
      } else if (depth > 0 && random.chance(14)) {
        result[random.pick(['$and', '$or', '$nor', '$or'])] = random.list(1, 3, () => this.filter(depth - 1));
      } else {
        const path = this.path();
        result[path] = this.condition(path);
      }
    }
    return result;
  }

  /** An expression that compares two values of the document. */
  comparison(): PlainDocument {
    const { random } = this;
    return { [random.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'])]: [this.operand(), this.operand()] };
  }

  /** A path or a constant, for expressions. */
  operand(): unknown {
    const { random, values } = this;
    if (random.chance(70)) return `$${random.pick(['a', 'n', 's', 't', 'p.x', 'arr', 'items.k', 'items.v', 'q', 'p'])}`;
    return random.choose<unknown>(
      [3, () => values.number()],
      [1, () => null],
      [1, () => ({ $literal: values.string() })],
    );
  }

  /** A small expression whose value is the field of a projection or an update. */
  expression(): unknown {
    const { random } = this;
    return random.choose<unknown>(
      [4, () => this.operand()],
      [2, () => ({ $cond: [this.comparison(), this.operand(), this.operand()] })],
      [2, () => ({ $ifNull: [this.operand(), this.operand()] })],
      [1, () => ({ x: this.operand(), y: this.operand() })],
      [1, () => [this.operand(), this.operand()]],
    );
  }

  condition(path: string): unknown {
    const { random, values } = this;
    if (random.chance(35)) return this.equality(path);
    const result: PlainDocument = {};
    const count = random.chance(75) ? 1 : 2;
    for (let i = 0; i < count; i++) Object.assign(result, this.operator(path));
    if (random.chance(2)) return { $foo: values.int() };
    return result;
  }

  equality(path: string): unknown {
    const { random, values } = this;
    return random.chance(6)
      ? new BSONRegExp(random.pick(PATTERNS), random.pick(['', '', 'i', 'm', 's']))
      : values.forPath(path);
  }

  operator(path: string): PlainDocument {
    const { random, values } = this;
    const value = () => values.forPath(path);
    return random.choose<PlainDocument>(
      [4, () => ({ [random.pick(['$gt', '$gte', '$lt', '$lte'])]: value() })],
      [2, () => ({ $gte: value(), $lt: value() })],
      [1, () => ({ $eq: value() })],
      [2, () => ({ $ne: value() })],
      [3, () => ({ $in: random.list(0, 4, () => this.equality(path)) })],
      [2, () => ({ $nin: random.list(0, 3, () => this.equality(path)) })],
      [2, () => ({ $exists: random.pick([true, false, new Int32(1), new Int32(0)]) })],
      [1.5, () => ({ $type: random.chance(75) ? random.pick(TYPES) : random.list(1, 3, () => random.pick(TYPES)) })],
      [
        1,
        () => ({
          $mod: [random.pick([new Int32(2), new Int32(3), new Double(2.7), new Int32(-3)]), new Int32(random.below(3))],
        }),
      ],
      [1.5, () => ({ $regex: random.pick(PATTERNS), $options: random.pick(['', 'i', 'm', 's', 'x', 'im']) })],
      [1.5, () => ({ $size: new Int32(random.below(4)) })],
      [1.5, () => ({ $all: this.allOperand(path) })],
      [2.5, () => ({ $elemMatch: this.elementCondition() })],
      [1, () => ({ $not: random.chance(20) ? new BSONRegExp(random.pick(PATTERNS), '') : this.operator(path) })],
      [1, () => ({ [random.pick(['$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear'])]: this.bits() })],
    );
  }

  bits(): unknown {
    const { random } = this;
    return random.chance(50)
      ? new Int32(random.below(16))
      : random.list(0, 3, () => new Int32(random.pick([0, 1, 2, 3, 31, 63, 70])));
  }

  allOperand(path: string): unknown[] {
    const { random } = this;
    if (random.chance(25)) return random.list(1, 2, () => ({ $elemMatch: this.elementCondition() }));
    return random.list(0, 3, () => this.equality(path));
  }

  elementCondition(): PlainDocument {
    const { random, values } = this;
    if (random.chance(35)) {
      const result: PlainDocument = {};
      for (let i = 1 + random.below(2); i > 0; i--) {
        Object.assign(result, random.chance(80) ? this.operator('arr.0') : { $gte: values.int() });
      }
      return result;
    }
    const result: PlainDocument = {};
    for (let i = random.below(3); i > 0; i--) {
      const name = random.pick(['k', 'v', 'g', 'at', 'x', '0', 'g.0']);
      const path = `items.${name}`;
      result[name] = random.chance(50) ? values.forPath(path) : this.condition(path);
    }
    if (random.chance(8)) result.$or = random.list(1, 2, () => ({ k: random.pick(['a', 'b']) }));
    return result;
  }

  sort(): PlainDocument {
    const { random } = this;
    const result: PlainDocument = {};
    for (let i = 1 + random.below(2); i > 0; i--) {
      const path = this.path();
      if (path !== '_id') result[path] = new Int32(random.pick([1, -1]));
    }
    // `_id` makes the order total: MongoDB promises none among equals.
    result._id = new Int32(random.pick([1, -1]));
    return result;
  }

  projection(): PlainDocument {
    const { random } = this;
    return random.choose<PlainDocument>(
      [5, () => this.flags(() => random.pick<unknown>([new Int32(1), true, new Double(2)]))],
      [4, () => this.flags(() => random.pick<unknown>([new Int32(0), false]))],
      [2, () => ({ ...this.flags(() => random.pick([new Int32(1), new Int32(0)])), ...this.slice() })],
      [1.5, () => ({ ...this.flags(() => new Int32(1)), ...this.slice() })],
      [1.5, () => this.slice()],
      [2, () => ({ ...(random.chance(50) ? this.flags(() => new Int32(1)) : {}), ...this.elemMatch() })],
      [1, () => ({ ...this.elemMatch(), ...this.flags(() => new Int32(0)) })],
      [0.5, () => ({ [this.path()]: {} })],
      [
        3,
        () => ({
          ...(random.chance(60) ? this.flags(() => new Int32(1)) : {}),
          [random.pick(['z', 'a', 'p.w', 'items.w', 'items', 'b.x'])]: this.expression(),
        }),
      ],
      [1.5, () => ({ p: { x: new Int32(1), y: new Int32(random.pick([1, 1, 0])) }, 'items.v': new Int32(1) })],
    );
  }

  flags(make: () => unknown): PlainDocument {
    const { random } = this;
    const result: PlainDocument = {};
    for (let i = 1 + random.below(3); i > 0; i--) result[this.path()] = make();
    if (random.chance(25)) result._id = new Int32(random.below(2));
    return result;
  }

  slice(): PlainDocument {
    const { random } = this;
    const n = () => new Int32(random.below(7) - 3);
    const spec = random.chance(70) ? n() : [n(), new Int32(1 + random.below(3))];
    return { [random.pick(['arr', 'items', 'items.g', 'a', 'p.x', 'b.x'])]: { $slice: spec } };
  }

  elemMatch(): PlainDocument {
    return { [this.random.pick(['arr', 'items', 'a', 'b'])]: { $elemMatch: this.elementCondition() } };
  }
}
