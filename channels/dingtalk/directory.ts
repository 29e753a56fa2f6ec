import { z } from 'zod';
import type { Timers } from '../../lib/timers.ts';
import type { DirectoryPerson } from '../channel.ts';
import { CallFailure, callFailureOf } from './call-failure.ts';
import type { LegacyApi } from './legacy-api.ts';
import { looseText } from './wire-values.ts';

const KEPT_MS = 12 * 3_600_000;
const MOST_KEPT = 5_000;

const userAnswer = z.object({
  result: z.object({
    userid: z.string().min(1),
    unionid: z.string().min(1),
    name: z.string().catch(''),
    title: looseText,
    mobile: looseText,
    email: looseText,
  }),
});

/** The organisation's people by staffId. The calendar knows people by unionId only, so those are kept for 12 hours. */
export class Directory {
  readonly #legacy: LegacyApi;
  readonly #timers: Timers;
  readonly #unionIds = new Map<string, { unionId: Promise<string>; until: number }>();

  constructor(legacy: LegacyApi, timers: Timers) {
    this.#legacy = legacy;
    this.#timers = timers;
  }

  /** @returns `undefined` when the platform knows no such member. @throws CallFailure when it cannot be asked. */
  async find(staffId: string): Promise<DirectoryPerson | undefined> {
    let answer: unknown;
    try {
      const call = { api: 'oapi.user.get', callClass: 'normal', bills: 'none' } as const;
      answer = await this.#legacy.call(call, '/topapi/v2/user/get', { userid: staffId, language: 'zh_CN' });
    } catch (error) {
      if (callFailureOf(error).kind === 'recipient_invalid') return undefined;
      throw error;
    }
    const parsed = userAnswer.safeParse(answer);
    if (!parsed.success) throw callFailureOf(new Error('an answer without a user'));
    const { userid, unionid, name, title, mobile, email } = parsed.data.result;
    return {
      staffId: userid,
      unionId: unionid,
      name,
      ...(title ? { title } : {}),
      ...(mobile ? { mobile } : {}),
      ...(email ? { email } : {}),
    };
  }

  /** @throws CallFailure of kind `recipient_invalid` for an unknown person. */
  unionId(staffId: string): Promise<string> {
    const now = this.#timers.elapsed();
    const known = this.#unionIds.get(staffId);
    if (known && known.until > now) return known.unionId;
    const unionId = this.#askUnionId(staffId);
    this.#unionIds.set(staffId, { unionId, until: now + KEPT_MS });
    unionId.catch(() => this.#unionIds.delete(staffId));
    if (this.#unionIds.size > MOST_KEPT) this.#unionIds.delete(this.#unionIds.keys().next().value ?? '');
    return unionId;
  }

  async #askUnionId(staffId: string): Promise<string> {
    const person = await this.find(staffId);
    if (person) return person.unionId;
    throw new CallFailure(`no member ${staffId}`, { kind: 'recipient_invalid', retryAfterMs: null, isBilled: false });
  }
}
