import type { SendAnswer, StaffChannel } from '../../channels/channel.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type {
  CardCreateEffect,
  CardUpdateEffect,
  DirectMessageEffect,
  GroupMessageEffect,
  ReplyEffect,
} from '../../recruiting/message/effect.ts';
import { withFileLinks } from '../../recruiting/message/file-links.ts';
import type { Office } from '../../recruiting/unit/office.ts';
import { sendCalendarEffect } from './send-calendar-effect.ts';

/** What an outbox item's payload holds: the effect without the fields that the item itself carries. */
type Payload<E> = Omit<E, 'occasion' | 'applicationId' | 'dueAt' | 'callClass'>;

/**
 * Makes the one call that an outbox item towards staff stands for. Cards that cannot be shown or changed become words:
 * a manager is never left with a card that lies or with nothing.
 */
export async function sendStaffEffect(
  office: Office,
  staff: StaffChannel,
  item: OutboxItemRecord,
): Promise<SendAnswer> {
  const { callClass } = item;
  // Links to files are made now, for the person who is addressed; what is kept names the file only.
  const { staffId: addressee } = item.payload;
  const payload = typeof addressee === 'string' ? await withFileLinks(office, addressee, item.payload) : item.payload;
  switch (item.kind) {
    case 'reply':
      return sendReply(office, staff, payload as unknown as Payload<ReplyEffect>);
    case 'direct_message': {
      const { staffId, body } = payload as unknown as Payload<DirectMessageEffect>;
      return first(await staff.sendDirect([staffId], body, callClass));
    }
    case 'group_message': {
      const { conversationId, body } = item.payload as unknown as Payload<GroupMessageEffect>;
      const group = conversationId === 'hr' ? await hrGroup(office) : conversationId;
      if (group === null) return refusedForGood('no HR group is named yet');
      return staff.sendGroup(group, body, callClass);
    }
    case 'card_create': {
      const { staffId, cardId, face, summary, fallback } = payload as unknown as Payload<CardCreateEffect>;
      if (!staff.hasCards()) return first(await staff.sendDirect([staffId], fallback, callClass));
      const answer = await staff.createCard({ cardId, to: { staffId }, face, summary }, callClass);
      return inWordsWhenRefused(answer, staff, staffId, fallback, item);
    }
    case 'card_update': {
      const { staffId, cardId, face, fallback } = payload as unknown as Payload<CardUpdateEffect>;
      if (!staff.hasCards()) return first(await staff.sendDirect([staffId], fallback, callClass));
      const answer = await staff.updateCard(cardId, face, callClass);
      return inWordsWhenRefused(answer, staff, staffId, fallback, item);
    }
    case 'calendar_create':
    case 'calendar_change':
    case 'calendar_delete':
      return sendCalendarEffect(office, staff, item);
    default:
      return refusedForGood(`${item.kind} does not go to staff`);
  }
}

/**
 * Whether making the same call twice does no harm: the platform knows our key (cards by outTrackId, calendar entries by
 * x-client-token), or the call only sets a state. After a kill such a call is simply made again.
 */
export function isHarmlessTwice(item: OutboxItemRecord): boolean {
  return item.kind.startsWith('card_') || item.kind.startsWith('calendar_');
}

/** By the API first (its monthly budget is the larger one); by the conversation's own address when that is refused. */
async function sendReply(office: Office, staff: StaffChannel, reply: Payload<ReplyEffect>): Promise<SendAnswer> {
  const { conversation, staffId, body, webhook } = reply;
  const answer =
    conversation.kind === 'group'
      ? await staff.sendGroup(conversation.id, body, 'reply')
      : first(await staff.sendDirect([staffId], body, 'reply'));
  const webhookLives = webhook !== undefined && new Date(webhook.expiresAt) > office.clock.now();
  if (answer.outcome !== 'refused' || answer.kind === 'throttled' || !webhookLives) return answer;
  return staff.replyByWebhook(webhook.url, body);
}

async function inWordsWhenRefused(
  answer: SendAnswer,
  staff: StaffChannel,
  staffId: string,
  fallback: CardUpdateEffect['fallback'],
  item: OutboxItemRecord,
): Promise<SendAnswer> {
  const finallyRefused = answer.outcome === 'refused' && (answer.retryAfterMs === null || item.attempts >= 3);
  if (!finallyRefused && answer.outcome !== 'uncertain') return answer;
  return first(await staff.sendDirect([staffId], fallback, item.callClass));
}

async function hrGroup(office: Office): Promise<string | null> {
  const organisation = await office.models.organisation.findOne({ _id: 'organisation' }).lean();
  return organisation?.hrGroupId ?? null;
}

function first(answers: SendAnswer[]): SendAnswer {
  return answers[0] ?? { outcome: 'uncertain', detail: 'the platform gave no answer for this person' };
}

export function refusedForGood(detail: string): SendAnswer {
  return { outcome: 'refused', kind: 'bad_request', retryAfterMs: null, detail };
}
