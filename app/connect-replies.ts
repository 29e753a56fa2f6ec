import type { Config } from './config.ts';

/**
 * Tells the sandbox where replies by e-mail and SMS go and with which secret, as an operator would enter it at a mail
 * provider and an SMS gateway. Only in a rehearsal; after each start anew, for the port and the secret may be others.
 * @throws Error when the sandbox does not take it
 */
export async function connectReplies(config: Config, address: string): Promise<void> {
  const { inbound, dingtalk } = config;
  const response = await fetch(`${dingtalk.apiBase}/control/settings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      mailInboundUrl: `${address}/inbound/email`,
      mailInboundSecret: inbound.emailSecret,
      mailInboundAddress: inbound.mailbox,
      smsInboundUrl: `${address}/inbound/sms`,
      smsInboundSecret: inbound.smsSecret,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) {
    throw new Error(`the sandbox at ${dingtalk.apiBase} does not take the way for replies (${response.status})`);
  }
}
