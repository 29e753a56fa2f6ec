import type { InboundMessage } from '../channels/channel.ts';
import { containsHkid, HKID_REDACTED, redactHkids } from '../hongkong/hkid.ts';
import { RuleBroken } from '../lib/errors.ts';
import { commit } from '../recruiting/unit/commit.ts';
import { officeReader } from '../recruiting/unit/reader.ts';
import { findAsker } from './asker.ts';
import type { BotParts, WorkItem } from './bot-parts.ts';
import { hearMember } from './candidate-words/hear-member.ts';
import { closeQuestions, droppedInstead, keptTurn, stillOpen } from './dialogue/open-question.ts';
import { questionSubject } from './dialogue/question-subject.ts';
import { planTurn } from './plan-turn.ts';
import type { Heard } from './readings/heard.ts';
import { keepHeard } from './readings/keep-heard.ts';
import type { ReplyAddress } from './replies/render-reply.ts';
import { replyEffects } from './replies/render-reply.ts';
import { ruleSentence, UNNAMED_RULE } from './replies/rule-sentences.ts';
import { type inLanguage, lines, say } from './replies/said.ts';
import { type Scene, sayOnly } from './run-command.ts';
import { brokenOff, performPlan, runOrders } from './run-orders.ts';
import type { PlanContext, Turn } from './turn.ts';
import { detectLanguage } from './understand/detect-language.ts';
import type { CommandWords } from './understand/find-command.ts';
import type { Frame } from './understand/frame.ts';
import { withoutMention } from './understand/line.ts';

/** Works one typed message off: understands it, acts or asks, answers, and marks the item done, all in one unit. */
export async function handleMessage(
  parts: BotParts,
  words: CommandWords,
  message: InboundMessage,
  item: WorkItem,
): Promise<void> {
  if (message.quotaSpent) return reportSpentQuota(parts, item);
  const text = withoutMention(redactHkids(message.text), parts.robotNames);
  const address: ReplyAddress = {
    conversation: { id: message.conversation.id, kind: message.conversation.kind },
    staffId: message.sender.staffId ?? message.sender.unionId ?? message.sender.nick,
    ...(message.replyWebhook ? { webhook: message.replyWebhook } : {}),
    lang: detectLanguage(text, undefined, text),
    robotName: parts.robotNames[0] ?? '',
    occasion: `in:${item.id}`,
  };
  const done: Scene['done'] = (unit) => parts.markDone(unit.session, { itemId: item.id, doneAt: unit.now });
  const found = await findAsker(parts, message.sender);
  if ('stranger' in found) {
    if (await hearMember(parts, message, { text, address, done })) return;
    return answerStranger(parts, address, found.stranger, done);
  }
  const { asker } = found;
  const reader = officeReader(parts.office);
  const heard: Heard = { met: [] };
  const scene: Scene = {
    parts,
    asker,
    reader,
    address,
    conversation: message.conversation,
    eventId: message.eventId,
    done: async (unit) => {
      await keepHeard(unit, heard, { itemId: item.id, conversation: message.conversation, asker });
      await done(unit);
    },
    ...(carriesHkid(message) ? { preface: HKID_NOTICE } : {}),
  };
  if (message.unsupportedType !== undefined && text === '' && message.files.length === 0) {
    return sayOnly(scene, {
      text: say(
        '這類訊息我讀不到。請改用文字，檔案請在一對一對話中傳送。',
        'I cannot read this kind of message. Please type it; files can be sent in our 1:1 chat.',
      ),
    });
  }
  const open = await reader.list(
    'dialogues',
    { conversationId: message.conversation.id, staffId: asker._id, state: 'open' },
    { sort: { askedAt: -1 }, limit: 1 },
  );
  const context: PlanContext = {
    reader,
    asker,
    now: parts.office.clock.now(),
    settings: parts.office.settings(),
    commands: parts.commands,
    model: parts.model,
    words,
    dialogue: open[0] ?? null,
    conversation: message.conversation,
    heard,
  };
  let told: Scene = scene;
  try {
    const broken = await brokenOff(scene, item.id);
    if (broken) return await runOrders(null, broken.orders, broken.told, scene, context, item.id);
    const turn = await planTurn(text, message.files, context);
    told = { ...scene, ...(await besideQuestion(turn, scene, context)), address: { ...address, lang: turn.lang } };
    await performPlan(turn, told, context, item.id);
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    await answerBrokenRule(told, error);
  }
}

