import { EJSON } from 'bson';
import type { Document } from '../../../store/embedded/engine/values.ts';

/** Parts of a server's answer that say nothing about the query. */
const IGNORED = new Set(['$clusterTime', 'operationTime', 'ok', 'electionId', 'opTime', 'cursor', 'stats']);

/** An answer reduced to what must be equal: values with their types, order of fields, counts, codes. */
export function essence(answer: Document): Document {
  if (answer.code !== undefined && answer.ok !== undefined && Number(answer.ok) === 0) {
    return { code: Number(answer.code), codeName: answer.codeName };
  }
  const result: Document = {};
  const cursor = answer.cursor as Document | undefined;
  if (cursor) result.firstBatch = cursor.firstBatch;
  for (const name of Object.keys(answer)) {
    if (IGNORED.has(name)) continue;
    if (name === 'writeErrors') {
      result[name] = (answer[name] as Document[]).map(({ index, code }) => ({
        index: Number(index),
        code: Number(code),
      }));
    } else if (name === 'n' || name === 'nModified') result[name] = Number(answer[name]);
    else if (name === 'lastErrorObject') result[name] = lastError(answer[name] as Document);
    else if (name === 'upserted') {
      result[name] = (answer[name] as Document[]).map(({ index, _id }) => ({ index: Number(index), _id }));
    } else result[name] = answer[name];
  }
  return result;
}

function lastError({ n, ...rest }: Document): Document {
  return { n: Number(n), ...rest };
}

/** The answer as text that differs whenever a value, a type or an order differs. */
export function essenceText(answer: Document): string {
  const reduced = essence(answer);
  if (Array.isArray(reduced.values)) {
    reduced.values = (reduced.values as unknown[]).map((value) => EJSON.stringify([value], { relaxed: false })).sort();
  }
  const names = Object.keys(reduced).sort();
  return EJSON.stringify(Object.fromEntries(names.map((name) => [name, reduced[name]])), { relaxed: false });
}
