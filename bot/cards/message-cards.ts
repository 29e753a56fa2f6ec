import { requirePermission } from '../../recruiting/access/policy.ts';
import { composeMessage } from '../../recruiting/message/compose-message.ts';
import { MESSAGE_BUTTONS, settledCardFace } from '../../recruiting/message/message-card.ts';
import { loadMessageFacts } from '../../recruiting/message/message-facts.ts';
import { confirmDelivered, confirmForwarded, sendAgain } from '../../recruiting/message/settle-message.ts';
import type { CardHandler, PressContext, PressOutcome } from '../card-handler.ts';
import { say } from '../replies/said.ts';

/** 「請代為轉發」: shows text and link to copy, and counts as sent once the person says so. */
export const handForwardCard: CardHandler = {
  kind: 'hand_forward',
  async press(context) {
    requirePermission(context.presser, 'send_message');
    return context.press.button === MESSAGE_BUTTONS.show ? showText(context) : forwarded(context);
  },
};

/** 「未能確定有否送達」: a person says whether it arrived, or has it sent again. */
export const uncertainMessageCard: CardHandler = {
  kind: 'uncertain_message',
  async press({ unit, presser, press, card }) {
    const item = await unit.get('outbox', card.subjectId);
    // Whoever a text was meant for may say whether it came.
    if (item?.recipient !== `staff:${presser._id}`) requirePermission(presser, 'send_message');
    const again = press.button === MESSAGE_BUTTONS.again;
    await (again ? sendAgain(unit, card.subjectId) : confirmDelivered(unit, card.subjectId));
    await unit.change('cards', card, { closedAt: unit.now });
    return { face: settledCardFace(again ? `${presser.name}：已再發一次` : `${presser.name}：確認已送達`) };
  },
};

/** The link is made for this press only and shown to the presser only. */
async function showText({ office, unit, presser, card }: PressContext): Promise<PressOutcome> {
  const item = await unit.get('outbox', card.subjectId);
  if (!item) return { reply: { text: say('訊息已不存在。', 'The message is gone.') } };
  const [facts] = await loadMessageFacts(office.models, [item]);
  const message = facts ? composeMessage({ item, facts, channel: 'hand', office, now: unit.now }) : null;
  if (!message || 'missing' in message) {
    return { reply: { text: say('資料不足，未能寫出訊息。', 'Something is missing, the text cannot be written.') } };
  }
  for (const link of message.links) await unit.insert('portalLinks', link);
  return { face: { shared: {}, personal: { [presser._id]: { text: message.text } } }, isSecret: true };
}

async function forwarded({ unit, presser, card }: PressContext): Promise<PressOutcome> {
  await confirmForwarded(unit, card.subjectId);
  await unit.change('cards', card, { closedAt: unit.now });
  return { face: settledCardFace(`${presser.name}：已轉發`) };
}
