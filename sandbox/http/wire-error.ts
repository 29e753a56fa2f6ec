/** A refusal of the new APIs: HTTP status and a body with lower-case keys (DingTalk: 服务端API错误码). */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly status: number;
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }

  /** The JSON that goes out. */
  body(requestid: string): Record<string, unknown> {
    return { code: this.code, requestid, message: this.message, ...this.extra };
  }
}

/** A refusal of the legacy APIs on oapi: always HTTP 200 with errcode and errmsg. */
export class LegacyError extends Error {
  override readonly name = 'LegacyError';
  readonly errcode: number;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(errcode: number, errmsg: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(errmsg);
    this.errcode = errcode;
    this.extra = extra;
  }
}

/** Shorthand for the commonest refusal. */
export const badRequest = (code: string, message: string): WireError => new WireError(400, code, message);
