import { createHash } from 'node:crypto';
import { BSON, EJSON } from 'bson';
import type mongoose from 'mongoose';
import { essenceText } from '../../store/engine/compare-answers.ts';
import { COLLECTION, generateOperations, type Operation } from '../../store/engine/random-operations.ts';
import { asText, isSameAnswer } from '../../store/pipeline/compare-pipelines.ts';
import { generatePipelines, type PipelineCase } from '../../store/pipeline/random-pipelines.ts';

/** One step of a comparison: a command on the common collection, or a pipeline with documents of its own. */
export type Step =
  | { readonly kind: 'command'; readonly command: Operation; readonly isOrdered: boolean }
  | { readonly kind: 'pipeline'; readonly of: PipelineCase };

/** The answer to a step as texts: one for a command, one per result for a pipeline. */
export type Answer = readonly string[];

/** Answers as they are on the wire: nothing is turned into a JavaScript number. */
const RAW = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

/** Indexes under which the same commands are played: answers must not depend on them. */
const INDEXES: readonly mongoose.mongo.IndexDescription[] = [
  { key: { a: 1 } },
  { key: { b: -1, _id: 1 } },
  { key: { 'p.x': 1, a: 1 } },
  { key: { arr: 1 } },
  { key: { 'items.k': 1, 'items.v': 1 } },
];

/**
 * Steps from a seed: of ten, seven are commands and three pipelines. With indexes a find that asks for no order may
 * choose its index, and its results are compared as a set.
 */
export function* generateSteps(seed: number, count: number, hasIndexes: boolean): Generator<Step> {
  const commands = Math.round(count * 0.7);
  for (const command of generateOperations(seed, commands)) {
    if (makesNumberNames(command)) continue;
    const isFree = hasIndexes && command.find !== undefined && command.sort === undefined;
    if (isFree) for (const field of ['hint', 'skip', 'limit']) delete command[field];
    yield { kind: 'command', command, isOrdered: !isFree };
  }
  for (const of of generatePipelines(seed, count - commands)) yield { kind: 'pipeline', of };
}

/**
 * Whether a command may give a document a field whose name is a whole number. In the embedded store such fields come
 * before the others of their document (`docs/store.md`, known limits), so these commands are left out.
 */
function makesNumberNames({ update, updates }: Operation): boolean {
  return /"(?!arr\.)[^"]*\.\d+(?:\.[^"]*)?":/.test(EJSON.stringify({ update, updates }));
}

/** Plays steps on one store. */
export class Player {
  readonly #db: mongoose.mongo.Db;
  #documents: PipelineCase['documents'] | undefined;

  constructor(db: mongoose.mongo.Db) {
    this.#db = db;
  }

  /** Makes the common collection. */
  async prepare(hasIndexes: boolean): Promise<void> {
    if (hasIndexes) await this.#db.collection(COLLECTION).createIndexes([...INDEXES]);
    else await this.#db.createCollection(COLLECTION);
  }

  async play(step: Step): Promise<Answer> {
    if (step.kind === 'pipeline') return this.#pipeline(step.of);
    const answer = await this.#answerTo(step.command);
    return step.isOrdered ? [answer] : [sortedBatch(answer)];
  }

  async #answerTo(command: Operation): Promise<string> {
    try {
      return essenceText(await this.#db.command(command as mongoose.mongo.Document, RAW));
    } catch (error) {
      const { code, codeName } = error as { code?: unknown; codeName?: unknown };
      if (code === undefined || codeName === undefined) throw error;
      return essenceText({ ok: 0, code: Number(code), codeName });
    }
  }

  async #pipeline(of: PipelineCase): Promise<Answer> {
    if (this.#documents !== of.documents) {
      for (const [name, documents] of [['docs', of.documents] as const, ['other', of.others] as const]) {
        const collection = this.#db.collection(name);
        await collection.deleteMany({});
        if (documents.length > 0) await collection.insertMany(documents.map((one) => ({ ...one })));
      }
      this.#documents = of.documents;
    }
    try {
      const command = { aggregate: 'docs', pipeline: of.pipeline, cursor: { batchSize: 1000 } };
      const { cursor } = await this.#db.command(command, RAW);
      return asText(cursor.firstBatch, of.isOrdered);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code === undefined) throw error;
      return [`error ${Number(code)}`];
    }
  }
}

function sortedBatch(answer: string): string {
  const parsed = JSON.parse(answer) as { firstBatch?: unknown[] };
  if (parsed.firstBatch === undefined) return answer;
  return JSON.stringify({ ...parsed, firstBatch: parsed.firstBatch.map((one) => JSON.stringify(one)).sort() });
}

/** Whether two answers to a step are the same, as far as MongoDB promises to answer the same. */
export function isSame(step: Step, left: Answer, right: Answer): boolean {
  if (step.kind === 'pipeline') return isSameAnswer(left, right, step.of);
  return left[0] === right[0];
}

/** A step as text, for messages about differences. */
export function stepText(step: Step): string {
  return EJSON.stringify(step as object, { relaxed: false });
}

/** A step for a record. (Extended JSON cannot hold every UUID-like binary.) */
export function packed(step: Step): string {
  return Buffer.from(BSON.serialize(step as object, { ignoreUndefined: true })).toString('base64');
}

/** The step of a record. */
export function unpacked(text: string): Step {
  return BSON.deserialize(Buffer.from(text, 'base64'), RAW) as Step;
}

/** Long answers are recorded as a hash. */
export function shortened(answer: Answer): Answer {
  return answer.map((text) =>
    text.length <= 100 ? text : `sha256 ${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`,
  );
}
