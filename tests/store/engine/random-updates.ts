import { Double, Int32 } from 'bson';
import type { PlainDocument, RandomQueries } from './random-queries.ts';

const UPDATE_PATHS = [
  'a',
  'b',
  'n',
  's',
  't',
  'arr',
  'p',
  'p.x',
  'p.y',
  'p.q.w',
  'q',
  'q.z',
  'items',
  'arr.0',
  'arr.3',
  'items.0.v',
  'items.1.k',
  'a.x',
  'b.x.y',
  'z',
  'items.0.g',
] as const;

/** In pipelines a number is a field's name; documents with such names are a known limit of the store. */
const PIPELINE_PATHS = UPDATE_PATHS.filter((path) => !/\d/.test(path));

/** An update with the filter and array filters it needs. */
export interface RandomUpdate {
  readonly filter: PlainDocument;
  readonly update: PlainDocument;
  readonly arrayFilters?: PlainDocument[];
}

/** Makes random updates: all operators, `.$`, `.$[]`, `.$[id]`, replacement documents; most of them accepted. */
export class RandomUpdates {
  readonly queries: RandomQueries;

  constructor(queries: RandomQueries) {
    this.queries = queries;
  }

  make(): RandomUpdate {
    const { random } = this.queries;
    return random.choose<RandomUpdate>(
      [10, () => ({ filter: this.filter(), update: this.operators() })],
      [2, () => ({ filter: this.filter(), update: this.queries.values.record() })],
      [2.5, () => this.positional()],
      [3, () => this.withArrayFilters()],
    );
  }

  filter(): PlainDocument {
    const { random, values } = this.queries;
    if (random.chance(50)) return { _id: new Int32(random.below(16)) };
    if (random.chance(15))
      return { _id: new Int32(random.below(16)), [random.pick(['n', 's', 'p.x'])]: values.number() };
    return this.queries.filter(1);
  }

  /** A filter whose equalities suit an upsert; it always fixes `_id`. */
  upsertFilter(nextId: number): PlainDocument {
    const { random, values } = this.queries;
    const filter: PlainDocument = { _id: random.chance(80) ? new Int32(nextId) : { $eq: new Int32(nextId) } };
    for (let i = random.below(3); i > 0; i--) {
      const path = random.pick(['a', 'n', 's', 'p.x', 'p.y', 'q.w.e', 'arr', 'arr.0']);
      filter[path] = random.choose<unknown>(
        [4, () => values.forPath(path)],
        [1, () => ({ $gt: values.int() })],
        [1, () => ({ $in: random.list(1, 2, () => values.scalar()) })],
        [1, () => ({ $all: random.list(1, 2, () => values.int()) })],
        [1, () => ({ $eq: values.value(1) })],
      );
    }
    if (random.chance(15)) filter.$and = [{ z: values.scalar() }];
    if (random.chance(10)) filter.$or = random.list(1, 2, () => ({ w: values.scalar() }));
    return filter;
  }

  /** A pipeline of one to three stages, as updates take it. */
  pipeline(): PlainDocument[] {
    const { random } = this.queries;
    return random.list(1, 2, () =>
      random.choose<PlainDocument>(
        [
          6,
          () => ({
            [random.pick(['$set', '$addFields'])]: { [random.pick(PIPELINE_PATHS)]: this.queries.expression() },
          }),
        ],
        [2, () => ({ $unset: random.pick(['a', 'p.x', 'items.v', 'n']) })],
        [1, () => ({ $project: { n: new Int32(1), p: new Int32(1), z: this.queries.expression() } })],
        [1, () => ({ $replaceWith: { n: this.queries.operand(), b: this.queries.expression() } })],
      ),
    );
  }

  operators(): PlainDocument {
    const { random } = this.queries;
    const update: PlainDocument = {};
    for (let i = random.choose([6, () => 1], [3, () => 2], [1, () => 3]); i > 0; i--) this.addOperator(update);
    return update;
  }

  addOperator(update: PlainDocument): void {
    const path = this.queries.random.pick(UPDATE_PATHS);
    const [operator, operand] = this.operator(path);
    const fields = (update[operator] ?? {}) as PlainDocument;
    fields[path] = operand;
    if (this.queries.random.chance(25)) {
      const other = this.queries.random.pick(UPDATE_PATHS);
      const [same, value] = this.operator(other);
      if (same === operator) fields[other] = value;
    }
    update[operator] = fields;
  }

