import { Double, Int32, Long } from 'bson';
import { type Chance, ValueMaker } from './random-values.ts';

const ZONES = ['UTC', 'Asia/Hong_Kong', '+08:00', 'America/New_York', 'Asia/Kathmandu', '-0330', 'Europe/London'];
const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];
const PARTS = [
  '$year',
  '$month',
  '$dayOfMonth',
  '$dayOfWeek',
  '$dayOfYear',
  '$week',
  '$isoWeek',
  '$isoWeekYear',
  '$isoDayOfWeek',
  '$hour',
  '$minute',
  '$second',
  '$millisecond',
];

/** Random expressions, mostly of the type an operator asks for, now and then of another one. */
export class ExpressionMaker {
  readonly values: ValueMaker;
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.values = new ValueMaker(chance);
  }

  path(): string {
    return this.#chance.pick([
      '$a',
      '$n',
      '$b',
      '$s',
      '$d',
      '$arr',
      '$items',
      '$items.v',
      '$p',
      '$p.x',
      '$p.y',
      '$_id',
      '$zz',
      '$$ROOT.n',
    ]);
  }

  #int(low: number, high: number): Int32 {
    return new Int32(low + this.#chance.below(high - low + 1));
  }

  #literal(value: unknown): unknown {
    return typeof value === 'string' || typeof value === 'object' ? { $literal: value } : value;
  }

  any(depth: number): unknown {
    const c = this.#chance;
    return c.pick<() => unknown>([
      () => this.path(),
      () => this.#literal(this.values.value(1)),
      () => this.number(depth),
      () => this.number(depth),
      () => this.text(depth),
      () => this.text(depth),
      () => this.date(depth),
      () => this.boolean(depth),
      () => this.array(depth),
      () => this.array(depth),
      () => this.object(depth),
      () => this.#general(depth),
    ])();
  }

  /** An operand: of another type than asked for in one of twelve cases. */
  #or(depth: number, make: (depth: number) => unknown): unknown {
    return this.#chance.below(12) === 0 ? this.any(Math.max(0, depth - 1)) : make(Math.max(0, depth - 1));
  }

  #general(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0) return this.path();
    const d = depth - 1;
    return c.pick<() => unknown>([
      () => ({ $cond: [this.boolean(d), this.any(d), this.any(d)] }),
      // biome-ignore lint/suspicious/noThenProperty: the name MongoDB gives it
      () => ({ $cond: { if: this.any(d), then: this.any(d), else: '$$REMOVE' } }),
      () => ({ $ifNull: [this.path(), this.path(), this.any(d)] }),
      // biome-ignore lint/suspicious/noThenProperty: the name MongoDB gives it
      () => ({ $switch: { branches: [{ case: this.boolean(d), then: this.any(d) }], default: this.any(d) } }),
      () => ({
        $let: { vars: { v: this.any(d) }, in: c.pick<unknown>(['$$v', { $eq: ['$$v', this.any(d)] }, ['$$v']]) },
      }),
      () => ({ $type: this.any(d) }),
      () => ({
        $convert: {
          input: this.any(d),
          to: c.pick(['int', 'double', 'string', 'bool', 'decimal', 'long', 'objectId']),
          onError: 'bad',
          onNull: 'none',
        },
      }),
      () => ({ $getField: { field: c.pick(['x', 'y']), input: this.#or(d, () => '$p') } }),
      () => ({ $max: [this.any(d), this.any(d)] }),
      () => ({ $min: this.#or(d, (x) => this.array(x)) }),
      () => ({ $arrayElemAt: [this.#or(d, (x) => this.array(x)), this.#int(-2, 2)] }),
      () => ({ [c.pick(['$first', '$last'])]: this.#or(d, (x) => this.array(x)) }),
      () => ({
        $reduce: {
          input: this.#or(d, (x) => this.array(x)),
          initialValue: c.pick<unknown>([new Int32(0), '', []]),
          in: c.pick<unknown>([
            { $ifNull: ['$$this', '$$value'] },
            { $concatArrays: [{ $cond: [{ $isArray: ['$$value'] }, '$$value', []] }, ['$$this']] },
          ]),
        },
      }),
      () => ({
        $regexFind: { input: this.#or(d, (x) => this.text(x)), regex: c.pick(['a', '(b)|(c)', 'X', '^\\s*', '.']) },
      }),
    ])();
  }

  number(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0) return c.pick<() => unknown>([() => '$n', () => '$b', () => this.values.number(), () => '$_id'])();
    const n = () => this.#or(depth, (d) => this.number(d));
    const d = depth - 1;
    return c.pick<() => unknown>([
      () => ({ $add: Array.from({ length: 1 + c.below(4) }, n) }),
      () => ({ $multiply: Array.from({ length: 1 + c.below(3) }, n) }),
      () => ({ $subtract: [n(), n()] }),
      () => ({ $divide: [n(), n()] }),
      () => ({ $mod: [n(), n()] }),
      () => ({ [c.pick(['$abs', '$ceil', '$floor', '$trunc', '$round'])]: n() }),
      () => ({ [c.pick(['$round', '$trunc'])]: [n(), this.#int(-3, 4)] }),
      () => ({ $sqrt: { $abs: n() } }),
      () => ({ $pow: [{ $toInt: c.pick<unknown>(['$_id', new Int32(3), new Int32(-2)]) }, this.#int(0, 20)] }),
      () => ({ [c.pick(['$sum', '$avg'])]: Array.from({ length: 2 + c.below(3) }, n) }),
      () => ({ [c.pick(['$sum', '$avg', '$stdDevPop', '$stdDevSamp'])]: this.#or(d, (x) => this.array(x)) }),
      () => ({ $cmp: [this.any(d), this.any(d)] }),
      () => ({ $size: this.#or(d, (x) => this.array(x)) }),
      () => ({ $strLenCP: this.#or(d, (x) => this.text(x)) }),
      () => ({ $indexOfCP: [this.#or(d, (x) => this.text(x)), c.pick(['a', 'b', '', 'X'])] }),
      () => ({ $indexOfArray: [this.#or(d, (x) => this.array(x)), this.any(0)] }),
      () => ({ [c.pick(PARTS)]: this.#or(d, (x) => this.date(x)) }),
      () => ({ [c.pick(PARTS)]: { date: this.#or(d, (x) => this.date(x)), timezone: c.pick(ZONES) } }),
      () => ({
        $dateDiff: {
          startDate: this.#or(d, (x) => this.date(x)),
          endDate: this.date(d),
          unit: c.pick(UNITS),
          timezone: c.pick(ZONES),
        },
      }),
      () => ({ [c.pick(['$toInt', '$toLong', '$toDouble', '$toDecimal'])]: this.#or(d, (x) => this.number(x)) }),
      () => ({ $strcasecmp: [this.text(d), this.text(d)] }),
      () => ({ $subtract: [this.date(d), this.#or(d, (x) => this.date(x))] }),
    ])();
  }

  text(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0) return c.pick<() => unknown>([() => '$s', () => this.#literal(this.values.text())])();
    const t = () => this.#or(depth, (d) => this.text(d));
    const d = depth - 1;
    return c.pick<() => unknown>([
      () => ({ $concat: Array.from({ length: 1 + c.below(3) }, t) }),
      () => ({ [c.pick(['$toUpper', '$toLower'])]: t() }),
      () => ({ $substrCP: [t(), this.#int(0, 3), this.#int(0, 3)] }),
      () => ({ $substrBytes: [t(), this.#int(0, 1), this.#int(-1, 3)] }),
      () => ({
        [c.pick(['$trim', '$ltrim', '$rtrim'])]: c.pick<unknown>([
          { input: t() },
          { input: t(), chars: c.pick(['a', ' a', 'X']) },
        ]),
      }),
      () => ({
        [c.pick(['$replaceOne', '$replaceAll'])]: {
          input: t(),
          find: c.pick(['a', 'b', 'X']),
          replacement: c.pick(['', 'zz']),
        },
      }),
      () => ({ $toString: this.any(d) }),
      () => ({
        $dateToString: {
          date: this.#or(d, (x) => this.date(x)),
          timezone: c.pick(ZONES),
          ...c.pick([{}, { format: '%Y-%m-%d %H:%M:%S.%L %j %w %u %U %V %G %z %Z' }]),
        },
      }),
      () => ({ $arrayElemAt: [{ $split: [t(), ','] }, new Int32(0)] }),
    ])();
  }

  date(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0) return c.pick<() => unknown>([() => '$d', () => this.values.date()])();
    const date = () => this.#or(depth, (d) => this.date(d));
    return c.pick<() => unknown>([
      () => '$d',
      () => ({
        $add: [
          date(),
          this.#or(0, () => c.pick<unknown>([new Int32(86400000), new Double(0.5), Long.fromNumber(-1500)])),
        ],
      }),
      () => ({ $subtract: [date(), c.pick<unknown>([new Int32(3600000), new Double(1.7)])] }),
      () => ({
        [c.pick(['$dateAdd', '$dateSubtract'])]: {
          startDate: date(),
          unit: c.pick(UNITS),
          amount: this.#int(-15, 40),
          timezone: c.pick(ZONES),
        },
      }),
      () => ({
        $dateTrunc: {
          date: date(),
          unit: c.pick(UNITS),
          binSize: this.#int(1, 4),
          timezone: c.pick(ZONES),
          startOfWeek: c.pick(['monday', 'sun', 'Thursday']),
        },
      }),
      () => ({
        $dateFromParts: {
          year: this.#int(1999, 2030),
          month: this.#int(-1, 14),
          day: this.#int(-5, 40),
          hour: this.#int(0, 30),
          timezone: c.pick(ZONES),
        },
      }),
      () => ({
        $dateFromString: {
          dateString: c.pick(['2026-02-01', '2026-03-08T02:30:00', '2026-11-01T01:30:00.5', 'nothing']),
          timezone: c.pick(ZONES),
          onError: null,
        },
      }),
      () => ({ $toDate: c.pick<unknown>(['$_id', '$d', Long.fromNumber(1e12), '2026-02-01T03:04:05Z']) }),
    ])();
  }

  boolean(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0) return c.pick<unknown>(['$a', '$n', true, { $eq: ['$s', 'x'] }, { $gt: ['$n', new Int32(1)] }]);
    const d = depth - 1;
    return c.pick<() => unknown>([
      () => ({ [c.pick(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'])]: [this.any(d), this.any(d)] }),
      () => ({ [c.pick(['$and', '$or'])]: Array.from({ length: c.below(4) }, () => this.any(d)) }),
      () => ({ $not: [this.any(d)] }),
      () => ({ $in: [this.any(d), this.#or(d, (x) => this.array(x))] }),
      () => ({ $isArray: [this.any(d)] }),
      () => ({ $isNumber: this.any(d) }),
      () => ({ $setIsSubset: [this.#or(d, (x) => this.array(x)), this.array(d)] }),
      () => ({ $setEquals: [this.array(d), this.array(d)] }),
      () => ({ [c.pick(['$anyElementTrue', '$allElementsTrue'])]: [this.#or(d, (x) => this.array(x))] }),
      () => ({
        $regexMatch: { input: this.#or(d, (x) => this.text(x)), regex: c.pick(['a', 'B', '^x$']), options: 'i' },
      }),
      () => ({ $toBool: this.any(d) }),
    ])();
  }

  array(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0)
      return c.pick<() => unknown>([
        () => '$arr',
        () => '$items',
        () => '$items.v',
        () => [new Int32(1), '$n', '$zz'],
      ])();
    const a = () => this.#or(depth, (d) => this.array(d));
    const d = depth - 1;
    return c.pick<() => unknown>([
      () => '$arr',
      () => Array.from({ length: c.below(4) }, () => this.any(d)),
      () => ({ $map: { input: a(), as: 'e', in: c.pick<unknown>(['$$e', { $type: '$$e' }, ['$$e', '$n'], '$$e.v']) } }),
      () => ({
        $filter: {
          input: a(),
          cond: c.pick<unknown>([{ $gt: ['$$this', new Int32(1)] }, '$$this', { $ne: ['$$this', '$n'] }]),
          ...c.pick([{}, { limit: new Int32(2) }]),
        },
      }),
      () => ({ $concatArrays: Array.from({ length: 1 + c.below(3) }, a) }),
      () => ({ $slice: [a(), this.#int(-3, 3)] }),
      () => ({ $slice: [a(), this.#int(-3, 3), this.#int(1, 3)] }),
      () => ({ $reverseArray: a() }),
      () => ({ [c.pick(['$setUnion', '$setIntersection'])]: Array.from({ length: 1 + c.below(3) }, a) }),
      () => ({ $setDifference: [a(), a()] }),
      () => ({
        $range: [
          this.#int(-3, 3),
          this.#or(d, () => this.#int(-3, 6)),
          this.#or(d, () => c.pick([new Int32(1), new Int32(2), new Int32(-1)])),
        ],
      }),
      () => ({ $zip: { inputs: [a(), a()], ...c.pick([{}, { useLongestLength: true }]) } }),
      () => ({ $objectToArray: this.#or(d, (x) => this.object(x)) }),
      () => ({ [c.pick(['$firstN', '$lastN', '$maxN', '$minN'])]: { n: this.#int(1, 3), input: a() } }),
      () => ({
        $sortArray: { input: a(), sortBy: c.pick<unknown>([new Int32(1), new Int32(-1), { v: new Int32(1) }]) },
      }),
      () => ({ $split: [this.#or(d, (x) => this.text(x)), c.pick([',', 'b', 'X'])] }),
      () => ({ $regexFindAll: { input: this.#or(d, (x) => this.text(x)), regex: c.pick(['a', '(b)?', '\\w']) } }),
    ])();
  }

  object(depth: number): unknown {
    const c = this.#chance;
    if (depth <= 0) return c.pick<unknown>(['$p', '$$ROOT', { $literal: { x: new Int32(1) } }]);
    const d = depth - 1;
    return c.pick<() => unknown>([
      () => '$p',
      () => ({ $mergeObjects: [this.#or(d, (x) => this.object(x)), this.object(d)] }),
      () => ({ x: this.any(d), y: this.any(d) }),
      () => ({ $arrayToObject: { $objectToArray: this.#or(d, (x) => this.object(x)) } }),
      () => ({
        $setField: {
          field: c.pick(['x', 'k']),
          input: '$p',
          value: this.any(d),
        },
      }),
      () => ({ $unsetField: { field: 'x', input: this.object(d) } }),
      () => ({
        $dateToParts: {
          date: this.#or(d, (x) => this.date(x)),
          timezone: c.pick(ZONES),
          iso8601: c.pick([true, false]),
        },
      }),
    ])();
  }
}
