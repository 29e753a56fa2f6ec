import { Int32 } from 'bson';
import { type PlainDocument, RandomQueries } from './random-queries.ts';
import { RandomUpdates } from './random-updates.ts';
import { Random } from './random-values.ts';

/** The collection that every operation works on. */
export const COLLECTION = 'random';

/** One operation: a command of MongoDB as plain data, its values without promotion. */
export type Operation = PlainDocument;

/** What else may be mixed into the operations. */
export interface GenerateOptions {
  /** Makes a pipeline for `aggregate`; without it none are sent. */
  readonly pipeline?: ((random: Random, queries: RandomQueries) => PlainDocument[]) | undefined;
}

/** Operations between two fresh fillings of the collection. */
const ROUND = 40;

const NATURAL = { $natural: new Int32(1) };

/**
 * Random commands (insert, find, update, delete, findAndModify, distinct, count, aggregate) for one collection, the
 * same ones for the same seed. Answers are fully determined: every upsert fixes its `_id`, every sort ends with `_id`
 * and what is not sorted is read in the order of the records (`hint: {$natural: 1}`).
 */
export function* generateOperations(seed: number, count: number, options: GenerateOptions = {}): Generator<Operation> {
  const random = new Random(seed);
  const queries = new RandomQueries(random);
  const maker = new OperationMaker(queries, new RandomUpdates(queries), options);
  for (let made = 0; made < count; made++) {
    const step = made % ROUND;
    if (step === 0) yield { delete: COLLECTION, deletes: [{ q: {}, limit: new Int32(0) }] };
    else if (step === 1) yield maker.fill();
    else yield maker.next();
  }
}

class OperationMaker {
  readonly queries: RandomQueries;
  readonly updates: RandomUpdates;
  readonly options: GenerateOptions;
  nextId = 0;

  constructor(queries: RandomQueries, updates: RandomUpdates, options: GenerateOptions) {
    this.queries = queries;
    this.updates = updates;
    this.options = options;
  }

  fill(): Operation {
    this.nextId = 14;
    const documents = Array.from({ length: 14 }, (_, i) => ({ _id: new Int32(i), ...this.queries.values.record() }));
    return { insert: COLLECTION, documents };
  }

  next(): Operation {
    const { random, values } = this.queries;
    const { pipeline } = this.options;
    return random.choose<Operation>(
      [10, () => this.find()],
      [14, () => this.update()],
      [1.5, () => this.delete()],
      [6, () => this.findAndModify()],
      [2, () => ({ distinct: COLLECTION, key: this.queries.path(), query: this.queries.filter(1) })],
      [1.5, () => this.count()],
      [
        1,
        () => ({
          insert: COLLECTION,
          documents: [{ _id: new Int32(random.chance(85) ? this.nextId++ : random.below(14)), ...values.record() }],
        }),
      ],
      [
        pipeline ? 8 : 0,
        () => ({
          aggregate: COLLECTION,
          pipeline: pipeline?.(random, this.queries) ?? [],
          cursor: { batchSize: new Int32(1000) },
        }),
      ],
    );
  }

  find(): Operation {
    const { random } = this.queries;
    const command: Operation = { find: COLLECTION, filter: this.queries.filter(), batchSize: new Int32(1000) };
    if (random.chance(45)) command.sort = this.queries.sort();
    else command.hint = NATURAL;
    if (random.chance(50)) command.projection = this.projection(command);
    if (random.chance(15)) command.skip = new Int32(random.below(4));
    if (random.chance(20)) command.limit = new Int32(1 + random.below(5));
    return command;
  }

  projection(command: Operation): PlainDocument {
    const { random } = this.queries;
    if (!command.sort && random.chance(10)) {
      command.filter = { arr: this.queries.values.int() };
      return { 'arr.$': new Int32(1), ...(random.chance(50) ? { n: new Int32(1) } : {}) };
    }
    return this.queries.projection();
  }

  update(): Operation {
    const { random } = this.queries;
    const isUpsert = random.chance(15);
    const { filter, update, arrayFilters } = this.updates.make();
    const isReplacement = !Object.keys(update)[0]?.startsWith('$');
    const statement: PlainDocument = { q: isUpsert ? this.upsertFilter(update) : filter, u: update, hint: NATURAL };
    if (arrayFilters) statement.arrayFilters = arrayFilters;
    if (random.chance(30) && !isUpsert && !isReplacement) statement.multi = true;
    if (isUpsert) statement.upsert = true;
    if (random.chance(10)) {
      statement.u = this.updates.pipeline();
      delete statement.arrayFilters;
    }
    return { update: COLLECTION, updates: [statement] };
  }

  upsertFilter(update: PlainDocument): PlainDocument {
    const { random } = this.queries;
    const id = random.chance(80) ? this.nextId++ : random.below(16);
    if (random.chance(6)) delete (update as { _id?: unknown })._id;
    return this.updates.upsertFilter(id);
  }

  delete(): Operation {
    const { random } = this.queries;
    return {
      delete: COLLECTION,
      deletes: [{ q: this.queries.filter(1), limit: new Int32(random.chance(70) ? 1 : 0), hint: NATURAL }],
    };
  }

  findAndModify(): Operation {
    const { random } = this.queries;
    const command: Operation = { findAndModify: COLLECTION };
    if (random.chance(15)) {
      Object.assign(command, { query: this.queries.filter(1), remove: true });
    } else {
      const isUpsert = random.chance(20);
      const { filter, update, arrayFilters } = this.updates.make();
      Object.assign(command, { query: isUpsert ? this.upsertFilter(update) : filter, update });
      if (arrayFilters) command.arrayFilters = arrayFilters;
      if (isUpsert) command.upsert = true;
      if (random.chance(50)) command.new = true;
    }
    if (random.chance(40)) command.sort = this.queries.sort();
    else command.hint = NATURAL;
    if (random.chance(30)) command.fields = this.queries.flags(() => new Int32(random.chance(90) ? 1 : 0));
    return command;
  }

  count(): Operation {
    const { random } = this.queries;
    const command: Operation = { count: COLLECTION, query: this.queries.filter() };
    if (random.chance(20)) command.skip = new Int32(random.below(3));
    if (random.chance(20)) command.limit = new Int32(1 + random.below(4));
    return command;
  }
}
