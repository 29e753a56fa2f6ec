import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';

interface Token {
  readonly token: string;
  readonly clientId: string;
  /** Wall-clock milliseconds: tokens live in wire time, so that moving the calendar does not lock out a robot that does not follow it. */
  readonly expiresAt: number;
}

/** Access tokens: asking again while one is valid gives the same one and renews it. */
export class AccessTokens {
  readonly #tokens: Table<Token>;
  readonly #ids: SandboxIds;

  constructor(journal: Journal, ids: SandboxIds) {
    this.#tokens = journal.table('tokens');
    this.#ids = ids;
  }

  issue(clientId: string, ttlSeconds: number): string {
    const valid = this.#tokens.all().find((token) => token.clientId === clientId && token.expiresAt > Date.now());
    const token = valid?.token ?? this.#ids.hex('token');
    this.#tokens.put(token, { token, clientId, expiresAt: Date.now() + ttlSeconds * 1000 });
    return token;
  }

  /** The application of a valid token. `expired` and `unknown` are told apart by the legacy APIs. */
  check(token: string | undefined): { clientId: string } | 'unknown' | 'expired' {
    const known = token === undefined ? undefined : this.#tokens.get(token);
    if (!known) return 'unknown';
    return known.expiresAt > Date.now() ? { clientId: known.clientId } : 'expired';
  }

  /** Ends every token now. */
  expireAll(): void {
    for (const token of this.#tokens.all()) this.#tokens.put(token.token, { ...token, expiresAt: 0 });
  }
}