/** What is said of the question that was open: that it is dropped, or that it still waits. */
async function besideQuestion(
  turn: Turn,
  scene: Scene,
  context: PlanContext,
): Promise<Pick<Scene, 'preface' | 'postscript'>> {
  const { dialogue, now, reader } = context;
  if (!dialogue || now >= dialogue.expiresAt) return {};
  // Named in the language of this answer, which need not be that of the question.
  const { frame } = keptTurn(dialogue);
  const subject = (await questionSubject(reader, { ...frame, lang: turn.lang }))?.text;
  if (dropsQuestion(turn, context)) return { preface: lines(scene.preface, droppedInstead(subject)) };
  const informs = turn.act === 'say' ? !turn.aboutQuestion : turn.act === 'run' && !turn.answers;
  // What acts closes the question, even when it is the same order said again.
  if (!informs || (turn.act === 'run' && !turn.command.readsOnly)) return {};
  return { postscript: stillOpen(dialogue.kind, subject) };
}

/** A new order drops the question that was open; what only informs leaves it open, and so does what was not understood. */
function dropsQuestion(turn: Turn, { dialogue, now }: PlanContext): boolean {
  if (!dialogue || now >= dialogue.expiresAt) return false;
  const before = keptTurn(dialogue).frame;
  if (turn.act === 'run') return !turn.answers && !turn.command.readsOnly && !isSameMatter(turn.turn.frame, before);
  if (turn.act === 'ask') return !turn.answers && !isSameMatter(turn.question.turn.frame, before);
  return turn.act === 'several';
}

/** The same order about the same person, said again. */
function isSameMatter(one: Frame, other: Frame): boolean {
  const whom = ({ args }: Frame): string => JSON.stringify(args.who ?? args.application ?? args.candidate);
  return one.command === other.command && whom(one) === whom(other);
}

/**
 * A broken rule has changed nothing: its sentence is said in a unit of its own, and open questions about it are over. What
 * only informs leaves a question open although a rule forbids it.
 */
export async function answerBrokenRule(scene: Scene, error: RuleBroken): Promise<void> {
  const sentence = ruleSentence(error);
  if (!sentence) scene.parts.office.log.error({ code: error.code }, 'a broken rule has no sentence');
  await commit(scene.parts.office, `staff:${scene.asker._id}`, async (unit) => {
    if (!scene.postscript) {
      await closeQuestions(unit, scene.conversation.id, scene.asker._id, 'cancelled', scene.pressedCardId);
    }
    const text = lines(scene.preface, sentence ?? UNNAMED_RULE, scene.postscript);
    for (const effect of replyEffects({ text }, scene.address)) unit.effect(effect);
    await scene.done(unit);
  });
}

const HKID_NOTICE = say(
  '訊息中的身份證號碼沒有被儲存。請勿以訊息傳送身份證號碼；錄用後才需在安全頁面提交。',
  'The identity card number in your message was not stored. Please never send one by message; it is only needed after hiring, on a secure page.',
);

function carriesHkid(message: InboundMessage): boolean {
  const texts = [message.text, ...message.files.map((file) => file.name)];
  return texts.some((text) => containsHkid(text) || text.includes(HKID_REDACTED));
}

async function answerStranger(
  parts: BotParts,
  address: ReplyAddress,
  text: Parameters<typeof inLanguage>[0],
  done: Scene['done'],
): Promise<void> {
  await commit(parts.office, 'job:bot', async (unit) => {
    for (const effect of replyEffects({ text }, address)) unit.effect(effect);
    await done(unit);
  });
}

/** The platform withholds messages when the month's quota is spent: HR hears of it once a month. */
async function reportSpentQuota(parts: BotParts, item: WorkItem): Promise<void> {
  await commit(parts.office, 'job:bot', async (unit) => {
    const organisation = await unit.get('organisation', 'organisation');
    const body = {
      format: 'text' as const,
      content:
        '釘釘本月的訊息額度已用完：由現在起我讀不到任何訊息，直至下月1日或提升額度。已排定給應徵者的電郵及短訊照常發出；急事請直接致電。',
    };
    // The same key as the warning from our own count: whichever comes first is the one report of the month.
    const occasion = `messages:${unit.now.toISOString().slice(0, 7)}`;
    if (organisation?.hrGroupId) {
      unit.effect({ kind: 'group_message', conversationId: 'hr', what: 'quota_spent', body, occasion });
    } else {
      for (const manager of await unit.list('staff', { roles: 'hr_manager', active: true })) {
        unit.effect({ kind: 'direct_message', staffId: manager._id, what: 'quota_spent', body, occasion });
      }
    }
    await parts.markDone(unit.session, { itemId: item.id, doneAt: unit.now });
  });
}
