import { z } from 'zod';
import { callFailureOf, legacyFailureOf } from './call-failure.ts';
import type { DingTalkCaller } from './dingtalk-caller.ts';
import type { GovernedCall } from './governor.ts';

export interface LegacyApiOptions {
  /** `https://oapi.dingtalk.com` or another origin. */
  oapiBase: string;
  timeoutMs: number;
  fetch: typeof fetch;
}

/** Some answers carry the number as text. */
const legacyAnswer = z.looseObject({ errcode: z.coerce.number(), errmsg: z.string().catch('') });
export type LegacyAnswer = z.infer<typeof legacyAnswer>;

/** Calls of the older host, which answers HTTP 200 with an `errcode`. DingTalk's SDK does not hold them. */
export class LegacyApi {
  readonly #options: LegacyApiOptions;
  readonly #caller: DingTalkCaller;

  constructor(options: LegacyApiOptions, caller: DingTalkCaller) {
    this.#options = options;
    this.#caller = caller;
  }

  /** POST with the token in the query. @throws CallFailure */
  call(call: GovernedCall, path: string, body: object): Promise<LegacyAnswer> {
    return this.#caller.call(call, (token) =>
      this.#post(`${this.#options.oapiBase}${path}?access_token=${encodeURIComponent(token)}`, body),
    );
  }

  /** POST to a complete address that needs no token, once. @throws CallFailure */
  post(call: GovernedCall, url: string, body: object): Promise<LegacyAnswer> {
    return this.#caller.once(call, () => this.#post(url, body));
  }

  async #post(url: string, body: object): Promise<LegacyAnswer> {
    const response = await this.#options.fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(this.#options.timeoutMs),
    });
    const answer = legacyAnswer.safeParse(jsonOf(await response.text()));
    // An error page of the gateway: whether the work was done cannot be read from it.
    if (!answer.success) throw callFailureOf(new Error(`an unreadable answer with status ${response.status}`));
    if (answer.data.errcode !== 0) throw legacyFailureOf(answer.data.errcode, answer.data.errmsg);
    return answer.data;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
