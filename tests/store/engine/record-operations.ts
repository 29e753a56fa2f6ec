/** Renews tests/recorded/random-operations.jsonl.gz from the MongoDB at TEST_MONGODB_URI: `node --import tsx <this file>`. */
import { record } from './recording.ts';

const uri = process.env.TEST_MONGODB_URI;
if (!uri) throw new Error('TEST_MONGODB_URI is not set: the answers come from a real MongoDB 6.0.5');
await record(uri, 605, 2_000, new URL('../../recorded/random-operations.jsonl.gz', import.meta.url));
