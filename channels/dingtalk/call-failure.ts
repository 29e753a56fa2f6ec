import { describeError } from '../../lib/errors.ts';
import type { RefusalKind, SendAnswer } from '../channel.ts';

/** A call to DingTalk that did not succeed, sorted. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly kind: RefusalKind;
  /** True when the platform may have done it all the same: time-out, cut line, unreadable answer. */
  readonly mayHaveHappened: boolean;
  /** When to try again, `null` when that is useless. */
  readonly retryAfterMs: number | null;
  /** The platform's own code, when it gave one. */
  readonly code: string;
  /** False when it surely does not count against the month's allowance. */
  readonly isBilled: boolean;

  constructor(
    message: string,
    facts: {
      kind: RefusalKind;
      mayHaveHappened?: boolean;
      retryAfterMs: number | null;
      code?: string;
      isBilled?: boolean;
    },
  ) {
    super(message);
    this.kind = facts.kind;
    this.mayHaveHappened = facts.mayHaveHappened ?? false;
    this.retryAfterMs = facts.retryAfterMs;
    this.code = facts.code ?? '';
    this.isBilled = facts.isBilled ?? true;
  }
}

/** The line is down or the platform is: worth another try after a while. */
const UNREACHABLE_RETRY_MS = 5_000;
const SECOND_RETRY_MS = 1_000;
const BUSY_RETRY_MS = 2_000;
const MINUTE_RETRY_MS = 20_000;
const QUOTA_RETRY_MS = 3_600_000;

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TOO_FAST =
  /^(send\.too\.fast|send\.byToken\.tooFast|too\.many\.(group|people)|flowLimit|idempotencyProcessing|system\.?busy|todo\.taskCreate\.flowControlError)$/i;
const NO_SUCH_RECIPIENT =
  /^(staffId\.notExisted|illegal\.receivers|param\.userIdNotExist|chatbotId\.notAllow\.sendOTO|robot\.oto\.notExist|group\.disbanded|bot\.stopped|invalid\.openConversationId|conversation\.org\.dismatch)$/;

/** Sorts whatever DingTalk's SDK or `fetch` threw (DingTalk: "Global error codes", and the pages of the single calls). */
export function callFailureOf(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  const fields = fieldsOf(error);
  if (fields.statusCode !== undefined) return answeredFailure(fields.code, fields.statusCode, fields.message);
  if (NEVER_SENT.has(fields.code)) {
    return new CallFailure(`not reached: ${fields.code}`, {
      kind: 'unreachable',
      retryAfterMs: UNREACHABLE_RETRY_MS,
      code: fields.code,
      isBilled: false,
    });
  }
  if (fields.code === 'ERR_UNESCAPED_CHARACTERS') {
    const facts = { kind: 'bad_request', retryAfterMs: null, code: fields.code, isBilled: false } as const;
    return new CallFailure('an id that no address may hold', facts);
  }
  // Time-out, reset, HTML, empty or oddly shaped answer: the work may have been done.
  return new CallFailure(fields.message, {
    kind: 'unreachable',
    mayHaveHappened: true,
    retryAfterMs: UNREACHABLE_RETRY_MS,
    code: fields.code,
  });
}

function answeredFailure(code: string, statusCode: number, message: string): CallFailure {
  const make = (kind: RefusalKind, retryAfterMs: number | null, isBilled = true): CallFailure =>
    new CallFailure(message, { kind, retryAfterMs, code, isBilled });
  if (code === 'InvalidAuthentication' || statusCode === 401) return make('invalid_token', SECOND_RETRY_MS, false);
  if (/ApiCountLimit/.test(code)) return make('quota_spent', QUOTA_RETRY_MS, false);
  if (/^Forbidden\.AccessDenied\.Qpm/.test(code)) return make('throttled', MINUTE_RETRY_MS, false);
  if (/^Forbidden\.AccessDenied\.Qps/.test(code)) return make('throttled', SECOND_RETRY_MS, false);
  if (statusCode === 403) return make('not_permitted', null, false);
  if (statusCode === 429 || TOO_FAST.test(code)) return make('throttled', BUSY_RETRY_MS);
  if (NO_SUCH_RECIPIENT.test(code)) return make('recipient_invalid', null);
  if (statusCode >= 500 || code === 'unknown.send.result') {
    const facts = { kind: 'unreachable', mayHaveHappened: true, retryAfterMs: UNREACHABLE_RETRY_MS, code } as const;
    return new CallFailure(message, facts);
  }
  return make('bad_request', null);
}

/** The failure of a legacy call, which is always answered with HTTP 200 and an `errcode`. */
export function legacyFailureOf(errcode: number, errmsg: string): CallFailure {
  const make = (kind: RefusalKind, retryAfterMs: number | null, isBilled = true): CallFailure =>
    new CallFailure(`${errcode} ${errmsg}`, { kind, retryAfterMs, code: String(errcode), isBilled });
  switch (errcode) {
    case 40014:
    case 42001:
      return make('invalid_token', SECOND_RETRY_MS, false);
    case 90018:
    case 90002:
    case 130101:
    case 410100:
      return make('throttled', SECOND_RETRY_MS, false);
    case 90020:
      return make('quota_spent', QUOTA_RETRY_MS, false);
    case 88:
      return make('not_permitted', null, false);
    case 33012:
    case 60121:
      return make('recipient_invalid', null);
    case -1:
    case 15:
      return new CallFailure(`${errcode} ${errmsg}`, {
        kind: 'unreachable',
        mayHaveHappened: true,
        retryAfterMs: UNREACHABLE_RETRY_MS,
        code: String(errcode),
      });
    default:
      return make('bad_request', null);
  }
}

/**
 * What a failed call means for a send.
 * @param isRepeatable true when doing it twice is the same as once (the platform's idempotency key, or an update): a
 * failure in the dark may then simply be tried again.
 */
export function answerOfFailure(error: unknown, isRepeatable: boolean): SendAnswer {
  const failure = callFailureOf(error);
  const detail = [failure.code, failure.message].filter(Boolean).join(': ').slice(0, 500);
  if (failure.mayHaveHappened && !isRepeatable) return { outcome: 'uncertain', detail };
  return { outcome: 'refused', kind: failure.kind, retryAfterMs: failure.retryAfterMs, detail };
}

function fieldsOf(error: unknown): { code: string; statusCode: number | undefined; message: string } {
  const own = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const cause = typeof own.cause === 'object' && own.cause !== null ? (own.cause as Record<string, unknown>) : {};
  const code = own.code ?? cause.code;
  return {
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : '',
    statusCode: typeof own.statusCode === 'number' ? own.statusCode : undefined,
    message: describeError(error),
  };
}
