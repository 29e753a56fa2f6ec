import type { CardFace } from '../../channels/channel.ts';
import type { DialogueRecord } from '../../models/dialogue.model.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import type { PlannedOrder } from '../orders/planned-order.ts';
import { chatBody, markdownLines, type ReplyAddress, replyEffects } from '../replies/render-reply.ts';
import type { QuickReply, Reply } from '../replies/reply.ts';
import { inLanguage, type Lang, lines, type Said, say } from '../replies/said.ts';
import type { Frame } from '../understand/frame.ts';
import type { Option } from '../understand/resolution.ts';
import { questionSubject } from './question-subject.ts';

/** What a question keeps until it is answered. */
export interface KeptTurn {
  frame: Frame;
  files: { name: string; downloadCode: string }[];
  /** Result of the command's `prepare`, for commands that keep it. */
  prepared?: unknown;
  /** Which mention the answer replaces; null = it is added. */
  pieceIndex: number | null;
  /** The reading is not certain: shown and confirmed before it is done, whatever the command. */
  mustConfirm?: boolean;
  /** What of the wish is not done, in the person's language; said with the confirmation or the answer. */
  remarks?: string[];
  /** Further orders of the same message, which wait for this one. */
  rest?: PlannedOrder[];
  /** What the question is about, in the person's language: 約面試 Kelly Ng. */
  subject?: string;
  /** The question has named act and person: an answer to it agrees to both. */
  named?: boolean;
}

/** A question about to be asked. */
export interface Question {
  kind: 'confirm' | 'choose' | 'ask';
  /** Name of the argument that the answer fills. */
  argument: string | null;
  text: Said;
  options: readonly Option[];
  /** Answers that may be tapped instead of typed; others are as good. */
  suggestions?: QuickReply[];
  turn: KeptTurn;
}

const CONFIRM = say('確認', 'Confirm');
const CANCEL = say('取消', 'Cancel');

/**
 * Asks one person in one conversation: closes whatever was open between them there (`before`: what became of it), keeps the question, and shows it: in
 * the 1:1 chat as a card when there are cards, else as text with links that send the answer.
 */
export async function askQuestion(
  unit: Unit,
  question: Question,
  address: ReplyAddress,
  hasCards: boolean,
  before: 'answered' | 'cancelled' = 'cancelled',
): Promise<void> {
  await closeQuestions(unit, address.conversation.id, address.staffId, before);
  const subject = (await questionSubject(unit, question.turn.frame))?.text;
  const dialogueId = unit.newId('dlg');
  const dialogue: DialogueRecord = {
    _id: dialogueId,
    conversationId: address.conversation.id,
    staffId: address.staffId,
    kind: question.kind,
    command: question.turn.frame.command,
    args: { ...question.turn, ...(subject ? { subject } : {}) },
    options: [...question.options],
    argument: question.argument,
    state: 'open',
    askedAt: unit.now,
    expiresAt: new Date(unit.now.getTime() + unit.settings.questionMinutes * 60_000),
  };
  await unit.insert('dialogues', dialogue);
  const reply = asReply(await addressed(unit, question, address));
  const asCard = hasCards && address.conversation.kind === 'direct' && question.kind !== 'ask';
  if (!asCard) {
    for (const effect of replyEffects(reply, address)) unit.effect(effect);
    return;
  }
  const cardId = unit.newId('card');
  await unit.insert('cards', {
    _id: cardId,
    kind: question.kind === 'confirm' ? 'confirmation' : 'choice',
    subjectId: dialogueId,
    staffId: address.staffId,
    createdAt: unit.now,
    closedAt: null,
  });
  unit.effect({
    kind: 'card_create',
    staffId: address.staffId,
    cardId,
    face: openFace(question, address.lang),
    summary: inLanguage(question.text, address.lang).split('\n')[0]?.slice(0, 60) ?? '',
    fallback: chatBody(reply, address),
    occasion: address.occasion,
    callClass: 'reply',
  });
}

/** In a group several people may be asked at the same time: the question says whom it is for. */
async function addressed(unit: Unit, question: Question, { conversation, staffId }: ReplyAddress): Promise<Question> {
  const asked = conversation.kind === 'group' ? await unit.get('staff', staffId) : null;
  if (!asked) return question;
  const text: Said = (lang) =>
    lang === 'en'
      ? `${asked.englishName ?? asked.name}: ${inLanguage(question.text, lang)}`
      : `${asked.name}：${inLanguage(question.text, lang)}`;
  return { ...question, text };
}