  operator(path: string): [string, unknown] {
    const { random, values } = this.queries;
    return random.choose<[string, unknown]>(
      [6, () => ['$set', values.forPath(path)]],
      [2, () => ['$unset', '']],
      [4, () => ['$inc', values.number()]],
      [2, () => ['$mul', values.number()]],
      [1.5, () => ['$min', values.forPath(path)]],
      [1.5, () => ['$max', values.forPath(path)]],
      [1.5, () => ['$rename', random.pick(['q', 'p.r', 'z', 'b', 's', 'arr.0', 'p.x'])]],
      [1, () => ['$setOnInsert', values.value(1)]],
      [3, () => ['$push', this.push()]],
      [
        2.5,
        () => ['$addToSet', random.chance(50) ? { $each: random.list(0, 3, () => this.element()) } : this.element()],
      ],
      [1.5, () => ['$pop', new Int32(random.pick([1, -1]))]],
      [3, () => ['$pull', this.pull()]],
      [1.5, () => ['$pullAll', random.list(0, 3, () => this.element())]],
      [1, () => ['$bit', { [random.pick(['and', 'or', 'xor'])]: new Int32(random.below(16)) }]],
    );
  }

  element(): unknown {
    const { random, values } = this.queries;
    return random.choose<unknown>([5, () => values.int()], [3, () => values.item()], [2, () => values.value(1)]);
  }

  push(): unknown {
    const { random } = this.queries;
    if (random.chance(40)) return this.element();
    const push: PlainDocument = { $each: random.list(0, 3, () => this.element()) };
    if (random.chance(40))
      push.$sort = random.pick<unknown>([
        new Int32(1),
        new Int32(-1),
        { v: new Int32(1) },
        { k: new Int32(-1), v: new Int32(1) },
        { 'g.0': new Int32(1) },
      ]);
    if (random.chance(40)) push.$slice = new Int32(random.below(7) - 3);
    if (random.chance(35)) push.$position = random.chance(90) ? new Int32(random.below(7) - 3) : new Double(1);
    return push;
  }

  pull(): unknown {
    const { random, values } = this.queries;
    return random.choose<unknown>(
      [3, () => values.int()],
      [2, () => ({ $gte: values.int() })],
      [1, () => ({ $in: random.list(0, 3, () => this.element()) })],
      [3, () => ({ k: random.pick(['a', 'b']) })],
      [1, () => this.queries.elementCondition()],
      [1, () => values.value(1)],
    );
  }

  positional(): RandomUpdate {
    const { random, values } = this.queries;
    const extra: PlainDocument = random.chance(25) ? { n: { $exists: true } } : {};
    const [filterPath, array] = random.pick([
      ['items.k', 'items'],
      ['items.v', 'items'],
      ['arr', 'arr'],
      ['items', 'items'],
    ] as const);
    const filter: PlainDocument = random.chance(60)
      ? {
          [filterPath]:
            filterPath === 'items' ? { $elemMatch: { k: random.pick(['a', 'b']) } } : values.forPath(filterPath),
        }
      : { [filterPath]: { $gte: values.forPath(filterPath) } };
    const update: PlainDocument = {};
    for (let i = 1 + random.below(2); i > 0; i--) {
      const path = `${array}.$${array === 'arr' ? '' : random.pick(['.v', '.done', '.g', '', '.k'])}`;
      const [operator, operand] = this.operator(path);
      if (operator === '$rename') continue;
      update[operator] = { ...(update[operator] as PlainDocument | undefined), [path]: operand };
    }
    if (Object.keys(update).length === 0) update.$set = { [`${array}.$`]: values.int() };
    return { filter: { ...filter, ...extra }, update };
  }

  withArrayFilters(): RandomUpdate {
    const { random, values } = this.queries;
    const useAll = random.chance(30);
    const part = useAll ? '$[]' : '$[e]';
    const array = random.pick(['items', 'items', 'arr', 'a', 'p.x']);
    const update: PlainDocument = {};
    for (let i = 1 + random.below(2); i > 0; i--) {
      const tail = array === 'items' ? random.pick(['.v', '.done', '.g.$[]', '', '.at']) : '';
      const path = `${array}.${part}${tail}`;
      const [operator, operand] = this.operator(path);
      if (operator === '$rename') continue;
      update[operator] = { ...(update[operator] as PlainDocument | undefined), [path]: operand };
    }
    if (Object.keys(update).length === 0) update.$unset = { [`${array}.${part}`]: '' };
    const filter = random.chance(60) ? { [array]: { $type: 'array' } } : this.filter();
    if (useAll) return random.chance(95) ? { filter, update } : { filter, update, arrayFilters: [{ e: values.int() }] };
    const condition: PlainDocument =
      array === 'items'
        ? random.choose<PlainDocument>(
            [3, () => ({ 'e.k': random.pick(['a', 'b']) })],
            [2, () => ({ 'e.v': { $gte: values.int() } })],
            [1, () => ({ $or: [{ 'e.k': 'a' }, { 'e.v': values.int() }] })],
            [1, () => ({ e: { $exists: true } })],
          )
        : { e: random.chance(50) ? values.forPath('arr') : { $gte: values.int() } };
    return { filter, update, arrayFilters: [condition] };
  }
}
