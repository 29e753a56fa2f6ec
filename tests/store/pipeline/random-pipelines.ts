import { Decimal128, Double, Int32, Long } from 'bson';
import { ExpressionMaker } from './random-expressions.ts';
import { type Chance, chanceFrom } from './random-values.ts';

/** One case of a comparison: documents, a foreign collection, a pipeline, and what its order means. */
export interface PipelineCase {
  readonly documents: readonly Record<string, unknown>[];
  /** The collection `other`, for `$lookup` and `$unionWith`. */
  readonly others: readonly Record<string, unknown>[];
  readonly pipeline: readonly Record<string, unknown>[];
  /** False where MongoDB promises no order of results. */
  readonly isOrdered: boolean;
  /** False where MongoDB's code of an error depends on which of its engines ran the stage. */
  readonly hasStableErrors: boolean;
  /** True where MongoDB may run stages in another order, so that a failure may come or not. */
  readonly mayReorder: boolean;
}

const GROUP_FIELDS = ['$sum', '$avg', '$min', '$max', '$first', '$last', '$push', '$stdDevPop', '$stdDevSamp'];

/** Makes `count` cases from a seed; the same seed makes the same cases. Each set of documents serves ten pipelines. */
export function generatePipelines(seed: number, count: number): PipelineCase[] {
  const chance = chanceFrom(seed);
  const cases: PipelineCase[] = [];
  while (cases.length < count) {
    const maker = new ExpressionMaker(chance);
    const documents = Array.from({ length: chance.below(7) }, (_, i) => maker.values.document(new Int32(i + 1)));
    const others = Array.from({ length: chance.below(5) }, (_, i) => maker.values.document(new Int32(i * 2)));
    for (let i = 0; i < 10 && cases.length < count; i += 1) {
      cases.push({ documents, others, ...new PipelineMaker(chance, maker).make() });
    }
  }
  return cases;
}

class PipelineMaker {
  readonly #chance: Chance;
  readonly #expressions: ExpressionMaker;
  readonly #stages: Record<string, unknown>[] = [];
  #isOrdered = true;
  /** Whether every document still has an `_id` of its own. */
  #hasIds = true;
  #hasStableErrors = true;
  #mayReorder = false;

  constructor(chance: Chance, expressions: ExpressionMaker) {
    this.#chance = chance;
    this.#expressions = expressions;
  }

  make(): Pick<PipelineCase, 'pipeline' | 'isOrdered' | 'hasStableErrors' | 'mayReorder'> {
    // Codes are compared for single expressions only: of several failures MongoDB's order of work decides.
    if (this.#chance.below(4) === 0) {
      this.#stages.push({ $project: { r: this.#expressions.any(4) } });
      return { pipeline: this.#stages, isOrdered: true, hasStableErrors: true, mayReorder: false };
    }
    this.#hasStableErrors = false;
    const length = 1 + this.#chance.below(4);
    while (this.#stages.length < length) this.#addStage();
    return {
      pipeline: this.#stages,
      isOrdered: this.#isOrdered,
      hasStableErrors: this.#hasStableErrors,
      mayReorder: this.#mayReorder,
    };
  }

  #addStage(): void {
    // MongoDB moves stages and drops what no later stage needs, so a failure in an earlier one may or may not come.
    if (this.#stages.length > 0) this.#mayReorder = true;
    const add = this.#chance.pick([
      () => this.#addProject(),
      () => this.#addProject(),
      () => this.#addFields(),
      () => this.#addFields(),
      () => this.#addFields(),
      () => this.#addMatch(),
      () => this.#addGroup(),
      () => this.#addGroup(),
      () => this.#addSort(),
      () => this.#addSlice(),
      () => this.#addUnwind(),
      () => this.#addLookup(),
      () => this.#addRest(),
    ]);
    add();
  }

  #addProject(): void {
    const c = this.#chance;
    // What a join leaves behind is projected in another order of fields.
    if (this.#stages.some((stage) => '$lookup' in stage)) return;
    const spec: Record<string, unknown> = {};
    const excludes = c.below(4) === 0;
    for (let i = 0; i < 1 + c.below(4); i += 1) {
      const path = c.pick([
        'a',
        'b',
        'n',
        's',
        'p',
        'p.x',
        'p.q',
        'items',
        'items.k',
        'items.v',
        'arr',
        'd',
        'z',
        'p.y',
      ]);
      if (excludes) {
        // Where a nested field was dropped and is set again MongoDB puts it back in its old place; that is not imitated.
        if (!path.includes('.')) spec[path] = c.pick([new Int32(0), false]);
      } else if (c.below(2) === 0) spec[path] = c.pick([new Int32(1), true, new Double(2.5)]);
      else spec[path] = this.#expressions.any(2);
    }
    if (c.below(5) === 0) {
      spec['_id'] = c.pick([new Int32(0), false]);
      this.#hasIds = false;
    }
    if (Object.keys(spec).length === 0) spec['b'] = new Int32(0);
    this.#stages.push({ $project: spec });
  }

