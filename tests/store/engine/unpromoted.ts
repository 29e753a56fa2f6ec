import { deserialize, serialize } from 'bson';
import type { Document } from '../../../store/embedded/engine/values.ts';

/** Options with which the driver leaves numbers and regular expressions as BSON has them. */
export const UNPROMOTED = { promoteValues: false, bsonRegExp: true } as const;

/** A document as the store receives it: through bytes, values without promotion. */
export function throughWire(document: Document): Document {
  return deserialize(serialize(document, { ignoreUndefined: true }), UNPROMOTED);
}
