import type { CandidateChannel, RefusalKind, SendAnswer } from '../channel.ts';

export interface HttpSmsChannelOptions {
  /** The gateway's address. May hold `{to}`, `{from}`, `{text}` and `{id}`, for gateways that take them in the query. */
  url: string;
  method?: 'POST' | 'GET';
  /** Sender shown to the person: a name registered with the operator or a number. */
  from: string;
  /** Sent as `Authorization: Bearer …`. */
  bearerKey?: string;
  headers?: Record<string, string>;
  /** The JSON body; its texts may hold the same names in braces. Default `{to, from, text}`. Not sent with GET. */
  body?: Record<string, unknown>;
  /** Name of a header that makes the gateway send one message per delivery id; then a failure in the dark is repeated. */
  onceHeader?: string;
  /** Default 10 s. */
  timeoutMs?: number;
  fetch?: typeof fetch;
}

const UNREACHABLE_RETRY_MS = 30_000;
const THROTTLED_RETRY_MS = 60_000;
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Where gateways put the id of an accepted message. */
const ID_FIELDS = ['id', 'messageId', 'message_id', 'msgId', 'sid'];

/** Reaches candidates by SMS through a gateway that speaks HTTP. `to` is a number such as `+85291234567`. */
export function createHttpSmsChannel(options: HttpSmsChannelOptions): CandidateChannel {
  return {
    name: 'sms',
    async send(envelope) {
      const values = { to: envelope.to, from: options.from, text: envelope.text, id: envelope.deliveryId };
      try {
        const response = await request(options, values);
        return await answerOf(response, options.onceHeader !== undefined);
      } catch (error) {
        return failureOf(error, options.onceHeader !== undefined);
      }
    },
  };
}

type Values = Record<'to' | 'from' | 'text' | 'id', string>;

function request(options: HttpSmsChannelOptions, values: Values): Promise<Response> {
  const { method = 'POST', body = { to: '{to}', from: '{from}', text: '{text}' } } = options;
  const url = options.url.replace(/\{(to|from|text|id)\}/g, (_, name: keyof Values) =>
    encodeURIComponent(values[name]),
  );
  return (options.fetch ?? fetch)(url, {
    method,
    headers: {
      accept: 'application/json',
      ...(method === 'POST' ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      ...(options.bearerKey ? { authorization: `Bearer ${options.bearerKey}` } : {}),
      ...(options.onceHeader ? { [options.onceHeader]: values.id } : {}),
      ...options.headers,
    },
    ...(method === 'POST' ? { body: JSON.stringify(filled(body, values)) } : {}),
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
  });
}

function filled(template: unknown, values: Values): unknown {
  if (typeof template === 'string') {
    return template.replace(/\{(to|from|text|id)\}/g, (_, name: keyof Values) => values[name]);
  }
  if (Array.isArray(template)) return template.map((item) => filled(item, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, values)]));
}

async function answerOf(response: Response, isRepeatable: boolean): Promise<SendAnswer> {
  const text = await response.text();
  const body = jsonOf(text);
  const detail = `${response.status} ${text.slice(0, 300)}`;
  const refused = (kind: RefusalKind, retryAfterMs: number | null): SendAnswer => ({
    outcome: 'refused',
    kind,
    retryAfterMs,
    detail,
  });
  const dark: SendAnswer = isRepeatable
    ? refused('unreachable', UNREACHABLE_RETRY_MS)
    : { outcome: 'uncertain', detail };
  const { status } = response;
  if (response.ok) {
    // An empty or HTML page with 200 comes from a proxy, not from the gateway.
    if (status !== 204 && body === undefined) return dark;
    const providerId = idOf(body);
    return providerId ? { outcome: 'accepted', providerId } : { outcome: 'accepted' };
  }
  if (status === 401 || status === 403) return refused('not_permitted', null);
  if (status === 402) return refused('quota_spent', null);
  if (status === 429) return refused('throttled', retryAfterMsOf(response) ?? THROTTLED_RETRY_MS);
  if (status === 503) return refused('unreachable', retryAfterMsOf(response) ?? UNREACHABLE_RETRY_MS);
  if (status >= 500) return dark;
  return refused(
    /recipient|number|msisdn|phone|destination|"to"/i.test(text) ? 'recipient_invalid' : 'bad_request',
    null,
  );
}

function failureOf(error: unknown, isRepeatable: boolean): SendAnswer {
  const { message, code } = reasonOf(error);
  const detail = [code, message].filter(Boolean).join(' ');
  if (NOT_REACHED.has(code) || isRepeatable) {
    return { outcome: 'refused', kind: 'unreachable', retryAfterMs: UNREACHABLE_RETRY_MS, detail };
  }
  return { outcome: 'uncertain', detail };
}

function reasonOf(error: unknown): { message: string; code: string } {
  if (!(error instanceof Error)) return { message: String(error), code: '' };
  const cause: unknown = error.cause;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return { message: cause instanceof Error ? cause.message : error.message, code };
}

/** `Retry-After` in seconds; the form with a date is not used by gateways. */
function retryAfterMsOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function idOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = body as Record<string, unknown>;
  const value = ID_FIELDS.map((name) => fields[name]).find((id) => typeof id === 'string' || typeof id === 'number');
  return value === undefined ? undefined : String(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
