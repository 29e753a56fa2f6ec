import type { CardFace, InboundPress } from '../channels/channel.ts';
import { RuleBroken } from '../lib/errors.ts';
import type { CardRecord } from '../models/card.model.ts';
import type { DialogueRecord } from '../models/dialogue.model.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import { commit } from '../recruiting/unit/commit.ts';
import { officeReader } from '../recruiting/unit/reader.ts';
import type { BotParts, WorkItem } from './bot-parts.ts';
import { answerArgument, confirmedTurn } from './dialogue/answer-question.ts';
import { closedFace, keptTurn } from './dialogue/open-question.ts';
import { answerBrokenRule } from './handle-message.ts';
import type { PlannedOrder } from './orders/planned-order.ts';
import { type ReplyAddress, replyEffects } from './replies/render-reply.ts';
import type { Reply } from './replies/reply.ts';
import { ruleSentence, UNNAMED_RULE } from './replies/rule-sentences.ts';
import { type Lang, type Said, say } from './replies/said.ts';
import type { Scene } from './run-command.ts';
import { brokenOff, performPlan, runOrders } from './run-orders.ts';
import type { PlanContext, Turn } from './turn.ts';
import type { CommandWords } from './understand/find-command.ts';

/** Works one press on a card off. @returns the card's new face: the answer the platform waits for */
export async function handlePress(
  parts: BotParts,
  words: CommandWords,
  press: InboundPress,
  item: WorkItem,
): Promise<CardFace | undefined> {
  const reader = officeReader(parts.office);
  const card = await reader.get('cards', press.cardId);
  const presser = await reader.get('staff', press.staffId);
  if (!card || !presser?.active) return refuse(parts, press, item);
  if (card.kind === 'confirmation' || card.kind === 'choice') {
    return answerDialogue(parts, words, press, item, card, presser);
  }
  const handler = parts.cardHandlers.find(({ kind }) => kind === card.kind);
  if (!handler) throw new Error(`nobody answers cards of kind ${card.kind}`);
  const address = addressOf(parts, press, item, 'hant');
  try {
    return await commit(parts.office, `staff:${presser._id}`, async (unit) => {
      const current = (await unit.get('cards', card._id)) ?? card;
      const outcome = await handler.press({ office: parts.office, unit, presser, lang: 'hant', press, card: current });
      for (const effect of outcome.reply ? replyEffects(outcome.reply, address) : []) unit.effect(effect);
      const answer = outcome.isSecret ? undefined : outcome.face;
      await parts.markDone(unit.session, { itemId: item.id, doneAt: unit.now, answer });
      return outcome.face;
    });
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    const sentence = ruleSentence(error);
    if (!sentence) parts.office.log.error({ code: error.code }, 'a broken rule has no sentence');
    return finish(parts, press, item, { text: sentence ?? UNNAMED_RULE }, undefined, 'hant');
  }
}

function addressOf(
  parts: BotParts,
  press: InboundPress,
  item: WorkItem,
  lang: Lang,
  conversationId = '',
): ReplyAddress {
  return {
    conversation: { id: conversationId, kind: 'direct' },
    staffId: press.staffId,
    lang,
    robotName: parts.robotNames[0] ?? '',
    occasion: `in:${item.id}`,
  };
}

/** Says something to the presser in the 1:1 chat and marks the item done. */
async function finish(
  parts: BotParts,
  press: InboundPress,
  item: WorkItem,
  reply: Reply,
  face: CardFace | undefined,
  lang: Lang,
): Promise<CardFace | undefined> {
  await commit(parts.office, `staff:${press.staffId}`, async (unit) => {
    for (const effect of replyEffects(reply, addressOf(parts, press, item, lang))) unit.effect(effect);
    await parts.markDone(unit.session, { itemId: item.id, doneAt: unit.now, answer: face });
  });
  return face;
}

function refuse(parts: BotParts, press: InboundPress, item: WorkItem): Promise<CardFace | undefined> {
  const text = say(
    '這張卡片已不能使用，未有作出任何更改。',
    'This card can no longer be used; nothing has been changed.',
  );
  return finish(parts, press, item, { text }, undefined, 'hant');
}

async function answerDialogue(
  parts: BotParts,
  words: CommandWords,
  press: InboundPress,
  item: WorkItem,
  card: CardRecord,
  presser: StaffRecord,
): Promise<CardFace | undefined> {
  const reader = officeReader(parts.office);
  const dialogue = await reader.get('dialogues', card.subjectId);
  const now = parts.office.clock.now();
  if (!dialogue || presser._id !== card.staffId) return refuse(parts, press, item);
  const broken = await brokenOff({ reader }, item.id);
  if (!broken && (dialogue.state !== 'open' || now >= dialogue.expiresAt)) {
    const over =
      dialogue.state === 'open' ? say('已過時，未有執行', 'Expired; nothing was done') : say('已處理', 'Done');
    const text = say(
      '這條問題已處理或已過時。如有需要，請再輸入一次指令。',
      'This question is settled or has expired. Type the command again if needed.',
    );
    return finish(parts, press, item, { text }, closedFace(over, 'hant'), 'hant');
  }
  // Once it was answered its content is gone: a run that was broken off speaks the language of its orders.
  const lang = broken ? languageOf(broken.orders) : keptTurn(dialogue).frame.lang;
  const context: PlanContext = {
    reader,
    asker: presser,
    now,
    settings: parts.office.settings(),
    commands: parts.commands,
    words,
    dialogue,
    conversation: { id: dialogue.conversationId, kind: 'direct' },
  };
  const turn = broken ? null : await turnOf(press.button, dialogue, context);
  if (!turn && !broken) return refuse(parts, press, item);
  const face = closedFace(statusOf(press.button, dialogue), lang);
  const scene: Scene = {
    parts,
    asker: presser,
    reader,
    address: addressOf(parts, press, item, lang, dialogue.conversationId),
    conversation: { id: dialogue.conversationId, kind: 'direct' },
    eventId: press.eventId,
    pressedCardId: card._id,
    done: (unit) => parts.markDone(unit.session, { itemId: item.id, doneAt: unit.now, answer: face }),
  };
  try {
    if (turn) await performPlan(turn, scene, context, item.id);
    else if (broken) await runOrders(null, broken.orders, broken.told, scene, context, item.id);
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    await answerBrokenRule(scene, error);
  }
  return face;
}

function languageOf(orders: readonly PlannedOrder[]): Lang {
  const order = orders.find((each) => each.kind === 'command');
  return order?.kind === 'command' ? order.frame.lang : 'hant';
}

async function turnOf(button: string, dialogue: DialogueRecord, context: PlanContext): Promise<Turn | null> {
  const { lang } = keptTurn(dialogue).frame;
  if (button === 'cancel') return { act: 'dismiss', dialogue, lang };
  if (button === 'confirm' && dialogue.kind === 'confirm') return confirmedTurn(dialogue, context);
  const option = dialogue.options[Number(/^pick:(\d+)$/.exec(button)?.[1] ?? Number.NaN)];
  const command = context.commands.find(({ name }) => name === dialogue.command);
  return option && command ? answerArgument(option.id, dialogue, command, context) : null;
}

function statusOf(button: string, dialogue: DialogueRecord): Said {
  if (button === 'cancel') return say('已取消', 'Cancelled');
  if (button === 'confirm') return say('已確認', 'Confirmed');
  const label = dialogue.options[Number(button.slice('pick:'.length))]?.label ?? '';
  return say(`已選：${label}`, `Chosen: ${label}`);
}
