import { z } from 'zod';
import { recordOf } from './wire-values.ts';

/** Topics that the product listens to. */
export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

/** What a client asks the gateway for. */
export interface StreamSubscription {
  type: string;
  topic: string;
}

/** Where to connect. The ticket is good for one connection within 90 s. */
export interface StreamEndpoint {
  endpoint: string;
  ticket: string;
}

/** The gateway did not give an endpoint. `refused`: it said no to our credentials or settings, asking again is useless. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly refused: boolean;

  constructor(message: string, refused: boolean) {
    super(message);
    this.refused = refused;
  }
}

export interface GatewayRequest {
  apiBase: string;
  clientId: string;
  clientSecret: string;
  subscriptions: readonly StreamSubscription[];
  timeoutMs: number;
  fetch: typeof fetch;
}

const endpointAnswer = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) });

/** Asks the gateway for a stream endpoint (DingTalk: "Stream protocol", register). @throws GatewayError */
export async function openStreamEndpoint(request: GatewayRequest): Promise<StreamEndpoint> {
  let response: Response;
  let text: string;
  try {
    response = await request.fetch(`${request.apiBase}/v1.0/gateway/connections/open`, {
      method: 'POST',
      // Without `accept` the gateway answers XML.
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        clientId: request.clientId,
        clientSecret: request.clientSecret,
        ua: '',
        subscriptions: request.subscriptions,
      }),
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    text = await response.text();
  } catch (error) {
    throw new GatewayError(`gateway unreachable: ${reasonOf(error)}`, false);
  }
  const body = jsonOf(text);
  if (!response.ok) {
    const fields = recordOf(body);
    const code = typeof fields?.code === 'string' ? ` ${fields.code}` : '';
    const refused = response.status === 400 || response.status === 401 || response.status === 403;
    // A throttled or busy gateway also answers 403; that passes by itself.
    const passing = /Qps|Qpm|busy|Limit/i.test(code);
    throw new GatewayError(`gateway answered ${response.status}${code}`, refused && !passing);
  }
  const answer = endpointAnswer.safeParse(body);
  if (!answer.success) throw new GatewayError('gateway answered without endpoint or ticket', false);
  return answer.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
