import { ObjectId } from 'bson';
import { distinctValues } from '../../../store/embedded/engine/distinct.ts';
import { isOperatorDocument } from '../../../store/embedded/engine/filter/filter-operators.ts';
import { type CompiledFilter, compileFilter, type ExpressionCompiler } from '../../../store/embedded/engine/filter.ts';
import { sortAndProject } from '../../../store/embedded/engine/find-order.ts';
import { compileProjection } from '../../../store/embedded/engine/projection.ts';
import { type CompiledSort, compileSort } from '../../../store/embedded/engine/sort.ts';
import { type CompiledUpdate, compileUpdate, type PipelineCompiler } from '../../../store/embedded/engine/update.ts';
import { compareValues, type Document, isDocument, MongoError } from '../../../store/embedded/engine/values.ts';

/** What the collection needs for expressions and pipelines; without them such commands are refused. */
export interface Compilers {
  readonly expr?: ExpressionCompiler | undefined;
  readonly pipeline?: PipelineCompiler | undefined;
  readonly aggregate?: ((pipeline: readonly unknown[], documents: readonly Document[]) => Document[]) | undefined;
}

/** The command's sort; a search by `_id` alone has nothing to sort, and MongoDB does not even look at the sort keys. */
function sortOf(command: Document, filter: unknown): CompiledSort | undefined {
  const sort = command.sort ? compileSort(command.sort) : undefined;
  const names = Object.keys(filter as Document);
  const id = (filter as Document)._id;
  const isIdQuery =
    names.length === 1 && id !== undefined && !command.hint && !(isDocument(id) && isOperatorDocument(id));
  return isIdQuery ? undefined : sort;
}

const NOW = new Date('2026-03-01T00:00:00Z');

/** A collection as an array: runs commands through the query engine alone, to be compared with MongoDB's answers. */
export class InMemoryCollection {
  documents: Document[] = [];
  readonly compilers: Compilers;

  constructor(compilers: Compilers = {}) {
    this.compilers = compilers;
  }

  /** The answer to a command, without what only a server knows (times, cursor ids). */
  run(command: Document): Document {
    try {
      return this.answer(command);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      return { ok: 0, code: error.code, codeName: error.codeName, errmsg: error.message };
    }
  }

  private answer(command: Document): Document {
    switch (Object.keys(command)[0]) {
      case 'insert':
        return this.insert(command.documents as Document[]);
      case 'find':
        return { firstBatch: this.find(command) };
      case 'update':
        return this.update(command.updates as Document[]);
      case 'delete':
        return this.delete(command.deletes as Document[]);
      case 'findAndModify':
        return this.findAndModify(command);
      case 'count':
        return { n: this.slice(this.matching(command.query), command).length };
      case 'distinct':
        return { values: distinctValues(this.matching(command.query), String(command.key)) };
      case 'aggregate':
        return { firstBatch: this.aggregate(command.pipeline as unknown[]) };
      default:
        throw new MongoError(59, 'no such command');
    }
  }

  private filter(filter: unknown, isUpsert = false): CompiledFilter {
    return compileFilter(filter, { expr: this.compilers.expr, isUpsert });
  }

  private matching(filter: unknown): Document[] {
    const { matches } = this.filter(filter);
    return this.documents.filter((document) => matches(document));
  }

  private slice(documents: Document[], command: Document): Document[] {
    const skip = Number(command.skip ?? 0);
    const limit = Number(command.limit ?? 0);
    return documents.slice(skip, limit === 0 ? undefined : skip + limit);
  }

  private aggregate(pipeline: readonly unknown[]): Document[] {
    if (!this.compilers.aggregate) throw new MongoError(59, 'no such command');
    return this.compilers.aggregate(pipeline, this.documents);
  }

  private find(command: Document): Document[] {
    const { expr } = this.compilers;
    const filter = this.filter(command.filter);
    const sort = sortOf(command, command.filter);
    const projection = command.projection ? compileProjection(command.projection, { expr, filter }) : undefined;
    const found = this.documents.filter((document) => filter.matches(document));
    return sortAndProject(found, sort, projection, {
      skip: Number(command.skip ?? 0),
      limit: Number(command.limit ?? 0),
    });
  }

