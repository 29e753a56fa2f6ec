import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { deserialize, serialize } from 'bson';
import { MongoClient } from 'mongodb';
import type { Document } from '../../../store/embedded/engine/values.ts';
import { essenceText } from './compare-answers.ts';
import { answerOfMongo, documentsOfMongo, isWrite, stateText } from './differences-from-mongo.ts';
import { generateOperations, type Operation } from './random-operations.ts';
import { UNPROMOTED } from './unpromoted.ts';

/** An operation with what MongoDB 6.0.5 answered. */
export interface RecordedOperation {
  readonly operation: Operation;
  /** The answer's essence as canonical extended JSON. */
  readonly answer: string;
  /** After a write: a hash of all documents. */
  readonly state?: string;
}

/** A short hash of all documents. */
export function stateHash(documents: readonly Document[]): string {
  return createHash('sha256').update(stateText(documents)).digest('base64url').slice(0, 16);
}

/** Reads a recording (gzipped lines of JSON, the operations as BSON in base64). */
export function readRecording(file: URL): RecordedOperation[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const { operation, ...rest } = JSON.parse(line);
    return { operation: deserialize(Buffer.from(operation, 'base64'), UNPROMOTED), ...rest };
  });
}

/** Runs `count` random operations on a MongoDB and keeps them with its answers. */
export async function record(uri: string, seed: number, count: number, file: URL): Promise<void> {
  const client = await MongoClient.connect(uri);
  const db = client.db(`ziuping_test_engine_recording_${process.pid}`);
  const lines: string[] = [];
  try {
    for (const operation of generateOperations(seed, count)) {
      const answer = essenceText(await answerOfMongo(db, operation));
      const state = isWrite(operation) ? { state: stateHash(await documentsOfMongo(db)) } : {};
      lines.push(JSON.stringify({ operation: Buffer.from(serialize(operation)).toString('base64'), answer, ...state }));
    }
  } finally {
    await db.dropDatabase();
    await client.close();
  }
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
}
