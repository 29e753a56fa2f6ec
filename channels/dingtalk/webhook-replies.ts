import type { ChatBody, SendAnswer } from '../channel.ts';
import { answerOfFailure } from './call-failure.ts';
import { MOST_WEBHOOK_BYTES, webhookMessageOf } from './chat-body.ts';
import type { LegacyApi } from './legacy-api.ts';

/**
 * Answers through the address that an inbound message brought along (about 90 minutes long). It needs no token and
 * counts as a message, not as a call. After the address has ended the answer is `bad_request`.
 */
export async function replyByWebhook(
  legacy: LegacyApi,
  reply: { url: string; body: ChatBody; mentionStaffIds: readonly string[] },
): Promise<SendAnswer> {
  const message = webhookMessageOf(reply.body, reply.mentionStaffIds);
  const bytes = Buffer.byteLength(JSON.stringify(message));
  if (bytes > MOST_WEBHOOK_BYTES) {
    const detail = `too long: ${bytes} bytes of ${MOST_WEBHOOK_BYTES}`;
    return { outcome: 'refused', kind: 'bad_request', retryAfterMs: null, detail };
  }
  try {
    await legacy.post({ api: 'oapi.sendBySession', callClass: 'reply', bills: 'messages' }, reply.url, message);
    return { outcome: 'accepted' };
  } catch (error) {
    return answerOfFailure(error, false);
  }
}