function asReply(question: Question): Reply {
  if (question.kind === 'confirm') {
    return {
      text: lines(question.text, say('請確認或取消。', 'Confirm or cancel?')),
      quickReplies: [
        { label: CONFIRM, sends: say('確認', 'confirm') },
        { label: CANCEL, sends: say('取消', 'cancel') },
      ],
    };
  }
  if (question.options.length === 0) {
    return { text: question.text, ...(question.suggestions?.length ? { quickReplies: question.suggestions } : {}) };
  }
  const list: Said = () => question.options.map((option, index) => `${index + 1}. ${option.label}`).join('\n');
  const quickReplies: QuickReply[] = question.options.map((option, index) => ({
    label: () => option.label,
    sends: String(index + 1),
  }));
  return { text: lines(question.text, list), quickReplies };
}

function openFace(question: Question, lang: Lang): CardFace {
  const buttons =
    question.kind === 'confirm'
      ? [
          { id: 'confirm', label: inLanguage(CONFIRM, lang), style: 'primary' },
          { id: 'cancel', label: inLanguage(CANCEL, lang) },
        ]
      : [
          ...question.options.map((option, index) => ({ id: `pick:${index}`, label: option.label })),
          { id: 'cancel', label: inLanguage(CANCEL, lang) },
        ];
  const title = question.kind === 'confirm' ? say('請確認', 'Please confirm') : say('請選擇', 'Please choose');
  return {
    shared: {
      title: inLanguage(title, lang),
      text: markdownLines(inLanguage(question.text, lang)),
      status: '',
      buttons: JSON.stringify(buttons),
      form: '',
    },
  };
}

/** How an answered or outdated question looks: what became of it, nothing to press. */
export function closedFace(status: Said, lang: Lang): CardFace {
  return { shared: { status: inLanguage(status, lang), buttons: '[]', form: '' } };
}

const ENDINGS: Readonly<Record<'answered' | 'cancelled' | 'expired', Said>> = {
  answered: say('已處理', 'Done'),
  cancelled: say('已取消', 'Cancelled'),
  expired: say('已過時', 'Expired'),
};

/**
 * Closes the open questions between a person and the robot in one conversation. The kept content goes; cards that show
 * them lose their buttons, but for the one whose press is being answered.
 */
export async function closeQuestions(
  unit: Unit,
  conversationId: string,
  staffId: string,
  state: 'answered' | 'cancelled' | 'expired',
  pressedCardId?: string,
): Promise<void> {
  for (const dialogue of await unit.list('dialogues', { conversationId, staffId, state: 'open' })) {
    const lang = keptTurn(dialogue).frame.lang;
    await unit.change('dialogues', dialogue, { state, args: {}, options: [] });
    for (const card of await unit.list('cards', { subjectId: dialogue._id, closedAt: null })) {
      await unit.change('cards', card, { closedAt: unit.now });
      if (card._id === pressedCardId) continue;
      const said = inLanguage(ENDINGS[state], lang);
      unit.effect({
        kind: 'card_update',
        staffId,
        cardId: card._id,
        face: closedFace(ENDINGS[state], lang),
        fallback: { format: 'text', content: said },
        occasion: `dialogue:${dialogue._id}:${state}`,
      });
    }
  }
}

/** Said beside something else while a question stays open: what still waits, and how it is settled. */
export function stillOpen(kind: Question['kind'], subject: string | undefined): Said {
  const named = subject ? `「${subject}」` : '剛才的問題';
  const quoted = subject ? `"${subject}"` : 'My question';
  const waits: Readonly<Record<Question['kind'], Said>> = {
    confirm: say(
      `${named}仍等您確認：請回覆「確認」或「取消」。`,
      `${quoted} still waits for you: reply "confirm" or "cancel".`,
    ),
    choose: say(
      `${named}仍等您選擇：請回覆號碼或名稱，或「取消」。`,
      `${quoted} still waits for you to choose: reply with a number or a name, or "cancel".`,
    ),
    ask: say(`${named}仍等您回覆。`, `${quoted} still waits for your answer.`),
  };
  return waits[kind];
}

/** Said when a new order takes a question's place: what will not be done now. */
export function droppedInstead(subject: string | undefined): Said {
  return subject
    ? say(`（未完成的「${subject}」已取消。）`, `("${subject}" was not finished and is dropped.)`)
    : say('（之前等您回覆的問題已取消。）', '(The question that was open is dropped.)');
}

/** Said after 取消. */
export function dismissed(dialogue: DialogueRecord): Said {
  const { subject } = keptTurn(dialogue);
  return subject
    ? say(`好，「${subject}」已取消，未有作出任何更改。`, `OK, "${subject}" is cancelled. Nothing has been changed.`)
    : say('好，已取消，未有作出任何更改。', 'OK, cancelled. Nothing has been changed.');
}

/** What an open question kept. */
export function keptTurn(dialogue: DialogueRecord): KeptTurn {
  return dialogue.args as unknown as KeptTurn;
}
