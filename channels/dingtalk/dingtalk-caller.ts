import type { Log } from '../log.ts';
import type { AccessToken } from './access-token.ts';
import { CallFailure, callFailureOf } from './call-failure.ts';
import { BulkHeldBack, type GovernedCall, type Governor } from './governor.ts';

/** Makes calls with a token, in their turn, and sorts their failures. */
export class DingTalkCaller {
  readonly #token: AccessToken;
  readonly #governor: Governor;
  readonly #log: Log;

  constructor(parts: { token: AccessToken; governor: Governor; log: Log }) {
    this.#token = parts.token;
    this.#governor = parts.governor;
    this.#log = parts.log;
  }

  /**
   * Runs one call. A refused token is renewed once, a call that the gateway turned away as too fast is repeated once:
   * both were surely not done.
   * @throws CallFailure
   */
  async call<T>(call: GovernedCall, send: (token: string) => Promise<T>): Promise<T> {
    for (let isLast = false; ; isLast = true) {
      const token = await this.#token.get();
      try {
        return await this.once(call, () => send(token));
      } catch (error) {
        const failure = callFailureOf(error);
        const isTooFast = failure.kind === 'throttled' && /Qps|^90018$|^90002$/.test(failure.code);
        if (failure.kind === 'invalid_token') this.#token.refuse(token);
        if (isLast || !(failure.kind === 'invalid_token' || isTooFast)) throw failure;
      }
    }
  }

  /** Runs one call that needs no token, once. @throws CallFailure */
  async once<T>(call: GovernedCall, send: () => Promise<T>): Promise<T> {
    try {
      return await this.#governor.run(call, async (turn) => {
        try {
          return await send();
        } catch (error) {
          const failure = callFailureOf(error);
          // A refused reply is no message; a refused call still is a call.
          const isNoMessage = call.bills === 'messages' && !failure.mayHaveHappened;
          if (!failure.isBilled || isNoMessage) turn.takeBack();
          if (failure.kind === 'throttled') turn.slowDown();
          if (failure.kind === 'quota_spent') turn.noteSpent();
          throw failure;
        }
      });
    } catch (error) {
      if (error instanceof BulkHeldBack) {
        throw new CallFailure(error.message, {
          kind: 'quota_spent',
          retryAfterMs: error.retryAfterMs,
          isBilled: false,
        });
      }
      const failure = callFailureOf(error);
      this.#log.warn({ api: call.api, kind: failure.kind, code: failure.code }, 'dingtalk: a call failed');
      throw failure;
    }
  }
}
