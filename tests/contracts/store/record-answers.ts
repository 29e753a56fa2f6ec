import { mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import mongoose from 'mongoose';
import { RECORD, RECORDED_SEED, RECORDED_STEPS } from './recorded-answers.ts';
import { generateSteps, Player, packed, shortened } from './replay.ts';
import { databaseName, TEST_MONGODB_URI } from './store-under-test.ts';

/** Asks the MongoDB of `TEST_MONGODB_URI` the recorded steps anew: `node --import tsx tests/contracts/store/record-answers.ts`. */
const client = new mongoose.mongo.MongoClient(TEST_MONGODB_URI);
const db = client.db(databaseName());
const player = new Player(db);
await player.prepare(true);
const lines: string[] = [];
for (const step of generateSteps(RECORDED_SEED, RECORDED_STEPS, true)) {
  const answer = shortened(await player.play(step));
  lines.push(JSON.stringify({ step: packed(step), answer }));
}
await db.dropDatabase();
await client.close();
await mkdir(new URL('.', RECORD), { recursive: true });
await writeFile(RECORD, gzipSync(lines.join('\n'), { level: 9 }));
process.stdout.write(`${lines.length} answers recorded\n`);
