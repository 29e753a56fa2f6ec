import { EJSON } from 'bson';
import { type Db, MongoClient } from 'mongodb';
import type { Document } from '../../../store/embedded/engine/values.ts';
import { essenceText } from './compare-answers.ts';
import { compilers } from './compilers.ts';
import { InMemoryCollection } from './in-memory-collection.ts';
import { COLLECTION, generateOperations, type Operation } from './random-operations.ts';
import { throughWire, UNPROMOTED } from './unpromoted.ts';

const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);

/** True for commands that may change documents. */
export function isWrite(operation: Operation): boolean {
  return WRITES.has(Object.keys(operation)[0] ?? '');
}

/** All documents as text, in the order of the records. */
export function stateText(documents: readonly Document[]): string {
  return EJSON.stringify(documents, { relaxed: false });
}

/** MongoDB's answer to a command; refusals are answers too. */
export async function answerOfMongo(db: Db, operation: Operation): Promise<Document> {
  try {
    return await db.command(operation, UNPROMOTED);
  } catch (error) {
    const { code, codeName, message } = error as { code?: unknown; codeName?: unknown; message?: unknown };
    if (code === undefined) throw error;
    return { ok: 0, code: Number(code), codeName, errmsg: message };
  }
}

/** All documents of MongoDB's collection, in the order of its records. */
export async function documentsOfMongo(db: Db): Promise<Document[]> {
  const answer = await db.command({ find: COLLECTION, hint: { $natural: 1 }, batchSize: 10_000 }, UNPROMOTED);
  return (answer.cursor as { firstBatch: Document[] }).firstBatch;
}

/**
 * Sends the same random operations to a real MongoDB and to the query engine and compares answers and, after each write,
 * all documents. Gives a description of each difference, at most `most`.
 */
export async function differencesFromMongo(uri: string, seed: number, count: number, most = 5): Promise<string[]> {
  const client = await MongoClient.connect(uri);
  const db = client.db(`ziuping_test_engine_${process.pid}_${seed}`);
  const engine = new InMemoryCollection(compilers);
  const differences: string[] = [];
  try {
    let at = 0;
    for (const operation of generateOperations(seed, count)) {
      const theirs = essenceText(await answerOfMongo(db, operation));
      const ours = essenceText(engine.run(throughWire(operation)));
      const shown = `seed ${seed}, operation ${at++}: ${EJSON.stringify(operation)}`;
      if (theirs !== ours) differences.push(`${shown}\nMongoDB: ${theirs}\nengine:  ${ours}`);
      if (isWrite(operation)) {
        const documents = await documentsOfMongo(db);
        if (stateText(documents) !== stateText(engine.documents)) {
          differences.push(`${shown}\nMongoDB: ${stateText(documents)}\nengine:  ${stateText(engine.documents)}`);
          engine.documents = documents.map(throughWire);
        }
      }
      if (differences.length >= most) break;
    }
  } finally {
    await db.dropDatabase();
    await client.close();
  }
  return differences;
}