  #addFields(): void {
    const c = this.#chance;
    const spec: Record<string, unknown> = {};
    for (let i = 0; i < 1 + c.below(3); i += 1) {
      spec[c.pick(['a', 'b', 'r', 'x', 'p.new', 'items.f', 'arr', 'w.v', 'n'])] = this.#expressions.any(3);
    }
    this.#stages.push({ [c.pick(['$addFields', '$set'])]: spec });
  }

  #addMatch(): void {
    const c = this.#chance;
    const { values } = this.#expressions;
    const value = values.scalar();
    const filter = c.pick<Record<string, unknown>>([
      { [c.pick(['a', 'n', 's', 'p.x', 'items.v', 'arr'])]: { [c.pick(['$gt', '$lte', '$ne', '$eq'])]: value } },
      { $expr: this.#expressions.boolean(2) },
      { $expr: { [c.pick(['$gt', '$lt', '$gte', '$eq'])]: [this.#expressions.any(1), this.#expressions.any(1)] } },
      { s: { $in: ['x', 'y', null] } },
      {},
    ]);
    // Dates beyond the year 275760 exist in MongoDB, not here.
    if ('$expr' in filter) this.#mayReorder = true;
    this.#stages.push({ $match: filter });
  }

  #addGroup(): void {
    const c = this.#chance;
    const e = this.#expressions;
    // First, last and push mean nothing without an order.
    if (!this.#isOrdered) this.#stages.push({ $sort: { _id: new Int32(1) } });
    // At the head of a pipeline MongoDB's newer engine computes, which differs where values are of unusual types.
    const isAtHead = !this.#stages.some((stage) => '$set' in stage || '$addFields' in stage);
    const spec: Record<string, unknown> = {
      _id: c.pick<() => unknown>([
        () => null,
        () => '$s',
        () => '$a',
        () => '$n',
        () => ({ k: '$s' }),
        () => ({ k: '$s', m: '$a' }),
        () => (isAtHead ? '$b' : e.any(2)),
      ])(),
    };
    let hasSet = false;
    for (let i = 0; i < c.below(4); i += 1) {
      const name = c.pick(['t', 'u', 'v', 'w']);
      const operator = c.pick([...GROUP_FIELDS, '$count', '$mergeObjects', 'many', 'sorted', 'set']);
      const n = new Int32(1 + c.below(3));
      if (operator === '$count') spec[name] = { $count: {} };
      else if (operator === '$mergeObjects') spec[name] = { $mergeObjects: '$p' };
      else if (operator === 'many') {
        spec[name] = { [c.pick(['$firstN', '$lastN', '$maxN', '$minN'])]: { n, input: e.path() } };
      } else if (operator === 'sorted' && this.#hasIds) {
        const sortBy = { [c.pick(['a', 'n', 's'])]: c.pick([new Int32(1), new Int32(-1)]), _id: new Int32(1) };
        spec[name] = c.pick([
          { [c.pick(['$top', '$bottom'])]: { output: e.path(), sortBy } },
          { [c.pick(['$topN', '$bottomN'])]: { n, output: e.path(), sortBy } },
        ]);
      } else if (operator === 'set') {
        spec['set'] = { $addToSet: e.path() };
        hasSet = true;
      } else {
        const kind = GROUP_FIELDS.includes(operator) ? operator : '$sum';
        const argument = c.below(3) === 0 && !isAtHead && kind !== '$min' && kind !== '$max' ? e.any(2) : e.path();
        spec[name] = { [kind]: Array.isArray(argument) ? '$n' : argument };
      }
    }
    this.#stages.push({ $group: spec });
    // What is asked for of the first document only may fail for a later one, or not be computed there.
    this.#mayReorder = true;
    if (hasSet) this.#stages.push({ $set: { set: { $setUnion: ['$set'] } } });
    if (c.below(3) === 0) this.#isOrdered = false;
    else {
      this.#stages.push({ $sort: { _id: new Int32(1) } });
      this.#isOrdered = true;
    }
    this.#hasIds = true;
  }

  #addSort(): void {
    const last = this.#stages[this.#stages.length - 1];
    // Of two sorts in a row MongoDB runs only the second; keys of groups may be arrays that tie.
    const hasGroups = this.#stages.some((stage) => '$group' in stage);
    if (!this.#hasIds || hasGroups || (last && '$sort' in last)) return;
    const c = this.#chance;
    const direction = () => c.pick([new Int32(1), new Int32(-1)]);
    this.#stages.push({
      $sort: { [c.pick(['a', 'n', 's', 'p', 'p.x', 'items.v', 'd', 'r'])]: direction(), _id: direction() },
    });
    this.#isOrdered = true;
  }

  #addSlice(): void {
    if (!this.#isOrdered) return;
    const c = this.#chance;
    this.#stages.push(c.pick([{ $limit: new Int32(1 + c.below(4)) }, { $skip: Long.fromNumber(c.below(3)) }]));
  }

  #addUnwind(): void {
    const c = this.#chance;
    const path = c.pick(['$arr', '$items', '$a', '$p.x', '$items.v']);
    const stage = c.pick<unknown>([
      path,
      { path, preserveNullAndEmptyArrays: true },
      { path, includeArrayIndex: c.pick(['i', 'p.i']), preserveNullAndEmptyArrays: c.pick([true, false]) },
    ]);
    this.#stages.push({ $unwind: stage });
    this.#hasIds = false;
  }

  #addLookup(): void {
    const c = this.#chance;
    // A join right after a projection may run in another engine, which orders the projected fields in its own way.
    if (this.#stages.some((stage) => '$project' in stage)) return;
    const e = this.#expressions;
    const as = c.pick(['j', 'k.j']);
    const localField = c.pick(['_id', 'a', 'n', 'arr', 'p.x', 'items.v', 's']);
    const foreignField = c.pick(['_id', 'a', 'n', 'arr', 'items.v', 's']);
    const inner = c.pick<unknown[]>([
      [{ $match: { $expr: { [c.pick(['$eq', '$gt', '$lte'])]: [e.path(), '$$v'] } } }],
      [{ $project: { r: c.pick<unknown>(['$$v', { $ifNull: ['$$v', 'none'] }]) } }],
      [{ $sort: { _id: new Int32(-1) } }, { $limit: new Int32(1) }],
      [],
    ]);
    this.#stages.push({
      $lookup: c.pick<Record<string, unknown>>([
        { from: 'other', localField, foreignField, as },
        { from: 'other', let: { v: e.path() }, pipeline: inner, as },
        { from: 'other', localField, foreignField, let: { v: e.path() }, pipeline: inner, as },
      ]),
    });
  }

  #addRest(): void {
    const c = this.#chance;
    const e = this.#expressions;
    c.pick<() => void>([
      () => this.#stages.push({ $unset: c.pick<unknown>(['a', ['s', 'n'], 'items.k']) }),
      () =>
        this.#stages.push({
          $replaceWith: { $mergeObjects: [{ _id: '$_id' }, c.pick<unknown>(['$p', { q: e.any(2) }])] },
        }),
      () => {
        this.#stages.push({ $sortByCount: c.pick(['$s', '$a']) }, { $sort: { _id: new Int32(1) } });
        this.#hasIds = true;
        this.#isOrdered = true;
      },
      () => {
        this.#stages.push({ $count: 'n' });
        this.#hasIds = false;
        this.#isOrdered = true;
      },
      () => {
        const boundaries = [new Int32(-100), new Int32(0), new Double(2.5), Decimal128.fromString('10')];
        this.#stages.push({
          $bucket: {
            groupBy: c.pick<unknown>(['$n', '$b']),
            boundaries,
            default: 'other',
            output: { c: { $sum: new Int32(1) }, m: { $max: '$n' } },
          },
        });
        this.#hasIds = true;
        this.#isOrdered = true;
      },
      () => {
        if (!this.#isOrdered) return;
        this.#stages.push({
          $facet: {
            one: [{ $match: { $expr: e.boolean(1) } }, { $count: 'n' }],
            two: [{ $project: { r: e.any(2) } }, { $limit: new Int32(2) }],
          },
        });
        this.#hasIds = false;
      },
      () => {
        this.#stages.push({
          $unionWith: c.pick<unknown>(['other', { coll: 'other', pipeline: [{ $project: { r: e.any(1) } }] }]),
        });
        this.#hasIds = false;
      },
      () =>
        this.#stages.push({
          $redact: { $cond: [e.boolean(1), c.pick(['$$DESCEND', '$$KEEP']), c.pick(['$$PRUNE', '$$KEEP'])] },
        }),
    ])();
  }
}