  private hasId(id: unknown): boolean {
    return this.documents.some((document) => compareValues(document._id, id) === 0);
  }

  private add(document: Document): void {
    if (this.hasId(document._id)) throw new MongoError(11000, 'E11000 duplicate key error');
    this.documents.push(document);
  }

  private insert(documents: Document[]): Document {
    let n = 0;
    const writeErrors: Document[] = [];
    for (const [index, document] of documents.entries()) {
      try {
        this.add(document);
        n += 1;
      } catch (error) {
        if (!(error instanceof MongoError)) throw error;
        writeErrors.push({ index, code: error.code, errmsg: error.message });
        break;
      }
    }
    return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}) };
  }

  private compile(update: unknown, arrayFilters: unknown, isMulti: boolean): CompiledUpdate {
    const { pipeline } = this.compilers;
    return compileUpdate(update, {
      now: NOW,
      isMulti,
      pipeline,
      arrayFilters: arrayFilters as unknown[] | undefined,
    });
  }

  private update(statements: Document[]): Document {
    const [statement] = statements as [Document];
    try {
      return this.updateOne(statement);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      return { n: 0, nModified: 0, writeErrors: [{ index: 0, code: error.code, errmsg: error.message }] };
    }
  }

  private updateOne({ q, u, multi, upsert, arrayFilters }: Document): Document {
    // MongoDB looks at the update before it looks at the filter.
    const update = this.compile(u, arrayFilters, multi === true);
    const filter = this.filter(q, upsert === true);
    let n = 0;
    let nModified = 0;
    for (const [i, document] of this.documents.entries()) {
      if (!filter.matches(document)) continue;
      const result = update.apply(document, filter);
      n += 1;
      if (result.modified) nModified += 1;
      this.documents[i] = result.document;
      if (!multi) break;
    }
    if (n > 0 || !upsert) return { n, nModified };
    const document = update.buildUpsert(filter, () => new ObjectId());
    this.add(document);
    return { n: 1, nModified: 0, upserted: [{ index: 0, _id: document._id }] };
  }

  private delete(statements: Document[]): Document {
    const [statement] = statements as [Document];
    try {
      const found = this.matching(statement.q);
      const gone = new Set(Number(statement.limit) === 1 ? found.slice(0, 1) : found);
      this.documents = this.documents.filter((document) => !gone.has(document));
      return { n: gone.size };
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      return { n: 0, writeErrors: [{ index: 0, code: error.code, errmsg: error.message }] };
    }
  }

  private findAndModify(command: Document): Document {
    const { expr } = this.compilers;
    const isRemove = command.remove === true;
    const sort = sortOf(command, command.query);
    const update = isRemove ? undefined : this.compile(command.update, command.arrayFilters, false);
    const filter = this.filter(command.query);
    const projection = command.fields ? compileProjection(command.fields, { expr, filter }) : undefined;
    const shown = (document: Document) => (projection ? projection.project(document) : document);
    const found = this.documents.filter((document) => filter.matches(document));
    const before = (sort ? sort.sort(found) : found)[0];
    if (!before && (isRemove || !command.upsert)) {
      return { lastErrorObject: { n: 0, ...(isRemove ? {} : { updatedExisting: false }) }, value: null };
    }
    if (!before) {
      const document = (update as CompiledUpdate).buildUpsert(filter, () => new ObjectId());
      this.add(document);
      const lastErrorObject = { n: 1, updatedExisting: false, upserted: document._id };
      return { lastErrorObject, value: command.new ? shown(document) : null };
    }
    if (!update) {
      const value = shown(before);
      this.documents = this.documents.filter((document) => document !== before);
      return { lastErrorObject: { n: 1 }, value };
    }
    const { document } = update.apply(before, filter);
    const value = shown(command.new ? document : before);
    this.documents[this.documents.indexOf(before)] = document;
    return { lastErrorObject: { n: 1, updatedExisting: true }, value };
  }
}
