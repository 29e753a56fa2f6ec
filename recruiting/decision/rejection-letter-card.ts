import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import type { DecisionRequestRecord } from '../../models/decision-request.model.ts';
import type { ApplicationScope } from '../application/application-scope.ts';
import type { CardFace, ChatBody } from '../message/effect.ts';
import type { Unit } from '../unit/unit.ts';
import { quickReplyLink } from './decision-words.ts';

const FIELD = 'positive';
/** A card's value holds 1 KB; a Chinese character takes three bytes. */
const MOST_REASON = 120;

const shortened = (text: string): string => (text.length > MOST_REASON ? `${text.slice(0, MOST_REASON)}……` : text);

/** What the card for the letter says before a sentence is written. */
export interface LetterQuestion {
  scope: ApplicationScope;
  request: DecisionRequestRecord;
  decider: string;
}

/** The command that asks for the sentence in words, for organisations without cards. */
export const letterCommand = (applicationRef: string): string => `婉拒信 ${applicationRef}`;

function letterTitle({ scope }: LetterQuestion): string {
  return `婉拒信：${scope.candidate.name.display}（${scope.requisition.jobTitle}）`;
}

function letterText({ scope, request, decider }: LetterQuestion): string {
  const { application, candidate, requisition } = scope;
  return [
    `**${escapeMarkdown(decider)}** 決定 **${escapeMarkdown(candidate.name.display)}**（${application.ref}，${escapeMarkdown(requisition.jobTitle)}）：不合適`,
    ...(request.reason ? [`原因（只供內部，不會寫入信件）：${escapeMarkdown(shortened(request.reason))}`] : []),
    '請寫一句真心欣賞應徵者之處，由「您的」開始，例如：您的耐心及親和力。預覽後確認，信件才會發出。',
  ].join('\n\n');
}

/** The card while HR's sentence is missing. */
export function openLetterFace(question: LetterQuestion, note = '等待一句讚賞'): CardFace {
  const field = { name: FIELD, label: '我們欣賞……', type: 'TEXT', placeholder: '您的耐心及親和力' };
  return {
    shared: {
      title: letterTitle(question),
      text: letterText(question),
      status: note,
      buttons: JSON.stringify([{ id: 'preview', label: '預覽信件', style: 'primary' }]),
      form: JSON.stringify({ fields: [field] }),
    },
  };
}

/** The card while the written letter waits for its confirmation. */
export function letterPreviewFace(question: LetterQuestion, letter: string, due: string): CardFace {
  return {
    shared: {
      title: letterTitle(question),
      text: [...letter.split('\n').map((line) => `> ${escapeMarkdown(line)}`), `將於${due}發出。`].join('\n\n'),
      status: '等待確認',
      buttons: JSON.stringify([
        { id: 'confirm', label: '確認', style: 'primary' },
        { id: 'cancel', label: '取消' },
      ]),
      form: JSON.stringify({ fields: [] }),
    },
  };
}

function letterFallback(question: LetterQuestion): ChatBody {
  const ref = question.scope.application.ref;
  return {
    format: 'markdown',
    title: letterTitle(question),
    text: [
      `### ${escapeMarkdown(letterTitle(question))}`,
      letterText(question),
      quickReplyLink('寫婉拒信', letterCommand(ref)),
    ].join('\n\n'),
  };
}

/** Asks the HR person who answers for the vacancy for the one positive sentence of the letter. */
export async function askForLetter(
  unit: Unit,
  scope: ApplicationScope,
  request: DecisionRequestRecord,
  decider: string,
): Promise<void> {
  const question = { scope, request, decider };
  const staffId = scope.requisition.recruiterId;
  const card = await unit.insert('cards', {
    _id: unit.newId('card'),
    kind: 'rejection_letter',
    subjectId: request._id,
    staffId,
    createdAt: unit.now,
    closedAt: null,
  });
  unit.effect({
    kind: 'card_create',
    staffId,
    cardId: card._id,
    occasion: `decision:${request._id}:v${request.version}:letter`,
    applicationId: request.applicationId,
    callClass: 'urgent',
    face: openLetterFace(question),
    summary: letterTitle(question),
    fallback: letterFallback(question),
  });
}
