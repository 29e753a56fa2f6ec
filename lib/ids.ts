import { randomBytes } from 'node:crypto';

/** The source of everything that must be unique or impossible to guess. */
export interface Ids {
  /** A unique id that starts with what it belongs to, for example `cand_…`. */
  next(prefix: string): string;
  /** A secret nobody can guess: 128 random bits as 22 URL-safe characters. */
  token(): string;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ids from the machine's cryptographic source of chance. */
export const randomIds: Ids = {
  next(prefix) {
    let id = `${prefix}_`;
    for (const byte of randomBytes(16)) id += ALPHABET[byte & 31];
    return id;
  },
  token: () => randomBytes(16).toString('base64url'),
};

/** Counted ids for tests: the same run gives the same ids. */
export function countedIds(start = 0): Ids {
  let count = start;
  return {
    next: (prefix) => `${prefix}_${++count}`,
    token: () => `token${String(++count).padStart(17, '0')}`,
  };
}

/**
 * Wraps a source so that a repeated run gets the same ids again. A database transaction may run its callback more than
 * once; call `rewind` at the start of each run.
 */
export function replayableIds(source: Ids): Ids & { rewind(): void } {
  const given: string[] = [];
  let at = 0;
  const take = (make: () => string): string => {
    const known = given[at];
    if (known !== undefined) {
      at += 1;
      return known;
    }
    const made = make();
    given.push(made);
    at += 1;
    return made;
  };
  return {
    next: (prefix) => take(() => source.next(prefix)),
    token: () => take(() => source.token()),
    rewind: () => {
      at = 0;
    },
  };
}
