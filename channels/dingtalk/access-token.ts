import type { Timers } from '../../lib/timers.ts';
import { CallFailure, callFailureOf } from './call-failure.ts';
import type { SdkClients } from './sdk-clients.ts';
import { oauth2 } from './sdk-products.ts';

export interface AccessTokenOptions {
  sdk: SdkClients;
  clientId: string;
  clientSecret: string;
  timers: Timers;
}

/** Renewed so long before its end, or a tenth of its life when that is shorter. */
const EARLY_MS = 300_000;

/** The application's access token: fetched once for all, renewed before it ends, thrown away when the platform refuses it. */
export class AccessToken {
  readonly #options: AccessTokenOptions;
  #current: { token: string; renewAt: number } | undefined;
  #fetching: Promise<string> | undefined;

  constructor(options: AccessTokenOptions) {
    this.#options = options;
  }

  /** @throws CallFailure */
  async get(): Promise<string> {
    const { timers } = this.#options;
    if (this.#current && timers.elapsed() < this.#current.renewAt) return this.#current.token;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  /** The platform has refused this token. Many calls may say so of the same one: only the first throws it away. */
  refuse(token: string): void {
    if (this.#current?.token === token) this.#current = undefined;
  }

  async #fetch(): Promise<string> {
    const { sdk, clientId, clientSecret, timers } = this.#options;
    const request = new oauth2.GetAccessTokenRequest({ appKey: clientId, appSecret: clientSecret });
    const startedAt = timers.elapsed();
    let token: string | undefined;
    let lifeMs: number;
    try {
      const { body } = await sdk.oauth2.getAccessTokenWithOptions(request, {}, sdk.runtime);
      token = body?.accessToken;
      lifeMs = Number(body?.expireIn) * 1000;
    } catch (error) {
      throw tokenFailure(error);
    }
    if (!token) throw tokenFailure(new Error('an answer without a token'));
    const life = Number.isFinite(lifeMs) && lifeMs > 0 ? lifeMs : 0;
    this.#current = { token, renewAt: startedAt + life - Math.min(EARLY_MS, life / 10) };
    return token;
  }
}

/** Without a token nothing was sent, however the fetching failed. */
function tokenFailure(error: unknown): CallFailure {
  const failure = callFailureOf(error);
  const isWrong = /invalidClient|invalid\.client|unauthorized\.client/i.test(failure.code);
  return new CallFailure(`no access token: ${failure.message}`, {
    kind: isWrong ? 'not_permitted' : failure.kind,
    retryAfterMs: isWrong ? null : failure.retryAfterMs,
    code: failure.code,
    isBilled: false,
  });
}
